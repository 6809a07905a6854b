"""A sentence names a command by `command`, so that each company reads it with its own prefix."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.capabilities import house
from bot.spelling import command, spelled

BOT = Path(bot.__file__).parent
COMMANDS = "|".join(house().front.routes.commands)
BY_HAND = re.compile(rf"(?<![\w/])/({COMMANDS})(?![\w/-])")


def test_a_command_is_spelled_as_the_company_has_it_at_any_depth() -> None:
    sent = {"blocks": [{"text": f"Send {command('kudos mine')}"}], "count": 3, "more": (command("goals"),)}
    assert spelled(sent, "acme") == {
        "blocks": [{"text": "Send /acme-kudos mine"}],
        "count": 3,
        "more": ["/acme-goals"],
    }
    assert spelled(f"Send {command('goals')}", "") == "Send /goals"


def test_what_people_typed_stays_as_it_is() -> None:
    assert spelled("I wrote the page about /kudos", "acme") == "I wrote the page about /kudos"


def test_no_sentence_spells_a_command_by_hand() -> None:
    found = [f"{path}: {text}" for path in sorted(BOT.rglob("*.py")) for text in by_hand(path.read_text())]
    found += [str(path) for path in BOT.rglob("*.yaml") if BY_HAND.search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("source", ['x = "Send /kudos mine"', 'x = f"{y}: `/goals`"'])
def test_the_search_finds_them(source: str) -> None:
    assert list(by_hand(source))


def by_hand(source: str) -> Iterator[str]:
    """Every text in the source that people could read: all but docstrings."""
    tree = ast.parse(source)
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in explained)
    for node in texts:
        if isinstance(node.value, str) and BY_HAND.search(node.value):
            yield node.value
