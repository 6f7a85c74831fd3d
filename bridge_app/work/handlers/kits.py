"""Exports a kit: makes or fetches its renditions, asks the gate, and writes all of it at once."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.audit import Refused, entry_of_refusal
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DiskFullError,
    FileChangedError,
    GateRefusalError,
    NotFoundError,
    TransientError,
)
from bridge_app.domain.gate import Use
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.kits import KitForm
from bridge_app.domain.presets import RenditionPreset
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.kit_jobs import KitItem, KitJob, piece_key
from bridge_app.work.kit_pieces import Piece, Pieces, discard_unwanted
from bridge_app.work.kit_writing import KitPart, Made, entry_of, place_of, told_of, write_kit
from bridge_app.work.master_renders import MasterRenders
from bridge_app.work.outcome import CancelledError, Done, Failed, Outcome
from bridge_app.work.places import PlaceDesk, path_text

if TYPE_CHECKING:
    from bridge_app.delivery.links import DeliveryLink


class KitHeldBackError(GateRefusalError):
    """Nothing of a kit may leave."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The kit {name} was not exported: {reasons}. Nothing was written."
    )


class KitNotMadeError(BridgeError):
    """Some renditions of a kit could not be made."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The kit {kit} was not exported: {count} of its renditions could not be made; the first is "
        "{preset} of {name}: {detail} What is made is kept for the next try.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMeans:
    """What the handler is lent.

    `link` makes an address if the gate lets it be known, and `fetch` writes what it delivers into
    a file and tells its bytes; both raise BridgeError. `pieces` is the folder for what is made, and
    `is_wanted` tells whether an export may still be gone on with.
    """

    readers: Readers
    decoder: DecoderPool
    gate: Gatekeeper
    trail: AuditTrail
    places: PlaceDesk
    render: MasterRenders
    link: "Callable[[Asset, RenditionPreset], DeliveryLink]"
    fetch: Callable[[str, Path], int]
    who: Callable[[], str]
    pieces: Path
    is_wanted: Callable[[str], bool]


@dataclass(slots=True)
class _Run:
    """What came out of one run so far; `made` are in the order of the items."""

    made: list[tuple[KitItem, Asset, Piece, str]] = field(default_factory=list)
    held: list[Refused] = field(default_factory=list)
    troubles: list[tuple[KitItem, BridgeError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitHandler:
    """Runs `kit_export` jobs; one instance serves all lanes."""

    means: KitMeans

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Make what is not made yet; then ask the gate for each, and write all at once."""
        wish = KitJob.from_params(job.params)
        pieces = Pieces(self.means.pieces / wish.export)
        # One that was given up while it waited, or cleared from the list, leaves its pieces.
        discard_unwanted(self.means.pieces, self.means.is_wanted)
        try:
            run = self._make(wish, pieces, context)
        except CancelledError:
            if context.given_up:
                pieces.discard()
            raise
        if run.troubles:
            return Failed(error=_first(wish, run))
        run = self._asked_again(wish, run)
        self._tell_held(run, context)
        if not run.made:
            return Failed(error=_nothing(wish, run))
        parts = [self._part(wish, *one) for one in run.made]
        write_kit(wish, parts, pieces, at=context.now())
        feed = path_text(Path(wish.target)) if wish.form is KitForm.FEED else ""
        self.means.places.record([place_of(wish, one) for one in parts], feed=feed)
        pieces.discard()
        told = [told_of(one.entry) for one in parts]
        held = [{"name": one.name, "reasons": one.reasons} for one in run.held]
        return Done(result={"target": wish.target, "files": told, "held": held})

    # Making

    def _make(self, wish: KitJob, pieces: Pieces, context: Context) -> _Run:
        run = _Run()
        assets: dict[AssetId, Asset | None] = {}
        for number, item in enumerate(wish.items):
            context.report(number, len(wish.items))
            if item.asset not in assets:
                assets[item.asset] = self._asset(item.asset, wish.environment)
            try:
                self._make_one(run, wish, item, assets[item.asset], pieces)
            except GateRefusalError as error:
                run.held.append(_refused(wish, item, str(error.facts.get("reasons", ""))))
            except FileChangedError as error:
                run.troubles.append((item, error))
            except (TransientError, DiskFullError):
                raise
            except BridgeError as error:
                run.troubles.append((item, error))
            else:
                context.advance()
        context.report(len(wish.items), len(wish.items))
        return run

    def _make_one(
        self, run: _Run, wish: KitJob, item: KitItem, asset: Asset | None, pieces: Pieces
    ) -> None:
        if asset is None:
            raise NotFoundError(what=item.name)
        if asset.content != item.sha256:
            raise FileChangedError(name=item.name)
        self._ask(wish, item, asset)
        url = self._url(wish, item, asset)
        if wish.has_files:
            piece = pieces.made(piece_key(wish, item), lambda: self._rendered(wish, item, asset))
        else:
            piece = pieces.made(piece_key(wish, item), lambda: self._delivered(url))
        run.made.append((item, asset, piece, url))

    def _rendered(self, wish: KitJob, item: KitItem, asset: Asset) -> tuple[Piece, bytes]:
        made = self.means.render(asset, wish.to_render(item))
        piece = Piece(
            width=made.width,
            height=made.height,
            format=made.format,
            bytes=len(made.data),
            sha256=hashlib.sha256(made.data).hexdigest(),
            fidelity=made.fidelity.value,
        )
        return piece, made.data

    def _delivered(self, url: str) -> tuple[Piece, bytes]:
        """What is really delivered there: its weight is what a page has to load."""
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            path = Path(folder) / "rendition"
            size = self.means.fetch(url, path)
            facts = self.means.decoder.probe(path)
            data = path.read_bytes()
        piece = Piece(
            width=facts.display_width or 0,
            height=facts.display_height or 0,
            format="jpg" if facts.format == "jpeg" else facts.format,
            bytes=size,
            sha256=hashlib.sha256(data).hexdigest(),
            fidelity="exact",
        )
        return piece, data

    def _url(self, wish: KitJob, item: KitItem, asset: Asset) -> str:
        """Its address; "" where nothing is delivered and files are wanted."""
        if asset.cloud is None and wish.has_files:
            return ""
        text = item.rendition.transformation
        named = RenditionPreset(
            name="kit",
            title="",
            transformation=dict(wish.delivered).get(text, text),
            format=item.rendition.format,
            channel=item.channel,
        )
        try:
            return self.means.link(asset, named).url
        except GateRefusalError:
            if wish.has_files:
                return ""
            raise

    # The gate

    def _ask(self, wish: KitJob, item: KitItem, asset: Asset) -> None:
        """Raises KitHeldBackError, or FileChangedError if it is another content by now."""
        with self.means.readers.lent() as reader:
            standing = reader.standing(item.asset)
        if standing is None:
            raise NotFoundError(what=item.name)
        if standing.content != item.sha256:
            raise FileChangedError(name=item.name)
        gate, one = self.means.gate, item.rendition
        answer = gate.used(
            standing,
            wish.environment,
            use=Use(market=one.market, channel=item.channel),
            readable=asset.error is None,
            subject=gate.subject(one.transformation, one.format),
        )
        if not answer.allows:
            raise KitHeldBackError(name=item.name, reasons=answer.sentence())

    def _asked_again(self, wish: KitJob, run: _Run) -> _Run:
        """Making takes a while, and a right may have ended in it."""
        allowed = _Run(held=run.held)
        for item, asset, piece, url in run.made:
            try:
                self._ask(wish, item, asset)
                known = url and self._url(wish, item, asset)
            except GateRefusalError as error:
                allowed.held.append(_refused(wish, item, str(error.facts.get("reasons", ""))))
            else:
                allowed.made.append((item, asset, piece, known))
        return allowed

    def _tell_held(self, run: _Run, context: Context) -> None:
        if run.held:
            who, at = self.means.who(), context.now().isoformat()
            self.means.trail.add_once([entry_of_refusal(one, who=who, at=at) for one in run.held])

    # What it reads

    def _part(self, wish: KitJob, item: KitItem, asset: Asset, piece: Piece, url: str) -> KitPart:
        alt = self._alt(asset, item.rendition.language)
        entry = entry_of(wish, item, asset, Made(piece=piece, url=url, alt=alt))
        return KitPart(item=item, asset=asset, entry=entry)

    def _alt(self, asset: Asset, language: str) -> str:
        """Its alternative text, in the language if there is one; else what it is called."""
        with self.means.readers.lent() as reader:
            record = reader.records([asset.id])[asset.id]
        names = (f"alt_text[{language}]" if language else "alt_text", "alt_text")
        said = [str(record.get(name) or "") for name in names]
        return " ".join(next(filter(None, (*said, asset.title, asset.caption)), "").split())

    def _asset(self, asset: AssetId, environment: str) -> Asset | None:
        with self.means.readers.lent() as reader:
            found = reader.assets([asset], environment=environment or None)
        return found[0] if found else None


def _refused(wish: KitJob, item: KitItem, reasons: str) -> Refused:
    return Refused(
        act="export_kit",
        asset=item.asset,
        name=item.name,
        content=item.sha256,
        transformation=item.rendition.transformation,
        environment=wish.environment,
        reasons=reasons,
    )


def _first(wish: KitJob, run: _Run) -> BridgeError:
    item, error = run.troubles[0]
    return KitNotMadeError(
        kit=wish.title or wish.kit,
        count=len(run.troubles),
        preset=item.rendition.preset,
        name=item.name,
        detail=str(error),
    )


def _nothing(wish: KitJob, run: _Run) -> BridgeError:
    reasons = ", ".join(dict.fromkeys(one.reasons for one in run.held))
    return KitHeldBackError(name=wish.title or wish.kit, reasons=reasons)
