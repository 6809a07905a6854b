"""What the gateway can do: send, find again, open, list; with the scopes it says it needs."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.slack import METHOD_SCOPES, Message, Slack, SlackBusy, SlackError, SlackRefused
from playground.server import Playground
from playground.team import Team
from playground.workspace import Member
from playground.workspace.members import DoNotDisturb, Usergroup
from tests.bad_line import BadLine, answers, busy, refuses, reset_after
from tests.clock import Clock
from tests.slack.builders import HELLO, SCOPES, connected, form


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
    assert message.metadata == {"event_type": "rapport_notification", "event_payload": {"nonce": "n1"}}


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
