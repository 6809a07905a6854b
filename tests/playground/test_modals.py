"""Submitting and closing forms: what the client checks, what the app may answer, what goes wrong visibly."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.verbs import Outcome
from playground.verbs.modals import TROUBLE, NotOnScreen
from playground.views import View
from tests.playground.office import Office
from tests.playground.windows import modal, opened, pushed, question, text


@asynccontextmanager
async def answering(office: Office, answer: Response) -> AsyncIterator[list[Any]]:
    """The app gives this answer to everything; yields the payloads it got."""
    payloads: list[Any] = []

    async def app(request: Request) -> Response:
        payloads.append(json.loads(parse_qs((await request.body()).decode())["payload"][0]))
        return answer

    async with office.answered_by(app):
        yield payloads


async def submit(office: Office, view: View, **typed: str) -> Outcome:
    choices = {block_id: {"value": value} for block_id, value in typed.items()}
    return await office.slack.submit_view(office.team_id, office.ana.id, view.id, choices)


async def test_an_empty_answer_closes_the_view_and_shows_the_one_below(office: Office) -> None:
    below = await opened(office)
    await pushed(office, below)
    top = office.team.views.top(office.ana.id)
    assert top and top is not below
    async with answering(office, Response()) as payloads:
        outcome = await submit(office, top, words="Hi")
    assert outcome.view is below
    assert payloads[0]["view"]["state"]["values"]["words"]["value"]["value"] == "Hi"
    assert payloads[0]["user"]["id"] == office.ana.id


async def test_an_empty_required_field_never_reaches_the_app(office: Office) -> None:
    view = await opened(office, modal(question("words"), {**question("more"), "optional": True}))
    async with answering(office, Response()) as payloads:
        outcome = await submit(office, view)
    assert outcome.errors == {"words": "Please complete this required field."}
    assert payloads == [] and view.is_open


@pytest.mark.parametrize(
    ("element", "typed"),
    [
        ({"max_length": 3}, "long"),
        ({"min_length": 5}, "long"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "5"}, "5.1"),
        ({"type": "email_text_input"}, "ana"),
        ({"type": "url_text_input"}, "javascript:alert(1)"),
    ],
)
async def test_the_client_holds_the_limits_of_a_field(
    office: Office, element: dict[str, Any], typed: str
) -> None:
    view = await opened(office, modal(question("words", **element)))
    async with answering(office, Response()) as payloads:
        outcome = await submit(office, view, words=typed)
    assert "words" in outcome.errors and payloads == []


async def test_errors_stand_under_their_field_and_what_was_typed_stays(office: Office) -> None:
    view = await opened(office)
    answer = JSONResponse({"response_action": "errors", "errors": {"words": "Shorter, please."}})
    async with answering(office, answer):
        outcome = await submit(office, view, words="Hi")
    assert outcome.errors == {"words": "Shorter, please."}
    assert outcome.view is view and view.values["words"]["value"]["value"] == "Hi"


async def test_clear_closes_the_whole_stack(office: Office) -> None:
    below = await opened(office)
    await pushed(office, below)
    top = office.team.views.top(office.ana.id)
    assert top
    async with answering(office, JSONResponse({"response_action": "clear"})):
        outcome = await submit(office, top, words="Hi")
    assert outcome.view is None and not below.is_open


async def test_update_and_push_show_the_view_in_the_answer(office: Office) -> None:
    view = await opened(office)
    thanks = {"type": "modal", "title": text("Thanks"), "blocks": [{"type": "divider"}]}
    async with answering(office, JSONResponse({"response_action": "push", "view": thanks})):
        on_top = await submit(office, view, words="Hi")
    assert on_top.view and on_top.view.previous_id == view.id
    await office.slack.close_view(office.team_id, office.ana.id, on_top.view.id)
    async with answering(office, JSONResponse({"response_action": "update", "view": thanks})):
        outcome = await submit(office, view, words="Hi")
    assert outcome.view is view and view.content["title"]["text"] == "Thanks"


@pytest.mark.parametrize(
    "answer",
    [
        Response(status_code=500),
        Response("done"),
        JSONResponse({}),
        JSONResponse(["clear"]),
        JSONResponse({"response_action": "closes"}),
        JSONResponse({"response_action": "errors", "errors": {}}),
        JSONResponse({"response_action": "errors", "errors": {"no_such_block": "No."}}),
        JSONResponse({"response_action": "errors", "errors": {"note": "Not an input."}}),
        JSONResponse({"response_action": "update", "view": {"type": "modal"}}),
        Response('{"response_action": "clear"}', media_type="text/plain"),
    ],
)
async def test_an_answer_slack_cannot_read_leaves_the_form_open_with_a_notice(
    office: Office, answer: Response
) -> None:
    note = {"type": "section", "block_id": "note", "text": text("Be brief")}
    view = await opened(office, modal(question("words"), note))
    async with answering(office, answer):
        outcome = await submit(office, view, words="Hi")
    assert outcome.notice == TROUBLE == "We had some trouble connecting. Try again?"
    assert outcome.view is view and view.values["words"]["value"]["value"] == "Hi"
    assert [one.text for one in office.workspace.ledger.notices_of(office.ana.id)] == [TROUBLE]


async def test_a_push_beyond_three_is_trouble_too(office: Office) -> None:
    view = await opened(office)
    await pushed(office, view)
    await pushed(office, view)
    top = office.team.views.top(office.ana.id)
    assert top
    async with answering(office, JSONResponse({"response_action": "push", "view": modal()})):
        assert (await submit(office, top, words="Hi")).notice == TROUBLE


async def test_a_form_that_is_closed_cannot_be_submitted(office: Office) -> None:
    view = await opened(office)
    await office.slack.close_view(office.team_id, office.ana.id, view.id)
    with pytest.raises(NotOnScreen):
        await submit(office, view, words="Hi")


async def test_closing_is_told_only_to_an_app_that_asked(office: Office) -> None:
    view = await opened(office)
    async with answering(office, Response()) as payloads:
        await office.slack.close_view(office.team_id, office.ana.id, view.id)
    assert payloads == []


async def test_cancel_tells_of_that_view_and_the_x_of_the_first(office: Office) -> None:
    first = await opened(office, modal(notify_on_close=True))
    from_inside = office.team.triggers.issue(office.ana.id, view_id=first.id)
    await office.client.views_push(trigger_id=from_inside.id, view=modal(notify_on_close=True))
    top = office.team.views.top(office.ana.id)
    assert top
    office.slack.fill(office.team_id, office.ana.id, top, {"words": {"value": "Unsent"}})
    async with answering(office, Response()) as payloads:
        back = await office.slack.close_view(office.team_id, office.ana.id, top.id)
        gone = await office.slack.close_view(office.team_id, office.ana.id, first.id, all_views=True)
    assert (back.view, gone.view) == (first, None)
    assert [(one["view"]["id"], one["is_cleared"]) for one in payloads] == [(top.id, False), (first.id, True)]
    assert "trigger_id" not in payloads[0] and payloads[0]["view"]["state"] == {"values": {}}


async def test_a_channel_menu_that_asked_for_it_brings_a_response_url(office: Office) -> None:
    menu = {"type": "channels_select", "action_id": "value", "response_url_enabled": True}
    view = await opened(office, modal({**question("where"), "element": menu}))
    async with answering(office, Response()) as payloads:
        await submit(office, view, where=office.general.id)
    (entry,) = payloads[0]["response_urls"]
    assert (entry["block_id"], entry["channel_id"]) == ("where", office.general.id)


async def test_of_two_submits_at_once_the_later_answer_changes_nothing(office: Office) -> None:
    view = await opened(office)
    answers = [Response(), JSONResponse({"response_action": "errors", "errors": {"words": "Already sent."}})]
    both_here, first_done = asyncio.Barrier(2), asyncio.Event()

    async def app(_: Request) -> Response:
        answer = answers.pop(0)
        await both_here.wait()
        if answer.body:
            await first_done.wait()
        return answer

    async with office.answered_by(app):
        twice = [asyncio.create_task(submit(office, view, words="Hi")) for _ in range(2)]
        await office.slack.until(lambda: not view.is_open)
        first_done.set()
        outcomes = await asyncio.gather(*twice)
    assert [(one.view, one.errors) for one in outcomes] == [(None, {}), (None, {})]
