"""One visit from command to closed modal, through a real Bolt app and slack_sdk."""

from typing import Any

from tests.playground.office import Office

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "say",
    "title": {"type": "plain_text", "text": "Say"},
    "submit": {"type": "plain_text", "text": "Say it"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "value"},
        }
    ],
}


async def test_a_command_opens_a_form_whose_text_comes_back_in_a_direct_message(office: Office) -> None:
    @office.bolt.command("/parrot")
    async def open_form(ack: Any, client: Any, body: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @office.bolt.view("say")
    async def say(ack: Any, client: Any, body: Any, view: Any) -> None:
        words = view["state"]["values"]["words"]["value"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=words)
        await ack()

    async with office.over_http():
        opened = await office.command()
        assert opened.view.content["title"]["text"] == "Say"
        closed = await office.slack.submit_view(
            office.team_id, office.ana.id, opened.view.id, {"words": {"value": "Ólá ✓"}}
        )
    assert closed.view is None
    assert [one.text for one in office.dm_of(office.ana).messages.values()] == ["Ólá ✓"]
    assert [ping.why for ping in office.workspace.ledger.pings_of(office.ana.id)] == ["dm"]
