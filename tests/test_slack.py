"""The gateway: what a failed call means, and that nothing with an effect is ever sent twice by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, SectionBlock
from slack_sdk.models.views import View

from bot.slack import (
    FIELD_SCOPES,
    METHOD_SCOPES,
    Message,
    NotAuthorized,
    Slack,
    SlackBusy,
    SlackError,
    SlackRefused,
    SlackUnreachable,
    SlackUnsure,
    TriggerExpired,
)
from playground.app import App
from playground.manifest import AppManifest
from playground.server import Playground
from playground.team import Team
from playground.workspace import Member
from playground.workspace.members import DoNotDisturb, Usergroup
from tests.bad_line import (
    BadLine,
    Fault,
    Silence,
    answers,
    busy,
    cut_short,
    refuses,
    reset_after,
    reset_before,
)
from tests.clock import Clock

SCOPES = sorted({*filter(None, METHOD_SCOPES.values()), *FIELD_SCOPES.values()})
MANIFEST = {
    "display_information": {"name": "Rapport"},
    "features": {"app_home": {"home_tab_enabled": True}},
    "oauth_config": {"scopes": {"bot": SCOPES}},
}
HELLO = Message("Hello", [SectionBlock(text="Hello, *Ana*")])
CANARY = "canary-text"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def playground(clock: Clock) -> AsyncIterator[Playground]:
    async with Playground(clock=clock, sleep=clock.sleep, limited=False) as running:
        yield running


@pytest.fixture
def team(playground: Playground) -> Team:
    workspace = playground.workspace("Example")
    playground.install(App.create(AppManifest.parse(MANIFEST)), workspace)
    return playground.team(workspace.team_id)


@pytest.fixture
def ana(team: Team) -> Member:
    return team.workspace.add_person("Ana Silva")


@pytest.fixture
async def line(playground: Playground) -> AsyncIterator[BadLine]:
    async with BadLine.to(playground.api_url) as line:
        yield line


@asynccontextmanager
async def connected(team: Team, url: str, **options: Any) -> AsyncIterator[Slack]:
    async with Slack.connect(team.installed.token, url, **options) as slack:
        yield slack


@pytest.fixture
async def slack(team: Team, line: BadLine, clock: Clock) -> AsyncIterator[Slack]:
    async with connected(team, line.url, sleep=clock.sleep, seconds=30.0) as slack:
        yield slack


def texts(team: Team, person: Member) -> list[str]:
    return [message.text for message in team.dm_of(person.id).messages.values()]


def form(title: str = "Form") -> View:
    field = InputBlock(block_id="words", label="Words", element=PlainTextInputElement(action_id="value"))
    return View(type="modal", title=title, submit="Save", blocks=[field])


# What it can do


async def test_every_method_it_calls_is_in_the_table_with_a_scope_that_suffices(
    slack: Slack, team: Team, ana: Member, line: BadLine, clock: Clock
) -> None:
    await slack.identity()
    shown = await slack.open_view(team.triggers.issue(ana.id).id, form())
    await slack.push_view(team.triggers.issue(ana.id, view_id=shown.id).id, form("On top"))
    await slack.update_view(shown.id, form("Changed"))
    await slack.publish_home(ana.id, View(type="home", blocks=HELLO.blocks))
    posted = await slack.post(ana.id, HELLO, nonce="n1")
    await slack.update(posted.channel, posted.ts, Message("Done", HELLO.blocks))
    await slack.find_posted(posted.channel, "n1", since=clock.now() - timedelta(hours=1))
    await slack.send_file(ana.id, "checkins.csv", b"week\r\n", title="Check-ins", comment="All of yours.")
    assert [page async for page in slack.members()]
    assert await slack.undisturbed([ana.id], now=clock.now()) == {}
    assert (await slack.room(team.workspace.general.id)).name == "general"
    assert posted.ts.replace(".", "") in await slack.permalink(posted.channel, posted.ts)
    team.workspace.usergroups["S1"] = Usergroup("S1", "makers", "Makers", [ana.id])
    assert await slack.group("S1") == [ana.id]
    assert set(line.calls) == set(METHOD_SCOPES)


async def test_it_learns_who_does_not_want_to_be_disturbed(slack: Slack, ana: Member, clock: Clock) -> None:
    now = clock.now()
    ana.dnd = DoNotDisturb(True, int(now.timestamp()) - 60, int(now.timestamp()) + 3600)
    until = await slack.undisturbed([ana.id], now=now)
    assert [round((end - now).total_seconds()) for end in until.values()] == [3600]
    assert await slack.undisturbed([ana.id], now=now + timedelta(hours=1)) == {}


async def test_it_learns_who_it_is_and_what_it_may_do(slack: Slack, team: Team) -> None:
    identity = await slack.identity()
    assert (identity.workspace_id, identity.workspace_name) == (team.team_id, "Example")
    assert (identity.bot_user_id, identity.bot_id) == (team.installed.bot.id, team.installed.bot_id)
    assert identity.scopes == set(SCOPES)


async def test_slacks_clock_is_read_from_its_answer(slack: Slack, line: BadLine) -> None:
    body = '{"ok": true, "url": "u", "team": "Example", "team_id": "T1", "user_id": "U1", "bot_id": "B1"}'
    line.next("auth.test", answers(200, body, Date="Sat, 21 Nov 2026 10:00:00 GMT"))
    server_time = (await slack.identity()).server_time
    assert server_time is not None
    assert server_time.isoformat() == "2026-11-21T10:00:00+00:00"


async def test_a_message_to_a_person_arrives_in_their_dm_and_is_read_out_in_full(
    slack: Slack, team: Team, ana: Member
) -> None:
    posted = await slack.post(ana.id, HELLO)
    message = team.dm_of(ana.id).messages[posted.ts]
    assert posted.channel == team.dm_of(ana.id).id
    assert (message.text, message.blocks[0]["text"]["text"]) == ("Hello", "Hello, *Ana*")


async def test_a_message_carries_its_nonce_and_nothing_else(slack: Slack, team: Team, ana: Member) -> None:
    posted = await slack.post(ana.id, HELLO, nonce="n1")
    message = team.dm_of(ana.id).messages[posted.ts]
    assert message.metadata == {"event_type": "rapport_notice", "event_payload": {"nonce": "n1"}}


async def test_a_message_is_found_again_by_its_nonce_even_far_back(
    slack: Slack, team: Team, ana: Member, clock: Clock
) -> None:
    since = clock.now() - timedelta(seconds=1)
    posted = await slack.post(ana.id, HELLO, nonce="wanted")
    for number in range(230):
        await slack.post(ana.id, HELLO, nonce=f"other {number}")
    assert await slack.find_posted(posted.channel, "wanted", since=since) == posted
    assert await slack.find_posted(posted.channel, "never sent", since=since) is None


async def test_a_message_from_before_is_not_looked_at(slack: Slack, ana: Member, clock: Clock) -> None:
    posted = await slack.post(ana.id, HELLO, nonce="old")
    clock.advance(timedelta(hours=2))
    assert await slack.find_posted(posted.channel, "old", since=clock.now() - timedelta(hours=1)) is None


async def test_an_answer_reaches_only_the_person_who_asked(
    slack: Slack, team: Team, ana: Member, playground: Playground
) -> None:
    url = team.response_urls.issue("commands", ana.id, team.workspace.general.id)
    await slack.respond(playground.url + url.path, Message("Only you see this"))
    assert [message.text for message in team.workspace.ephemerals_of(ana.id)] == ["Only you see this"]
    assert not team.workspace.general.messages


async def test_an_answer_that_comes_too_late_is_refused(
    slack: Slack, team: Team, ana: Member, playground: Playground, clock: Clock
) -> None:
    url = team.response_urls.issue("commands", ana.id, team.workspace.general.id)
    clock.advance(timedelta(minutes=31))
    with pytest.raises(SlackRefused):
        await slack.respond(playground.url + url.path, Message("Too late"))


async def test_a_file_arrives_in_the_dm_whole(slack: Slack, team: Team, ana: Member) -> None:
    content = "week,text\r\n2026-11-16,Größe ✓\r\n".encode()
    await slack.send_file(ana.id, "checkins.csv", content, title="Check-ins", comment="All of yours.")
    (file,) = team.workspace.files.values()
    assert (file.name, file.content, file.channels) == ("checkins.csv", content, [team.dm_of(ana.id).id])


async def test_a_picture_arrives_with_its_words(slack: Slack, team: Team, ana: Member) -> None:
    words = "The goal went from 0.2 to 0.6"
    await slack.send_file(
        ana.id, "goal.png", b"\x89PNG", title="Goal", comment="As you asked.", alt_text=words
    )
    (file,) = team.workspace.files.values()
    assert (file.mimetype, file.alt_text) == ("image/png", words)


async def test_everybody_is_listed_page_by_page(slack: Slack, team: Team, line: BadLine) -> None:
    team.workspace.invent_people(450)
    pages = [page async for page in slack.members()]
    listed = [member["id"] for page in pages for member in page]
    assert sorted(listed) == sorted(team.workspace.members)
    assert max(len(page) for page in pages) <= 200


async def test_the_directory_waits_as_long_as_slack_asks(
    slack: Slack, line: BadLine, clock: Clock, ana: Member
) -> None:
    line.next("users.list", busy(7), busy(30))
    assert [page async for page in slack.members()]
    assert clock.slept == [7, 30]


async def test_the_directory_gives_up_when_slack_stays_busy(slack: Slack, line: BadLine) -> None:
    line.next("users.list", *[busy(1)] * 9)
    with pytest.raises(SlackBusy):
        [page async for page in slack.members()]
    assert line.calls == ["users.list"] * 6


# What an error means

TRIGGER_MESSAGE = """{"ok": false, "error": "invalid_arguments",
    "response_metadata": {"messages": ["[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]"]}}"""


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        pytest.param(refuses("channel_not_found"), SlackRefused, id="a clear no"),
        pytest.param(answers(404, "not here"), SlackRefused, id="404"),
        pytest.param(refuses("token_revoked"), NotAuthorized, id="token revoked"),
        pytest.param(refuses("missing_scope"), NotAuthorized, id="scope missing"),
        pytest.param(busy(3), SlackBusy, id="429"),
        pytest.param(answers(429, "<html>"), SlackBusy, id="429 without anything"),
        pytest.param(refuses("rate_limited"), SlackBusy, id="429 as an error code"),
        pytest.param(refuses("fatal_error"), SlackUnsure, id="fatal_error"),
        pytest.param(refuses("internal_error"), SlackUnsure, id="internal_error"),
        pytest.param(refuses("request_timeout"), SlackUnsure, id="request_timeout"),
        pytest.param(refuses("service_unavailable"), SlackUnsure, id="service_unavailable"),
        pytest.param(answers(500, "{}"), SlackUnsure, id="500"),
        pytest.param(answers(502, "<html>Bad gateway"), SlackUnsure, id="502 from a proxy"),
        pytest.param(answers(503, '{"ok": false, "error": "oops"}'), SlackUnsure, id="503"),
        pytest.param(answers(200, "<html>"), SlackUnsure, id="not JSON"),
        pytest.param(answers(200, "[]"), SlackUnsure, id="not an object"),
        pytest.param(answers(200, '"ok"'), SlackUnsure, id="a string"),
        pytest.param(answers(200, ""), SlackUnsure, id="empty"),
        pytest.param(answers(200, "ok", Content_Type="text/plain"), SlackUnsure, id="plain text"),
        pytest.param(answers(200, "ok", Content_Type="text/html"), SlackUnsure, id="a page"),
        pytest.param(reset_before, SlackUnsure, id="reset before"),
        pytest.param(reset_after, SlackUnsure, id="reset after"),
        pytest.param(cut_short, SlackUnsure, id="cut short"),
        pytest.param(refuses("expired_trigger_id"), TriggerExpired, id="trigger: the method's page"),
        pytest.param(refuses("exchanged_trigger_id"), TriggerExpired, id="trigger: used"),
        pytest.param(refuses("trigger_expired"), TriggerExpired, id="trigger: the guide"),
        pytest.param(refuses("trigger_exchanged"), TriggerExpired, id="trigger: the guide, used"),
        pytest.param(answers(200, TRIGGER_MESSAGE), TriggerExpired, id="trigger: as observed"),
    ],
)
async def test_what_slack_does_is_given_its_meaning(
    slack: Slack, line: BadLine, ana: Member, fault: Fault, meaning: type[SlackError]
) -> None:
    line.next("chat.postMessage", fault)
    with pytest.raises(SlackError) as caught:
        await slack.post(ana.id, HELLO)
    assert type(caught.value) is meaning
    assert line.calls == ["chat.postMessage"], "it is asked once"


async def test_silence_means_nobody_knows(team: Team, line: BadLine, ana: Member) -> None:
    silence = Silence()
    line.next("chat.postMessage", silence)
    async with connected(team, line.url, seconds=0.2) as slack:
        with pytest.raises(SlackUnsure):
            await slack.post(ana.id, HELLO)
    silence.over.set()
    assert texts(team, ana) == ["Hello"]


async def test_no_connection_means_nothing_was_sent(team: Team, unused_tcp_port: int) -> None:
    async with connected(team, f"http://127.0.0.1:{unused_tcp_port}/") as slack:
        with pytest.raises(SlackUnreachable):
            await slack.post("U1", HELLO)


@pytest.mark.parametrize(
    ("header", "seconds"), [("17", 17.0), ("", 30.0), ("soon", 30.0), ("-5", 30.0), ("１７", 30.0)]
)
async def test_slack_says_how_long_to_rest(
    slack: Slack, line: BadLine, ana: Member, header: str, seconds: float
) -> None:
    line.next("chat.postMessage", answers(429, "{}", Retry_After=header.encode().decode("latin-1")))
    with pytest.raises(SlackBusy) as caught:
        await slack.post(ana.id, HELLO)
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize("fault", [reset_after, cut_short, answers(500, "{}", done=True)])
async def test_a_message_slack_took_is_not_sent_again(
    slack: Slack, line: BadLine, team: Team, ana: Member, fault: Fault
) -> None:
    line.next("chat.postMessage", fault)
    with pytest.raises(SlackUnsure):
        await slack.post(ana.id, HELLO)
    assert texts(team, ana) == ["Hello"]


async def test_a_form_is_not_opened_again_over_a_dropped_connection(
    slack: Slack, line: BadLine, team: Team, ana: Member
) -> None:
    line.next("views.open", reset_after)
    with pytest.raises(SlackUnsure):
        await slack.open_view(team.triggers.issue(ana.id).id, form())
    assert line.calls == ["views.open"]


async def test_what_can_be_repeated_survives_a_dropped_connection(
    slack: Slack, line: BadLine, team: Team, ana: Member
) -> None:
    posted = await slack.post(ana.id, HELLO)
    line.next("chat.update", reset_after)
    await slack.update(posted.channel, posted.ts, Message("Done", HELLO.blocks))
    assert texts(team, ana) == ["Done"]
    assert line.calls.count("chat.update") == 2


async def test_a_form_opened_too_late_or_twice_is_told_apart_from_a_bad_form(
    slack: Slack, team: Team, ana: Member, clock: Clock
) -> None:
    used = team.triggers.issue(ana.id).id
    await slack.open_view(used, form())
    with pytest.raises(TriggerExpired):
        await slack.open_view(used, form())
    late = team.triggers.issue(ana.id).id
    clock.advance(timedelta(seconds=4))
    with pytest.raises(TriggerExpired):
        await slack.open_view(late, form())
    with pytest.raises(SlackRefused) as caught:
        await slack.open_view(team.triggers.issue(ana.id).id, {"type": "modal", "blocks": []})
    assert not isinstance(caught.value, TriggerExpired)
    assert "at /view/blocks" in caught.value.__notes__, "a developer is told where"


async def test_a_view_somebody_else_changed_is_not_overwritten(slack: Slack, team: Team, ana: Member) -> None:
    first = await slack.open_view(team.triggers.issue(ana.id).id, form())
    await slack.update_view(first.id, form("Faster"), hash=first.hash)
    with pytest.raises(SlackRefused, match="hash_conflict"):
        await slack.update_view(first.id, form("Too slow"), hash=first.hash)


@pytest.mark.parametrize(
    "fault",
    [
        answers(200, f'{{"ok": false, "error": "invalid_blocks", "errors": ["{CANARY}"]}}'),
        answers(200, f"<html>{CANARY}"),
        answers(502, CANARY),
        cut_short,
    ],
)
async def test_an_error_repeats_neither_the_token_nor_what_was_written(
    slack: Slack, line: BadLine, team: Team, ana: Member, fault: Fault
) -> None:
    line.next("chat.postMessage", fault)
    with pytest.raises(SlackError) as caught:
        await slack.post(ana.id, Message(CANARY, [SectionBlock(text=CANARY)]))
    error: BaseException | None = caught.value
    told = ""
    while error is not None:
        told += f"{error!r} {error} {getattr(error, '__notes__', '')}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert CANARY not in told
    assert team.installed.token not in told


async def test_every_call_is_counted_with_its_outcome(team: Team, line: BadLine, ana: Member) -> None:
    counted: list[tuple[str, str]] = []
    line.next("chat.postMessage", busy(1), refuses("is_archived"), reset_after)
    async with connected(team, line.url, count=lambda *call: counted.append(call)) as slack:
        await slack.identity()
        for _ in range(3):
            with pytest.raises(SlackError):
                await slack.post(ana.id, HELLO)
    outcomes = [outcome for _, outcome in counted]
    assert counted[0] == ("auth.test", "ok")
    assert outcomes == ["ok", "busy", "refused", "unsure"]


async def test_one_connection_serves_many_calls(slack: Slack, ana: Member, line: BadLine) -> None:
    peers = set()

    async def look(call: Any) -> Any:
        peers.add(call.request.transport.get_extra_info("peername"))
        return await call.forward()

    line.next("chat.postMessage", look, look, look)
    for _ in range(3):
        await slack.post(ana.id, HELLO)
    assert len(peers) == 1
