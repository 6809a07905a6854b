"""Each block and element is drawn and does what it does in Slack; what cannot be drawn is named."""

import base64
from typing import Any

from playwright.async_api import expect

from bot.slack import Slack
from playground.content import read_content
from playground.demo import Demo
from playground.views import View
from tests.browser.conftest import ANA, BEN, Window
from tests.browser.steps import choose, messages


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(word: str) -> dict[str, Any]:
    return {"text": plain(word.capitalize()), "value": word}


def field(kind: str, **more: Any) -> dict[str, Any]:
    """An input whose label is the kind of its element."""
    element = {"type": kind, "action_id": "value", **more}
    return {"type": "input", "block_id": kind, "label": plain(kind), "element": element, "optional": True}


OPTIONS = {"options": [option("red"), option("green"), option("blue")]}
FIELDS = (
    field("plain_text_input"),
    field("rich_text_input"),
    field("email_text_input"),
    field("url_text_input"),
    field("number_input", is_decimal_allowed=True),
    field("datepicker"),
    field("timepicker"),
    field("datetimepicker"),
    field("radio_buttons", **OPTIONS),
    field("checkboxes", **OPTIONS),
    field("static_select", **OPTIONS),
    field("multi_static_select", **OPTIONS),
    field("users_select"),
    field("multi_users_select"),
    field("channels_select"),
    field("conversations_select"),
)


def open_form(demo: Demo) -> View:
    content = {"type": "modal", "title": plain("Everything"), "submit": plain("Send"), "blocks": list(FIELDS)}
    view = demo.team.views.open(ANA, content)
    demo.slack.ground.activity.changed()
    return view


def say(demo: Demo, *blocks: dict[str, Any], text: str = "In plain words") -> None:
    demo.team.say(demo.team.dm_of(ANA), read_content({"text": text, "blocks": list(blocks)}))


async def test_what_is_typed_and_chosen_arrives_in_slacks_shape(demo: Demo, window: Window) -> None:
    page, view = await window(ANA), open_form(demo)
    for label, words in {
        "plain_text_input": "words",
        "rich_text_input": "rich words",
        "email_text_input": "ana@example.com",
        "url_text_input": "https://example.com",
        "number_input": "1.5",
        "datepicker": "2026-12-24",
        "timepicker": "09:30",
        "datetimepicker": "2026-12-24T09:30",
    }.items():
        await page.get_by_label(f"{label} (optional)", exact=True).fill(words)
    await page.get_by_role("radio", name="Green").check()
    await page.get_by_role("checkbox", name="Red").check()
    await page.get_by_role("checkbox", name="Blue").check()
    await choose(page, "static_select", "Green")
    await choose(page, "multi_static_select", "Blue", "Red")
    await choose(page, "users_select", "Ben Okafor")
    await choose(page, "multi_users_select", "Ben Okafor", "Kwame Mensah")
    await choose(page, "channels_select", "#sales")
    await choose(page, "conversations_select", "#engineering")
    async with page.expect_response("**/do/submit*"):
        await page.get_by_role("button", name="Send", exact=True).last.click()
    chosen = {kind: actions["value"] for kind, actions in view.values.items()}
    channels = {one.name: one.id for one in demo.team.workspace.channels.values()}
    assert chosen["plain_text_input"]["value"] == "words"
    assert "rich words" in str(chosen["rich_text_input"]["rich_text_value"])
    assert chosen["number_input"]["value"] == "1.5"
    assert chosen["datepicker"]["selected_date"] == "2026-12-24"
    assert chosen["timepicker"]["selected_time"] == "09:30"
    assert chosen["datetimepicker"]["selected_date_time"] == 1798104600  # on Ana's clock, in Lisbon
    assert chosen["radio_buttons"]["selected_option"]["value"] == "green"
    assert [one["value"] for one in chosen["checkboxes"]["selected_options"]] == ["red", "blue"]
    assert chosen["static_select"]["selected_option"]["value"] == "green"
    assert [one["value"] for one in chosen["multi_static_select"]["selected_options"]] == ["blue", "red"]
    assert chosen["users_select"]["selected_user"] == BEN
    assert chosen["multi_users_select"]["selected_users"] == [BEN, "U0KWAMEMENSAH"]
    assert chosen["channels_select"]["selected_channel"] == channels["sales"]
    assert chosen["conversations_select"]["selected_conversation"] == channels["engineering"]


async def test_what_was_chosen_is_taken_off_with_a_click_also_from_within_the_field(
    demo: Demo, window: Window
) -> None:
    page, view = await window(ANA), open_form(demo)
    await choose(page, "multi_users_select", "Ben Okafor", "Kwame Mensah")
    async with page.expect_response("**/do/fill*"):
        await page.get_by_role("button", name="Remove Ben Okafor").click()
    assert view.values["multi_users_select"]["value"]["selected_users"] == ["U0KWAMEMENSAH"]


async def test_what_is_done_with_a_message_hides_none_of_its_own_buttons(demo: Demo, window: Window) -> None:
    page = await window(ANA, "#/app/messages")
    menu = {"type": "overflow", "action_id": "x", "options": [option("later"), option("never")]}
    for _ in range(2):  # the second has no head above it
        say(demo, {"type": "section", "text": plain("When?"), "accessory": menu})
    await expect(messages(page).filter(has_text="When?")).to_have_count(2)
    await messages(page).last.hover()
    await messages(page).last.get_by_role("button", name="More actions").click(trial=True, timeout=5_000)


async def test_texts_are_marked_up_and_names_stand_for_ids(demo: Demo, window: Window) -> None:
    page = await window(ANA, "#/app/messages")
    words = f"*bold* _soft_ ~gone~ `code` <@{BEN}> <https://example.com|a link> :tada:\n&gt; quoted"
    rich = [
        {"type": "text", "text": "strong", "style": {"bold": True}},
        {"type": "user", "user_id": BEN},
    ]
    say(
        demo,
        {"type": "header", "text": plain("A heading")},
        {"type": "section", "text": {"type": "mrkdwn", "text": words}},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": rich}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"}]},
        {"type": "image", "image_url": "https://example.com/plan.png", "alt_text": "A plan of the house"},
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "Week"}], [{"type": "raw_text", "text": "47"}]],
        },
    )
    message = messages(page).last
    await expect(message.get_by_role("heading", name="A heading")).to_be_visible()
    await expect(message.locator(".section")).to_have_text("bold soft gone code @Ben a link 🎉\nquoted")
    await expect(message.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.com")
    await expect(message.locator("blockquote")).to_have_text("quoted")
    await expect(message.locator(".rich_text")).to_have_text("strong@Ben")
    await expect(message.get_by_role("img", name="A plan of the house")).to_be_visible()
    await expect(message.get_by_role("columnheader", name="Week")).to_be_visible()


async def test_a_picture_is_drawn_with_its_words_and_can_be_kept(demo: Demo, window: Window) -> None:
    page = await window(ANA, "#/app/messages")
    dot = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")
    async with Slack.connect(demo.team.installed.token, demo.slack.ground.url + "/api/") as slack:
        await slack.send_file(ANA, "goal.gif", dot, title="My goal", comment="As asked.", alt_text="It rises")
    picture = messages(page).last.get_by_role("img", name="It rises")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 1
    await expect(messages(page).last.get_by_role("link", name="My goal")).to_be_visible()


async def test_a_block_that_cannot_be_drawn_is_named(demo: Demo, window: Window) -> None:
    page = await window(ANA, "#/app/messages")
    say(demo)
    channel = demo.team.dm_of(ANA)
    list(channel.messages.values())[-1].blocks = [{"type": "hologram", "block_id": "x"}]
    demo.slack.ground.activity.changed()
    await expect(messages(page).last).to_contain_text("This page cannot draw “hologram”.")


def presses(demo: Demo) -> list[str]:
    """The message that carries the button is delivered as an event of its own."""
    payloads = [one.payload for one in demo.slack.deliveries if one.payload.get("type") == "block_actions"]
    return [payload["actions"][0]["action_id"] for payload in payloads]


async def test_a_button_asks_first_where_the_bot_wants_it(demo: Demo, window: Window) -> None:
    page = await window(ANA, "#/app/messages")
    confirm = {
        "title": plain("Sure?"),
        "text": plain("It is gone then."),
        "confirm": plain("Delete"),
        "deny": plain("Keep"),
    }
    button = {
        "type": "button",
        "action_id": "x",
        "text": plain("Delete all"),
        "style": "danger",
        "confirm": confirm,
    }
    say(demo, {"type": "actions", "elements": [button]})
    assert presses(demo) == []
    await page.get_by_role("button", name="Delete all").click()
    await page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Keep").click()
    await expect(page.get_by_role("button", name="Delete all")).to_be_focused()
    assert presses(demo) == []
    await page.get_by_role("button", name="Delete all").click()
    async with page.expect_response("**/do/press*"):
        await page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Delete").click()
    assert presses(demo) == ["x"]


async def test_modals_stack_and_close_one_by_one(demo: Demo, window: Window) -> None:
    page = await window(ANA)
    for title in ("First", "Second"):
        content = {"type": "modal", "title": plain(title), "blocks": [{"type": "divider"}]}
        (demo.team.views.open if title == "First" else demo.team.views.push)(ANA, content)
    demo.slack.ground.activity.changed()
    await expect(page.get_by_role("dialog", name="Second")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="First")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_what_is_being_typed_stays_when_the_bot_changes_the_form(demo: Demo, window: Window) -> None:
    page, view = await window(ANA), open_form(demo)
    field = page.get_by_label("plain_text_input (optional)", exact=True)
    await field.press_sequentially("half a wo")
    header = {"type": "header", "text": plain("News from the bot")}
    demo.team.views.update(view, {**view.content, "blocks": [header, *view.blocks]})
    demo.slack.ground.activity.changed()
    await expect(page.get_by_role("heading", name="News from the bot")).to_be_visible()
    await expect(field).to_be_focused()
    async with page.expect_response("**/do/fill*"):
        await field.press_sequentially("rd")
    await expect(field).to_have_value("half a word")
    assert view.values["plain_text_input"]["value"]["value"] == "half a word"
