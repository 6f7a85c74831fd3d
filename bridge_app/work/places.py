"""Where assets went, and which of these places are out of date.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import NoAddressError, NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.places import (
    AGAINST,
    FOLLOWING,
    KnownPlace,
    Place,
    PlaceKind,
    ReplacementEffect,
    ReplacementReport,
    is_stale,
    replacement_effect,
    replacement_report,
    use_of,
)
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.review_pack import Pack, PackItem
from bridge_app.storage.jobs import Jobs
from bridge_app.storage.places import PlaceRecords, delivered_contents
from bridge_app.storage.search import Readers
from bridge_app.work.file_gate import FileGate, FileSubject
from bridge_app.work.gatekeeper import Gatekeeper

AT_ONCE = 5000
"""Assets that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMeans:
    """What the desk is lent; `presets` are those of today by their names."""

    presets: Callable[[], Mapping[str, RenditionPreset]]
    jobs: Jobs
    gate: Gatekeeper
    files: FileGate
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A rendition whose code somebody copied: what kind of code, made with what, for whom.

    `shown` is the transformation of its addresses where a channel's settings add to it, `use` what
    rights call that channel.
    """

    code: str
    transformation: str = ""
    format: str = ""
    preset: str = ""
    channel: str = ""
    shown: str = ""
    use: str = ""


def copied_preset(preset: RenditionPreset, code: str) -> Copied:
    """What is copied of a preset's rendition as it is."""
    return Copied(
        code=code,
        transformation=preset.transformation,
        format=preset.format,
        preset=preset.name,
        channel=preset.channel,
    )


class PlaceDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, records: PlaceRecords, readers: Readers, means: PlaceMeans) -> None:
        self._records = records
        self._readers = readers
        self._means = means

    def of(self, assets: Sequence[AssetId]) -> tuple[KnownPlace, ...]:
        """Where these assets went, the newest first."""
        return self._known(self._records.of(assets))

    def all(self) -> tuple[KnownPlace, ...]:
        """Where every asset went, the newest first."""
        return self._known(self._records.all())

    def effect(self, plan: PushPlan) -> ReplacementEffect:
        """What a push changes at the places of earlier versions of its assets."""
        replaced = [s.asset for s in plan.steps if s.action is PushAction.NEW_VERSION]
        if not replaced:
            return ReplacementEffect()
        return replacement_effect(self._records.of(replaced), plan.environment)

    def record(self, places: Sequence[Place], *, feed: str = "") -> None:
        """Assets went there now, by the person at this desk; `feed` lists these and no others."""
        told = [replace(one, who=self._means.who()) for one in places]
        self._records.record(told, at=self._means.now(), feed=feed)
        self._means.tell(ChangeSet(channels=True))

    def address(self, place: Place) -> str:
        """Where to find a place: its path, or an address as far as the gate lets it be known.

        Raises NotFoundError or NoAddressError.
        """
        if place.kind not in FOLLOWING:
            return place.place
        with self._readers.lent() as reader:
            standing = reader.standing(place.asset)
        if standing is None:
            raise NotFoundError(what=place.name)
        answer = self._means.gate.used(
            standing,
            place.environment,
            use=use_of(place),
            subject=place.detail.get("shown", place.transformation),
        )
        if not answer.allows:
            raise NoAddressError(name=place.name, reasons=answer.sentence())
        return place.place

    def check_masters(self, assets: Sequence[AssetId], environment: str) -> None:
        """May the addresses of these delivered masters be known now? Nothing is put on record.

        Raises NoAddressError for the first that may not.
        """
        with self._readers.lent() as reader:
            found = reader.assets(assets, environment=environment)
        for one in found:
            answer = self._means.gate.used(one, environment)
            if not answer.allows:
                raise NoAddressError(name=one.name, reasons=answer.sentence())

    def taken(
        self, files: Iterable[tuple[Asset, str]], *, is_copied: bool = False
    ) -> Mapping[AssetId, str]:
        """Another program took originals (""), or what transformations make of them.

        They were dragged out, or copied. Returns what the gate has against them, where it has.
        """
        files, kind = list(files), PlaceKind.COPIED_FILE if is_copied else PlaceKind.DRAG_OUT
        subjects = [FileSubject(one.id, through) for one, through in files]
        against = self._means.files.left(subjects, "copied" if is_copied else "taken")
        self.record(
            [
                replace(
                    _original(kind, one, against.get(one.id)),
                    transformation=through and subject_text(through),
                )
                for one, through in files
            ]
        )
        return against

    def downloaded(self, files: Iterable[tuple[Asset, Path]]) -> Mapping[AssetId, str]:
        """The originals of these were put into files; what the gate has against them."""
        files = list(files)
        against = self._means.files.left([FileSubject(one.id) for one, _ in files], "downloaded")
        self.record(
            [_original(PlaceKind.DOWNLOAD, one, against.get(one.id), path) for one, path in files]
        )
        return against

    def copied(self, asset: Asset, url: str, made: Copied) -> None:
        """Somebody has the address of a rendition of this asset now, to paste it somewhere."""
        self.record([_copied(asset, url, made)])

    def copied_masters(self, urls: Mapping[AssetId, str], environment: str) -> None:
        """Somebody has the addresses of these delivered masters now."""
        with self._readers.lent() as reader:
            found = reader.assets(list(urls), environment=environment)
        self.record([_copied(one, urls[one.id], Copied(code="url")) for one in found])

    def ended(self, batch: str) -> Sequence[JobRecord] | None:
        """The pushes that were queued together, once all have ended; None before."""
        jobs = self._means.jobs
        # Asked again and again while thousands are on their way.
        found = None if jobs.is_open(batch) else jobs.batch(batch)
        return found if found is None or all(one.state.is_finished for one in found) else None

    def report(
        self, plan: PushPlan, effect: ReplacementEffect, failed: Mapping[AssetId, str]
    ) -> ReplacementReport:
        """What became of the places that a push was said to change: what is delivered tells.

        Args:
            plan: The push.
            effect: What `effect` told of it before.
            failed: Why the pushes that came to nothing did.
        """
        pushed = {
            step.asset: step.content for step in plan.steps if step.action is PushAction.NEW_VERSION
        }
        delivered = delivered_contents(self._records.of(list(pushed)))
        return replacement_report(effect, delivered, pushed, failed)

    def _known(self, places: Sequence[Place]) -> tuple[KnownPlace, ...]:
        contents = self._contents(dict.fromkeys(one.asset for one in places))
        presets = self._means.presets()
        return tuple(
            KnownPlace(
                place=one,
                is_stale=is_stale(one, contents.get(one.asset, ()), presets.get(one.preset)),
            )
            for one in places
        )

    def _contents(self, assets: Iterable[AssetId]) -> dict[AssetId, frozenset[str]]:
        """The names of what each asset contains now."""
        found: dict[AssetId, frozenset[str]] = {}
        wanted = iter(assets)
        with self._readers.lent() as reader:
            while some := list(islice(wanted, AT_ONCE)):
                for one in reader.assets(some):
                    names = (one.sha256, one.version_key)
                    found[one.id] = frozenset(name for name in names if name)
        return found


def _copied(asset: Asset, url: str, made: Copied) -> Place:
    told = {"code": made.code}
    if made.shown and made.shown != made.transformation:
        told["shown"] = subject_text(made.shown, made.format)
    if made.use and made.use != made.channel:
        told["use"] = made.use
    return Place(
        kind=PlaceKind.COPY,
        place=url,
        asset=asset.id,
        name=asset.name,
        content=asset.content or "",
        transformation=made.transformation and subject_text(made.transformation, made.format),
        preset=made.preset,
        channel=made.channel,
        environment=asset.cloud.environment if asset.cloud else "",
        detail=told,
    )


def _original(
    kind: PlaceKind, asset: Asset, against: str | None, path: Path | None = None
) -> Place:
    told = in_file(path) if path else {}
    if against:
        told[AGAINST] = against
    return Place(
        kind=kind,
        place=path_text(path) if path else "",
        asset=asset.id,
        name=asset.name,
        content=asset.content or "",
        detail=told,
    )


def in_pack(item: PackItem, pack: Pack, path: Path) -> Place:
    """Where a picture of a review pack is."""
    return Place(
        kind=PlaceKind.REVIEW_PACK,
        place=path_text(path),
        asset=item.asset,
        name=item.name,
        content=item.content,
        transformation=item.transformation,
        preset=item.preset,
        channel=item.channel,
        detail=in_file(path) | {"title": pack.title, "pack": pack.id},
    )


def in_file(path: Path) -> dict[str, str]:
    """What is told of a place that is a file: the path as it is, for whoever shows it."""
    return {"path": str(path)}


def path_text(path: Path) -> str:
    """A path as text; bytes that are none are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()
