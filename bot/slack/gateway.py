"""`Slack`: a thin, typed client. Each method makes one call, unless it says otherwise."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.http_retry import FixedValueRetryIntervalCalculator
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from bot.slack.errors import FAILURES, SlackBusy, meaning_of, meaning_of_answer
from bot.slack.scopes import POST_ANYWHERE
from bot.slack.silence import undisturbed_until
from bot.slack.values import Identity, Message, Posted, Room, ShownView
from bot.spelling import spelled

TIMEOUT_SECONDS = 10.0
WINDOW_SECONDS = 2.0  # a trigger lives 3 s, and whoever pressed is told before that
GLANCE_SECONDS = 1.0  # for a look-up during a request: two of them leave time to save and to answer
PAGE = 200
PATIENCE = 5  # how often in a row a reader waits as long as Slack asks before it gives up
EVENT_TYPE = "rapport_notification"
FORMER_EVENT_TYPE = "rapport_notice"  # messages sent before the bot was updated have this type
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

SdkMethod = Callable[..., Awaitable[AsyncSlackResponse]]
Count = Callable[[str, str], None]
Sleep = Callable[[float], Awaitable[object]]


class Slack:
    """Calls Slack for one workspace. A call with an effect is sent once; the caller decides whether to repeat
    it.
    """

    def __init__(
        self,
        session: ClientSession,
        token: str,
        api_url: str,
        *,
        count: Count,
        sleep: Sleep,
        command_prefix: str = "",
    ) -> None:
        self._session = session
        self._count = count
        self._sleep = sleep
        self._command_prefix = command_prefix
        self._once = AsyncWebClient(token, api_url, session=session, retry_handlers=[])
        # Once more over a fresh connection, at once: right where twice equals once.
        again = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0.1))
        self._again = AsyncWebClient(token, api_url, session=session, retry_handlers=[again])
        self._once.proxy = self._again.proxy = None  # the session's trust_env decides, and knows NO_PROXY

    @classmethod
    @asynccontextmanager
    async def connect(
        cls,
        token: str,
        api_url: str,
        *,
        count: Count = lambda method, outcome: None,
        sleep: Sleep = asyncio.sleep,
        seconds: float = TIMEOUT_SECONDS,
        command_prefix: str = "",
    ) -> AsyncIterator[Self]:
        """`count` is told of every call: its method, and `ok` or the error's `outcome`. `seconds` limits a
        whole call. `command_prefix` is how this company has the commands that texts name.

        Connecting may take half of that, so that "could not connect" is told apart from "no answer".
        """
        timeout = ClientTimeout(total=seconds, sock_connect=seconds / 2)
        local = URL(api_url).host in LOOPBACK
        async with ClientSession(timeout=timeout, trust_env=not local) as session:
            yield cls(session, token, api_url, count=count, sleep=sleep, command_prefix=command_prefix)

    async def identity(self) -> Identity:
        answer = await self._ask(self._again.auth_test)
        return Identity(
            workspace_id=answer["team_id"],
            workspace_name=answer["team"],
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id", ""),
            url=answer["url"],
            scopes=_scopes(answer),
            server_time=_date(answer.headers.get("Date", "")),
        )

    async def open_view(self, trigger_id: str, view: View | Mapping[str, Any]) -> ShownView:
        return await self._show(self._once.views_open, trigger_id=trigger_id, view=_view(view))

    async def push_view(self, trigger_id: str, view: View | Mapping[str, Any]) -> ShownView:
        return await self._show(self._once.views_push, trigger_id=trigger_id, view=_view(view))

    async def update_view(
        self, view_id: str, view: View | Mapping[str, Any], *, hash: str | None = None
    ) -> ShownView:
        """With `hash`, Slack refuses as `hash_conflict` if the view changed since."""
        return await self._show(self._once.views_update, view_id=view_id, view=_view(view), hash=hash)

    async def publish_home(self, user_id: str, view: View | Mapping[str, Any]) -> ShownView:
        return _shown(await self._ask(self._again.views_publish, user_id=user_id, view=_view(view)))

    async def post(self, to: str, message: Message, *, nonce: str | None = None) -> Posted:
        """`to` is a channel, or a user id for the DM with that person. `nonce` finds the message again later.

        Whoever can read the message can read its metadata: an opaque id goes in there and nothing else.
        """
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"nonce": nonce}} if nonce else None
        answer = await self._ask(
            self._once.chat_postMessage,
            channel=to,
            text=message.text,
            blocks=_blocks(message.blocks),
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return Posted(answer["channel"], answer["ts"])

    async def update(self, channel: str, ts: str, message: Message) -> None:
        """`channel` as `post` returned it. Both parts are sent: Slack drops the blocks of a bare text."""
        blocks = _blocks(message.blocks)
        await self._ask(self._again.chat_update, channel=channel, ts=ts, text=message.text, blocks=blocks)

    async def respond(self, response_url: str, message: Message, *, replace_original: bool = False) -> None:
        """Answers privately where the person is; works 5 times within 30 minutes of what they did."""
        await self._send(
            "response_url",
            response_url,
            json={
                "response_type": "ephemeral",
                "replace_original": replace_original,
                "text": message.text,
                "blocks": _blocks(message.blocks),
            },
        )

    async def find_posted(self, channel: str, nonce: str, *, since: datetime) -> Posted | None:
        """The message posted with that nonce, if the conversation's history shows it. Reads page by page."""
        cursor: str | None = None
        while cursor != "":
            page = await self._ask(
                self._again.conversations_history,
                channel=channel,
                cursor=cursor,
                oldest=f"{since.timestamp():.6f}",
                limit=PAGE,
                include_all_metadata=True,
            )
            for message in page.get("messages") or ():
                if _nonce(message) == nonce:
                    return Posted(channel, message["ts"])
            cursor = _next_cursor(page)
        return None

    async def undisturbed(self, user_ids: Sequence[str], *, now: datetime) -> dict[str, datetime]:
        """The people among these (at most `MOST_PEOPLE`) who have Do Not Disturb on, and until when."""
        answer = await self._ask(self._again.dnd_teamInfo, users=list(user_ids))
        return undisturbed_until(answer.get("users"), now)

    async def room(self, channel: str) -> Room:
        """The channel that somebody chose, looked up while they wait. A private channel without the bot is not
        found.
        """
        answer = await self._ask(self._again.conversations_info, seconds=GLANCE_SECONDS, channel=channel)
        about = answer["channel"]
        private = bool(about.get("is_private"))
        return Room(
            id=about["id"],
            name=about.get("name", ""),
            closed=private,
            archived=bool(about.get("is_archived")),
            postable=bool(about.get("is_member")) or (not private and POST_ANYWHERE in _scopes(answer)),
            shared=bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared")),
        )

    async def permalink(self, channel: str, ts: str) -> str:
        """The address of a message the bot can see."""
        link = self._again.chat_getPermalink
        answer = await self._ask(link, seconds=GLANCE_SECONDS, channel=channel, message_ts=ts)
        return str(answer["permalink"])

    async def group(self, group_id: str) -> list[str]:
        """The members of a user group such as @engineering."""
        members = self._again.usergroups_users_list
        answer = await self._ask(members, seconds=GLANCE_SECONDS, usergroup=group_id)
        return [str(user_id) for user_id in answer.get("users") or ()]

    async def open_dm(self, user_id: str) -> str:
        """The id of the conversation between the bot and that person, opened if necessary."""
        answer = await self._ask(self._again.conversations_open, users=user_id)
        return str(answer["channel"]["id"])

    async def send_file(
        self,
        user_id: str,
        filename: str,
        content: bytes,
        *,
        title: str,
        comment: str,
        alt_text: str | None = None,
    ) -> None:
        """Uploads into the DM with that person, in four calls. People see only the last one.

        `alt_text` describes a picture, in at most 1,000 characters.
        """
        channel = await self.open_dm(user_id)
        place = await self._ask(
            self._again.files_getUploadURLExternal,
            filename=filename,
            length=len(content),
            alt_txt=alt_text,
        )
        await self._send("upload_url", place["upload_url"], data=content)
        await self._ask(
            self._once.files_completeUploadExternal,
            files=[{"id": place["file_id"], "title": title}],
            channel_id=channel,
            initial_comment=comment,
        )

    async def members(self) -> AsyncIterator[list[dict[str, Any]]]:
        """Every account Slack knows in this workspace, page by page, as Slack describes it."""
        cursor: str | None = None
        while cursor != "":
            page = await self._ask_patiently(self._again.users_list, limit=PAGE, cursor=cursor)
            yield page.get("members") or []
            cursor = _next_cursor(page)

    async def _ask_patiently(self, call: SdkMethod, **arguments: Any) -> AsyncSlackResponse:
        """Nobody waits for these reads, so they may take their time."""
        for _ in range(PATIENCE):
            try:
                return await self._ask(call, **arguments)
            except SlackBusy as busy:
                await self._sleep(busy.retry_after)
        return await self._ask(call, **arguments)

    async def _show(self, call: SdkMethod, **arguments: Any) -> ShownView:
        """Somebody waits for the window, so this gives up early."""
        return _shown(await self._ask(call, seconds=WINDOW_SECONDS, **arguments))

    async def _ask(
        self, call: SdkMethod, *, seconds: float | None = None, **arguments: Any
    ) -> AsyncSlackResponse:
        """One Web API call, named as Slack names it: `chat_postMessage` is `chat.postMessage`."""
        method = call.__name__.replace("_", ".")
        try:
            async with asyncio.timeout(seconds):
                answer = await call(**spelled(arguments, self._command_prefix))
        except FAILURES as error:
            meaning = meaning_of(error)
            self._count(method, meaning.outcome)
            raise meaning from None  # the SDK's text quotes what Slack answered
        self._count(method, "ok")
        return answer

    async def _send(self, name: str, url: str, **body: Any) -> None:
        """Posts to an address that Slack gave. The request carries no token."""
        try:
            async with self._session.post(url, **spelled(body, self._command_prefix)) as response:
                text = await response.read()
        except FAILURES as error:
            meaning = meaning_of(error)
        else:
            if response.status == 200:
                return self._count(name, "ok")
            meaning = meaning_of_answer(response.status, response.headers, _json(text))
        self._count(name, meaning.outcome)
        raise meaning from None


def _view(view: View | Mapping[str, Any]) -> dict[str, Any]:
    return dict(view.to_dict()) if isinstance(view, View) else dict(view)


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [block.to_dict() for block in blocks]


def _shown(answer: AsyncSlackResponse) -> ShownView:
    return ShownView(answer["view"]["id"], answer["view"]["hash"])


def _nonce(message: Mapping[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") not in (EVENT_TYPE, FORMER_EVENT_TYPE):
        return None
    return (metadata.get("event_payload") or {}).get("nonce")


def _next_cursor(page: AsyncSlackResponse) -> str:
    return str((page.get("response_metadata") or {}).get("next_cursor") or "")


def _scopes(answer: AsyncSlackResponse) -> frozenset[str]:
    """Slack says with each answer what the company has granted."""
    header: str = answer.headers.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in header.split(",") if scope.strip())


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
