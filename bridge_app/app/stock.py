"""Opens the databases of a profile: the ledger, and the caches that can be made again."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bridge_app.storage.accounts import Places
from bridge_app.storage.archives import Archives
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.channels import Channels
from bridge_app.storage.comments import Comments
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.differences import Differences
from bridge_app.storage.edits import Edits
from bridge_app.storage.field_mappings import FieldMappings
from bridge_app.storage.jobs import Jobs
from bridge_app.storage.ledger import back_up, open_ledger
from bridge_app.storage.marks import Marks
from bridge_app.storage.moderations import Moderations
from bridge_app.storage.policies import Policies
from bridge_app.storage.presets import Presets
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.review_packs import ReviewPacks
from bridge_app.storage.review_requests import ReviewRequests
from bridge_app.storage.rights_claims import RightsClaims
from bridge_app.storage.saved_searches import SavedSearches
from bridge_app.storage.search import Readers
from bridge_app.storage.shelters import Shelters
from bridge_app.storage.thumbs import Thumbs
from bridge_app.storage.uploads import UnfinishedUploads
from bridge_app.storage.write_backs import WriteBacks
from bridge_app.work.crew import Stock
from bridge_app.work.gatekeeper import Gatekeeper

Clock = Callable[[], datetime]
T = TypeVar("T")


def open_stock(home: Path, making: ExitStack, now: Clock, who: Callable[[], str]) -> Stock:
    """Open everything; `making` closes it, last opened first. Raises BridgeError.

    `who` names the person at this desk.
    """
    ledger_path = home / "ledger.db"
    ledger = open_ledger(ledger_path)
    making.callback(ledger.close)
    back_up(ledger_path, now=now())
    catalog = _cache(home / "catalog.db", lambda path: Catalog.open(path, ledger=ledger_path), now)
    making.callback(catalog.close)
    thumbs = _cache(home / "thumbs.db", Thumbs.open, now)
    making.callback(thumbs.close)
    readers = Readers(catalog.reader)
    making.callback(readers.close)
    decisions, policies, presets = Decisions(ledger), Policies(ledger), Presets(ledger)

    def named() -> dict[str, str]:
        return {name: one.transformation for name, one in presets.library().presets.items()}

    return Stock(
        catalog=catalog,
        thumbs=thumbs,
        places=Places(ledger),
        audit=AuditTrail(ledger),
        decisions=decisions,
        policies=policies,
        gate=Gatekeeper(policies, decisions, named=named, now=now),
        deliveries=Deliveries(ledger, now=now),
        channels=Channels(ledger),
        jobs=Jobs(ledger, who),
        uploads=UnfinishedUploads(ledger),
        edits=Edits(ledger),
        rendition_presets=presets,
        made=MadeRenditions(ledger),
        retractions=Retractions(ledger),
        rights_claims=RightsClaims(ledger),
        write_backs=WriteBacks(ledger),
        archives=Archives(ledger),
        field_mappings=FieldMappings(ledger),
        shelters=Shelters(ledger),
        comments=Comments(ledger),
        review_requests=ReviewRequests(ledger),
        review_packs=ReviewPacks(ledger),
        marks=Marks(ledger),
        differences=Differences(ledger),
        moderations=Moderations(ledger),
        readers=readers,
        searches=SavedSearches(home / "searches.json"),
    )


def _cache(path: Path, opened: Callable[[Path], T], now: Clock) -> T:
    """Open a database that can be made again; a damaged one is put aside, and made again."""
    try:
        return opened(path)
    except DamagedDatabaseError:
        for file in path.parent.glob(path.name + "*"):
            file.rename(file.with_name(f"damaged-{now():%Y%m%dT%H%M%S}-{file.name}"))
        return opened(path)
