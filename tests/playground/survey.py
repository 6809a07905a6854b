"""A small app with one of everything a person can meet: the company of the driver's tests."""

from typing import Any

from slack_bolt.async_app import AsyncApp

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def button(text: str, action_id: str, **fields: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **fields}


def entry(name: str, label: str, kind: str, *, optional: bool = True, **element: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "optional": optional,
        "element": {"type": kind, "action_id": "value", **element},
    }


MOODS = [option("Good"), option("Even"), option("Low")]
SHARES = [option("Only my manager"), option("Keep a copy")]

FORM: Json = {
    "type": "modal",
    "callback_id": "survey",
    "title": plain("Survey"),
    "submit": plain("Send survey"),
    "close": plain("Not now"),
    "blocks": [
        {"type": "section", "block_id": "intro", "text": mrkdwn("*Hello* <@{user}>, &lt;3")},
        entry(
            "moved",
            "What moved forward this week?",
            "plain_text_input",
            optional=False,
            multiline=True,
            max_length=20,
        ),
        entry("next", "What comes next?", "plain_text_input", initial_value="Rest"),
        entry("mood", "How is your energy?", "radio_buttons", options=MOODS),
        entry("topics", "Topics", "multi_static_select", options=MOODS),
        entry("share", "Sharing", "checkboxes", options=SHARES, initial_options=SHARES[1:]),
        entry("who", "Who helped?", "multi_users_select"),
        entry("where", "Where?", "conversations_select"),
        entry("hours", "Hours", "number_input", is_decimal_allowed=False, min_value="0", max_value="60"),
        entry("day", "Day off", "datepicker"),
        entry("goal", "Goal", "external_select", min_query_length=2),
        {
            "type": "section",
            "block_id": "pace",
            "text": mrkdwn("Pace"),
            "accessory": {"type": "static_select", "action_id": "pace", "options": MOODS},
        },
        {
            "type": "actions",
            "block_id": "more",
            "elements": [button("More questions", "more"), button("Start over", "again")],
        },
        {"type": "context", "elements": [mrkdwn("Who sees this: *nobody*"), plain("at all")]},
    ],
}
DETAILS: Json = {"type": "modal", "title": plain("Details"), "blocks": [{"type": "divider"}]}
CARD: list[Json] = [
    {"type": "section", "text": mrkdwn("*Lunch?* at <!date^0^{date_num}|noon>")},
    {
        "type": "actions",
        "elements": [
            button("Yes", "yes", style="primary"),
            {"type": "overflow", "action_id": "menu", "options": [option("Later"), option("Never")]},
        ],
    },
]
HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "section", "text": plain("Ana"), "accessory": button("Open", "open", value="ana")},
        {"type": "section", "text": plain("Ben"), "accessory": button("Open", "open", value="ben")},
    ],
}


class Survey:
    """Registers everything on a Bolt app and keeps what reached it."""

    def __init__(self, bolt: AsyncApp) -> None:
        self.submissions: list[Json] = []
        self.actions: list[Json] = []
        self.answer: Json = {}
        self.after_pressing: Json | None = None
        bolt.command("/parrot")(self.open_form)
        bolt.shortcut("repeat")(self.open_form)
        bolt.shortcut("quote")(self.quote)
        bolt.view("survey")(self.receive)
        bolt.options("value")(self.suggest)
        bolt.event("app_home_opened")(self.show_home)
        for action_id in ("yes", "menu", "open", "pace", "more", "again"):
            bolt.action(action_id)(self.act)

    async def open_form(self, ack: Any, client: Any, body: Json) -> None:
        user_id = body.get("user_id") or body["user"]["id"]
        intro = {**FORM["blocks"][0], "text": mrkdwn(f"*Hello* <@{user_id}>, &lt;3")}
        await client.views_open(
            trigger_id=body["trigger_id"], view={**FORM, "blocks": [intro, *FORM["blocks"][1:]]}
        )
        await ack()

    async def quote(self, ack: Any, respond: Any, body: Json) -> None:
        await ack()
        await respond(f"You quoted: {body['message']['text']}")

    async def receive(self, ack: Any, client: Any, body: Json) -> None:
        self.submissions.append(body["view"]["state"]["values"])
        await client.chat_postMessage(channel=body["user"]["id"], text="Lunch?", blocks=CARD)
        await ack(**self.answer)

    async def act(self, ack: Any, client: Any, body: Json, action: Json) -> None:
        self.actions.append(action)
        if action["action_id"] == "more":
            await client.views_push(trigger_id=body["trigger_id"], view=DETAILS)
        elif action["action_id"] == "again":
            await client.views_update(view_id=body["view"]["id"], view=FORM)
        elif "message" in body:
            await client.chat_update(
                channel=body["channel"]["id"],
                ts=body["message"]["ts"],
                text=f"You said {action['action_id']}",
            )
        await ack()

    async def suggest(self, ack: Any, body: Json) -> None:
        await ack(options=[option(f"{body['value']}-{number}") for number in (1, 2)])

    async def show_home(self, client: Any, event: Json) -> None:
        await client.views_publish(user_id=event["user"], view=HOME)

    def sent(self, name: str) -> Any:
        """What the last form said in one of its fields, without the name of its type."""
        entry = dict(self.submissions[-1][name]["value"])
        entry.pop("type")
        [value] = entry.values()
        return value
