"""Bolt at the end of a WebSocket."""

import contextlib
from collections.abc import AsyncIterator

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.office import Office


async def new_address(office: Office) -> str:
    client = AsyncWebClient(base_url=office.slack.api_url)
    return str((await client.apps_connections_open(app_token=office.app.app_token))["url"])


@contextlib.asynccontextmanager
async def bolt_over_socket(office: Office) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(office.bolt, office.app.app_token, web_client=office.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await office.slack.until(lambda: bool(office.slack.sockets_of(office.app).connections))
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
