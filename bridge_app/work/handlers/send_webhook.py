"""Hands a message to an endpoint: signed anew at each try, again over days, given up at last."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bridge_app.channels.errors import ReceiverTroubleError
from bridge_app.channels.receiver import Receiver, Sealed, kind_of
from bridge_app.delivery.limits import retry_after_s
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    FileChangedError,
    GateRefusalError,
    NoKeyringError,
    NotFoundError,
    TransientError,
)
from bridge_app.domain.gate import Use
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.webhooks import (
    Endpoint,
    EndpointGoneError,
    EndpointState,
    NotDeliveredError,
    next_try,
    signed_headers,
)
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.search import Readers, Standing
from bridge_app.storage.webhooks import Webhooks
from bridge_app.work.context import Context
from bridge_app.work.events import trouble_of
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.webhook_jobs import Message

IN_FLIGHT = 3
"""Messages on their way to one endpoint at a time."""
TURN_S = 0.5
MOST_LOST = 20
"""Messages in a row that used up all their tries: the endpoint is given up."""


class AddressHeldBackError(GateRefusalError):
    """What a message names may not be delivered any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The address of {name} is not told any more: {reasons}. Nothing was sent."
    )


class SwitchedOffError(BridgeError):
    """Nobody is told at the moment."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{endpoint} is switched off. The message is kept: switch it on and send it again.",
    )


@dataclass(slots=True, kw_only=True)
class SendWebhookHandler:
    """`(job, context) -> Outcome` for messages.

    Args:
        receivers: Who takes messages of addresses that begin so. Raises ChannelNotInstalledError.
        keys: The signing keys of an endpoint, the newest first. Raises NoKeyringError.
        spread: From -1 to 1, by lot.
        changed: An endpoint was given up.
    """

    webhooks: Webhooks
    receivers: Callable[[str], Receiver]
    keys: Callable[[Endpoint, datetime], list[bytes]]
    gate: Gatekeeper
    readers: Readers
    decisions: Decisions
    spread: Callable[[], float]
    changed: Callable[[], None]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: dict[str, threading.Semaphore] = field(default_factory=dict)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send it once."""
        message = Message.from_params(job.params)
        endpoint = next(
            (one for one in self.webhooks.endpoints() if one.id == message.endpoint), None
        )
        if endpoint is None:
            return Failed(
                error=NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The endpoint of this message"))
            )
        if endpoint.state is not EndpointState.ON:
            return Failed(error=SwitchedOffError(endpoint=endpoint.name))
        refusal = self._refusal(job, message)
        if refusal is not None:
            return Failed(error=refusal)
        with self._lock:
            turn = self._turns.setdefault(endpoint.id, threading.Semaphore(IN_FLIGHT))
        if not turn.acquire(blocking=False):
            later = context.now() + timedelta(seconds=TURN_S)
            return Waiting(reason=WaitingFor.RECEIVER, until=later)
        try:
            return self._sent(endpoint, message, job.attempts, context)
        finally:
            turn.release()

    def _refusal(self, job: JobRecord, message: Message) -> BridgeError | None:
        """No address goes out that the gate does not allow at this moment, however old its news."""
        data = json.loads(message.body)["data"]
        if "url" not in data:
            return None
        with self.readers.lent() as reader:
            standing = reader.standing(AssetId(job.asset or ""))
        if standing is None:
            return FileChangedError(name=job.name)
        content = str(data.get("sha256", ""))
        if standing.content != content:
            standing = self._earlier(standing, content)
        subject = data.get("transformation", "")
        answer = self.gate.used(
            standing,
            job.environment or "",
            use=Use(market=data.get("market", ""), channel=data.get("channel", "")),
            subject=self.gate.subject(subject, data.get("format", "")) if subject else "",
        )
        if answer.allows:
            return None
        return AddressHeldBackError(name=job.name, reasons=answer.sentence())

    def _earlier(self, standing: Standing, content: str) -> Standing:
        """A master as it stood with the content that was delivered: a newer one may be a draft."""
        stages = ((one.stage, one.approval) for one in self.decisions.in_stages(content))
        return replace(
            standing,
            sha256=content,
            approval=self.decisions.approval_of(content),
            lapsed=False,
            stages=tuple(stages),
            overrides=(),
        )

    def _sent(self, endpoint: Endpoint, message: Message, tries: int, context: Context) -> Outcome:
        now, body = context.now(), message.body.encode("utf-8")
        try:
            keys = self.keys(endpoint, now)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        if not keys:
            return Failed(error=NotFoundError(what=f"The secret of {endpoint.name}"))
        headers = signed_headers(keys, message.id, int(now.timestamp()), body)
        sealed = Sealed(id=message.id, headers=headers, body=body)
        try:
            taken = self.receivers(kind_of(endpoint.url)).take(endpoint, sealed)
        except TransientError as error:
            return self._again(endpoint, tries, error, None, context)
        if taken.is_taken:
            return Done(result={"said": taken.detail})
        if taken.is_gone:
            error_gone = EndpointGoneError(endpoint=endpoint.name)
            self._give_up(endpoint, error_gone, context)
            return Failed(error=error_gone)
        trouble = ReceiverTroubleError(host=endpoint.name, detail=taken.detail)
        later_s = retry_after_s({"retry-after": taken.retry_after}, now)
        return self._again(endpoint, tries, trouble, later_s, context)

    def _again(
        self,
        endpoint: Endpoint,
        tries: int,
        error: TransientError,
        asked_s: float | None,
        context: Context,
    ) -> Outcome:
        at = next_try(tries, now=context.now(), retry_after_s=asked_s, spread=self.spread())
        if at is not None:
            return Waiting(reason=WaitingFor.RECEIVER, until=at, error=error, counts=True)
        detail = str(error.facts.get("detail", error))
        lost = NotDeliveredError(endpoint=endpoint.name, tries=tries, detail=detail)
        before = self.webhooks.recent_ends(endpoint.id, MOST_LOST - 1)
        if len(before) == MOST_LOST - 1 and set(before) == {JobState.FAILED}:
            self._give_up(endpoint, lost, context)
        return Failed(error=lost)

    def _give_up(self, endpoint: Endpoint, why: BridgeError, context: Context) -> None:
        self.webhooks.disable(endpoint.id, trouble_of(why), at=context.now())
        self.changed()
