"""What an error means, and what may be repeated after one."""

from datetime import timedelta

import pytest
from slack_sdk.models.blocks import SectionBlock

from bot.slack import (
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
from playground.team import Team
from playground.workspace import Member
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
from tests.slack.builders import HELLO, connected, form

CANARY = "canary-text"


def texts(team: Team, person: Member) -> list[str]:
    return [message.text for message in team.dm_of(person.id).messages.values()]


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
