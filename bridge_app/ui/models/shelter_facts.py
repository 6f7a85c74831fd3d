"""What is shown of a master of a PhotoShelter-style service besides its catalogued facts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import ShelterAsset, shelter_of
from bridge_app.domain.shelter_reading import ShelterReading, read
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.domain.write_back import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What of a master is published, and whether its record at the service says so.

    `recorded_at` is when it was recorded last (ISO 8601) or ""; `is_due`: that is not all yet.
    `outdated`: a newer version is at the service than was pushed. `withdrawn`: what was pushed
    is held back at delivery.
    """

    entries: "tuple[Entry, ...]" = ()
    recorded_at: str = ""
    is_due: bool = False
    outdated: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterFacts:
    """The service's record, what it means, and the places where the master lies.

    `galleries` are the names of the galleries with the queries that show them.
    """

    library: str
    asset: ShelterAsset
    reading: ShelterReading
    galleries: tuple[tuple[str, Query], ...] = ()
    publication: Publication = Publication()


def shelter_facts(worker: Worker, asset: Asset) -> ShelterFacts | None:
    """Read them from catalog and ledger; None for an asset of another library. Blocking."""
    account = shelter_of(asset.library)
    desk = worker.shelters
    record = desk.shelter_asset(asset.id) if account is not None else None
    if account is None or record is None:
        return None
    galleries = [
        (gallery.name, Query(library=asset.library, folder=folder))
        for gallery in desk.containers_of(asset.id)
        for folder in desk.folders_of(account, gallery.id)[:1]
    ]
    return ShelterFacts(
        library=desk.record(account).name,
        asset=record,
        reading=read(record, desk.ancestors(asset.id)),
        galleries=tuple(galleries),
        publication=_publication(worker, asset),
    )


def _publication(worker: Worker, asset: Asset) -> Publication:
    found = worker.write_back.preview([asset.id])
    entries = found[0].record.published if found else ()
    written = found[0].written if found else None
    account = worker.current_account()
    outdated = withdrawn = False
    if account is not None:
        copies = worker.retractions.outdated([asset.id], account.environment)
        outdated = asset.id in copies
        copy = copies.get(asset.id, asset.cloud)
        last = worker.retractions.retraction(copy) if copy is not None else None
        withdrawn = last is not None and last.is_withdrawn
    return Publication(
        entries=tuple(one for one in entries if one.preset),
        recorded_at=written.written_at if written else "",
        is_due=bool(found) and found[0].is_due,
        outdated=outdated,
        withdrawn=withdrawn,
    )
