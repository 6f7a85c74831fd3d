"""What the record of a master at its service has to say now, and whether it says so already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.retractions import against
from bridge_app.domain.shelter import RENDITIONS_SUFFIX, ShelterAsset, ShelterContainer
from bridge_app.domain.write_back import Master, Record, entries_now, settled
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.storage.write_backs import WriteBacks, Written
from bridge_app.work.shelter_desk import ShelterDesk

MOST_CONTAINERS = 1_000
"""Looked at above a gallery; the tree at the service may hold cycles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A master's record as it has to be, beside what was written last.

    `gallery` is the one it lies in, None where that is not known.
    """

    asset: Asset
    shelter: ShelterAsset
    gallery: ShelterContainer | None
    mode: WriteBackMode
    record: Record
    written: Written | None

    @property
    def is_due(self) -> bool:
        """Is there something to write?"""
        if self.mode is WriteBackMode.OFF:
            return False
        if self.written is None:
            return not self.record.is_empty
        known = (self.written.digest, self.written.mode)
        return known != (self.record.digest, self.mode)


class Records:
    """Reads it together; thread-safe.

    Args:
        withheld: Is this delivered copy held back at delivery?
        seen: Those of these renditions that may be seen, by what was said of them themselves.
    """

    def __init__(
        self,
        readers: Readers,
        shelters: ShelterDesk,
        *,
        made: MadeRenditions,
        kept: WriteBacks,
        withheld: Callable[[CloudCopy], bool],
        seen: Callable[[Sequence[PublishedRendition]], Sequence[PublishedRendition]],
    ) -> None:
        self._readers = readers
        self._shelters = shelters
        self._made = made
        self._kept = kept
        self._withheld = withheld
        self._seen = seen

    def of(self, asset: AssetId, at: datetime) -> Recorded | None:
        """A master's record at `at`; None if it is none of such a service's, or not there."""
        shelter = self._shelters.shelter_asset(asset)
        if shelter is None:
            return None
        with self._readers.lent() as reader:
            found = reader.assets([asset])
            if not found:
                return None
            master, copies = found[0], self._kept.copies(asset)
            closed = frozenset(
                (one.environment, one.public_id)
                for one in copies
                if self._withheld(one) or _is_refused(reader, one, at)
            )
        written = self._kept.written(shelter.account, shelter.media_id)
        ends = master.rights.ends
        now = entries_now(
            self._seen(self._made.of_master(asset)),
            copies,
            withheld=closed,
            expires_at="" if ends is None else ends.isoformat(),
        )
        before = [one.entry for one in written.entries] if written else []
        galleries = self._shelters.containers_of(asset)
        return Recorded(
            asset=master,
            shelter=shelter,
            gallery=next((one for one in galleries if _holds_masters(one)), None),
            mode=self._mode(shelter.account, galleries),
            record=Record(
                master=_master(master, shelter),
                copies=copies,
                entries=settled(now, before, at=at.isoformat()),
                withheld=closed,
            ),
            written=written,
        )

    def _mode(self, account: str, galleries: tuple[ShelterContainer, ...]) -> WriteBackMode:
        """What was chosen for the nearest container above it, or else for the account."""
        chosen = self._kept.modes(account)
        if chosen:
            for container in self._above(account, galleries):
                if container in chosen:
                    return chosen[container]
        return self._shelters.record(account).write_back

    def _above(self, account: str, galleries: tuple[ShelterContainer, ...]) -> Iterator[str]:
        """These and all containers above them, the nearest first, each once."""
        waiting, seen = list(galleries), set[str]()
        while waiting and len(seen) < MOST_CONTAINERS:
            one = waiting.pop(0)
            if one.id in seen:
                continue
            seen.add(one.id)
            yield one.id
            above = (self._shelters.container(account, parent) for parent in one.parents)
            waiting.extend(parent for parent in above if parent is not None)


def _is_refused(reader: CatalogReader, copy: CloudCopy, at: datetime) -> bool:
    """May nobody see it any more? Its delivery may not have been ended yet."""
    there = reader.delivered(copy.environment, at, asset_id=copy.asset_id)
    return any(against(one, at) for one in there)


def _holds_masters(gallery: ShelterContainer) -> bool:
    return not gallery.name.endswith(RENDITIONS_SUFFIX)


def _master(asset: Asset, shelter: ShelterAsset) -> Master:
    return Master(
        media_id=shelter.media_id,
        file_name=shelter.file_name,
        sha256=asset.sha256 or "",
        modified_at=shelter.modified_at,
        approval=asset.approval.value,
    )
