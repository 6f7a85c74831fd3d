"""What is asked about feeds of products, and who looks at them when it is time.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import logging
import secrets
import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.product_feed import Feed, FeedState, MostlyBadError
from bridge_app.domain.product_feed_check import (
    LONGEST_NAME,
    FeedNameError,
    FeedSettingError,
    check_feed,
)
from bridge_app.domain.webhooks import SECRET_BYTES, secret_key, secret_text
from bridge_app.libraries.errors import shown
from bridge_app.storage.feed_matches import FeedMatches, Match, MatchCounts
from bridge_app.storage.feeds import FeedRun, Feeds
from bridge_app.storage.json_file import write_json
from bridge_app.storage.secrets import Secret, SecretStore
from bridge_app.work.events import Event, trouble_of
from bridge_app.work.feed_listening import FeedListening
from bridge_app.work.feed_out import FeedOut, OutResult, OutWish
from bridge_app.work.feed_pushes import FeedPushes, FollowUp
from bridge_app.work.feed_reading import RESULT, TOKEN, FeedReading, FeedStoppedError

logger = logging.getLogger(__name__)

LOOK_S = 30.0
RECEIVING = "feed-received:{feed}"
"""The name of the secret that posts are signed with."""
SHOWN = 500
"""Matches of each kind that a preview shows; all are counted."""


class FeedClosedError(BridgeError):
    """Nobody may post it at this moment."""

    text = QT_TRANSLATE_NOOP("errors", "{name} takes nothing from others: {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPreview:
    """How a feed and the catalog fit: counts, and the first of each kind."""

    counts: MatchCounts
    matched: tuple[Match, ...] = ()
    unclear: tuple[Match, ...] = ()
    missing: tuple[Match, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMeans:
    """What the desk is lent; `anew` hears of a feed whose products are not what they were."""

    reading: Callable[[], FeedReading]
    pushes: FeedPushes
    out: FeedOut
    secrets: Callable[[], SecretStore]
    is_allowed_out: Callable[[], bool]
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[Event], None]
    listening: FeedListening
    anew: Callable[[str], None]


class FeedDesk:
    """Every method may be called from any thread, and blocks; one thread looks by itself.

    One file or run at a time: two of the same feed would meet.
    """

    def __init__(self, feeds: Feeds, means: FeedMeans, closing: threading.Event) -> None:
        self._feeds = feeds
        self._means = means
        self._closing = closing
        self._news = threading.Event()
        self._busy = threading.Lock()
        self._thread = threading.Thread(target=self._loop, name="feeds", daemon=True)
        self._starting = threading.Lock()
        self._listening = threading.RLock()
        self._deaf: dict[str, Trouble | None] = {}

    def start(self) -> None:
        """From now on look at feeds when it is time; again, it changes nothing."""
        with self._starting:
            if not self._thread.is_alive() and not self._closing.is_set():
                self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._closing.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self._means.listening.close()

    # Feeds

    def feeds(self) -> tuple[Feed, ...]:
        """All of them, by name."""
        return self._feeds.all()

    def one(self, name: str) -> Feed:
        """By its ID or its name. Raises NotFoundError."""
        for feed in self.feeds():
            if name in (feed.id, feed.name):
                return feed
        raise NotFoundError(what=f"The feed {name}")

    def products(self, name: str) -> int:
        """How many products it has."""
        return self._feeds.products.count(self.one(name).id)

    def runs(self, name: str, *, limit: int = 20) -> tuple[FeedRun, ...]:
        """What was read of it, the newest first."""
        return self._feeds.runs(self.one(name).id, limit=limit)

    def add(self, feed: Feed, token: Secret | None = None) -> Feed:
        """Keep a feed; its ID is given here. Nothing is read yet. Raises InvalidInputError."""
        new = replace(
            feed, id=uuid.uuid4().hex[:12], name=feed.name.strip(), has_token=token is not None
        )
        return self._put(new, token)

    def change(self, feed: Feed, token: Secret | None = None) -> Feed:
        """Keep it as it is now; what it read before is read again as it says now."""
        before = self.one(feed.id)
        feed = replace(feed, has_secret=before.has_secret, port=before.port)
        if before.has_token and _host(before.source) != _host(feed.source) and token is None:
            # A token is for the host that it was given for.
            self._means.secrets().remove(TOKEN.format(feed=feed.id))
            feed = replace(feed, has_token=False)
        return self._put(replace(feed, has_token=feed.has_token or token is not None), token)

    def _put(self, feed: Feed, token: Secret | None) -> Feed:
        if not feed.is_remote and feed.source.strip():
            feed = replace(feed, source=str(Path(feed.source).expanduser().absolute()))
        check_feed(feed)
        if any(one.name == feed.name and one.id != feed.id for one in self.feeds()):
            raise FeedNameError(most=LONGEST_NAME)
        if not feed.is_remote and not Path(feed.source).exists():
            raise FeedSettingError(detail=f"there is nothing at {shown(feed.source)}")
        if token is not None:
            self._means.secrets().put(TOKEN.format(feed=feed.id), token)
        self._feeds.put(feed, who=self._means.who(), at=self._means.now())
        self._changed()
        return feed

    def switch(self, name: str, *, on: bool) -> Feed:
        """Have it read by itself, or not; a paused one goes on."""
        feed, state = self.one(name), FeedState.ON if on else FeedState.OFF
        self._feeds.set_state(feed, state, who=self._means.who(), at=self._means.now())
        self._changed()
        return self.one(feed.id)

    def remove(self, name: str) -> None:
        """Forget a feed with its products; images stay where they went."""
        feed = self.one(name)
        if feed.has_token:
            self._means.secrets().remove(TOKEN.format(feed=feed.id))
        if feed.has_secret:
            self._means.secrets().remove(RECEIVING.format(feed=feed.id))
        with self._busy:
            self._feeds.remove(feed.id)
        self._changed()

    # What other systems post

    def new_secret(self, name: str) -> Secret:
        """What posts of it are signed with from now on. Raises NoKeyringError."""
        feed, made = self.one(name), Secret(secret_text(secrets.token_bytes(SECRET_BYTES)))
        self._means.secrets().put(RECEIVING.format(feed=feed.id), made)
        self._keep(replace(feed, has_secret=True))
        return made

    def receive(self, name: str, *, port: int) -> Secret | None:
        """Have it posted to a port of this machine while feeds are looked at; 0 ends that.

        The secret that posts are signed with if one had to be made, which nobody shows again.
        Raises InvalidInputError, PortTakenError or NoKeyringError; it is as before then.
        """
        before = self.one(name)
        feed = replace(before, port=port)
        check_feed(feed)
        if port and any(one.port == port and one.id != feed.id for one in self.feeds()):
            raise FeedSettingError(
                detail=QT_TRANSLATE_NOOP("facts", "another feed is received on that port")
            )
        # Who looked in between would find the port open that nothing says, and close it.
        with self._listening:
            if (trouble := self._listen(feed)) is not None:
                raise trouble
            made = self.new_secret(feed.id) if port and not feed.has_secret else None
            self._keep(replace(feed, has_secret=feed.has_secret or made is not None))
        return made

    def _keep(self, feed: Feed) -> None:
        self._feeds.set_receiving(feed, who=self._means.who(), at=self._means.now())
        self._changed()

    def _listen(self, changed: Feed | None = None) -> BridgeError | None:
        """Receive what feeds say, if they are looked at here; what stands in the way of one."""
        if not self._thread.is_alive() or self._closing.is_set():
            return None
        with self._listening:
            feeds = [changed if changed and one.id == changed.id else one for one in self.feeds()]
            troubles = self._means.listening.follow(feeds)
        for feed in feeds:
            said = trouble_of(troubles[feed.id]) if feed.id in troubles else None
            if changed is None and said != self._deaf.get(feed.id):
                self._deaf[feed.id] = said
                self._feeds.trouble(feed.id, said)
        return troubles.get(changed.id) if changed else None

    def receiving_key(self, name: str) -> bytes:
        """What they are signed with now. Raises FeedClosedError where there is none."""
        feed = self.one(name)
        store = self._means.secrets() if feed.has_secret else None
        kept = store.get(RECEIVING.format(feed=feed.id)) if store else None
        if kept is None:
            raise FeedClosedError(
                name=feed.name, detail=QT_TRANSLATE_NOOP("facts", "it has no secret yet")
            )
        return secret_key(kept.reveal())

    def take_in(self, name: str, file: Path) -> FeedRun:
        """Read what was posted, and follow if the feed pushes. Raises BridgeError.

        A feed that is paused or switched off takes nothing.
        """
        feed = self.one(name)
        if feed.state is not FeedState.ON:
            raise FeedClosedError(
                name=feed.name, detail=QT_TRANSLATE_NOOP("facts", "it is not switched on")
            )
        with self._busy:
            (run,) = self._read(self._means.reading(), feed, file)
            if feed.pushes and self.one(feed.id).state is FeedState.ON:
                self._means.pushes.follow(feed, dry_run=False, rests=True)
        return run

    # Reading and following

    def read(
        self,
        name: str,
        file: Path | None = None,
        *,
        dry_run: bool = False,
        told: Callable[[int], None] | None = None,
    ) -> tuple[FeedRun, ...]:
        """Read what it has, or one file as its; nothing is pushed. Raises BridgeError.

        Beside each file of a folder a file says what became of it. `told` hears how many rows were
        read, now and then; where it raises, nothing of that file is taken.
        """
        feed, reading = self.one(name), self._means.reading()
        with self._busy:
            return self._read(
                reading.telling(told) if told else reading, feed, file, dry_run=dry_run
            )

    def follow(self, name: str, *, dry_run: bool = False) -> FollowUp:
        """Bring approved images of its products to delivery. Raises BridgeError."""
        feed = self.one(name)
        if not feed.pushes:
            raise FeedSettingError(detail=QT_TRANSLATE_NOOP("facts", "it is not set to push"))
        with self._busy:
            return self._means.pushes.follow(feed, dry_run=dry_run)

    def preview(self, name: str, *, limit: int = SHOWN) -> FeedPreview:
        """How it and the catalog fit now."""
        with self.matches(name) as matches:
            return FeedPreview(
                counts=matches.counts(),
                matched=tuple(matches.matched(limit)),
                unclear=tuple(matches.unclear(limit)),
                missing=tuple(matches.missing(limit)),
                unused=tuple(matches.unused(limit)),
            )

    def matches(self, name: str) -> AbstractContextManager[FeedMatches]:
        """All that matches now, one after another."""
        return self._means.pushes.matches(self.one(name))

    def write_out(self, name: str, wish: OutWish) -> OutResult:
        """Write the feed of its images that goes out."""
        feed = self.one(name)
        with self.matches(name) as matches:
            return self._means.out.write(feed, matches, wish)

    def look(self) -> int:
        """Read and follow the feeds for which it is time; how many."""
        due = [feed for feed in self.feeds() if self._is_due(feed)]
        for feed in due:
            if self._closing.is_set():
                break
            try:
                self._look_at(feed)
            except FeedStoppedError:
                break
            except BridgeError as error:
                logger.warning("the feed %s could not be read: %s", feed.name, error)
                self._feeds.trouble(feed.id, trouble_of(error))
                self._changed()
        return len(due)

    def _is_due(self, feed: Feed) -> bool:
        if feed.state is not FeedState.ON or not feed.every_min:
            return False
        if feed.is_remote and not self._means.is_allowed_out():
            return False
        if not feed.looked_at:
            return True
        last = datetime.fromisoformat(feed.looked_at)
        return self._means.now() >= last + timedelta(minutes=feed.every_min)

    def _look_at(self, feed: Feed) -> None:
        with self._busy:
            # Before it is read: what fails is tried again when it is time, not at once.
            self._feeds.looked(feed.id, at=self._means.now())
            self._read(self._means.reading(), feed, None, only_new=True)
            self._feeds.trouble(feed.id, self._deaf.get(feed.id))
            if feed.pushes and self.one(feed.id).state is FeedState.ON:
                self._means.pushes.follow(feed, dry_run=False, rests=True)
        self._changed()

    def _read(
        self,
        reading: FeedReading,
        feed: Feed,
        file: Path | None,
        *,
        only_new: bool = False,
        dry_run: bool = False,
    ) -> tuple[FeedRun, ...]:
        if file is not None:
            runs: tuple[FeedRun, ...] = (reading.read_file(feed, file, dry_run=dry_run),)
        else:
            runs = reading.read(feed, only_new=only_new, dry_run=dry_run)
        if dry_run:
            return runs
        for run in runs:
            if run.result.is_mostly_bad and not run.is_again:
                told = run.result
                bad = MostlyBadError(name=run.source, bad=told.bad_rows, received=told.received)
                self._feeds.pause(feed.id, trouble_of(bad), at=self._means.now())
        if file is None and not feed.is_remote:
            self._say_beside(feed, runs)
        if any(run.result.upserted or run.result.deleted for run in runs):
            self._means.anew(feed.id)
        self._changed()
        return runs

    def _say_beside(self, feed: Feed, runs: Sequence[FeedRun]) -> None:
        place = Path(feed.source)
        folder = place if place.is_dir() else place.parent
        for run in runs:
            # A folder that nobody here may write to says nothing; the feed's own report does.
            with suppress(BridgeError):
                write_json(folder / f"{run.source}{RESULT}", run.result.told(feed.id))

    def _changed(self) -> None:
        self._news.set()
        self._means.tell(ChangeSet(channels=True))

    def _loop(self) -> None:
        """One error policy: trouble is logged, and the next time comes."""
        while not self._closing.is_set():
            self._news.clear()
            try:
                self._listen()
                self.look()
            except BridgeError as error:
                logger.warning("feeds could not be looked at: %s", error)
            self._news.wait(LOOK_S)


def _host(source: str) -> str:
    """Scheme and host of an address, "" for a path."""
    scheme, sign, rest = source.partition("://")
    return f"{scheme}{sign}{rest.partition('/')[0]}".casefold() if sign else ""
