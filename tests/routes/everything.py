"""A company in which everything has been done once: a request of each kind that Rapport answers."""

from typing import Any

from bot.capabilities import house
from playground.workspace import Member
from tests.routes.forgery import Recorded, deliver, last, recorded
from tests.routes.world import Company


async def do_everything(company: Company) -> None:
    """Each thing people can do, once, so that there is a request of each kind."""
    ana, ben, pia = (company.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ana.shortcut("Check in")
    ana.modal.fill("What moved forward this week?", "This week")
    ana.modal.fill("What matters most next week?", "Next week")
    ana.modal.fill("What is in your way?", "Nothing much")
    await ana.modal.press("Add more")
    ana.modal.choose("How is your energy?", "4 Good")
    await ana.modal.toggle("Only for Ben Okafor", beside="What is in your way?")
    await ana.modal.submit()
    await ana.modal.press("Edit")
    await ana.modal.close_all()
    await company.delivered()
    await ben.dm.last.press("Open")
    await ben.modal.press("I'll take this on")
    await ben.modal.press(":tada:")
    await ben.modal.press("It is out of the way")
    ben.modal.fill("Comment", "Thanks")
    await ben.modal.submit()
    for line in ("/checkin", "/checkin export", "/checkin team", "/rapport help", "/rapport checkin histroy"):
        await ben.command(line)
    await ben.command("/checkin team")
    await ben.modal.press("Week before")
    await ana.command("/checkin history")
    await ana.modal.press("Open", beside="16 November")
    home = await ben.open_home()
    await home.press("Open my team")
    await home.press("Write")
    await thank(company)
    await ben.modal.close_all()
    await honour(company)
    await achieve(company)
    await pia.become(status_emoji=":palm_tree:")
    newcomer = Member("U0NEW", company.slack.workspace.team_id, "new", "New Nora", email="nora@example.com")
    await company.playground.join_user(company.slack.workspace.team_id, newcomer)


async def thank(company: Company) -> None:
    """In a form and in a line, in a channel and about a message; undone, removed, echoed, in private from now on."""
    ana, ben, hana = (company.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Hana Ito"))
    workspace = company.slack.workspace
    room = workspace.open_channel("thanks", members=[ana.id, ben.id, hana.id])
    await ana.command("/invite @Rapport", channel="thanks")
    assert company.playground.team(workspace.team_id).installed.bot.id in room.members
    await ana.say("The runbook is written", channel="thanks")
    await ben.channel("thanks").last.shortcut("Give kudos")
    await ben.modal.change("Whom do you thank?", "Ana Silva")
    await ben.modal.look_up("Which goal did it serve?", "")
    ben.modal.fill("What did they do", "The runbook kept us out of bed on Saturday night.")
    await ben.modal.submit()
    await company.delivered()
    await ana.channel("thanks").last.react("tada")
    await ana.channel("thanks").last.take_reaction_back("tada")
    await ana.dm.last.press("Thank me in private")
    await ben.channel("thanks").last.choose_overflow("Take it back")
    await hana.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    hana.modal.fill("Why?", "It names a customer")
    await hana.modal.submit()
    await ben.modal.submit()
    await ana.command("/kudos @Ben Okafor for asking the right question in time #courage")
    await ana.ephemeral.last.press("Edit")
    await ana.modal.close_all()
    await ana.ephemeral.last.press("Send kudos")
    await ana.ephemeral.last.press("Undo")
    await ana.command("/kudos mine")
    await ana.modal.close_all()
    await ana.shortcut("Give kudos")
    await ana.modal.close_all()
    home = await hana.open_home()
    await home.press("Values")
    await hana.modal.press("Add a value")
    hana.modal.fill("Name", "Patience")
    await hana.modal.submit()
    await hana.modal.close_all()
    await home.press("Recognition")
    await hana.modal.press("Monthly look back")
    hana.modal.pick_channel("In which channel?", "thanks")
    await hana.modal.submit()
    await hana.modal.close_all()


async def honour(company: Company) -> None:
    """Somebody is nominated, HR approves, looks at the announcement, sends it, and adds an award to the list."""
    ana, hana = company.slack.person("Ana Silva"), company.slack.person("Hana Ito")
    await ana.command("/kudos nominate")
    ana.modal.pick_person("Whom do you nominate?", "Pia Lund")
    ana.modal.choose("For which award?", "Teacher")
    ana.modal.fill("What did they do?", "Taught all of us to read the logs")
    ana.modal.fill("What did it change", "Nobody calls her at night")
    await ana.modal.submit()
    await ana.modal.close_all()
    await hana.command("/kudos awards")
    await hana.modal.press("Read and decide")
    hana.modal.choose("Decision", "Approve")
    await hana.modal.submit()
    await hana.modal.press("Announce")
    hana.modal.pick_channel("In which channels?", "thanks")
    await hana.modal.submit()
    await hana.modal.submit()
    await hana.modal.press("List of awards")
    await hana.modal.press("Add an award")
    hana.modal.fill("Name", "Quiet hero")
    await hana.modal.submit()
    await hana.modal.close_all()


async def achieve(company: Company) -> None:
    """A goal is set, doubted, changed, agreed, updated, shown by a message, handed over, closed and confirmed."""
    ana, ben = company.slack.person("Ana Silva"), company.slack.person("Ben Okafor")
    for line in ("/goals past", "/goals company", "/goals new"):
        await ana.command(line)
    await ana.modal.press("More choices")
    ana.modal.fill("What will be true at the end?", "Half the tickets")
    ana.modal.fill("How will you see it?", "Support tickets per week")
    ana.modal.fill("From", "40")
    ana.modal.fill("To", "20")
    await ana.modal.look_up("Which goal does it serve?", "")
    await ana.modal.submit()
    await ana.modal.close_all()
    await company.delivered()
    await ben.command("/goals team")
    await ben.modal.press("Open")
    await ben.modal.press("Suggest a change")
    ben.modal.fill("What would you change, and why?", "Half of it is plenty")
    await ben.modal.submit()
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.choose_overflow("Add a key result")
    ana.modal.fill("How will you see it?", "Pilot is live")
    await ana.modal.submit()
    await ana.modal.choose_overflow("Change or drop a key result")
    ana.modal.fill("To, or hold at", "30")
    ana.modal.fill("Why?", "Half of it is plenty")
    await ana.modal.submit()
    await ana.modal.choose_overflow("Change its words")
    await ana.modal.submit()
    await ana.modal.choose_overflow("Link to a goal above")
    await ana.modal.submit()
    await ben.modal.press("Looks good")
    await ana.modal.press("Update")
    ana.modal.choose("How sure are you?", "Off track")
    ana.modal.fill("In a sentence", "The vendor left")
    await ana.modal.submit()
    await ana.modal.close_all()
    await ana.say("Fewer tickets this week")
    await ana.dm.messages[-2].shortcut("Add to goal")
    await ana.modal.submit()
    await ana.dm.last.press("Check-in with these words")
    await ana.modal.close_all()
    await ana.command("/rapport")
    await ana.ephemeral.last.press("All commands")
    await close_and_confirm(company)


async def close_and_confirm(company: Company) -> None:
    ana, ben, pia = (company.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    hana = company.slack.person("Hana Ito")
    await ben.modal.close_all()
    await ben.command("/goals team")
    await ben.modal.press("Open")
    await ben.modal.choose_overflow("Hand it over")
    ben.modal.pick_person("Who owns it from now on?", "Pia Lund")
    await ben.modal.submit()
    await pia.command("/goals")
    await pia.modal.press("Open")
    await pia.modal.press("Finish goal")
    pia.modal.fill("What came of it?", "Nearly")
    await pia.modal.submit()
    await pia.modal.close_all()
    await ben.modal.close_all()
    home = await ben.open_home()
    await home.press("Confirm")
    await ben.modal.submit()
    home = await hana.open_home()
    await home.press("Goal periods")
    hana.modal.fill("Name", "H1 2027")
    hana.modal.fill("First day", "2027-01-01")
    hana.modal.fill("Last day", "2027-06-30")
    await hana.modal.submit()
    await hana.modal.close()
    for one in (ana, ben, pia, hana):
        if one.has_modal:
            await one.modal.close_all()
    assert not any(one.has_modal for one in (ana, ben, pia, hana))


async def press_everything(company: Company) -> None:
    """HR presses every button there is, and sends every form that opens."""
    hana = company.slack.person("Hana Ito")
    home = await hana.open_home()
    await home.press("Write")
    await hana.modal.close_all()
    press = last(company, "interactive", type="block_actions")
    for action_id in house().front.routes.actions:
        await deliver(company, press.changed(actions__0__action_id=action_id))
        if hana.has_modal and hana.modal.submit_label:
            await hana.modal.submit()
        if hana.has_modal:
            await hana.modal.close_all()


def one_of_each_kind(company: Company) -> list[Recorded]:
    """One request of each kind, and those that Slack sends without anybody's doing."""
    by_kind = {signature_of(one): one for one in recorded(company)}
    event = last(company, "event", type="event_callback")
    removed = [event.changed(event={"type": name}) for name in ("app_uninstalled", "tokens_revoked")]
    limited = {
        "type": "app_rate_limited",
        "team_id": company.slack.workspace.team_id,
        "minute_rate_limited": 1,
    }
    verification = {"type": "url_verification", "challenge": "abc", "token": "x"}
    return [
        *by_kind.values(),
        *removed,
        Recorded("event", limited),
        Recorded("event", verification),
        Recorded("command", {"ssl_check": "1", "token": "x"}),
    ]


def signature_of(request: Recorded) -> tuple[Any, ...]:
    payload = request.payload
    action = (payload.get("actions") or [{}])[0].get("action_id")
    container = (payload.get("container") or {}).get("type")
    event = (payload.get("event") or {}).get("type")
    view = payload.get("view") or {}
    what = (
        payload.get("command"),
        payload.get("text"),
        action,
        event,
        view.get("type"),
        view.get("callback_id") or payload.get("callback_id"),
    )
    return (request.kind, payload.get("type"), container, *what)


def fresh(request: Recorded, number: int) -> Recorded:
    """The same once more, as another delivery: what was delivered before is not done again."""
    payload = request.payload
    ids = {"event_id": f"Ev{number}", "trigger_id": f"{number}.1.fresh"}
    fresh_ids = {name: value for name, value in ids.items() if name in payload}
    return request.changed(**fresh_ids, **({"view__hash": f"{number}.fresh"} if "view" in payload else {}))
