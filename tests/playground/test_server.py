"""The playground as a whole: where it listens, what it writes down, and how things are made to fail."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.app import App
from playground.delivery.reply import Delivery, Reply
from playground.faults import Faults
from playground.listening import NotLoopback
from playground.server import Playground
from playground.web_api.call import Answer, Request
from tests.playground.office import ManualClock, Office, open_office, refusal


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::"])  # noqa: S104 - that is the point
def test_it_listens_to_this_machine_only(host: str) -> None:
    with pytest.raises(NotLoopback):
        Playground(host=host)


async def test_every_call_is_written_down_without_its_token(office: Office) -> None:
    await office.client.chat_postMessage(channel=office.ana.id, text="Hi")
    await refusal(office.client.users_info(user="U0NOBODY"))
    posted, refused = office.slack.calls
    assert (posted.method, posted.args["text"], posted.status) == ("chat.postMessage", "Hi", 200)
    assert (refused.answer["error"], refused.team_id) == ("user_not_found", office.team_id)
    assert office.installed.token not in repr(office.slack.calls)


class Treacherous(Faults):
    """Loses the answer of what it did, refuses what it is asked first, and swallows deliveries."""

    async def before_call(self, request: Request) -> Answer | None:
        return (
            Answer({"ok": False, "error": "internal_error"}, 500) if request.method == "auth.test" else None
        )

    async def after_call(self, request: Request, answer: Answer) -> Answer:
        return (
            Answer({"ok": False, "error": "fatal_error"}) if request.method == "chat.postMessage" else answer
        )

    async def before_delivery(self, delivery: Delivery) -> Reply | None:
        return Reply(problem="http_timeout")


async def test_faults_can_bend_calls_and_deliveries(clock: ManualClock) -> None:
    async with Playground(clock=clock, faults=Treacherous()) as slack:
        office = open_office(slack, clock)
        assert (await refusal(office.client.auth_test()))["error"] == "internal_error"
        lost = office.client.chat_postMessage(channel=office.ana.id, text="Hi")
        assert (await refusal(lost))["error"] == "fatal_error"
        assert len(office.dm_of(office.ana).messages) == 1
        assert (await office.command()).notice == '/parrot failed with the error "operation_timeout"'


async def test_answers_carry_the_time_of_the_playgrounds_clock(office: Office) -> None:
    office.clock.now = 1_800_000_000
    assert (await office.client.auth_test()).headers["Date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


async def test_one_app_in_two_workspaces_has_a_token_for_each(office: Office) -> None:
    second = office.slack.workspace("Example")
    installed = office.slack.install(office.app, second)
    assert second.team_id != office.team_id and installed.token != office.installed.token
    me = await AsyncWebClient(token=installed.token, base_url=office.slack.api_url).auth_test()
    assert me["team_id"] == second.team_id


def test_two_apps_cannot_share_an_id(office: Office) -> None:
    twin = App.create(office.app.manifest, seed="Example")
    with pytest.raises(ValueError, match="seed"):
        office.slack.install(twin, office.slack.workspace("Other"))
