"""Which renditions a set makes of some assets, before anything is made: a pure function."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bridge_app.domain.approvals import RenditionStanding
from bridge_app.domain.assets import RENDERED, Asset, AssetId, CloudCopy
from bridge_app.domain.breaches import Breach
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.derived_costs import DerivedCosts, Wanted
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.gate import Reason, Use, Verdict, verdict
from bridge_app.domain.localised import EVERYWHERE, Variant, localised, unfilled, variants_for
from bridge_app.domain.naming_templates import (
    DEFAULT_TEMPLATE,
    NameFacts,
    check_template,
    file_name,
)
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.shelter import shelter_of

NO_COSTS = DerivedCosts()


class Obstacle(StrEnum):
    """Why a rendition is not made."""

    UNREADABLE = "unreadable"
    NO_PICTURE = "no_picture"
    ONLY_IN_CLOUD = "only_in_cloud"
    IMAGE_NOT_FOUND = "image_not_found"
    WRONG_TRANSFORMATION = "wrong_transformation"
    TEXT_MISSING = "text_missing"
    SAME_NAME = "same_name"
    FILE_EXISTS = "file_exists"
    NOT_PUSHED = "not_pushed"
    GATE = "gate"


OBSTACLES = {
    Obstacle.UNREADABLE: QT_TRANSLATE_NOOP("renditions", "the file cannot be read"),
    Obstacle.NO_PICTURE: QT_TRANSLATE_NOOP("renditions", "no picture can be made of it"),
    Obstacle.ONLY_IN_CLOUD: QT_TRANSLATE_NOOP(
        "renditions", "it has no file here; download it first"
    ),
    Obstacle.IMAGE_NOT_FOUND: QT_TRANSLATE_NOOP("renditions", "the table names an unknown image"),
    Obstacle.WRONG_TRANSFORMATION: QT_TRANSLATE_NOOP("renditions", "the transformation is wrong"),
    Obstacle.TEXT_MISSING: QT_TRANSLATE_NOOP("renditions", "a text is missing for this market"),
    Obstacle.SAME_NAME: QT_TRANSLATE_NOOP("renditions", "another one would have the same name"),
    Obstacle.FILE_EXISTS: QT_TRANSLATE_NOOP("renditions", "there is such a file already"),
    Obstacle.NOT_PUSHED: QT_TRANSLATE_NOOP("renditions", "this content is not pushed"),
    Obstacle.GATE: QT_TRANSLATE_NOOP("renditions", "the gate is shut"),
}
"""Each in words, to be translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a rendition will be, as far as it can be told: pixels (0: not known) and extension."""

    width: int = 0
    height: int = 0
    ext: str = ""


Measure = Callable[[Asset, str, str], Measured]
"""Of an asset through a transformation in a format. Raises BridgeError for a wrong one."""
RenditionStandings = Callable[[Asset, str, str], RenditionStanding | None]
"""Of an asset through a transformation in a format; None for the master itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionWish:
    """What is asked for: files in a folder, or derived assets in the cloud (`folder` None)."""

    presets: tuple[RenditionPreset, ...]
    table: tuple[Variant, ...] = EVERYWHERE
    folder: str | None = None
    template: str = DEFAULT_TEMPLATE
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionStep:
    """One rendition. `file` is its path in the folder, "" for one in the cloud.

    `detail` says more of the obstacle in English, `trouble` the same as an error where it is one;
    `breaches` what of the preset's contract it would break; `against` what the gate says of its
    master at this moment, which holds back only the cloud, and `reasons` the same as values, with
    the required `fields` that are empty; `in_place` that a file of this name is there, and is
    replaced.
    """

    asset: AssetId
    name: str
    sha256: str
    preset: str
    channel: str
    market: str
    language: str
    transformation: str
    format: str
    width: int = 0
    height: int = 0
    file: str = ""
    contract: Contract | None = None
    copy: CloudCopy | None = None
    obstacle: Obstacle | None = None
    detail: str = ""
    trouble: BridgeError | None = None
    breaches: tuple[Breach, ...] = ()
    against: str = ""
    reasons: tuple[Reason, ...] = ()
    fields: tuple[str, ...] = ()
    in_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionPlan:
    """All of it. `costs` is what it adds at Cloudinary; nothing for files."""

    wish: RenditionWish
    environment: str
    steps: tuple[RenditionStep, ...]
    costs: DerivedCosts = NO_COSTS

    @property
    def doing(self) -> tuple[RenditionStep, ...]:
        """The steps that are carried out."""
        return tuple(step for step in self.steps if step.obstacle is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a plan has to know besides the wish.

    `images` finds the masters that a table names; `taken` tells whether the folder has a file;
    `policies` are what the environment demands, `standing` how a rendition stands with reviewers,
    `bars_layers` whether what a transformation lays on may not be used so; `now` is aware, UTC.
    """

    measure: Measure
    now: datetime
    images: Mapping[str, Asset | None]
    policies: tuple[Policy, ...] = ()
    standing: RenditionStandings = lambda *_: None
    taken: Callable[[str], bool] = lambda _: False
    environment: str = ""
    bars_layers: Callable[[str, Use], bool] = lambda *_: False


def plan_renditions(
    assets: Sequence[Asset], wish: RenditionWish, around: Surroundings
) -> RenditionPlan:
    """Every asset × preset × variant of the table, in this order.

    A line of the table that names an image makes it once, instead of once for each asset.

    Raises NamingTemplateError.
    """
    if wish.folder is not None:
        check_template(wish.template)
    steps: dict[tuple[str, str, str, str], RenditionStep] = {}
    for asset in assets:
        for preset in wish.presets:
            for variant in variants_for(preset, wish.table):
                step = _step(asset, preset, variant, wish, around)
                steps.setdefault(
                    (step.asset or variant.image, step.preset, step.market, step.language), step
                )
    made = tuple(steps.values())
    if wish.folder is not None:
        made = _checked_names(made, wish, around)
    return RenditionPlan(wish=wish, environment=around.environment, steps=made)


def wanted_in_cloud(steps: Sequence[RenditionStep], environment: str) -> list[Wanted]:
    """What the steps would have made there, for counting costs."""
    return [
        Wanted(
            asset=f"{environment}/{step.copy.public_id}/{step.copy.version}",
            transformation=step.transformation,
            format=step.format,
        )
        for step in steps
        if step.copy is not None
    ]


def _step(
    asset: Asset,
    preset: RenditionPreset,
    variant: Variant,
    wish: RenditionWish,
    around: Surroundings,
) -> RenditionStep:
    chosen = around.images.get(variant.image) if variant.image else asset
    text = localised(preset.transformation, variant)
    step = RenditionStep(
        asset=chosen.id if chosen else AssetId(""),
        name=chosen.name if chosen else variant.image,
        sha256=(chosen.content or "") if chosen else "",
        preset=preset.name,
        channel=preset.channel,
        market=variant.market,
        language=variant.language,
        transformation=text,
        format=preset.format,
        contract=preset.contract,
    )
    if chosen is None:
        return replace(step, obstacle=Obstacle.IMAGE_NOT_FOUND, detail=variant.image)
    missing = unfilled(preset.transformation, variant)
    if missing:
        return replace(step, obstacle=Obstacle.TEXT_MISSING, detail=", ".join(missing))
    answer = _answer(chosen, step, around)
    step = replace(step, against=answer.sentence(), reasons=answer.against, copy=chosen.cloud)
    step = replace(step, fields=answer.fields)
    obstacle = _obstacle(chosen, wish, answer)
    if obstacle is not None:
        detail = step.against if obstacle is Obstacle.GATE else chosen.error or ""
        return replace(step, obstacle=obstacle, detail=detail)
    return _measured(step, chosen, wish, around)


def _measured(
    step: RenditionStep, asset: Asset, wish: RenditionWish, around: Surroundings
) -> RenditionStep:
    try:
        measured = around.measure(asset, step.transformation, step.format)
    except BridgeError as error:
        obstacle = Obstacle.WRONG_TRANSFORMATION
        return replace(step, obstacle=obstacle, detail=str(error), trouble=error)
    step = replace(step, width=measured.width, height=measured.height)
    if step.contract is not None and measured.width:
        found = step.contract.breaches(width=measured.width, height=measured.height)
        step = replace(step, breaches=found)
    if wish.folder is None:
        return step
    return replace(step, file=file_name(wish.template, name_facts(step, asset, measured)))


def name_facts(step: RenditionStep, asset: Asset, measured: Measured) -> NameFacts:
    """What fills the template for one rendition."""
    stem, dot, ending = asset.name.rpartition(".")
    return NameFacts(
        name=stem if dot and stem and len(ending) <= 5 else asset.name,
        preset=step.preset,
        width=measured.width,
        height=measured.height,
        ext=measured.ext,
        channel=step.channel,
        market=step.market,
        language=step.language,
        sha256=step.sha256,
        folder=asset.folder,
    )


def _answer(asset: Asset, step: RenditionStep, around: Surroundings) -> Verdict:
    use = Use(market=step.market, channel=step.channel)
    found = verdict(
        asset,
        at=around.now,
        use=use,
        readable=asset.error is None,
        demands=demands(around.policies, asset, use, environment=around.environment),
        rendition=around.standing(asset, step.transformation, step.format),
    )
    if around.bars_layers(step.transformation, use):
        return replace(found, against=(*found.against, Reason.LAYER))
    return found


def _obstacle(asset: Asset, wish: RenditionWish, answer: Verdict) -> Obstacle | None:
    if asset.error is not None:
        return Obstacle.UNREADABLE
    if asset.kind not in RENDERED:
        return Obstacle.NO_PICTURE
    if wish.folder is not None:
        is_far = (environment_of(asset.library) or shelter_of(asset.library)) is not None
        return Obstacle.ONLY_IN_CLOUD if is_far else None
    if asset.cloud is None:
        return Obstacle.NOT_PUSHED
    return None if answer.allows else Obstacle.GATE


def _checked_names(
    steps: Sequence[RenditionStep], wish: RenditionWish, around: Surroundings
) -> tuple[RenditionStep, ...]:
    """With those held back whose file is there, or would be another one's too."""
    times = Counter(step.file.casefold() for step in steps if step.file)
    return tuple(_checked_name(step, times, wish, around) for step in steps)


def _checked_name(
    step: RenditionStep, times: Mapping[str, int], wish: RenditionWish, around: Surroundings
) -> RenditionStep:
    if not step.file or step.obstacle is not None:
        return step
    if times[step.file.casefold()] > 1:
        return replace(step, obstacle=Obstacle.SAME_NAME, detail=step.file)
    if not around.taken(step.file):
        return step
    if wish.replaces:
        return replace(step, in_place=True)
    return replace(step, obstacle=Obstacle.FILE_EXISTS, detail=step.file)
