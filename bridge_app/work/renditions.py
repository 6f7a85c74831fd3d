"""Renditions of many assets at once: planned, exported, made in the cloud, and what that costs.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.domain.approvals import RenditionStanding
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.audit import Refused, entry_of_refusal
from bridge_app.domain.derived_costs import derived_costs
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    GateRefusalError,
    InvalidInputError,
    MediaError,
    NotFoundError,
)
from bridge_app.domain.localised import Variant
from bridge_app.domain.published import PublishedRendition, identities
from bridge_app.domain.query import Query
from bridge_app.domain.rendition_plan import (
    Measured,
    Obstacle,
    RenditionPlan,
    RenditionStep,
    RenditionWish,
    Surroundings,
    plan_renditions,
    wanted_in_cloud,
)
from bridge_app.domain.uses import Use
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import Readers
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.rendition_jobs import RenditionItem, jobs_of

if TYPE_CHECKING:
    from bridge_app.transform.breakpoints import Breakpoint, BreakpointRules

MASTER_FORMATS = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}
"""What a rendition is written as that asks for no format. The rest is written as JPEG or MP4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionMeans:
    """What the desk is lent.

    `environment` is the one in use, or None; `named` what its named transformations stand for as
    far as presets here say so; `queue` puts jobs into the ledger, on disk when it returns. The
    `trail` is told what the gate refuses to the person at this desk, `who`.
    """

    environment: Callable[[], str | None]
    gate: Gatekeeper
    named: Callable[[], Mapping[str, str]]
    opened: Callable[[str], DerivedRenditions]
    file_path: Callable[[LibraryId, str], Path]
    queue: Callable[[Sequence[NewJob]], list[int]]
    trail: AuditTrail
    who: Callable[[], str]
    now: Callable[[], datetime]


class RenditionDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self, readers: Readers, made: MadeRenditions, decoder: DecoderPool, means: RenditionMeans
    ) -> None:
        self._readers = readers
        self._made = made
        self._decoder = decoder
        self._means = means

    def plan(self, assets: Sequence[AssetId], wish: RenditionWish) -> RenditionPlan:
        """What making these renditions would do, with what it costs.

        Raises NotFoundError for the cloud without an account, NamingTemplateError, or
        InvalidInputError for a folder that is not named by an absolute path.
        """
        environment = self._means.environment()
        if wish.folder is None and environment is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        if wish.folder is not None and not Path(wish.folder).is_absolute():
            raise InvalidInputError(
                what=wish.folder,
                detail=QT_TRANSLATE_NOOP("facts", "the folder's whole path is needed"),
            )
        with self._readers.lent() as reader:
            found = reader.assets(assets, environment=environment)
        plan = plan_renditions(
            found,
            wish,
            Surroundings(
                measure=measured,
                now=self._means.now(),
                images=self._images(wish.table, environment),
                policies=self._means.gate.policies(environment or ""),
                standing=self._standing,
                taken=lambda name: (Path(wish.folder or "") / name).exists(),
                environment=environment or "",
                bars_layers=partial(self._bars_layers, environment or ""),
            ),
        )
        return plan if wish.folder is not None else self._with_costs(plan)

    def carry_out(self, plan: RenditionPlan) -> str:
        """Queue what a plan does; on disk on return. Returns the batch."""
        batch = uuid.uuid4().hex
        who, at = self._means.who(), self._means.now().isoformat()
        refused = map(partial(_refused, plan.environment), plan.steps)
        told = [entry_of_refusal(one, who=who, at=at) for one in refused if one is not None]
        if told:
            self._means.trail.add_once(told)
        self._means.queue([job.new_job(batch) for job in jobs_of(plan)])
        return batch

    def made_of(self, asset: AssetId) -> tuple[PublishedRendition, ...]:
        """The renditions that were made of an asset in the environment in use."""
        environment = self._means.environment()
        if environment is None:
            return ()
        with self._readers.lent() as reader:
            found = reader.assets([asset], environment=environment)
        copies = [one.cloud.public_id for one in found if one.cloud is not None]
        return self._made.of_assets(environment, copies)

    def breakpoints(
        self, asset: AssetId, transformation: str, form: str, rules: "BreakpointRules"
    ) -> "tuple[Breakpoint, ...]":
        """The widths worth having of a rendition, measured here. Some seconds.

        Raises TransformationError, MediaError or FileTroubleError.
        """
        # The package loads libvips, which a start must not wait for.
        from bridge_app.transform.breakpoints import breakpoints  # noqa: PLC0415

        found = self._asset(asset)
        path = self._means.file_path(found.library, found.path)
        whole = measured(found, transformation, form)
        if not whole.width:
            raise MediaError(
                detail=QT_TRANSLATE_NOOP("facts", "how large the picture is, is not known")
            )

        def measure(width: int) -> int:
            chain = "/".join(filter(None, (transformation, f"c_scale,w_{width}")))
            item = RenditionItem(
                preset="", channel="", market="", language="", transformation=chain, format=form
            )
            return len(self._decoder.render(path, item.to_render).data)

        return breakpoints(measure, whole_width=whole.width, rules=rules)

    def breakpoints_by_service(
        self, asset: AssetId, transformation: str, form: str, rules: "BreakpointRules"
    ) -> "tuple[Breakpoint, ...]":
        """The same measured by the service, of the delivered copy. One call.

        Raises NotFoundError without a delivered copy, or GateRefusalError.
        """
        found = self._asset(asset)
        if found.cloud is None:
            raise NotFoundError(what=f"A delivered copy of {found.name}")
        answer = self._means.gate.used(
            found,
            found.cloud.environment,
            subject=self._means.gate.subject(transformation, form),
        )
        if not answer.allows:
            raise GateRefusalError(name=found.name, reasons=answer.sentence())
        service = self._means.opened(found.cloud.environment)
        return service.breakpoints(found.cloud, transformation, form, rules)

    def _standing(self, asset: Asset, transformation: str, form: str) -> RenditionStanding | None:
        gate = self._means.gate
        return gate.rendition(asset, gate.subject(transformation, form))

    def _bars_layers(self, environment: str, transformation: str, use: Use) -> bool:
        gate = self._means.gate
        subject = gate.subject(transformation)
        return bool(environment) and gate.bars_layers(environment, subject, use)

    def _asset(self, asset: AssetId) -> Asset:
        with self._readers.lent() as reader:
            found = reader.assets([asset], environment=self._means.environment())
        if not found:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset"))
        return found[0]

    def _with_costs(self, plan: RenditionPlan) -> RenditionPlan:
        copies = [step.copy.public_id for step in plan.doing if step.copy is not None]
        known = self._made.of_assets(plan.environment, list(dict.fromkeys(copies)))
        return replace(
            plan,
            costs=derived_costs(
                wanted_in_cloud(plan.doing, plan.environment),
                existing=identities(known),
                named=self._means.named(),
            ),
        )

    def _images(self, table: Sequence[Variant], environment: str | None) -> dict[str, Asset | None]:
        """The masters that a table names by id, path or file name; None where that is not one."""
        names = dict.fromkeys(one.image for one in table if one.image)
        return {name: self._image(name, environment) for name in names}

    def _image(self, name: str, environment: str | None) -> Asset | None:
        with self._readers.lent() as reader:
            found = reader.assets([AssetId(name)], environment=environment)
            if not found:
                query = Query(text=name.rpartition("/")[2], environment=environment)
                wide = reader.page(query, offset=0, limit=500, now=self._means.now())
                found = [one for one in wide if name in (one.path, one.name)]
        return found[0] if len(found) == 1 else None


def measured(asset: Asset, transformation: str, form: str) -> Measured:
    """What a rendition will be, by the rules alone. Raises TransformationError."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform import output_size, parse  # noqa: PLC0415

    parsed = parse(transformation)
    asked = [one.text for c in parsed.components for one in c.parameters if one.key == "f"]
    named = asked[-1] if asked and not asked[-1].startswith("auto") else ""
    otherwise = "mp4" if asset.kind is Kind.VIDEO else "jpg"
    ext = named or form or MASTER_FORMATS.get(asset.format, otherwise)
    size = asset.display_size
    if size is None:
        return Measured(ext=ext)
    width, height = output_size(parsed, *size)
    return Measured(width=width, height=height, ext=ext)


def _refused(environment: str | None, step: RenditionStep) -> Refused | None:
    if step.obstacle is not Obstacle.GATE:
        return None
    return Refused(
        act="make_renditions",
        asset=step.asset,
        name=step.name,
        content=step.sha256,
        transformation=step.transformation,
        environment=environment or "",
        reasons=step.against,
    )
