"""What the renditions of a kit really weigh, and what would make the heavy ones lighter."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.kits import Kit, Remedy, Weighed, best_remedies
from bridge_app.domain.rendition_plan import Obstacle, RenditionStep
from bridge_app.transform.lighter import lighter
from bridge_app.work.master_renders import MasterRenders
from bridge_app.work.rendition_jobs import item_of

AT_ONCE = 2
"""Renditions that are weighed together: there are two decoders."""
ENOUGH = 2
"""Changes that fit, after which no more are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What came out of weighing one rendition: its weight, or why there is none.

    Neither is there where the step's own obstacle says why, or where it was not wanted any more.
    """

    step: RenditionStep
    weighed: Weighed | None = None
    trouble: BridgeError | None = None


def weighings(
    kit: Kit,
    steps: Sequence[RenditionStep],
    assets: Mapping[AssetId, Asset],
    render: MasterRenders,
    is_wanted: Callable[[], bool],
) -> Iterator[Weighing]:
    """Make each, in their order, some at once; what the gate holds back is weighed as well."""

    def one(step: RenditionStep) -> Weighing:
        asset = assets.get(step.asset)
        if asset is None or step.obstacle not in (None, Obstacle.GATE) or not is_wanted():
            return Weighing(step=step)
        try:
            return Weighing(step=step, weighed=_weighed(kit, step, asset, render))
        except BridgeError as error:
            return Weighing(step=step, trouble=error)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="weighing") as pool:
        yield from pool.map(one, steps)


def _weighed(kit: Kit, step: RenditionStep, asset: Asset, render: MasterRenders) -> Weighed:
    made = render(asset, item_of(step).to_render)
    contract, size = kit.contract_of(step.preset, step.contract, made.format), len(made.data)
    weighed = Weighed(
        asset=asset.id,
        name=asset.name,
        preset=step.preset,
        market=step.market,
        language=step.language,
        width=made.width,
        height=made.height,
        format=made.format,
        bytes=size,
        most_bytes=contract.most_bytes,
        breaches=contract.breaches(
            width=made.width, height=made.height, size=size, form=made.format
        ),
    )
    if not weighed.over:
        return weighed
    return replace(weighed, remedies=_remedies(kit, step, asset, weighed, render))


def _remedies(
    kit: Kit, step: RenditionStep, asset: Asset, heavy: Weighed, render: MasterRenders
) -> tuple[Remedy, ...]:
    """What would help, tried on the very master."""
    contract = kit.contract_of(step.preset, step.contract, heavy.format)
    may_shrink = not (contract.exact and (contract.width or contract.height))
    tried: list[Remedy] = []
    for one in lighter(
        step.transformation, heavy.format, formats=contract.formats, may_shrink=may_shrink
    ):
        item = replace(item_of(step), transformation=one.transformation, format=one.format)
        try:
            made = render(asset, item.to_render)
        except BridgeError:
            continue  # what cannot be made here is no help
        tried.append(Remedy(change=one.change, what=one.what, bytes=len(made.data)))
        if sum(each.bytes <= heavy.most_bytes for each in tried) >= ENOUGH:
            break
    return best_remedies(tried, heavy.most_bytes)
