"""People and conversations as the bot may see them."""

from pathlib import Path
from typing import Any

import pytest

from playground.server import Playground
from playground.workspace import DoNotDisturb, Usergroup
from tests.playground.office import ManualClock, Office, refusal

COMPANY = Path(__file__).parents[2] / "playground" / "company.csv"


async def test_the_directory_lists_bots_slackbot_and_those_who_have_left(office: Office) -> None:
    gone = office.workspace.add_person("Gone Person", deleted=True)
    people = {one["id"]: one for one in (await office.client.users_list())["members"]}
    assert set(people) == {"USLACKBOT", office.installed.bot.id, office.ana.id, office.ben.id, gone.id}
    assert people["USLACKBOT"]["is_bot"] is False
    assert "tz" not in people[gone.id]


async def test_pages_lead_through_thousands_of_people(office: Office) -> None:
    office.workspace.invent_people(2500)
    seen, cursor, pages = set(), "", 0
    while pages == 0 or cursor:
        answer = await office.client.users_list(limit=1000, cursor=cursor)
        seen |= {one["id"] for one in answer["members"]}
        cursor, pages = answer["response_metadata"]["next_cursor"], pages + 1
    assert (len(seen), pages) == (2504, 3)


async def test_a_big_workspace_wants_a_limit(office: Office) -> None:
    office.workspace.invent_people(1000)
    assert (await refusal(office.client.users_list()))["error"] == "limit_required"


@pytest.mark.parametrize("cursor", ["nonsense", "bmV4dDo5OTk5OTk=", "bmV4dDp4"])
async def test_a_cursor_of_ones_own_making_is_refused(office: Office, cursor: str) -> None:
    assert (await refusal(office.client.users_list(limit=2, cursor=cursor)))["error"] == "invalid_cursor"


async def test_an_email_address_needs_its_scope(another_office: Any) -> None:
    shy = another_office(name="Shy", scopes=frozenset({"users:read"}))
    assert "email" not in (await shy.client.users_info(user=shy.ana.id))["user"]["profile"]
    body = await refusal(shy.client.users_lookupByEmail(email=shy.ana.email))
    assert body["needed"] == "users:read.email"


async def test_a_person_is_found_by_email_in_any_case(office: Office) -> None:
    assert (await office.client.users_lookupByEmail(email="ANA@example.com"))["user"]["id"] == office.ana.id
    body = await refusal(office.client.users_lookupByEmail(email="nobody@example.com"))
    assert body["error"] == "users_not_found"


async def test_the_zone_comes_with_the_offset_of_that_day(office: Office) -> None:
    office.clock.now = 1_782_000_000  # June 2026
    summer = (await office.client.users_info(user=office.ana.id))["user"]["tz_offset"]
    office.clock.now = 1_797_000_000  # December 2026
    winter = (await office.client.users_info(user=office.ana.id))["user"]["tz_offset"]
    assert (summer, winter) == (3600, 0)


async def test_the_sample_company_moves_in(clock: ManualClock) -> None:
    workspace = Playground(clock=clock).workspace("Sample")
    workspace.load_people(COMPANY)
    kinds = [
        (one.is_bot, one.is_restricted, one.deleted)
        for one in workspace.members.values()
        if one.id != "USLACKBOT"
    ]
    assert len(kinds) >= 35
    assert {(True, False, False), (False, True, False), (False, False, True)} <= set(kinds)


async def test_opening_a_direct_message_twice_gives_the_same_one(office: Office) -> None:
    first = await office.client.conversations_open(users=office.ana.id)
    again = await office.client.conversations_open(users=office.ana.id, return_im=True)
    assert first["channel"] == {"id": again["channel"]["id"]}
    assert again["already_open"] and again["channel"]["user"] == office.ana.id


async def test_a_conversation_cannot_be_opened_with_just_anybody(office: Office) -> None:
    gone = office.workspace.add_person("Gone Person", deleted=True)

    async def error(users: str) -> str:
        return str((await refusal(office.client.conversations_open(users=users)))["error"])

    assert await error("U0NOBODY") == "user_not_found"
    assert await error(gone.id) == "user_disabled"
    assert await error(office.installed.bot.id) == "cannot_dm_bot"
    assert await error(",".join(["U1"] * 9)) == "too_many_users"
    assert await error("") == "users_list_not_supplied"


async def test_a_group_message_needs_the_scope_for_groups(another_office: Any) -> None:
    shy = another_office(name="Shy", scopes=frozenset({"im:write"}))
    body = await refusal(shy.client.conversations_open(users=[shy.ana.id, shy.ben.id]))
    assert body["needed"] == "mpim:write"


async def test_private_channels_of_others_do_not_exist_for_the_bot(office: Office) -> None:
    hidden = office.workspace.open_channel("hidden", kind="private_channel", members=[office.ana.id])
    body = await refusal(office.client.conversations_info(channel=hidden.id))
    assert body["error"] == "channel_not_found"
    names = [one["name"] for one in (await office.client.conversations_list())["channels"]]
    assert names == ["general"]


async def test_listing_a_kind_of_channel_needs_its_scope(office: Office) -> None:
    assert (await refusal(office.client.conversations_list(types="private_channel")))[
        "needed"
    ] == "groups:read"
    assert (await refusal(office.client.conversations_list(types="secret")))["error"] == "invalid_types"


async def test_members_come_in_pages(office: Office) -> None:
    first = await office.client.conversations_members(channel=office.general.id, limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await office.client.conversations_members(channel=office.general.id, limit=1, cursor=cursor)
    assert first["members"] + rest["members"] == [office.ana.id, office.ben.id]
    body = await refusal(office.client.conversations_members(channel=office.general.id, limit=1000))
    assert body["error"] == "invalid_limit"


async def test_history_is_newest_first_and_hides_the_payload_of_metadata(office: Office) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"id": "n1"}}
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="1", metadata=metadata)
    await office.client.chat_postMessage(channel=office.ana.id, text="2")
    dm = posted["channel"]
    plain = (await office.client.conversations_history(channel=dm))["messages"]
    assert [one["text"] for one in plain] == ["2", "1"]
    assert plain[1]["metadata"] == {"event_type": "nudge"}
    full = await office.client.conversations_history(channel=dm, include_all_metadata=True)
    assert full["messages"][1]["metadata"] == metadata


async def test_the_bounds_of_history_are_exclusive_unless_asked(office: Office) -> None:
    posted = [await office.client.chat_postMessage(channel=office.ana.id, text=str(n)) for n in range(3)]
    dm, middle = posted[0]["channel"], posted[1]["ts"]

    async def texts(**bounds: Any) -> list[str]:
        answer = await office.client.conversations_history(channel=dm, **bounds)
        return [one["text"] for one in answer["messages"]]

    assert await texts(oldest=middle) == ["2"]
    assert await texts(oldest=middle, inclusive=True) == ["2", "1"]
    assert await texts(latest=middle, inclusive=True, limit=1) == ["1"]
    body = await refusal(office.client.conversations_history(channel=dm, oldest="yesterday"))
    assert body["error"] == "invalid_ts_oldest"


async def test_history_of_a_channel_needs_membership_and_scope(office: Office) -> None:
    body = await refusal(office.client.conversations_history(channel=office.general.id))
    assert body["error"] == "not_in_channel"
    group = office.workspace.open_direct(office.installed.bot.id, office.ana.id, office.ben.id)
    body = await refusal(office.client.conversations_history(channel=group.id))
    assert (body["error"], body["needed"]) == ("missing_scope", "mpim:history")


async def test_replies_stay_out_of_the_history_and_in_their_thread(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Parent")
    dm, ts = posted["channel"], posted["ts"]
    reply = await office.client.chat_postMessage(channel=dm, text="Reply", thread_ts=ts)
    history = await office.client.conversations_history(channel=dm)
    assert [one["text"] for one in history["messages"]] == ["Parent"]
    thread = await office.client.conversations_replies(channel=dm, ts=ts)
    assert [one["text"] for one in thread["messages"]] == ["Parent", "Reply"]
    nested = office.client.chat_postMessage(channel=dm, text="Deeper", thread_ts=reply["ts"])
    assert (await refusal(nested))["error"] == "cannot_reply_to_message"


async def test_do_not_disturb_is_shown_for_up_to_fifty_people(office: Office) -> None:
    office.ana.dnd = DoNotDisturb(enabled=True, next_start=1_800_000_000, next_end=1_800_030_000)
    people = (await office.client.dnd_teamInfo(users=[office.ana.id, office.ben.id]))["users"]
    assert people[office.ana.id]["next_dnd_end_ts"] == 1_800_030_000
    assert people[office.ben.id]["dnd_enabled"] is False
    body = await refusal(office.client.dnd_teamInfo(users=["U1"] * 51))
    assert body["error"] == "too_many_users"
    assert (await refusal(office.client.api_call("dnd.teamInfo")))["error"] == "no_users_provided"


async def test_user_groups_are_for_paid_plans(office: Office) -> None:
    office.workspace.usergroups["S1"] = Usergroup("S1", "tea", "Tea drinkers", [office.ana.id])
    groups = (await office.client.usergroups_list(include_users=True))["usergroups"]
    assert groups[0]["users"] == [office.ana.id]
    assert (await office.client.usergroups_users_list(usergroup="S1"))["users"] == [office.ana.id]
    body = await refusal(office.client.usergroups_users_list(usergroup="S2"))
    assert body["error"] == "no_such_subteam"
    office.workspace.is_paid = False
    assert (await refusal(office.client.usergroups_list()))["error"] == "plan_upgrade_required"


async def test_a_reaction_counts_once(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    where = {"channel": posted["channel"], "timestamp": posted["ts"]}
    await office.client.reactions_add(**where, name="tada")
    assert (await refusal(office.client.reactions_add(**where, name="tada")))["error"] == "already_reacted"
    assert (await refusal(office.client.reactions_add(**where, name=":tada:")))["error"] == "invalid_name"
    shown = (await office.client.reactions_get(**where))["message"]["reactions"]
    assert shown == [{"name": "tada", "users": [office.installed.bot.id], "count": 1}]


async def test_a_file_arrives_in_three_steps(office: Office) -> None:
    dm = office.dm_of(office.ana)
    await office.client.files_upload_v2(
        channel=dm.id, filename="checkins.csv", content="week,wins\n", initial_comment="Yours"
    )
    message = next(iter(dm.messages.values()))
    file = office.workspace.files[message.files[0]["id"]]
    assert (message.text, file.content) == ("Yours", b"week,wins\n")


async def test_a_file_whose_bytes_never_came_cannot_be_completed(office: Office) -> None:
    begun = await office.client.files_getUploadURLExternal(filename="a.csv", length=3)
    body = await refusal(
        office.client.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "a"}])
    )
    assert body["error"] == "file_not_found"


async def test_the_workspace_introduces_itself(office: Office) -> None:
    assert (await office.client.team_info())["team"]["domain"] == "example"
    me = await office.client.auth_test()
    assert (me["team_id"], me["user_id"]) == (office.team_id, office.installed.bot.id)
