"""What people claim of rights: recorded, told to services, and watched until it ends.

A part of the worker's door of its own: `worker.rights`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.rights_calendar import (
    AHEAD_DAYS,
    STALE,
    EndNotice,
    RightsEdge,
    due_notices,
)
from bridge_app.domain.rights_claims import (
    ClaimDocument,
    DocumentKind,
    RecordedClaim,
    RightsClaim,
    RightsTemplate,
    leaves_nothing,
)
from bridge_app.domain.rights_times import Edge
from bridge_app.storage.rights_claims import RightsClaims
from bridge_app.storage.search import Readers
from bridge_app.work.events import Event
from bridge_app.work.rights_documents import RightsDocuments
from bridge_app.work.rights_jobs import rights_jobs

LONGEST_NAME = 100


class UnknownZoneError(InvalidInputError):
    """A time zone that no table has."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} is no time zone: give one like Europe/Oslo. Nothing was changed."
    )


class NamelessTemplateError(InvalidInputError):
    """A template nobody could choose."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A template needs a name of 1 to {most} letters. Nothing was changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsStores:
    """What the desk reads and writes."""

    claims: RightsClaims
    readers: Readers
    documents: RightsDocuments


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How the rights in an asset stand: what was claimed last, and what holds with its file.

    `window` and `limits` are what the file says alone.
    """

    asset: Asset
    claim: RecordedClaim | None
    window: RightsWindow
    limits: Restrictions

    @property
    def said(self) -> RightsClaim:
        """What is claimed; of nothing, nothing."""
        return self.claim.claim if self.claim is not None else RightsClaim()

    def has_nothing_left(self, claim: RightsClaim) -> bool:
        """Would this claim allow nothing of what the file allows?"""
        return leaves_nothing(self.window, self.limits, claim)


class RightsDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        wake: Has the jobs looked at that were put into the ledger.
        tell: Hears what changed.
    """

    def __init__(
        self,
        stores: RightsStores,
        *,
        who: Callable[[], str],
        now: Callable[[], datetime],
        wake: Callable[[], None],
        tell: Callable[[Event], None],
    ) -> None:
        self._stores = stores
        self._who = who
        self._now = now
        self._wake = wake
        self._tell = tell

    # Claims

    def claim(
        self, assets: Sequence[AssetId], claim: RightsClaim, *, initiator: object | None = None
    ) -> int:
        """Record this of all of these assets, as `change` does."""
        return self.change(assets, lambda _: claim, initiator=initiator)

    def change(
        self,
        assets: Sequence[AssetId],
        changed: Callable[[RightsClaim], RightsClaim],
        *,
        initiator: object | None = None,
    ) -> int:
        """Record what `changed` makes of the claim that holds of each, all or none.

        On disk on return; services where masters lie are told by jobs. Returns how many it was
        recorded for. Raises what `changed` raises, and NotFoundError for a document that is not
        kept.
        """
        found = self.held(assets)
        claims = [(one.asset, changed(one.said)) for one in found]
        for document in {document for _, claim in claims for document in claim.documents}:
            self._stores.documents.path(document)
        count = self._stores.claims.add(
            claims, who=self._who(), at=self._now(), jobs=rights_jobs(claims)
        )
        self._wake()
        touched = frozenset(asset.id for asset, _ in claims)
        self._tell(ChangeSet(assets=touched, initiator=initiator))
        return count

    def claims(self, asset: AssetId) -> list[RecordedClaim]:
        """Everything claimed of this asset or its content, the newest first; that one holds."""
        found = next(iter(self._assets([asset])), None)
        return self._stores.claims.history(asset, found.content if found else None)

    def held(self, assets: Sequence[AssetId]) -> list[Held]:
        """How these stand now, with the claim that holds of each."""
        with self._stores.readers.lent() as reader:
            found = reader.assets(assets)
            said = reader.said_by_files(assets)
        return [
            Held(
                asset=asset,
                claim=self._stores.claims.newest(asset.id, asset.content),
                window=said[asset.id][0],
                limits=said[asset.id][1],
            )
            for asset in found
            if asset.id in said
        ]

    # Templates

    def templates(self) -> list[RightsTemplate]:
        """All templates, by name."""
        return self._stores.claims.templates()

    def save_template(self, name: str, claim: RightsClaim) -> RightsTemplate:
        """Keep a claim under a name, in the place of what has it. Raises NamelessTemplateError."""
        clean = " ".join(name.split())
        if not 1 <= len(clean) <= LONGEST_NAME or not clean.isprintable():
            raise NamelessTemplateError(most=LONGEST_NAME)
        template = RightsTemplate(name=clean, claim=claim)
        self._stores.claims.put_template(template, at=self._now())
        return template

    def remove_template(self, name: str) -> None:
        """Forget a template; what was claimed with it stays. Raises NotFoundError."""
        if not self._stores.claims.drop_template(name):
            raise NotFoundError(what=f"The template {name}")

    # Documents

    def attach(self, file: Path, kind: DocumentKind) -> ClaimDocument:
        """Keep a copy of a file in the profile; name it in a claim to attach it there.

        Raises DocumentTooLargeError, UnreadableDocumentError.
        """
        return self._stores.documents.keep(file, kind)

    def document(self, document: ClaimDocument) -> Path:
        """Where it lies, as it was attached. Raises NotFoundError, ChangedDocumentError."""
        return self._stores.documents.path(document)

    # What begins and ends

    def edges(self, since: datetime, until: datetime) -> list[RightsEdge]:
        """What begins or ends in [since, until) (UTC), the soonest first."""
        with self._stores.readers.lent() as reader:
            return reader.rights_edges(since, until)

    def expiring(self, within: timedelta) -> list[RightsEdge]:
        """What ends from now on within this time, the soonest first."""
        now = self._now()
        return [one for one in self.edges(now, now + within) if one.edge is Edge.ENDS]

    def notices(self) -> list[EndNotice]:
        """The ends to tell people of now, that nobody was told of yet."""
        now = self._now()
        near = self.edges(now - STALE, now + timedelta(days=max(AHEAD_DAYS)))
        return due_notices(near, self._stores.claims.noticed(), now)

    def told(self, notices: Iterable[EndNotice]) -> None:
        """People have seen these: they are not told again."""
        rows = [(one.asset, one.ends.isoformat(), one.days) for one in notices]
        self._stores.claims.notice(rows, at=self._now())

    def _assets(self, assets: Sequence[AssetId]) -> list[Asset]:
        with self._stores.readers.lent() as reader:
            return reader.assets(assets)


def zone_named(name: str) -> tzinfo:
    """The time zone of this IANA name. Raises UnknownZoneError."""
    # Its tables are read from files: a start need not wait for them.
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - as said

    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise UnknownZoneError(what=name[:60]) from None


def zone_names() -> list[str]:
    """The names of all zones that are known here, UTC first."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - as in `zone_named`

    places = {name for name in available_timezones() if "/" in name and name[:4] != "Etc/"}
    return ["UTC", *sorted(places)]
