"""Makes renditions: files in a folder from masters here, or derived assets in the cloud."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.delivery.derived_renditions import DerivedFile, DerivedRenditions, StillMakingError
from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, LibraryId
from bridge_app.domain.breaches import Breach
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DiskFullError,
    FileChangedError,
    GateRefusalError,
    NoKeyringError,
    NotFoundError,
)
from bridge_app.domain.gate import Reason, Use
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.naming_templates import file_name
from bridge_app.domain.places import Place, PlaceKind
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.rendition_plan import Measured, RenditionStep, name_facts
from bridge_app.domain.rendition_retractions import OF_RENDITIONS
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import Readers
from bridge_app.work.beside import Beside
from bridge_app.work.context import Context
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.handlers.fresh_masters import (
    MasterAwayError,
    MasterGoneError,
    Masters,
    masters_service,
    until_back,
)
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.pictures import check_unchanged
from bridge_app.work.places import PlaceDesk, in_file, path_text
from bridge_app.work.rendition_files import write_whole
from bridge_app.work.rendition_jobs import RenditionItem, RenditionJob

LOOK_AFTER = (timedelta(seconds=5), timedelta(minutes=5))
"""What is made in the background is looked for after half the time that passed, between these."""
TAKEN_BACK = OF_RENDITIONS | {Reason.LAYER}
"""For these a made rendition goes though its master stays."""
MADE_WITHIN = timedelta(hours=3)


class NeverMadeError(BridgeError):
    """What the service took to make in the background never came."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Cloudinary has not made the renditions of {name} within hours. Their transformation may "
        "be more than it can do: change it, or try again.",
    )


class SomeNotMadeError(BridgeError):
    """Some of a job's renditions could not be made."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} "
        "The others are there.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportHandler:
    """Runs `export` jobs; one instance serves all lanes. `file_path` raises BridgeError.

    `environment` is the one in use, where the copies are that people drew boxes on.

    `places` is told of every file that is there.
    """

    readers: Readers
    decoder: DecoderPool
    file_path: Callable[[LibraryId, str], Path]
    places: PlaceDesk
    beside: Beside
    environment: Callable[[], str | None]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Render and write one file after the other; those that are there already stay."""
        wish = RenditionJob.from_params(job.params)
        asset = _asset(self.readers, wish.asset, self.environment())
        if asset is None:
            return Failed(error=NotFoundError(what=wish.name))
        path = self.file_path(asset.library, asset.path)
        files: list[dict[str, object]] = []
        troubles: list[tuple[str, BridgeError]] = []
        for number, item in enumerate(wish.items):
            context.report(number, len(wish.items))
            if asset.sha256 != wish.sha256:
                return Failed(error=FileChangedError(name=wish.name))
            check_unchanged(asset, path)
            try:
                files.append(self._made(wish, item, asset, path))
            except DiskFullError:
                raise
            except BridgeError as error:
                troubles.append((item.preset, error))
        context.report(len(wish.items), len(wish.items))
        if troubles:
            return Failed(error=_some(wish, troubles))
        return Done(result={"files": files})

    def _made(
        self, wish: RenditionJob, item: RenditionItem, asset: Asset, path: Path
    ) -> dict[str, object]:
        beside = self.beside
        rendered = self.decoder.render(
            path,
            item.to_render,
            layers=beside.layers,
            named=beside.named_in(item.to_render),
            record=beside.boxes.wanted(asset, item.to_render),
        )
        measured = Measured(width=rendered.width, height=rendered.height, ext=rendered.format)
        step = RenditionStep(
            asset=asset.id,
            name=asset.name,
            sha256=wish.sha256,
            preset=item.preset,
            channel=item.channel,
            market=item.market,
            language=item.language,
            transformation=item.transformation,
            format=item.format,
        )
        name = file_name(wish.template, name_facts(step, asset, measured))
        target = Path(wish.folder) / name
        writing = write_whole(target, rendered.data, replaces=wish.replaces)
        self.places.record([_exported(item, asset, wish, target)])
        size = len(rendered.data)
        breaches: tuple[Breach, ...] = ()
        if item.contract is not None:
            breaches = item.contract.breaches(
                width=rendered.width, height=rendered.height, size=size, form=rendered.format
            )
        return {
            "preset": item.preset,
            "market": item.market,
            "language": item.language,
            "file": name,
            "state": writing.value,
            "width": rendered.width,
            "height": rendered.height,
            "format": rendered.format,
            "bytes": size,
            "fidelity": rendered.fidelity.value,
            "reasons": list(rendered.reasons),
            "breaches": [str(one) for one in breaches],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeHandler:
    """Runs `make_renditions` jobs; one instance serves all lanes.

    `opened` raises BridgeError; `who` names the person for whom they are made. `masters` reads
    those that live at a service; `arriving` tells (asset, content) of the pushes under way.
    """

    readers: Readers
    gate: Gatekeeper
    masters: Masters
    opened: Callable[[str], DerivedRenditions]
    made: MadeRenditions
    who: Callable[[], str]
    arriving: Callable[[str], frozenset[tuple[AssetId, str]]]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Ask what is there already, ask the gate, then have the rest made."""
        environment = RenditionJob.from_params(job.params).environment
        try:
            return self._outcome(job, self.opened(environment), context)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        except MasterAwayError as error:
            return until_back(error, context)

    def _outcome(self, job: JobRecord, service: DerivedRenditions, context: Context) -> Outcome:
        wish = RenditionJob.from_params(job.params)
        context.report(0, len(wish.items))
        asset = _asset(self.readers, wish.asset, wish.environment)
        if asset is None or asset.cloud is None:
            if any(pushed == wish.asset for pushed, _ in self.arriving(wish.environment)):
                return Waiting(reason=WaitingFor.ARRIVAL, until=context.now() + LOOK_AFTER[0])
            return Failed(error=NotFoundError(what=f"A delivered copy of {wish.name}"))
        there = service.there(asset.cloud.asset_id, [_pair(one) for one in wish.items])
        missing = [_pair(one) for one in wish.items if _pair(one) not in there]
        if not self._is_at_its_service(asset):
            return Failed(error=MasterGoneError(name=wish.name))
        # Asked last: reading takes a while, and a right may have ended in it.
        refusal, reasons = self._refusal(wish)
        if refusal is not None:
            if TAKEN_BACK.intersection(reasons):
                # An earlier run may have had them made: what is on record is taken back.
                self._record(wish, asset.cloud, there, context, by="")
            return Failed(error=refusal)
        try:
            files = self._made(job, service, asset.cloud, missing)
        except StillMakingError as error:
            return _later(job, error, context)
        found = dict(zip(missing, files, strict=True))
        self._record(wish, asset.cloud, {**there, **found}, context, by=self.who())
        return Done(result={"made": len(files), "there": len(wish.items) - len(files)})

    def _made(
        self,
        job: JobRecord,
        service: DerivedRenditions,
        copy: CloudCopy,
        missing: Sequence[tuple[str, str]],
    ) -> tuple[DerivedFile, ...]:
        """Have them made, but not once more while they are: each wish is billed."""
        if not missing:
            return ()
        asked = RenditionJob.from_params(job.params).asked and job.attempts <= 1
        if asked or (job.error is not None and job.error.kind == StillMakingError.__name__):
            raise StillMakingError(name=job.name)
        return service.make(copy, missing)

    def _is_at_its_service(self, asset: Asset) -> bool:
        """Read a master of a service as it is now; any other is where its library says."""
        if shelter_of(asset.library) is None:
            return True
        with masters_service():
            return self.masters.refresh_now(asset.id) is not None

    def _record(
        self,
        wish: RenditionJob,
        copy: CloudCopy,
        files: Mapping[tuple[str, str], DerivedFile],
        context: Context,
        *,
        by: str,
    ) -> None:
        """Remember what is there; what an earlier run knew in more detail stays.

        All that is on record stays where nobody knows whom they were made `by` ("").
        """
        known = {
            (one.identity, one.preset, one.market, one.language)
            for one in self.made.of_assets(wish.environment, [copy.public_id])
        }
        told = [
            replace(_published(wish, one, copy, files[_pair(one)], context), made_by=by)
            for one in wish.items
            if _pair(one) in files
        ]
        self.made.record(
            one
            for one in told
            if (by and one.width)
            or (one.identity, one.preset, one.market, one.language) not in known
        )

    def _refusal(self, wish: RenditionJob) -> tuple[BridgeError | None, tuple[Reason, ...]]:
        """Why not, and what the gate has against it."""
        with self.readers.lent() as reader:
            standing = reader.standing(wish.asset)
        if standing is None:
            return NotFoundError(what=wish.name), ()
        if standing.content != wish.sha256:
            return FileChangedError(name=wish.name), ()
        for one in wish.items:
            answer = self.gate.used(
                standing,
                wish.environment,
                use=Use(market=one.market, channel=one.channel),
                subject=self.gate.subject(one.transformation, one.format),
            )
            if not answer.allows:
                error = GateRefusalError(name=wish.name, reasons=answer.sentence())
                return error, answer.against
        return None, ()


def _exported(item: RenditionItem, asset: Asset, wish: RenditionJob, path: Path) -> Place:
    told = in_file(path) | ({"language": item.language} if item.language else {})
    return Place(
        kind=PlaceKind.EXPORT,
        place=path_text(path),
        asset=asset.id,
        name=asset.name,
        content=wish.sha256,
        transformation=subject_text(item.transformation, item.format),
        preset=item.preset,
        channel=item.channel,
        market=item.market,
        detail=told,
    )


def _pair(item: RenditionItem) -> tuple[str, str]:
    return item.transformation, item.format


def _asset(readers: Readers, asset: AssetId, environment: str | None) -> Asset | None:
    with readers.lent() as reader:
        found = reader.assets([asset], environment=environment)
    return found[0] if found else None


def _later(job: JobRecord, error: StillMakingError, context: Context) -> Outcome:
    passed = context.now() - datetime.fromisoformat(job.created_at)
    if passed > MADE_WITHIN and job.error is not None:
        return Failed(error=NeverMadeError(name=job.name))
    soon, late = LOOK_AFTER
    until = context.now() + min(max(passed / 2, soon), late)
    return Waiting(reason=WaitingFor.ARRIVAL, until=until, error=error)


def _some(wish: RenditionJob, troubles: list[tuple[str, BridgeError]]) -> BridgeError:
    preset, first = troubles[0]
    if len(wish.items) == 1:
        return first
    return SomeNotMadeError(
        count=len(troubles), total=len(wish.items), name=wish.name, preset=preset, detail=str(first)
    )


def _published(
    wish: RenditionJob, item: RenditionItem, copy: CloudCopy, file: DerivedFile, context: Context
) -> PublishedRendition:
    return PublishedRendition(
        environment=wish.environment,
        public_id=copy.public_id,
        version=copy.version,
        transformation=item.transformation,
        format=item.format,
        asset=wish.asset,
        name=wish.name,
        sha256=wish.sha256,
        preset=item.preset,
        market=item.market,
        language=item.language,
        url=file.url,
        width=file.width,
        height=file.height,
        bytes=file.bytes,
        made_at=context.now().isoformat(),
        channel=item.channel,
    )
