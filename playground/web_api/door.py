"""The front door of the Web API: reads, authenticates, checks scopes and limits, runs, writes down."""

import time
from collections.abc import Mapping
from dataclasses import replace
from email.utils import formatdate
from typing import Protocol

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from playground.cut import CUTS
from playground.errors import RateLimited, SlackError
from playground.ground import CallRecord, Ground
from playground.socket_mode import SocketMode
from playground.team import Team
from playground.types import Payload
from playground.web_api.arguments import JSON, read_arguments
from playground.web_api.call import Answer, Call, Request, missing_scope
from playground.web_api.methods import METHODS, Method


class Callers(Protocol):
    """Who may call: tokens and what they belong to."""

    def by_token(self, token: str) -> Team | SocketMode | None: ...


class Door:
    def __init__(self, ground: Ground, callers: Callers) -> None:
        self._ground = ground
        self._callers = callers

    async def receive(self, http: HttpRequest) -> Response:
        """Logical errors are HTTP 200; only rate limits (429) and faults somebody asked for differ."""
        started = time.perf_counter()
        with self._ground.activity.busy():
            request = Request(http.path_params["method"], {}, "")
            try:
                args, token = await read_arguments(http)
                request = Request(request.method, args, token)
                answer = await self.answer(request)
            except SlackError as refusal:
                answer = Answer(refusal.as_slack())
            answer = _with_charset_warning(answer, http.headers.get("content-type", ""))
            self._record(request, answer, time.perf_counter() - started)
        date = formatdate(self._ground.clock(), usegmt=True)  # apps compare their clock with Slack's
        kind = CUTS[answer.cut] if answer.cut else JSONResponse
        return kind(answer.body, answer.status, headers={**answer.headers, "Date": date})

    async def answer(self, request: Request) -> Answer:
        """What the method says, unless a fault was asked for."""
        faults = self._ground.faults
        answer = await faults.before_call(request) or self._answer(request)
        return await faults.after_call(request, answer)

    def _answer(self, request: Request) -> Answer:
        method, caller = METHODS.get(request.method), self._callers.by_token(request.token)
        headers = _scope_headers(method, caller)
        try:
            if method is None:
                raise SlackError("unknown_method", req_method=request.method)
            _authenticate(method, request.token, caller)
            _limit(request.method, method, caller)
            call = Call(request.method, request.args, self._ground, caller)
            return Answer({"ok": True, **method.run(call)}, headers=headers)
        except SlackError as refusal:
            return Answer(refusal.as_slack(), headers=headers)
        except RateLimited as limited:
            headers = {**headers, "Retry-After": str(limited.retry_after)}
            return Answer({"ok": False, "error": "ratelimited"}, 429, headers)

    def _record(self, request: Request, answer: Answer, seconds: float) -> None:
        caller = self._callers.by_token(request.token)
        self._ground.log.calls.append(
            CallRecord(
                at=self._ground.clock(),
                team_id=caller.team_id if isinstance(caller, Team) else "",
                method=request.method,
                args=request.args,
                answer=answer.body,
                status=answer.status,
                seconds=seconds,
            )
        )


def _authenticate(method: Method, token: str, caller: Team | SocketMode | None) -> None:
    if method.caller == "anyone":
        return
    if not token:
        raise SlackError("not_authed")
    if caller is None:
        raise SlackError("invalid_auth")
    if isinstance(caller, SocketMode) != (method.caller == "app"):
        raise SlackError("not_allowed_token_type")
    if isinstance(caller, Team):
        _check_grant(method, caller)


def _check_grant(method: Method, caller: Team) -> None:
    """Any one of the method's scopes opens the door; the method itself may ask for a certain one."""
    if caller.installed.revoked:
        raise SlackError(caller.installed.revoked)
    if method.scopes and caller.installed.scopes.isdisjoint(method.scopes):
        raise missing_scope(",".join(method.scopes), caller.installed.scopes)


def _limit(name: str, method: Method, caller: Team | SocketMode | None) -> None:
    if caller is not None:
        caller.limits.count_call(name, method.tier)


def _scope_headers(method: Method | None, caller: Team | SocketMode | None) -> Mapping[str, str]:
    if method is None or not isinstance(caller, Team):
        return {}
    return {
        "x-oauth-scopes": ",".join(sorted(caller.installed.scopes)),
        "x-accepted-oauth-scopes": ",".join(method.scopes),
    }


def _with_charset_warning(answer: Answer, content_type: str) -> Answer:
    if not content_type.startswith(JSON) or "charset" in content_type:
        return answer
    body: Payload = {
        **answer.body,
        "warning": "missing_charset",
        "response_metadata": {
            **answer.body.get("response_metadata", {}),
            "warnings": ["missing_charset"],
        },
    }
    return replace(answer, body=body)
