"""Whatever the house sends: confirmations name the deed, and forms of HR and settings say whom they concern."""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import bot
from bot.capabilities import house
from playground.types import Payload
from tests.routes.everything import do_everything, press_everything
from tests.routes.trouble import SLACK_SECONDS
from tests.routes.world import Company

EMPTY_LABELS = ["ok", "yes", "no", "sure", "go on", "not yet", "continue", "confirm", "cancel", "close"]
ABOUT_ONES_OWN_WORK = {  # their last line names the readers; what is saved is somebody's words, not a setting
    "checkins.form",
    "checkins.comment",
    "kudos.form",
    "kudos.taking_back",
    "awards.form",
    "awards.preview",
    "goals.form",
    "goals.suggest",
    "goals.update",
    "goals.edit",
    "goals.align",
    "goals.add",
    "goals.retarget",
    "goals.hand_over",
    "goals.close",
    "goals.confirm",
    "goals.evidence",
}
REACH = ("*Who sees this:*", "*Who is affected:*")
BOT = Path(bot.__file__).parent


@pytest.fixture
def ack_seconds() -> float:
    """Some of what is pressed here is answered by silence."""
    return SLACK_SECONDS


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_every_form_of_hr_and_every_setting_says_who_sees_it_and_who_is_affected(acme: Company) -> None:
    """A new form has this line, or is listed above as one about its writer's own work."""
    await do_everything(acme)
    await press_everything(acme)
    views = [part for call in acme.playground.calls for part in parts(call.args) if "callback_id" in part]
    shown = {str(view["callback_id"]): json.dumps(view) for view in views if view.get("submit")}
    settings = house().front.routes.submissions.keys() - ABOUT_ONES_OWN_WORK
    assert settings <= shown.keys(), "every one of them is opened here"
    assert [name for name in settings if not all(part in shown[name] for part in REACH)] == []
    asked = [part for call in acme.playground.calls for part in parts(call.args) if "deny" in part]
    assert asked and not empty(part[label]["text"] for part in asked for label in ("confirm", "deny"))


def test_every_confirmation_names_its_deed_on_both_buttons() -> None:
    asked = [call for path in sorted(BOT.rglob("*.py")) for call in confirmations(path.read_text("utf-8"))]
    labels = [label for call in asked for label in labels_of(call)]
    assert len(labels) == 2 * len(asked) > 0, "each label is written out where it is asked"
    assert not empty(labels)


def empty(labels: Iterable[str]) -> list[str]:
    return [label for label in labels if label.casefold().strip(" .!") in EMPTY_LABELS]


def confirmations(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "kit.sure":
            yield node


def labels_of(call: ast.Call) -> list[str]:
    given = [word.value for word in call.keywords if word.arg in ("yes", "no")]
    return [
        value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]


def parts(sent: object) -> Iterator[Payload]:
    """Every object in what was sent, at any depth."""
    if isinstance(sent, Mapping):
        yield dict(sent)
    inner = sent.values() if isinstance(sent, Mapping) else sent if isinstance(sent, list) else ()
    for part in inner:
        yield from parts(part)
