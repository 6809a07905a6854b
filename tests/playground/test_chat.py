"""Messages: where the bot may post, what it may say, and what it may change afterwards."""

from typing import Any

import pytest

from playground.workspace import Member
from tests.playground.office import MANIFEST, Office, refusal

DIVIDER: dict[str, Any] = {"type": "divider"}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def test_a_user_id_is_the_way_into_that_persons_direct_message(office: Office) -> None:
    answer = await office.client.chat_postMessage(channel=office.ana.id, text="Hi", blocks=[section("*Hi*")])
    dm = office.dm_of(office.ana)
    assert answer["channel"] == dm.id
    assert answer["message"]["bot_id"] == office.installed.bot_id
    assert dm.messages[answer["ts"]].blocks[0]["text"]["verbatim"] is False


async def test_where_the_bot_may_not_post_it_hears_why(office: Office) -> None:
    general, workspace = office.general, office.workspace
    hidden = workspace.open_channel("boards", kind="private_channel", members=[office.ana.id])
    stranger = workspace.open_direct(office.ana.id, office.ben.id)

    async def error(channel: str) -> str:
        return str((await refusal(office.client.chat_postMessage(channel=channel, text="Hi")))["error"])

    assert await error("C0NOWHERE") == "channel_not_found"
    assert await error(hidden.id) == "channel_not_found"
    assert await error(stranger.id) == "channel_not_found"
    assert await error("USLACKBOT") == "channel_not_found"
    assert await error(general.id) == "not_in_channel"
    general.members.append(office.installed.bot.id)
    general.is_archived = True
    assert await error(general.id) == "is_archived"


async def test_people_who_have_left_cannot_be_written_to(office: Office) -> None:
    gone = office.workspace.add_person("Gone Person", deleted=True)
    body = await refusal(office.client.chat_postMessage(channel=gone.id, text="Hi"))
    assert body["error"] == "channel_not_found"


async def test_chat_write_public_opens_public_channels(another_office: Any) -> None:
    loud = another_office(name="Loud", scopes=frozenset({"chat:write", "chat:write.public"}))
    assert (await loud.client.chat_postMessage(channel=loud.general.id, text="Hi"))["ok"]
    boards = loud.workspace.open_channel("boards", kind="private_channel", members=[loud.ana.id])
    body = await refusal(loud.client.chat_postMessage(channel=boards.id, text="Hi"))
    assert body["error"] == "channel_not_found"


async def test_an_app_without_messages_tab_sends_no_direct_messages(another_office: Any) -> None:
    features = {**MANIFEST["features"], "app_home": {"messages_tab_enabled": False}}
    mute = another_office(name="Mute", manifest={**MANIFEST, "features": features})
    body = await refusal(mute.client.chat_postMessage(channel=mute.ana.id, text="Hi"))
    assert body["error"] == "messages_tab_disabled"


async def test_a_borrowed_name_needs_its_scope(office: Office) -> None:
    body = await refusal(office.client.chat_postMessage(channel=office.ana.id, text="Hi", username="Boss"))
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write.customize")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "Hi", "blocks": "no json"}, "invalid_blocks_format"),
        ({"text": "Hi", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "Hi", "blocks": [DIVIDER] * 51}, "invalid_blocks"),
        ({"text": "Hi", "blocks": [{"type": "dividers"}]}, "invalid_blocks"),
        ({"text": "Hi", "markdown_text": "Hi"}, "markdown_text_conflict"),
        ({"text": "Hi", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "Hi", "metadata": "no json"}, "invalid_metadata_format"),
        ({"text": "Hi", "metadata": {"event_type": "nudge"}}, "invalid_metadata_schema"),
        ({"text": "Hi", "thread_ts": "1.000000"}, "cannot_reply_to_message"),
    ],
)
async def test_what_cannot_be_said_is_refused(office: Office, said: dict[str, Any], error: str) -> None:
    body = await refusal(office.client.api_call("chat.postMessage", json={"channel": office.ana.id, **said}))
    assert body["error"] == error
    assert office.dm_of(office.ana).messages == {}


async def test_bad_blocks_are_pointed_at_in_both_lists(office: Office) -> None:
    blocks = [section("x" * 3001)]
    body = await refusal(office.client.chat_postMessage(channel=office.ana.id, text="Hi", blocks=blocks))
    line = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert body["errors"] == [line]
    assert body["response_metadata"]["messages"] == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        f"[ERROR] {line}",
    ]


async def test_text_beyond_forty_thousand_characters_is_cut(office: Office) -> None:
    answer = await office.client.chat_postMessage(channel=office.ana.id, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


async def test_every_message_has_its_own_ts_although_time_stands_still(office: Office) -> None:
    first = await office.client.chat_postMessage(channel=office.ana.id, text="1")
    second = await office.client.chat_postMessage(channel=office.ana.id, text="2")
    assert first["ts"] < second["ts"]


async def test_an_update_with_text_alone_removes_the_blocks(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi", blocks=[DIVIDER])
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    await office.client.chat_update(**where, text="Bye")
    message = office.dm_of(office.ana).messages[posted["ts"]]
    assert (message.text, message.blocks) == ("Bye", [])
    assert message.edited


async def test_an_update_keeps_metadata_until_it_is_emptied(office: Office) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": "n1"}}
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi", metadata=metadata)
    message = office.dm_of(office.ana).messages[posted["ts"]]
    await office.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Again")
    assert message.metadata == metadata
    await office.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Again", metadata={})
    assert message.metadata is None


async def test_an_update_does_not_take_a_user_id(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    body = await refusal(office.client.chat_update(channel=office.ana.id, ts=posted["ts"], text="Bye"))
    assert body["error"] == "channel_not_found"


async def test_an_update_pings_nobody(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    await office.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Bye")
    assert [ping.text for ping in office.workspace.ledger.pings_of(office.ana.id)] == ["Hi"]


async def test_messages_of_people_are_not_the_bots_to_change(office: Office) -> None:
    dm = office.dm_of(office.ana)
    said = await office.slack.say(office.team_id, office.ana.id, dm.id, "Mine")
    where: dict[str, Any] = {"channel": dm.id, "ts": said.messages[0].ts}
    assert (await refusal(office.client.chat_update(**where, text="No")))["error"] == "cant_update_message"
    assert (await refusal(office.client.chat_delete(**where)))["error"] == "cant_delete_message"
    missing: dict[str, Any] = {"channel": dm.id, "ts": "1.000000"}
    assert (await refusal(office.client.chat_update(**missing, text="No")))["error"] == "message_not_found"


async def test_a_deleted_message_is_gone(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    await office.client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert office.dm_of(office.ana).messages == {}


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_updated(office: Office) -> None:
    office.general.members.append(office.installed.bot.id)
    where: dict[str, Any] = {"channel": office.general.id}
    answer = await office.client.chat_postEphemeral(**where, user=office.ana.id, text="Psst")
    assert [one.text for one in office.workspace.ephemerals_of(office.ana.id)] == ["Psst"]
    assert office.workspace.ephemerals_of(office.ben.id) == []
    body = await refusal(office.client.chat_update(**where, ts=answer["message_ts"], text="Hm"))
    assert body["error"] == "message_not_found"


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(office: Office) -> None:
    room = office.workspace.open_channel("room", members=[office.installed.bot.id, office.ben.id])
    body = await refusal(office.client.chat_postEphemeral(channel=room.id, user=office.ana.id, text="Psst"))
    assert body["error"] == "user_not_in_channel"


async def test_a_permalink_leads_to_a_message_that_exists(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    channel, ts = posted["channel"], posted["ts"]
    link = (await office.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"]
    assert link == f"https://example.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    body = await refusal(office.client.chat_getPermalink(channel=channel, message_ts="1.000000"))
    assert body["error"] == "message_not_found"


async def test_pings_say_why_they_came(office: Office) -> None:
    cleo, bot = office.workspace.add_person("Cleo"), office.installed.bot
    office.general.members.append(bot.id)

    def whys(person: Member) -> list[str]:
        return [ping.why for ping in office.workspace.ledger.pings_of(person.id)]

    where: dict[str, Any] = {"channel": office.general.id}
    await office.client.chat_postMessage(**where, text=f"Thanks <@{office.ana.id}>")
    await office.client.chat_postMessage(**where, text="fallback", blocks=[section("Look, <!channel>")])
    await office.client.chat_postMessage(**where, text="Escaped: &lt;!channel&gt;")
    assert (whys(office.ana), whys(cleo)) == (["mention", "channel"], ["channel"])
