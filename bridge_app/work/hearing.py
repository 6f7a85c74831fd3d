"""Hears of changes at once: polls this desktop's own channel with long requests.

Where an environment has no such channels, the mirror's own looks every few minutes remain.
"""

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.notices import NotGenuineError, Notice, read_notice, verify
from bridge_app.delivery.notifications import (
    POLL_URI,
    WAIT_S,
    Message,
    Notifications,
    Trigger,
)
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    RateLimitedError,
    TransientError,
)
from bridge_app.storage.channels import ChannelRecord, Channels
from bridge_app.work.events import Event

REST_S = 3.0
"""The pause while there is nothing to poll."""
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0
LONGEST_ASKED_S = 3600.0
AT_ONCE_S = 1.0
"""An empty answer that comes sooner was not held open: one asks less often then."""
APPLIED_WITHIN_S = 60.0
LOOK_S = 0.05
SEEN = 2_000
NAME = "asset-bridge-"


class HearingState(StrEnum):
    """Whether an environment's changes are heard of at once."""

    OFF = "off"
    ON = "on"
    TROUBLED = "troubled"


class Mirror(Protocol):
    """Who reads again what changed. Returns at once; any thread."""

    def heard(self, environment: str, asset_ids: Iterable[str], *, widely: bool) -> None:
        """Read these assets again, and `widely` everything."""

    def request(self, environment: str) -> None:
        """Look at the whole environment."""

    def is_idle(self) -> bool:
        """Is nothing being read, and nothing asked for?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a hearing has to know.

    An environment's credentials (raises BridgeError), the environment in use, and whether the
    network may be used, as far as is known.
    """

    credentials: Callable[[str], Credentials]
    current: Callable[[], str | None]
    online: Callable[[], bool]


class Hearing:
    """One thread, which polls the channel of the environment in use. Methods: any thread.

    `tell` hears when a switch was changed, or trouble came or went; `on_notice` of each notice.
    """

    def __init__(
        self,
        channels: Channels,
        mirror: Mirror,
        *,
        surroundings: Surroundings,
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
        wait_s: int = WAIT_S,
    ) -> None:
        self._channels = channels
        self._mirror = mirror
        self._credentials = surroundings.credentials
        self._current = surroundings.current
        self._online = surroundings.online
        self._tell = tell
        self._now = now
        self._wait_s = wait_s
        self._known = {one.environment: one for one in channels.all()}
        self._trouble: dict[str, BridgeError] = {}
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._news = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="hearing", daemon=True)
        self.on_notice: Callable[[Notice], None] = lambda _: None

    def start(self) -> None:
        """Begin to poll what is switched on."""
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End; a question that is held open is not waited for, and its answer not taken."""
        self._closing.set()
        with self._news:
            self._news.notify_all()
        if self._thread.is_alive():
            self._thread.join(min(timeout_s, LOOK_S))

    def state(self, environment: str) -> HearingState:
        """Is it switched on, and does it work? From memory."""
        if environment not in self._known:
            return HearingState.OFF
        return HearingState.TROUBLED if environment in self._trouble else HearingState.ON

    def trouble(self, environment: str) -> BridgeError | None:
        """Why it does not work at the moment."""
        return self._trouble.get(environment)

    def switch_on(self, environment: str) -> None:
        """Have a channel of our own filled, and poll it. Blocking. Raises BridgeError."""
        if environment in self._known:
            return
        name = NAME + uuid.uuid4().hex[:12]
        notifications = Notifications(self._credentials(environment))
        trigger = notifications.add(POLL_URI + name)
        record = ChannelRecord(environment=environment, name=name, trigger_id=trigger.id)
        self._channels.put(record, at=self._now())
        self._changed()
        self._mirror.request(environment)

    def switch_off(self, environment: str) -> None:
        """Have it filled no more. Blocking. Raises BridgeError; it stays on then."""
        record = self._known.get(environment)
        if record is None:
            return
        Notifications(self._credentials(environment)).remove(record.trigger_id)
        self._channels.remove(environment)
        self._changed()

    def triggers(self, environment: str) -> tuple[Trigger, ...]:
        """Everybody who is told of changes. Blocking. Raises BridgeError."""
        return Notifications(self._credentials(environment)).triggers()

    def trigger_of(self, environment: str) -> str:
        """The ID of the trigger that tells us; "" if it is switched off. From memory."""
        record = self._known.get(environment)
        return record.trigger_id if record else ""

    def add_trigger(self, environment: str, uri: str, event_type: str) -> tuple[Trigger, ...]:
        """Have somebody told; everybody who is then. Blocking. Raises BridgeError."""
        notifications = Notifications(self._credentials(environment))
        notifications.add(uri, event_type)
        return notifications.triggers()

    def remove_trigger(self, environment: str, trigger: str) -> tuple[Trigger, ...]:
        """Have somebody told no more, ourselves perhaps; who still is. Blocking."""
        notifications = Notifications(self._credentials(environment))
        notifications.remove(trigger)
        if trigger == self.trigger_of(environment):
            self._channels.remove(environment)
            self._changed()
        return notifications.triggers()

    def take(
        self, environment: str, body: bytes, timestamp: str, signature: str, *secrets: str
    ) -> Notice:
        """A web hook came: check it, and have read again what it is about.

        `secrets` are those that may have signed it. Raises NotGenuineError.
        """
        trouble = NotGenuineError(
            detail=QT_TRANSLATE_NOOP(
                "facts", "no secret is known here that it could be signed with"
            )
        )
        for secret in secrets:
            try:
                verify(
                    body, timestamp=timestamp, signature=signature, secret=secret, now=self._now()
                )
            except NotGenuineError as error:
                trouble = error
                continue
            notice = read_notice(body)
            if self._is_new(notice):
                self._apply(environment, [notice])
            return notice
        raise trouble

    def _loop(self) -> None:
        """One error policy: what passes is tried again after a pause, the rest told and too."""
        pause_s = FIRST_PAUSE_S
        while not self._closing.is_set():
            environment = self._current()
            record = self._known.get(environment or "")
            if record is None or not self._online():
                self._rest(REST_S)
                continue
            try:
                was_held = self._poll(record)
            except BridgeError as error:
                if self._closing.is_set():
                    return
                self._note(record.environment, error)
                asked_s = error.retry_after_s if isinstance(error, RateLimitedError) else None
                self._rest(min(asked_s or pause_s, LONGEST_ASKED_S))
                pause_s = min(LONGEST_PAUSE_S, pause_s * 2)
            else:
                pause_s = FIRST_PAUSE_S
                self._note(record.environment, None)
                if not was_held:
                    self._rest(REST_S)

    def _poll(self, record: ChannelRecord) -> bool:
        """Ask once. False if nothing new was told, though the question was not held open."""
        credentials = self._credentials(record.environment)
        notifications = Notifications(credentials)
        began = time.monotonic()
        messages = notifications.messages(record.name, wait_s=self._wait_s)
        was_held = time.monotonic() - began >= min(AT_ONCE_S, self._wait_s / 2)
        if self._closing.is_set() or not messages:
            return was_held
        notices = [notice for one in messages if (notice := self._believed(one, credentials))]
        self._apply(record.environment, notices)
        if self._is_applied():
            for notice in notices:
                self._remember(notice)
            notifications.acknowledge([one.handle for one in messages])
        return was_held or bool(notices)

    def _believed(self, message: Message, credentials: Credentials) -> Notice | None:
        """The notice of a message; None for a forged one, and for one that is known already.

        One that another key of the environment signed cannot be checked here. It came over our
        own authenticated connection and makes us read, nothing more: it is believed.
        """
        try:
            notice = read_notice(message.body)
            ours = notice.signed_by in ("", credentials.account.api_key)
            if ours and credentials.can_sign:
                verify(
                    message.body,
                    timestamp=message.timestamp,
                    signature=message.signature,
                    secret=credentials.secret.reveal(),
                    now=self._now(),
                )
        except NotGenuineError:
            return None
        return None if notice.identity in self._seen else notice

    def _apply(self, environment: str, notices: Sequence[Notice]) -> None:
        assets = {asset for notice in notices for asset in notice.asset_ids}
        widely = any(notice.widely for notice in notices)
        if assets or widely:
            self._mirror.heard(environment, assets, widely=widely)
        for notice in notices:
            self.on_notice(notice)

    def _is_applied(self) -> bool:
        """Wait until the mirror has read what changed; not for ever, and not while closing."""
        for _ in range(round(APPLIED_WITHIN_S / LOOK_S)):
            if self._mirror.is_idle():
                return True
            if self._closing.wait(LOOK_S):
                return False
        return False

    def _is_new(self, notice: Notice) -> bool:
        with self._news:
            if notice.identity in self._seen:
                return False
        self._remember(notice)
        return True

    def _remember(self, notice: Notice) -> None:
        with self._news:
            self._seen[notice.identity] = None
            while len(self._seen) > SEEN:
                self._seen.popitem(last=False)

    def _note(self, environment: str, error: BridgeError | None) -> None:
        """Trouble is told when it comes and when it goes; a broken connection is none of ours."""
        before = self._trouble.get(environment)
        if error is None or isinstance(error, TransientError):
            self._trouble.pop(environment, None)
        else:
            self._trouble[environment] = error
        if (before is None) is not (self._trouble.get(environment) is None):
            self._tell(ChangeSet(accounts=True))

    def _changed(self) -> None:
        self._known = {one.environment: one for one in self._channels.all()}
        self._trouble.clear()
        with self._news:
            self._news.notify_all()
        self._tell(ChangeSet(accounts=True))

    def _rest(self, seconds: float) -> None:
        with self._news:
            if not self._closing.is_set():
                self._news.wait(seconds)
