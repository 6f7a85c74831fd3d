"""Calls that are tried again: paced, with full jitter, as long as the service asks for.

Source: reference/photoshelter.md, 5 (rate limits).
"""

from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from bridge_app.domain.errors import BridgeError, OfflineError, RateLimitedError
from bridge_app.libraries.photoshelter.answers import Refusal, error_of, refusal, retry_after_s
from bridge_app.libraries.photoshelter.cookies import SessionCookies
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.transport import (
    Call,
    ConnectionBrokenError,
    Reply,
    Transport,
    headers_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

TRIES = 5
FIRST_S = 1.0
LONGEST_S = 60.0
"""Who asks for a longer pause gets it from the caller, who can do something else meanwhile."""
SLOW_DOWN = 429
IN_TROUBLE = frozenset({502, 503, 504})


class Wire:
    """Sends calls; thread-safe, blocks.

    Only what cannot be done twice by trying again is tried again: calls that did not arrive or
    were turned away, and repeatable ones. Raises OfflineError, ServiceTroubleError,
    RateLimitedError, AnswerTooLongError, StoppedError; other refusals are answers.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        pacing: Pacing,
        now: Callable[[], datetime],
        rng: Random,
        tries: int = TRIES,
    ) -> None:
        self.transport = transport
        self.service = transport.service
        self.pacing = pacing
        self.now = now
        self._rng = rng
        self._tries = tries
        self.cookies = SessionCookies()

    def reply(self, call: Call) -> Reply:
        """The answer to a call, also one that says no."""
        for attempt in range(self._tries - 1):
            wait_s = self.back_off_s(attempt)
            try:
                reply = self._sent(call)
            except OfflineError:
                pass
            except ConnectionBrokenError:
                if not call.repeatable:
                    raise
            else:
                if not self._is_worth_a_try(reply, call):
                    return reply
                wait_s = self.asked_wait_s(reply, otherwise=wait_s)
            self.pacing.pause(wait_s)
        reply = self._sent(call)
        if reply.status == SLOW_DOWN:
            raise self.trouble(reply)
        return reply

    def _sent(self, call: Call) -> Reply:
        if not call.counted:
            self.pacing.pause(0)
            return self.transport.sent(call)
        with self.pacing.turn(), self.cookies.turn(call) as ready:
            reply = self.transport.sent(ready)
            self.cookies.hear(call, reply.headers)
            return reply

    @contextmanager
    def opened(self, call: Call) -> "Iterator[httpx.Response]":
        """The answer to a call, its body still to come; tried once."""
        if call.counted:
            self.pacing.started()
        with ExitStack() as stack:
            with self.cookies.turn(call) as ready:
                response = stack.enter_context(self.transport.opened(ready))
                self.cookies.hear(call, headers_of(response))
            yield response

    def trouble(self, reply: Reply) -> BridgeError:
        """What an answer that says no means."""
        no = refusal(reply) or Refusal(reply.status, "", "")
        return error_of(no, reply, service=self.service, at=self.now())

    def back_off_s(self, attempt: int) -> float:
        """Seconds before the try after `attempt` (from 0): doubling, bounded, full jitter."""
        return self._rng.uniform(0.0, min(LONGEST_S, FIRST_S * 2.0**attempt))

    def asked_wait_s(self, reply: Reply, *, otherwise: float) -> float:
        """How long to wait after an answer; others wait as well if the service asks for it."""
        asked = retry_after_s(reply, at=self.now())
        if asked is None:
            return otherwise
        if asked > LONGEST_S:
            raise RateLimitedError(service=self.service, retry_after_s=asked)
        self.pacing.hold_back(asked)
        return asked

    def _is_worth_a_try(self, reply: Reply, call: Call) -> bool:
        return reply.status == SLOW_DOWN or (reply.status in IN_TROUBLE and call.repeatable)
