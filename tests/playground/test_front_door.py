"""The Web API lets in whom Slack lets in, and refuses in Slack's words."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.office import Office, refusal


async def call(office: Office, method: str, **options: Any) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(office.slack.api_url + method, **options) as response,
    ):
        return response.status, await response.json()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_refusal_is_http_200_with_ok_false(office: Office) -> None:
    assert await call(office, "auth.test") == (200, {"ok": False, "error": "not_authed"})


async def test_a_token_in_the_query_string_is_not_looked_at(office: Office) -> None:
    _, body = await call(office, f"auth.test?token={office.installed.token}")
    assert body["error"] == "not_authed"


async def test_a_json_body_cannot_carry_the_token(office: Office) -> None:
    _, body = await call(office, "auth.test", json={"token": office.installed.token})
    assert body["error"] == "not_authed"


async def test_a_form_can_carry_the_token(office: Office) -> None:
    _, body = await call(office, "auth.test", data={"token": office.installed.token})
    assert body["user_id"] == office.installed.bot.id


async def test_a_multipart_form_is_read(office: Office) -> None:
    form = aiohttp.FormData({"token": office.installed.token, "user": office.ana.id})
    parts = aiohttp.MultipartWriter("form-data")
    for name, value in (("token", office.installed.token), ("user", office.ana.id)):
        parts.append(value).set_content_disposition("form-data", name=name)
    _, body = await call(office, "users.info", data=parts)
    assert form and body["user"]["real_name"] == "Ana Silva"


async def test_an_unknown_token_is_invalid(office: Office) -> None:
    _, body = await call(office, "auth.test", headers=bearer("xoxb-not-ours"))
    assert body["error"] == "invalid_auth"


async def test_an_app_level_token_opens_sockets_only(office: Office) -> None:
    _, body = await call(office, "chat.postMessage", headers=bearer(office.app.app_token))
    assert body["error"] == "not_allowed_token_type"


async def test_a_bot_token_opens_no_socket(office: Office) -> None:
    _, body = await call(office, "apps.connections.open", headers=bearer(office.installed.token))
    assert body["error"] == "not_allowed_token_type"


async def test_a_missing_scope_is_named_with_those_granted(office: Office, another_office: Any) -> None:
    poor = another_office(name="Poor", scopes=frozenset({"commands", "users:read"}))
    body = await refusal(poor.client.chat_postMessage(channel=poor.general.id, text="Hi"))
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write")
    assert body["provided"] == "commands,users:read"


async def test_an_unknown_method_is_refused(office: Office) -> None:
    body = await refusal(office.client.api_call("chat.shout"))
    assert body["error"] == "unknown_method"


@pytest.mark.parametrize(
    ("body", "error"), [(b"{", "invalid_json"), (b"[1]", "json_not_object"), (b"[" * 100_000, "invalid_json")]
)
async def test_broken_json_is_refused(office: Office, body: bytes, error: str) -> None:
    headers = bearer(office.installed.token) | {"Content-Type": "application/json; charset=utf-8"}
    _, answer = await call(office, "chat.postMessage", data=body, headers=headers)
    assert answer["error"] == error


async def test_a_body_without_a_known_type_is_refused(office: Office) -> None:
    headers = bearer(office.installed.token) | {"Content-Type": "text/csv"}
    _, body = await call(office, "users.info", data=b"user=U1", headers=headers)
    assert body["error"] == "invalid_post_type"


async def test_json_without_a_charset_earns_a_warning(office: Office) -> None:
    headers = bearer(office.installed.token) | {"Content-Type": "application/json"}
    _, body = await call(office, "auth.test", data=b"{}", headers=headers)
    assert body["ok"] and body["warning"] == "missing_charset"


async def test_a_missing_argument_is_named(office: Office) -> None:
    body = await refusal(office.client.api_call("users.info"))
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == [
        "[ERROR] missing required field: user [json-pointer:/user]"
    ]


async def test_answers_say_which_scopes_there_are(office: Office) -> None:
    answer = await office.client.users_info(user=office.ana.id)
    assert answer.headers["x-accepted-oauth-scopes"] == "users:read"
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_revoked_token_is_dead(office: Office) -> None:
    office.installed.revoked = "token_revoked"
    assert (await refusal(office.client.auth_test()))["error"] == "token_revoked"


async def test_a_token_knows_only_its_own_workspace(office: Office, another_office: Any) -> None:
    other = another_office(name="Other")
    body = await refusal(office.client.users_info(user=other.ana.id))
    assert body["error"] == "user_not_found"
    body = await refusal(office.client.chat_postMessage(channel=other.general.id, text="Hi"))
    assert body["error"] == "channel_not_found"


async def test_api_test_needs_no_token_and_repeats_the_error_asked_for(office: Office) -> None:
    nobody = AsyncWebClient(base_url=office.slack.api_url)
    assert (await nobody.api_test())["ok"]
    assert (await refusal(nobody.api_test(error="my_error")))["error"] == "my_error"


async def test_blocks_validate_points_at_the_mistake_without_a_token(office: Office) -> None:
    nobody = AsyncWebClient(base_url=office.slack.api_url)
    body = await refusal(nobody.api_call("blocks.validate", params={"blocks": '[{"type": "header"}]'}))
    assert body["error"] == "invalid_blocks"
    assert body["errors"] == [
        {"code": "missing_field", "message": "missing required field: text", "pointer": "/0"}
    ]
    assert (await nobody.api_call("blocks.validate", params={"blocks": '[{"type": "divider"}]'}))["ok"]
    both = await refusal(nobody.api_call("blocks.validate", params={"blocks": "[]", "view": "{}"}))
    assert both["error"] == "invalid_arguments"
