"""One person in two windows, in a real browser."""

from playwright.async_api import expect

from tests.browser.conftest import ANA, Window
from tests.browser.steps import MOVED, command


async def test_a_modal_left_open_in_one_window_does_not_open_in_another_and_survives_a_reload(
    window: Window,
) -> None:
    one = await window(ANA, "#/app/messages")
    await command(one, "/checkin")
    modal = one.get_by_role("dialog", name="Your check-in")
    await expect(modal.get_by_label(MOVED)).to_be_visible()
    other = await window(ANA, "#/app/messages")
    await command(other, "/unknown")  # so that it has heard of everything
    await expect(other.get_by_text("not a valid command", exact=False)).to_be_visible()
    await expect(other.get_by_role("dialog", name="Your check-in")).to_have_count(0)
    await one.reload()
    await expect(modal.get_by_label(MOVED)).to_be_visible()
