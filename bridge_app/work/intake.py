"""Collections that take in other people's work: what arrives in them waits for a review.

A part of the worker's door of its own. One thread looks when a library has changed; everything
else blocks, and the window asks off its own thread.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.intake import Arrival, to_review
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_library, shelter_of
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.search import Readers
from bridge_app.work.events import Event
from bridge_app.work.intake_jobs import TagJob
from bridge_app.work.lookout import Lookout
from bridge_app.work.shelter_desk import ShelterDesk

logger = logging.getLogger(__name__)

SETTLE_S = 0.5
"""A sync changes a library page by page; several pages are looked at together."""
AGAIN_S = 60.0
LONGEST_WORD = 64
"""Bytes of a keyword. Source: reference/photoshelter.md, 9 (IIM 2:25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFolder:
    """A folder of a library that is marked as intake; `waiting` are in its review queue."""

    account: str
    library: LibraryId
    container: str
    folder: str
    waiting: int


class IntakeDesk:
    """Every method may be called from any thread, and blocks but for `hear`.

    Args:
        queue: Puts jobs into the ledger; on disk when it returns.
        decided: Told of masters that joined the review queue, to be told to their service too.
        tell: Hears which assets changed.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        readers: Readers,
        decisions: Decisions,
        shelters: ShelterDesk,
        *,
        queue: Callable[[Sequence[NewJob]], list[int]],
        decided: Callable[[Sequence[Asset], Approval], object],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self._readers = readers
        self._decisions = decisions
        self._shelters = shelters
        self._queue = queue
        self._decided = decided
        self._tell = tell
        self._now = now
        self._looking = threading.Lock()
        self._lookout = Lookout(
            "intake",
            self._look_at_all,
            trouble="what arrived could not be looked at",
            settle_s=SETTLE_S,
            again_s=AGAIN_S,
        )

    def start(self) -> None:
        """From now on look by itself."""
        self._lookout.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._lookout.close(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: something may have arrived."""
        if isinstance(event, ChangeSet) and (event.listing or event.libraries):
            self._lookout.wake()

    # Which folders

    def folders(self, account: str | None = None) -> tuple[IntakeFolder, ...]:
        """The folders that are marked, of one account or all, with how many wait in each."""
        accounts = [one.account for one in self._shelters.records()]
        return tuple(
            IntakeFolder(
                account=name,
                library=shelter_library(name),
                container=container,
                folder=folder,
                waiting=len(self._waiting(name, folder)),
            )
            for name in accounts
            if account in (None, name)
            for container, folder in self._marked(name)
        )

    def mark(self, account: str, folder: str, *, on: bool) -> int:
        """Mark a folder as intake, or take the mark away; how many joined the review queue.

        What lies there already and was never decided on waits for its review too. Taking the
        mark away changes nothing that was said. Raises NotFoundError.
        """
        self._shelters.set_intake(account, folder, on=on)
        self._tell(ChangeSet(libraries=True))
        return self.look(account) if on else 0

    # What waits

    def query(self, account: str, folder: str) -> Query:
        """The review queue of a folder as a question to the catalog, for a filter."""
        return Query(
            library=shelter_library(account),
            folder=folder,
            approvals=frozenset({Approval.IN_REVIEW}),
        )

    def waiting(self, account: str | None = None) -> tuple[AssetId, ...]:
        """All that waits for a review in intake folders, each once."""
        found = (
            asset
            for one in self.folders(account)
            for asset in self._waiting(one.account, one.folder)
        )
        return tuple(dict.fromkeys(found))

    def look(self, account: str) -> int:
        """Put what has arrived into the review queue, each content once; how many that were."""
        with self._looking:
            folders = {folder for _, folder in self._marked(account)}
            chosen = set(to_review(self._arrivals(account, folders), folders))
            if not chosen:
                return 0
            with self._readers.lent() as reader:
                assets = reader.assets(sorted(chosen))
            self._decisions.add(
                assets, Approval.IN_REVIEW, comment="", who="Intake", at=self._now()
            )
        self._decided(assets, Approval.IN_REVIEW)
        self._tell(ChangeSet(assets=frozenset(chosen)))
        return len(assets)

    def tag(self, assets: Sequence[AssetId], words: Sequence[str]) -> str:
        """Queue keywords for masters at their service. Returns the batch.

        Raises InvalidInputError for a word that cannot be a keyword.
        """
        chosen = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        for word in chosen:
            if len(word.encode("utf-8", "replace")) > LONGEST_WORD or "," in word:
                raise InvalidInputError(
                    what=word,
                    detail=QT_TRANSLATE_NOOP("facts", "a keyword is short and has no comma"),
                )
        batch = uuid.uuid4().hex
        facts = self._shelters.shelter_assets(assets)
        jobs = [
            TagJob(asset=asset, words=chosen).new_job(batch, name=facts[asset].file_name)
            for asset in dict.fromkeys(assets)
            if asset in facts and chosen
        ]
        if jobs:
            self._queue(jobs)
        return batch

    def _marked(self, account: str) -> list[tuple[str, str]]:
        """(container, folder) of what is marked, under each path that a container has."""
        return [
            (container, folder)
            for container in sorted(self._shelters.intakes(account))
            for folder in self._shelters.folders_of(account, container)
        ]

    def _waiting(self, account: str, folder: str) -> list[AssetId]:
        with self._readers.lent() as reader:
            return reader.ids(self.query(account, folder), now=self._now())

    def _arrivals(self, account: str, folders: set[str]) -> list[Arrival]:
        """What lies in these folders and is undecided, as far as the catalog knows."""
        found: dict[AssetId, list[str]] = {}
        draft = frozenset({Approval.DRAFT})
        library = shelter_library(account)
        with self._readers.lent() as reader:
            for folder in sorted(folders):
                query = Query(library=library, folder=folder, approvals=draft)
                for asset in reader.ids(query, now=self._now()):
                    found.setdefault(asset, []).append(folder)
            assets = reader.assets(list(found))
        return [self._arrival(one, tuple(found[one.id])) for one in assets]

    def _arrival(self, asset: Asset, folders: tuple[str, ...]) -> Arrival:
        history = self._decisions.history(asset.id, asset.content)
        return Arrival(
            asset=asset.id,
            content=asset.content,
            folders=folders,
            approval=asset.approval,
            decided=any(one.sha256 == asset.content and not one.transformation for one in history),
        )

    def _look_at_all(self) -> None:
        """Trouble with one account keeps nothing of the others waiting."""
        for record in self._shelters.records():
            try:
                self.look(record.account)
            except BridgeError as error:
                logger.warning("what arrived could not be looked at: %s", error)


def account_of(library: LibraryId) -> str:
    """The account of a library of such a service. Raises InvalidInputError for another one."""
    account = shelter_of(library)
    if account is None:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "This library"),
            detail=QT_TRANSLATE_NOOP(
                "facts", "only one of a PhotoShelter-style service takes work in"
            ),
        )
    return account
