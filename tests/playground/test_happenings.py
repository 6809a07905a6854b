"""What people do that the app hears of as an event."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from playground.workspace import Member
from tests.playground.office import MANIFEST, Office, refusal
from tests.playground.windows import HOME


@asynccontextmanager
async def events_of(office: Office) -> AsyncIterator[list[Any]]:
    envelopes: list[Any] = []

    async def app(request: Request) -> Response:
        envelopes.append(await request.json())
        return Response()

    async with office.answered_by(app):
        yield envelopes


async def test_opening_home_brings_the_view_only_when_there_is_one(office: Office) -> None:
    async with events_of(office) as envelopes:
        first = await office.slack.open_home(office.team_id, office.ana.id)
        await office.client.views_publish(user_id=office.ana.id, view=HOME)
        second = await office.slack.open_home(office.team_id, office.ana.id)
    assert first.view is None and second.view
    assert "view" not in envelopes[0]["event"]
    assert envelopes[1]["event"]["view"]["id"] == second.view.id
    assert envelopes[0]["event"]["channel"] == office.dm_of(office.ana).id


async def test_the_envelope_names_team_app_and_authorization(office: Office) -> None:
    async with events_of(office) as envelopes:
        await office.slack.open_home(office.team_id, office.ana.id)
    (envelope,) = envelopes
    assert (envelope["type"], envelope["team_id"]) == ("event_callback", office.team_id)
    assert envelope["api_app_id"] == office.app.app_id
    assert envelope["authorizations"][0]["user_id"] == office.installed.bot.id
    assert envelope["event_time"] == int(office.clock.now)


async def test_a_changed_person_arrives_whole(office: Office) -> None:
    async with events_of(office) as envelopes:
        await office.slack.change_user(office.team_id, office.ana.id, tz="Asia/Tokyo", status_emoji=":zzz:")
        await office.slack.change_user(office.team_id, office.ana.id, deleted=True)
    moved, gone = (one["event"]["user"] for one in envelopes)
    assert (moved["tz"], moved["profile"]["status_emoji"]) == ("Asia/Tokyo", ":zzz:")
    assert moved["profile"]["email"] == office.ana.email
    assert gone["deleted"] is True


async def test_a_newcomer_is_announced_and_in_the_directory(office: Office) -> None:
    newcomer = Member("U0NEW", office.team_id, "new", "New Person")
    async with events_of(office) as envelopes:
        await office.slack.join_user(office.team_id, newcomer)
    assert envelopes[0]["event"]["type"] == "team_join"
    assert (await office.client.users_info(user="U0NEW"))["ok"]


async def test_words_to_the_bot_are_an_event_and_words_elsewhere_are_not(office: Office) -> None:
    async with events_of(office) as envelopes:
        between_people = office.workspace.open_direct(office.ana.id, office.ben.id)
        await office.slack.say(office.team_id, office.ana.id, between_people.id, "Secret")
        await office.slack.say(office.team_id, office.ana.id, office.dm_of(office.ana).id, "Hello bot")
        await office.slack.until(lambda: len(envelopes) == 1)
        await office.slack.quiet()
    event = envelopes[0]["event"]
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "Hello bot")
    assert len(envelopes) == 1


async def test_the_bots_own_words_come_back_as_an_event(office: Office) -> None:
    async with events_of(office) as envelopes:
        await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
        await office.slack.until(lambda: len(envelopes) == 1)
    assert envelopes[0]["event"]["bot_id"] == office.installed.bot_id


async def test_ones_own_words_ping_only_the_others(office: Office) -> None:
    between_people = office.workspace.open_direct(office.ana.id, office.ben.id)
    await office.slack.say(office.team_id, office.ana.id, between_people.id, f"<@{office.ana.id}> says hi")
    ledger = office.workspace.ledger
    assert (len(ledger.pings_of(office.ana.id)), len(ledger.pings_of(office.ben.id))) == (0, 1)


async def test_nobody_writes_to_an_app_that_only_reads_out(another_office: Any) -> None:
    home = {**MANIFEST["features"]["app_home"], "messages_tab_read_only_enabled": True}
    features = {**MANIFEST["features"], "app_home": home}
    aloof = another_office(name="Aloof", manifest={**MANIFEST, "features": features})
    outcome = await aloof.slack.say(aloof.team_id, aloof.ana.id, aloof.dm_of(aloof.ana).id, "Hello?")
    assert outcome.notice == "Sending messages to this app has been turned off."
    assert aloof.dm_of(aloof.ana).messages == {}


async def test_a_reaction_is_an_event_once_and_taken_back_another(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    message = office.dm_of(office.ana).messages[posted["ts"]]
    who = (office.team_id, office.ana.id)
    async with events_of(office) as envelopes:
        for _ in range(2):
            await office.slack.react(*who, message, "tada")
        for _ in range(2):
            await office.slack.take_reaction_back(*who, message, "tada")
    events = [one["event"] for one in envelopes]
    assert [one["type"] for one in events] == ["reaction_added", "reaction_removed"]
    for one in events:
        assert one["reaction"] == "tada"
        assert one["item"] == {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    assert message.reactions["tada"] == []


async def test_after_an_uninstall_the_token_is_dead_and_the_app_hears_so(another_office: Any) -> None:
    events = {"bot_events": ["app_uninstalled", "tokens_revoked", "user_change"]}
    leaving = another_office(
        name="Leaving", manifest={**MANIFEST, "settings": {"event_subscriptions": events}}
    )
    async with events_of(leaving) as envelopes:
        await leaving.slack.uninstall(leaving.team_id, tokens_first=False)
        await leaving.slack.change_user(leaving.team_id, leaving.ana.id, status_text="Still here")
    assert [one["event"]["type"] for one in envelopes] == ["app_uninstalled", "tokens_revoked"]
    assert envelopes[1]["event"]["tokens"]["bot"] == [leaving.installed.bot.id]
    assert (await refusal(leaving.client.auth_test()))["error"] == "account_inactive"
    assert (await leaving.command()).notice.startswith("/parrot is not a valid command.")


async def test_an_event_can_arrive_twice_under_one_id(office: Office) -> None:
    async with events_of(office) as envelopes:
        await office.slack.open_home(office.team_id, office.ana.id)
        await office.slack.redeliver(office.slack.deliveries[0])
    assert envelopes[0] == envelopes[1]
    assert [one.attempt for one in office.slack.deliveries] == [0, 1]
