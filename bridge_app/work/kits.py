"""Channel kits: kept, weighed on what is really made of them, and exported.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import Refused, entry_of_refusal
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.channel_settings import READY_SETTINGS, ChannelSettings, StorageMode
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.kits import (
    Kit,
    KitExportError,
    KitForm,
    KitNameError,
    missing_presets,
)
from bridge_app.domain.localised import EVERYWHERE, Variant
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.ready_kits import KIT_EDITION, READY_KITS
from bridge_app.domain.rendition_plan import (
    Obstacle,
    RenditionPlan,
    RenditionStep,
    RenditionWish,
)
from bridge_app.libraries.errors import shown
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.kits import Kits
from bridge_app.storage.search import Readers
from bridge_app.work.kit_jobs import KitItem, KitJob, exporting_channel
from bridge_app.work.kit_writing import may_replace
from bridge_app.work.preset_shelf import PresetShelf
from bridge_app.work.rendition_files import FileTakenError
from bridge_app.work.rendition_jobs import item_of
from bridge_app.work.renditions import RenditionDesk
from bridge_app.work.review_pack_files import ZIP

if TYPE_CHECKING:
    from bridge_app.work.kit_weighing import Weighing
    from bridge_app.work.master_renders import MasterRenders

MOST = 10_000
"""Renditions of one export: its job, with each of them, is one row of the ledger."""
ANYWHERE = "/kit"
"""A folder that is only named, so that files are planned; nothing is written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMeans:
    """What the desk is lent; `queue` puts jobs into the ledger, on disk when it returns."""

    presets: PresetShelf
    renditions: RenditionDesk
    readers: Readers
    render: "MasterRenders"
    queue: Callable[[Sequence[NewJob]], list[int]]
    trail: AuditTrail
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitWish:
    """What is asked for: a kit of some assets, as files or a feed at `target`, for a channel."""

    kit: Kit
    assets: tuple[AssetId, ...]
    form: KitForm = KitForm.FOLDER
    target: str = ""
    table: tuple[Variant, ...] = EVERYWHERE
    channel: ChannelSettings | None = None

    @property
    def lists_only(self) -> bool:
        """Are addresses listed, and no files written?"""
        storage = exporting_channel(self.channel)[1]
        return self.form is KitForm.FEED or storage is StorageMode.CLOUDINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class KitPlan:
    """What an export will do; what is held back has its obstacle."""

    wish: KitWish
    environment: str
    steps: tuple[RenditionStep, ...]

    @property
    def doing(self) -> tuple[RenditionStep, ...]:
        """The renditions that are handed out."""
        return tuple(step for step in self.steps if step.obstacle is None)


class KitDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, kits: Kits, means: KitMeans) -> None:
        self._kits = kits
        self._means = means

    # What there is

    def kits(self) -> tuple[Kit, ...]:
        """All kits. The first time, the ready ones are copied in."""
        self._kits.copy_in(READY_KITS, edition=KIT_EDITION, at=self._means.now())
        return self._kits.all()

    def kit(self, name: str) -> Kit:
        """One kit. Raises NotFoundError."""
        found = next((one for one in self.kits() if one.name == name), None)
        if found is None:
            raise NotFoundError(what=f"The kit {name}")
        return found

    def add(self, kit: Kit) -> None:
        """Add a kit. Raises KitNameError, or as `save` does."""
        self._check(kit)
        if not self._kits.add(kit, who=self._means.who(), at=self._means.now()):
            raise KitNameError(what=kit.name)
        self._means.tell(ChangeSet(presets=True))

    def change(self, name: str, kit: Kit) -> None:
        """Say anew what the kit of a name is. Raises KitNameError, or as `save` does."""
        self._check(kit)
        if not self._kits.change(name, kit, who=self._means.who(), at=self._means.now()):
            raise KitNameError(what=kit.name)
        self._means.tell(ChangeSet(presets=True))

    def save(self, kit: Kit) -> None:
        """Add a kit, or put it in the place of the one with its name.

        Raises NotFoundError for one that names an unknown preset.
        """
        self._check(kit)
        self._kits.put(kit, who=self._means.who(), at=self._means.now())
        self._means.tell(ChangeSet(presets=True))

    def _check(self, kit: Kit) -> None:
        self.kits()
        self._presets_of(kit)
        limits = [one.preset for one in kit.limits if one.preset]
        gone = [name for name in limits if name not in kit.presets]
        if gone:
            raise InvalidInputError(
                what=gone[0],
                detail=QT_TRANSLATE_NOOP("facts", "the kit has no such preset to limit"),
            )

    def remove(self, name: str) -> None:
        """Delete a kit; what was exported stays. Raises NotFoundError."""
        self.kit(name)
        self._kits.remove(name)
        self._means.tell(ChangeSet(presets=True))

    def channels(self) -> tuple[ChannelSettings, ...]:
        """The settings of channels that somebody keeps."""
        return self._kits.settings()

    def offered_channels(self) -> tuple[ChannelSettings, ...]:
        """The same, and the ready ones of shops that nobody changed, by name."""
        found = {one.channel: one for one in (*READY_SETTINGS, *self.channels())}
        return tuple(found[name] for name in sorted(found))

    def channel(self, name: str) -> ChannelSettings:
        """Those of a channel: what is kept, or the ready ones of a shop. Raises NotFoundError."""
        found = next((one for one in self.offered_channels() if one.channel == name), None)
        if found is None:
            raise NotFoundError(what=f"The channel {name}")
        return found

    def save_channel(self, one: ChannelSettings) -> None:
        """Keep how a channel shows what it is given."""
        self._kits.put_settings(one, who=self._means.who(), at=self._means.now())
        self._means.tell(ChangeSet(channels=True))

    def remove_channel(self, name: str) -> None:
        """Forget a channel's settings. Raises NotFoundError where there are none."""
        if name not in [one.channel for one in self.channels()]:
            raise NotFoundError(what=f"The channel {name}")
        self._kits.remove_settings(name)
        self._means.tell(ChangeSet(channels=True))

    def weigh(
        self,
        kit: Kit,
        assets: Sequence[AssetId],
        table: Sequence[Variant] = EVERYWHERE,
        *,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> "Iterator[Weighing]":
        """Make every rendition of a kit here, and tell its weight; in the order of the plan.

        Of one that is too heavy, changes are tried until some fit. It ends early when `is_wanted`
        says no. Raises NotFoundError for a preset that is gone.
        """
        # Weighing loads what few commands need.
        from bridge_app.work.kit_weighing import weighings  # noqa: PLC0415

        steps = self._planned(KitWish(kit=kit, assets=tuple(assets), table=tuple(table))).steps
        wanted = list(dict.fromkeys(step.asset for step in steps if step.asset))
        with self._means.readers.lent() as reader:
            found = {one.id: one for one in reader.assets(wanted)}
        return weighings(kit, steps, found, self._means.render, is_wanted)

    # What is handed out

    def plan(self, wish: KitWish) -> KitPlan:
        """What an export would do.

        Raises NotFoundError, InvalidInputError for a target that is no whole path, FileTakenError
        for one that is there already, or KitExportError for more renditions than one kit holds.
        """
        _check_target(wish)
        return self._planned(wish)

    def carry_out(self, plan: KitPlan) -> str:
        """Queue an export; on disk on return. Returns the batch.

        Raises KitExportError where everything is held back, and while an earlier export to the
        same place is not finished.
        """
        who, at = self._means.who(), self._means.now().isoformat()
        held = [step for step in plan.steps if step.obstacle is Obstacle.GATE]
        if held:
            self._means.trail.add_once(
                [entry_of_refusal(_refused(plan, step), who=who, at=at) for step in held]
            )
        if not plan.doing:
            detail = "each of its renditions is held back"
            raise KitExportError(kit=plan.wish.kit.name, detail=detail)
        batch = uuid.uuid4().hex
        if not self._means.queue([self._job(plan, batch).new_job(batch)]):
            detail = "an earlier export to this place has not ended"
            raise KitExportError(kit=plan.wish.kit.name, detail=detail)
        return batch

    def _planned(self, wish: KitWish) -> KitPlan:
        presets = self._presets_of(wish.kit)
        use = wish.channel.use or wish.channel.channel if wish.channel else wish.kit.channel
        if use:
            presets = tuple(replace(one, channel=use) for one in presets)
        count = len(wish.assets) * len(presets) * max(1, len(wish.table))
        if count > MOST:
            detail = f"it would be {count} renditions, and one kit holds {MOST} at most"
            raise KitExportError(kit=wish.kit.name, detail=detail)
        made = self._made(wish, presets)
        steps = tuple(map(_gated, made.steps))
        if wish.lists_only and wish.channel is not None:
            # The address is of what the channel shows: that too has to be allowed.
            shown = (_shown_on(wish.channel, one) for one in presets)
            also = map(_gated, self._made(wish, tuple(shown)).steps)
            steps = tuple(
                one if other.obstacle is None else replace(other, transformation=one.transformation)
                for one, other in zip(steps, also, strict=True)
            )
        return KitPlan(wish=wish, environment=made.environment, steps=steps)

    def _made(self, wish: KitWish, presets: tuple[RenditionPreset, ...]) -> RenditionPlan:
        folder = None if wish.lists_only else wish.target or ANYWHERE
        return self._means.renditions.plan(
            wish.assets,
            RenditionWish(
                presets=presets, table=wish.table, folder=folder, template=wish.kit.template
            ),
        )

    def _job(self, plan: KitPlan, batch: str) -> KitJob:
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.transform.channel_code import with_defaults  # noqa: PLC0415

        wish = plan.wish
        channel, storage = exporting_channel(wish.channel)
        texts = dict.fromkeys(step.transformation for step in plan.doing)
        delivered: dict[str, str] = {}
        if wish.channel is not None:
            delivered = {text: with_defaults(text, wish.channel) for text in texts}
        return KitJob(
            kit=wish.kit.name,
            title=wish.kit.title,
            template=wish.kit.template,
            form=wish.form,
            target=wish.target,
            export=batch,
            items=tuple(_item(wish.kit, step) for step in plan.doing),
            environment=plan.environment,
            channel=channel,
            storage=storage,
            delivered=tuple(delivered.items()),
        )

    def _presets_of(self, kit: Kit) -> tuple[RenditionPreset, ...]:
        library = self._means.presets.library()
        gone = missing_presets(kit, library.presets)
        if gone:
            raise NotFoundError(what=f"The preset {gone[0]} of the kit {kit.name}")
        return tuple(library.preset(name) for name in kit.presets)


def free_target(folder: Path, kit: Kit, form: KitForm, day: str) -> Path:
    """A place in a folder that nothing has: `email-2026-11-22.zip`; feeds keep their name."""
    if form is KitForm.FEED:
        return folder / f"{kit.name}-feed.json"
    ending = ZIP if form is KitForm.ZIP else ""
    stem, number = f"{kit.name}-{day}", 1
    while True:
        more = f"-{number}" if number > 1 else ""
        target = folder / f"{stem}{more}{ending}"
        if not target.exists() and not target.is_symlink():
            return target
        number += 1


def _check_target(wish: KitWish) -> None:
    target = Path(wish.target)
    if not target.is_absolute():
        raise InvalidInputError(
            what=wish.target, detail=QT_TRANSLATE_NOOP("facts", "the whole path is needed")
        )
    if wish.form is KitForm.ZIP and target.suffix.lower() != ZIP:
        raise InvalidInputError(
            what=wish.target, detail=QT_TRANSLATE_NOOP("facts", "the name of a ZIP ends in .zip")
        )
    if wish.form is KitForm.FOLDER and target.suffix.lower() == ZIP:
        raise InvalidInputError(
            what=wish.target,
            detail=QT_TRANSLATE_NOOP("facts", "the name of a folder does not end so"),
        )
    if target.exists() or target.is_symlink():
        if wish.form is KitForm.FEED and may_replace(target, wish.kit.name):
            return
        raise FileTakenError(
            path=shown(target), detail=QT_TRANSLATE_NOOP("facts", "there is something of this name")
        )


def _shown_on(channel: ChannelSettings, preset: RenditionPreset) -> RenditionPreset:
    """The preset as the channel shows it; one that nobody can read as it is."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform import TransformationError  # noqa: PLC0415
    from bridge_app.transform.channel_code import with_defaults  # noqa: PLC0415

    try:
        return replace(preset, transformation=with_defaults(preset.transformation, channel))
    except TransformationError:
        return preset


def _gated(step: RenditionStep) -> RenditionStep:
    """What the gate says of it holds back files as well: a kit is for others."""
    if step.obstacle is None and step.against:
        return replace(step, obstacle=Obstacle.GATE, detail=step.against)
    return step


def _item(kit: Kit, step: RenditionStep) -> KitItem:
    rendition = item_of(step)
    form = step.format or "jpg"
    contract = kit.contract_of(step.preset, step.contract, form)
    return KitItem(
        asset=step.asset,
        name=step.name,
        sha256=step.sha256,
        channel=step.channel,
        rendition=replace(rendition, contract=contract),
    )


def _refused(plan: KitPlan, step: RenditionStep) -> Refused:
    return Refused(
        act="export_kit",
        asset=step.asset,
        name=step.name,
        content=step.sha256,
        transformation=step.transformation,
        environment=plan.environment,
        reasons=step.against,
    )
