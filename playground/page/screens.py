"""The two pages: who is there, and the Slack of one of them."""

from playground.driver import Person, SeenMessage
from playground.driver.modal import Home, Modal
from playground.driver.world import World
from playground.page.controls import Controls
from playground.page.html import Child, Html, inside, tag
from playground.page.look import STYLE
from playground.workspace import Member, Workspace


def everybody(workspace: Workspace) -> Html:
    people = [one for one in workspace.members.values() if one.is_person]
    cards = (
        tag("li", tag("a", _name(one), tag("br"), tag("small", one.title or "Guest"), href=f"/as/{one.id}"))
        for one in people
    )
    intro = tag(
        "p", "Whose Slack would you like to look at? Open a second one in another tab and watch them talk."
    )
    return _page(workspace.name, tag("main", intro, tag("ul", cards, class_="people")))


def desk(person: Person, world: World) -> Html:
    """One person's Slack: the modal on top, then the conversation with the bot beside its Home tab."""
    bot = world.team.installed.bot.real_name
    return _page(
        f"{person.name} · {world.team.workspace.name}",
        tag(
            "main",
            _modal(person, world),
            tag(
                "section",
                tag("h2", f"Messages with {bot}"),
                [_message(one, world) for one in person.dm.messages],
                _only_you(person, world),
                _box("command", "/checkin", "Run", "A slash command"),
                _box("say", f"Write to {bot}", "Send", "A message"),
            ),
            tag("section", tag("h2", "Home"), _home(person, world)),
            class_="desk",
        ),
        tag("a", "Other people", href="/"),
        " · ",
        tag("a", "Refresh", href=f"/as/{person.id}"),
    )


def _modal(person: Person, world: World) -> Html | None:
    if not person.has_modal:
        return None
    modal: Modal = person.modal
    buttons = [
        tag("button", modal.submit_label, name="do", value="submit", class_="primary")
        if modal.submit_label
        else None,
        tag("button", modal.close_label, name="do", value="close"),
    ]
    # The first button of a form is the one that Enter presses; it must not be one of the blocks'.
    enter = tag("button", name="do", value="submit", hidden=True)
    return tag(
        "section",
        tag("h2", modal.title),
        _form(modal.id, enter, Controls(world, modal.screen).html(), tag("div", buttons, class_="row")),
        class_="modal wide",
    )


def _message(message: SeenMessage, world: World) -> Html:
    screen = message.screen
    controls = (
        _form(f"{message.channel_id} {message.ts}", Controls(world, screen).html()) if screen.blocks else None
    )
    words = [tag("p", line) for line in (screen.heading, screen.footing) if line]
    return tag("article", tag("small", message.author), words, controls)


def _only_you(person: Person, world: World) -> Html:
    seen = [_message(one, world) for one in person.ephemeral.messages[-3:]]
    notices = [
        tag("article", tag("small", "Slack"), tag("p", one), class_="notice") for one in person.notices[-3:]
    ]
    heading = tag("p", tag("small", "Only you can see this")) if seen or notices else None
    return inside(heading, seen, notices)


def _home(person: Person, world: World) -> Html:
    opener = tag("form", tag("button", "Open the Home tab"), method="post", action=f"/as/{person.id}/home")
    if not person.has_home:
        return inside(tag("p", "Not opened yet.", class_="soft"), opener)
    home: Home = person.home
    return inside(opener, tag("hr"), _form(home.id, Controls(world, home.screen).html()))


def _form(target: str, *children: Child) -> Html:
    hidden = tag("input", type="hidden", name="target", value=target)
    return tag("form", hidden, *children, method="post", action="act")


def _box(action: str, hint: str, button: str, label: str) -> Html:
    field = tag("input", name="text", placeholder=hint, aria_label=label, required=True, autocomplete="off")
    return tag("form", tag("p", field, tag("button", button), class_="row"), method="post", action=action)


def _name(member: Member) -> Html:
    return tag("b", member.real_name)


def _page(title: str, body: Html, *links: Child) -> Html:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    top = tag("header", tag("h1", title), links)
    return inside(Html("<!doctype html>"), tag("html", head, tag("body", top, body), lang="en"))
