"""`Slack`: a thin, typed client. Each method makes one call, unless it says otherwise."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack import answers
from bot.slack.connection import Connection, SdkMethod
from bot.slack.scopes import POST_ANYWHERE
from bot.slack.silence import undisturbed_until
from bot.slack.values import Identity, Message, Posted, Room, ShownView

WINDOW_SECONDS = 2.0  # a trigger lives 3 s, and whoever pressed is told before that
GLANCE_SECONDS = 1.0  # for a look-up during a request: two of them leave time to save and to answer
PAGE = 200


class Slack(Connection):
    """Calls Slack for one workspace. A call with an effect is sent once; the caller decides whether to repeat
    it.
    """

    async def identity(self) -> Identity:
        answer = await self._ask(self._again.auth_test)
        return Identity(
            workspace_id=answer["team_id"],
            workspace_name=answer["team"],
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id", ""),
            url=answer["url"],
            scopes=answers.scopes(answer),
            server_time=answers.date(answer.headers.get("Date", "")),
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
        return answers.shown(await self._ask(self._again.views_publish, user_id=user_id, view=_view(view)))

    async def post(self, to: str, message: Message, *, nonce: str | None = None) -> Posted:
        """`to` is a channel, or a user id for the DM with that person. `nonce` finds the message again later.

        Whoever can read the message can read its metadata: an opaque id goes in there and nothing else.
        """
        metadata = {"event_type": answers.EVENT_TYPE, "event_payload": {"nonce": nonce}} if nonce else None
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
                if answers.nonce(message) == nonce:
                    return Posted(channel, message["ts"])
            cursor = answers.next_cursor(page)
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
            postable=bool(about.get("is_member"))
            or (not private and POST_ANYWHERE in answers.scopes(answer)),
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
            cursor = answers.next_cursor(page)

    async def _show(self, call: SdkMethod, **arguments: Any) -> ShownView:
        """Somebody waits for the window, so this gives up early."""
        return answers.shown(await self._ask(call, seconds=WINDOW_SECONDS, **arguments))


def _view(view: View | Mapping[str, Any]) -> dict[str, Any]:
    return dict(view.to_dict()) if isinstance(view, View) else dict(view)


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [block.to_dict() for block in blocks]
