"""Whatever people or the bot write stays text: a corpus of the usual tricks, at every place where text is shown."""

from playwright.async_api import expect

from playground.content import read_content
from playground.demo import Demo
from tests.browser.conftest import ANA, BEN, Window
from tests.browser.steps import check_in, command, messages

CORPUS = (
    "<script>window.caught = 1</script>",
    "<img src=x onerror='window.caught = 1'>",
    "<svg/onload=window.caught=1>",
    "\"><iframe srcdoc='<script>parent.caught=1</script>'></iframe>",
    "<a href='javascript:window.caught=1'>here</a>",
    "</textarea><script>window.caught = 1</script>",
    "<style>body{display:none}</style>",
    "{{constructor.constructor('window.caught=1')()}}",
    "&lt;script&gt;window.caught = 1&lt;/script&gt;",
    "\u202e<b>turned</b>\u202c \u0000 \ufeff",
    "`<script>window.caught = 1</script>` *<b>bold</b>* _<i>x</i>_",
)
LINKS = (
    "<javascript:window.caught=1|click me>",
    "<data:text/html,<script>window.caught=1</script>|click me>",
    "<JaVaScRiPt:window.caught=1|click me>",
)


async def test_no_text_becomes_markup_anywhere(demo: Demo, window: Window) -> None:
    tricks = "\n".join(CORPUS)
    member = demo.team.workspace.members[BEN]
    member.real_name = member.display_name = member.title = member.status_text = CORPUS[1]
    demo.team.say(demo.team.dm_of(ANA), read_content({"text": tricks}))
    for link in LINKS:
        demo.team.say(demo.team.dm_of(ANA), read_content({"text": link}))
    page = await window(ANA, "#/app/messages")
    await command(page, "/checkin")
    await page.keyboard.press("Escape")
    await check_in(page, tricks)
    await page.get_by_role("link", name="general").click()
    await command(page, tricks)
    await expect(messages(page).last).to_contain_text("<script>window.caught = 1</script>")
    await page.goto(f"{demo.slack.url}/as/{ANA}#/app/messages")
    await expect(page.get_by_text("click me").first).to_be_visible()
    for words in await page.get_by_text("click me").all():
        await words.click()
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_text("view_submission checkins.form").first.click()
    await expect(page.get_by_text("Slack sent").first).to_be_visible()
    await page.get_by_role("button", name="View as").click()
    await expect(page.get_by_role("link", name=CORPUS[1]).first).to_be_visible()
    assert await page.evaluate("window.caught") is None
    assert (
        await page.locator(
            "script:not([src]), iframe, main style, a[href^='javascript'], a[href^='data']"
        ).count()
        == 0
    )


async def test_a_manager_reads_exactly_what_was_typed(window: Window) -> None:
    ana, ben = await window(ANA, "#/app/messages"), await window(BEN, "#/app/messages")
    typed = "*not bold* <!channel> <@U0BENOKAFOR> <b>"
    await check_in(ana, typed)
    await ben.get_by_role("button", name="Open my team").last.click()
    await ben.get_by_role("button", name="Open the check-in of Ana Silva").click()
    await expect(ben.get_by_role("dialog", name="Check-in")).to_contain_text(typed)
