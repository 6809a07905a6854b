"""These windows show thanks just sent and all of a person's own thanks; in another one HR removes a post."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.kudos import GivenKudos, MyKudos, ValueCount
from bot.models.paging import Page
from bot.spelling import command
from bot.views import kit
from bot.views.home import Line, QuickAction
from bot.views.kudos.messages import FOR_GOOD, GIVE, PRIVATE, UNDO, anew_button, goal_words, really_take_back
from bot.views.kudos.picture import PICTURE
from bot.views.kudos.ref import Ref
from bot.views.kudos.words import GONE, names

MINE = "kudos.mine"
SENT = "kudos.sent"
REMOVAL = "kudos.removal"
TAKING_BACK = "kudos.taking_back"
OLDER = "kudos.older"
NOTHING_LATELY = "No kudos in the last twelve months, so there is nothing to count or to draw."
MONTHS_SHOWN, VALUES_SHOWN, TEXT_SHOWN = 6, 8, 300
QUOTED = 140  # on Home


def sent_page(given: GivenKudos) -> View:
    ref = Ref(kudos=given.kudos_id).encode()
    return kit.modal(
        SENT,
        "Kudos sent",
        [
            kit.section(_where_read(given)),
            kit.typed(given.text),
            kit.buttons(kit.button("Undo", UNDO, ref)),
            kit.small(f"Undo within ten minutes; after that, take it back from `{command('kudos mine')}`."),
        ],
    )


def _where_read(given: GivenKudos) -> str:
    if given.channel is None:
        return f"*{names(given.named)}* will read it in private."
    public = [one for one in given.named if one not in given.unnamed]
    text = f"*{names(public)}* will read it in <#{given.channel}>."
    return f"{text} *{names(given.unnamed)}* will read it in private." if given.unnamed else text


def taken_back_page(kudos_id: int) -> View:
    return kit.modal(
        SENT,
        "Kudos taken back",
        [
            kit.section(GONE),
            kit.buttons(anew_button(kudos_id)),
        ],
    )


def mine_page(mine: MyKudos) -> View:
    return kit.modal(
        MINE,
        "My kudos",
        [
            *_counts(mine),
            *_list(
                "Received",
                mine.received.items,
                "Nobody has thanked you yet. What colleagues write to you will stand here.",
            ),
            *_older(mine.received, received=True),
            *_list("Given", mine.given.items, "You have thanked nobody yet. Who made your week easier?"),
            *_older(mine.given, received=False),
            kit.rule(),
            *_preference(mine.in_private),
            kit.small("Only you see this page. No total of anybody's is shown to others."),
        ],
    )


def older_page(page: Page[GivenKudos], *, received: bool) -> View:
    return kit.modal(
        MINE,
        "My kudos",
        [
            *_list(
                "Received earlier" if received else "Given earlier", page.items, "Nothing earlier than that."
            ),
            *_older(page, received=received),
            kit.buttons(kit.button("Back to the newest", f"{MINE}:newest")),
            kit.small("Only you see this page."),
        ],
    )


def _older(page: Page[GivenKudos], *, received: bool) -> list[Block]:
    which = "received" if received else "given"
    return kit.older(
        page,
        f"{OLDER}:{which}",
        lambda last: Ref(kudos=last, received=received).encode(),
        label="Show older",
        spoken=f"Show older, {which}",
    )


def _counts(mine: MyKudos) -> list[Block]:
    """The person's thanks are counted by month and value, with a button that draws them."""
    months = [(month, list(of_month)) for month, of_month in groupby(mine.counts, key=lambda one: one.month)]
    if months:
        said = [kit.section(_month(month, of_month)) for month, of_month in months[:MONTHS_SHOWN]]
        return [*said, kit.buttons(kit.button("Send me a picture", PICTURE))]
    return [kit.section(NOTHING_LATELY)] if mine.given.items or mine.received.items else []


def _month(month: date, counts: Sequence[ValueCount]) -> str:
    given, received = sum(one.given for one in counts), sum(one.received for one in counts)
    values = [
        f"{kit.escape(one.value or 'no value')}: {_both(one.received, one.given)}"
        for one in counts[:VALUES_SHOWN]
    ]
    return f"*{month:%B %Y}*: {_both(received, given)}\n" + " · ".join(values)


def _both(received: int, given: int) -> str:
    told = [*([f"{received} received"] if received else []), *([f"{given} given"] if given else [])]
    return ", ".join(told)


def _list(title: str, given: Sequence[GivenKudos], empty: str) -> list[Block]:
    if not given:
        return [kit.section(f"*{title}*\n{empty}")]
    return [kit.section(f"*{title}*"), *(block for one in given for block in _kudos(one))]


def _kudos(given: GivenKudos) -> list[Block]:
    who = f"To {names(given.named)}" if given.is_own else f"From {kit.name(given.giver.name)}"
    where = f" in <#{given.channel}>" if given.channel else ", in private"
    value = f" · {kit.escape(given.value)}" if given.value else ""
    goal = f" · {goal_words(given.goal)}" if given.goal else ""
    echoes = f" · {given.echoes} said “me too”" if given.echoes else ""
    first = f"{who}{where}, {given.given_at:%-d %B}{value}{goal}{echoes}"
    ref = Ref(kudos=given.kudos_id).encode()
    undo = kit.button("Take back", UNDO, ref, sure=really_take_back()) if given.is_own else None
    return [kit.section(first, button=undo), kit.small_plain(kit.short(given.text, TEXT_SHOWN))]


def _preference(in_private: bool) -> list[Block]:
    if in_private:
        return [
            kit.section(
                "You are thanked in private: posts in channels leave your name out.",
                button=kit.button("Name me again", PRIVATE, "off"),
            )
        ]
    return [
        kit.section(
            "Colleagues may thank you in channels.",
            button=kit.button("Thank me in private", PRIVATE, "on"),
        )
    ]


def taking_back_form(kudos_id: int) -> View:
    """The ⋯ menu of a post has one confirmation for all it offers, so this window asks in its place."""
    return kit.modal(
        TAKING_BACK,
        "Take back kudos",
        [kit.section(FOR_GOOD)],
        submit="Take back",
        close="Keep",
        metadata=Ref(kudos=kudos_id).encode(),
    )


def read_taking_back(view: Mapping[str, Any]) -> int:
    return Ref.decode(view.get("private_metadata")).kudos_id


def removal_form(kudos_id: int) -> View:
    return kit.modal(
        REMOVAL,
        "Remove kudos",
        [
            kit.section(
                "The words disappear from the channel and from everybody's list, and the post says that HR removed "
                "it. This cannot be undone."
            ),
            kit.text_input("reason", "Why?", limit=500, hint="One sentence the giver can understand."),
            kit.reach(
                seen_by="the giver reads your reason; the record keeps who removed it and when",
                affects="the giver and everybody who is thanked there",
            ),
        ],
        submit="Remove",
        close="Keep",
        metadata=Ref(kudos=kudos_id).encode(),
    )


def removed_page() -> View:
    return kit.confirmation(
        f"{REMOVAL}.done",
        "Kudos removed",
        "Removed. The words are gone from everybody's list, and disappear from the channel now.",
        "The post says that HR removed it, and its giver reads your reason.",
    )


def read_removal(view: Mapping[str, Any]) -> tuple[int, str]:
    return Ref.decode(view.get("private_metadata")).kudos_id, kit.Values(view).text("reason")


def quick_action() -> QuickAction:
    return QuickAction(kit.button("Give kudos", GIVE))


def mine_lines(newest: GivenKudos | None) -> list[Line]:
    """Home shows the thanks received last."""
    button = kit.button("My kudos", f"{MINE}:home")
    if newest is None:
        return [Line("*Kudos*: has somebody made your week easier? You can tell them.", button)]
    said = f"*Kudos*: {kit.name(newest.giver.name)} thanked you on {newest.given_at:%-d %B}."
    return [Line(said, button, quote=kit.short(newest.text, QUOTED))]
