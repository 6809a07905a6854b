"""Modals and Home tabs: triggers, stacks, hashes, and what survives an update."""

import copy
from typing import Any

import pytest

from tests.playground.office import MANIFEST, Office, refusal
from tests.playground.windows import HOME, modal, opened, pushed, question, text, trigger


async def test_a_trigger_lives_three_seconds(office: Office) -> None:
    late = trigger(office)
    office.clock.now += 3.1
    body = await refusal(office.client.views_open(trigger_id=late.id, view=modal()))
    assert body["error"] == "expired_trigger_id"


async def test_a_trigger_opens_one_view(office: Office) -> None:
    once = trigger(office)
    await office.client.views_open(trigger_id=once.id, view=modal())
    body = await refusal(office.client.views_open(trigger_id=once.id, view=modal()))
    assert body["error"] == "exchanged_trigger_id"


async def test_a_trigger_of_ones_own_making_is_invalid(office: Office, another_office: Any) -> None:
    foreign = trigger(another_office(name="Other"))
    for trigger_id in ("12345.98765.abcd2358fdea", foreign.id):
        body = await refusal(office.client.views_open(trigger_id=trigger_id, view=modal()))
        assert body["error"] == "invalid_trigger_id"


async def test_a_refused_view_leaves_the_trigger_unspent(office: Office) -> None:
    once = trigger(office)
    await refusal(office.client.views_open(trigger_id=once.id, view={**modal(), "title": text("x" * 25)}))
    assert (await office.client.views_open(trigger_id=once.id, view=modal()))["ok"]


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(title=text("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit_disabled=True), "invalid additional property: submit_disabled [json-pointer:/view]"),
        (
            modal(*[question(f"q{n}") for n in range(101)]),
            "no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        (HOME, "must be `modal` here [json-pointer:/view/type]"),
    ],
)
async def test_a_view_that_breaks_a_rule_is_pointed_at(
    office: Office, view: dict[str, Any], message: str
) -> None:
    body = await refusal(office.client.views_open(trigger_id=trigger(office).id, view=view))
    assert body["error"] == "invalid_arguments"
    assert f"[ERROR] {message}" in body["response_metadata"]["messages"]


async def test_a_view_may_not_be_larger_than_250_kilobytes(office: Office) -> None:
    options = [
        {"text": text("x" * 75), "value": f"{n:0150d}", "description": text("y" * 75)} for n in range(100)
    ]
    menus = [
        {
            "type": "section",
            "text": text("Choose"),
            "accessory": {"type": "static_select", "action_id": f"menu{n}", "options": options},
        }
        for n in range(9)
    ]
    body = await refusal(office.client.views_open(trigger_id=trigger(office).id, view=modal(*menus)))
    assert body["error"] == "view_too_large"


async def test_the_stack_holds_three_views(office: Office) -> None:
    first = await opened(office)
    second = await pushed(office, first)
    assert second["view"]["previous_view_id"] == first.id
    third = await pushed(office, first)
    assert third["view"]["root_view_id"] == first.id
    assert (await refusal(pushed(office, first)))["error"] == "push_limit_reached"


async def test_a_push_needs_a_trigger_from_inside_the_modal(office: Office) -> None:
    await opened(office)
    body = await refusal(office.client.views_push(trigger_id=trigger(office).id, view=modal()))
    assert body["error"] == "not_found"


async def test_an_external_id_is_used_once_at_a_time(office: Office) -> None:
    view = await opened(office, modal(external_id="mine"))
    other = office.team.triggers.issue(office.ben.id)
    body = await refusal(office.client.views_open(trigger_id=other.id, view=modal(external_id="mine")))
    assert body["error"] == "duplicate_external_id"
    assert (await office.client.views_update(external_id="mine", view=modal(external_id="mine")))["ok"]
    await office.slack.close_view(office.team_id, office.ana.id, view.id)
    assert (await office.client.views_open(trigger_id=other.id, view=modal(external_id="mine")))["ok"]


async def test_an_update_names_its_view_in_one_way(office: Office) -> None:
    view = await opened(office, modal(external_id="mine"))
    both = {"view_id": view.id, "external_id": "mine", "view": modal()}
    body = await refusal(office.client.api_call("views.update", json=both))
    assert body["response_metadata"]["messages"] == [
        "[ERROR] Cannot provide both `view_id` and `external_id`"
    ]
    body = await refusal(office.client.api_call("views.update", json={"view": modal()}))
    assert body["error"] == "invalid_arguments"


async def test_a_stale_hash_is_a_conflict(office: Office) -> None:
    view = await opened(office)
    stale = view.hash
    await office.client.views_update(view_id=view.id, view=modal(), hash=stale)
    body = await refusal(office.client.views_update(view_id=view.id, view=modal(), hash=stale))
    assert body["error"] == "hash_conflict"


async def test_a_closed_view_cannot_be_updated(office: Office) -> None:
    view = await opened(office)
    await office.slack.close_view(office.team_id, office.ana.id, view.id)
    body = await refusal(office.client.views_update(view_id=view.id, view=modal()))
    assert body["error"] == "not_found"


async def test_what_was_typed_survives_an_update_only_under_the_same_ids(office: Office) -> None:
    view = await opened(office, modal(question("kept"), question("renamed")))
    typed = {"kept": {"value": "Mine"}, "renamed": {"value": "Lost"}}
    office.slack.fill(office.team_id, office.ana.id, view, typed)
    updated = modal(question("kept", initial_value="Ignored"), question("new", initial_value="Fresh"))
    await office.client.views_update(view_id=view.id, view=updated)
    assert view.values["kept"]["value"]["value"] == "Mine"
    assert view.values["new"]["value"]["value"] == "Fresh"
    assert "renamed" not in view.values


async def test_every_untouched_element_reports_its_empty_value(office: Office) -> None:
    option = {"text": text("Good"), "value": "good"}
    elements: list[dict[str, Any]] = [
        {"type": "static_select", "options": [option]},
        {"type": "multi_static_select", "options": [option], "initial_options": [option]},
        {"type": "checkboxes", "options": [option]},
        {"type": "users_select"},
        {"type": "datepicker"},
        {"type": "number_input", "is_decimal_allowed": False},
    ]
    blocks = [
        {**question(f"q{n}"), "element": {**copy.deepcopy(one), "action_id": "value"}}
        for n, one in enumerate(elements)
    ]
    view = await opened(office, modal(*blocks))
    assert [view.values[f"q{n}"]["value"] for n in range(6)] == [
        {"type": "static_select", "selected_option": None},
        {"type": "multi_static_select", "selected_options": view.blocks[1]["element"]["initial_options"]},
        {"type": "checkboxes", "selected_options": []},
        {"type": "users_select", "selected_user": None},
        {"type": "datepicker", "selected_date": None},
        {"type": "number_input", "value": None},
    ]


async def test_a_home_tab_is_published_per_person(office: Office) -> None:
    published = await office.client.views_publish(user_id=office.ana.id, view=HOME)
    assert published["view"]["type"] == "home"
    home = office.team.views.home_of(office.ana.id)
    assert home and home.id == published["view"]["id"]
    assert office.team.views.home_of(office.ben.id) is None
    again = await office.client.views_publish(user_id=office.ana.id, view=HOME)
    assert again["view"]["id"] == home.id
    stale = office.client.views_publish(user_id=office.ana.id, view=HOME, hash=published["view"]["hash"])
    assert (await refusal(stale))["error"] == "hash_conflict"


async def test_an_app_without_home_tab_cannot_publish(another_office: Any) -> None:
    features = {**MANIFEST["features"], "app_home": {"home_tab_enabled": False}}
    homeless = another_office(name="Homeless", manifest={**MANIFEST, "features": features})
    body = await refusal(homeless.client.views_publish(user_id=homeless.ana.id, view=HOME))
    assert body["error"] == "not_enabled"
