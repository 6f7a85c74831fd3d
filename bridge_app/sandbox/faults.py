"""Trouble on demand: what a network and a loaded service do to a client, at the ASGI edge."""

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

RESET = "asset_bridge.reset"
"""The ASGI extension under which the server offers to reset a request's connection."""

MESSAGES = {
    420: "Rate Limit Exceeded",
    429: "Too many requests",
    500: "General Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


@dataclass(slots=True, kw_only=True)
class _Answer:
    """Answer so, and don't do what was asked."""

    status: int
    headers: Mapping[str, str]
    path_contains: str
    left: int


@dataclass(slots=True, kw_only=True)
class _Reset:
    """Cut the connection after so many bytes of the body, up or down."""

    received: int | None
    sent: int | None
    path_contains: str
    left: int


@dataclass(slots=True, kw_only=True)
class _LostReply:
    """Do what was asked, then cut the connection without an answer."""

    method: str
    path_contains: str
    left: int


_Fault = _Answer | _Reset | _LostReply


class Faults:
    """What goes wrong from now on. Methods may be called from any thread.

    Each fault strikes the next `times` requests whose path contains `path_contains`; the fault
    set first strikes first. `latency_s` is added to every request before it is looked at, and
    `connection_latency_s` to the first one of every connection: what its handshakes would cost.
    """

    def __init__(self) -> None:
        self.latency_s = 0.0
        self.connection_latency_s = 0.0
        self._lock = threading.Lock()
        self._waiting: list[_Fault] = []

    def answer(
        self,
        *,
        status: int,
        times: int,
        headers: Mapping[str, str] | None = None,
        path_contains: str = "",
    ) -> None:
        """Refuse the next `times` requests with `status` and `headers`; nothing is done."""
        self._add(
            _Answer(status=status, headers=headers or {}, path_contains=path_contains, left=times)
        )

    def reset_after(
        self,
        *,
        received_bytes: int | None = None,
        sent_bytes: int | None = None,
        times: int,
        path_contains: str = "",
    ) -> None:
        """Cut the connection once so many bytes of a request's or a reply's body went by."""
        self._add(
            _Reset(
                received=received_bytes, sent=sent_bytes, path_contains=path_contains, left=times
            )
        )

    def lose_reply(self, *, times: int, path_contains: str = "", method: str = "") -> None:
        """Do what the next `times` requests ask, and close the connection without an answer.

        With a `method`, others are not struck.
        """
        self._add(_LostReply(method=method, path_contains=path_contains, left=times))

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._waiting.clear()
            self.latency_s = self.connection_latency_s = 0.0

    @property
    def pending(self) -> int:
        """How many more requests will be struck."""
        with self._lock:
            return sum(fault.left for fault in self._waiting)

    def _add(self, fault: _Fault) -> None:
        with self._lock:
            self._waiting.append(fault)

    def strike(self, path: str, method: str) -> _Fault | None:
        """The fault for a request on `path`, used up by one; asked by the middleware."""
        if not self._waiting:
            return None
        with self._lock:
            for fault in self._waiting:
                if isinstance(fault, _LostReply) and fault.method not in ("", method):
                    continue
                if fault.path_contains in path:
                    fault.left -= 1
                    if fault.left <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None


class FaultyNetwork:
    """ASGI middleware that lets `faults` strike before the application sees a request."""

    def __init__(self, app: ASGIApp, *, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self._known: set[tuple[str, int]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, well or badly."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        delay = self._faults.latency_s
        if self._faults.connection_latency_s and scope["client"] not in self._known:
            self._known.add(scope["client"])
            delay += self._faults.connection_latency_s
        if delay:
            await asyncio.sleep(delay)
        match self._faults.strike(scope["path"], scope["method"]):
            case None:
                await self._app(scope, receive, send)
            case _Answer() as fault:
                await _answer(fault, receive, send)
            case _Reset() as fault:
                await self._reset(fault, scope, receive, send)
            case _LostReply():
                await self._app(scope, receive, _swallow)
                await _cut(scope, receive)

    async def _reset(self, fault: _Reset, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve until enough bytes went by, then cut."""
        up = _Meter(fault.received)
        down = _Meter(fault.sent)

        async def metered_receive() -> Message:
            message = await receive()
            if up.full(message.get("body", b"")):
                await _cut(scope, receive)
                return {"type": "http.disconnect"}
            return message

        async def metered_send(message: Message) -> None:
            body = message.get("body", b"")
            if message["type"] == "http.response.body" and down.full(body):
                await send({**message, "body": body[: down.left], "more_body": True})
                await _cut(scope, receive)
            elif not down.over:
                await send(message)

        await self._app(scope, metered_receive, metered_send)


async def _cut(scope: Scope, receive: Receive) -> None:
    """Cut the connection, and wait until the server has noticed."""
    scope["extensions"][RESET]()
    while (await receive())["type"] != "http.disconnect":
        pass


class _Meter:
    """Counts bytes up to a limit; without one it is never full."""

    def __init__(self, limit: int | None) -> None:
        self.left = limit
        self.over = False

    def full(self, data: bytes) -> bool:
        """Whether `data` goes beyond the limit; `left` then says how much of it fits."""
        if self.left is None or self.over:
            return False
        if len(data) > self.left:
            self.over = True
            return True
        self.left -= len(data)
        return False


async def _answer(fault: _Answer, receive: Receive, send: Send) -> None:
    """Read the request to its end, as clients need it, and refuse."""
    while (await receive()).get("more_body", False):
        pass
    message = MESSAGES.get(fault.status, "Injected fault")
    body = json.dumps({"error": {"message": message}}).encode()
    given = [(name.lower().encode(), value.encode()) for name, value in fault.headers.items()]
    own = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": fault.status, "headers": given + own})
    await send({"type": "http.response.body", "body": body})


async def _swallow(_message: Message) -> None:
    """Send nothing."""
