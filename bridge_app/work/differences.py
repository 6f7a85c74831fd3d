"""How much a new version differs from the approved one, and what has to be looked at again.

A part of the worker's door of its own: `worker.differences`. Everything blocks.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.approvals import BOTH_HEARD, Approval, Decision, Ruling
from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.disagreements import Disagreement, disagreement
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.policies import Demands
from bridge_app.domain.stale_approvals import (
    ApprovedBefore,
    Lapses,
    Stale,
    Subject,
    approved_before,
    lapses,
)
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.decisions import Decisions, Telling
from bridge_app.storage.differences import Differences, Scores
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import PREVIEW_EDGE

if TYPE_CHECKING:
    from bridge_app.media.preview import Frame
    from bridge_app.transform.difference import Difference
    from bridge_app.transform.layer_sources import LayerSources

POLICY = "Policy"
"""Who signs an approval that a policy let a small difference keep."""
KEPT = (
    "Kept from the approval by {who} of {day}: {pixels:.2%} of the pixels look different, and the "
    "worst part differs by {perceptual:.4f}. The policy keeps what is below {limit:g}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Something as it is now beside what was approved before; `before` and `after` are pictures.

    JPEG or PNG, at most 1600 pixels a side.
    """

    difference: "Difference"
    before: bytes
    after: bytes
    approved: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceStores:
    """What the desk reads and writes."""

    differences: Differences
    decisions: Decisions
    readers: Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceMeans:
    """What the desk is lent.

    `picture` makes a master's preview, `held` gives the one that is kept of some content, None if
    it is gone. `demands` are those of the environment in use. `telling` makes the jobs that tell
    services of an approval; `decided` hears which assets have one.
    """

    decoder: DecoderPool
    layers: "LayerSources"
    picture: Callable[[AssetId, int], bytes]
    held: Callable[[str, int], bytes | None]
    demands: Callable[[Asset], Demands]
    telling: Telling
    decided: Callable[[frozenset[AssetId]], object]
    now: Callable[[], datetime]


class DifferenceDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, stores: DifferenceStores, means: DifferenceMeans) -> None:
        self._stores = stores
        self._means = means

    # What has to be looked at again

    def stale(self, assets: Sequence[AssetId] | None = None) -> list[Stale]:
        """What of these (of all) was approved and is another now, that nobody has looked at."""
        return [one for found in self._lapses(assets) for one in found.stale]

    def holding(self, assets: Sequence[AssetId] | None = None) -> list[Decision]:
        """The approvals of these (of all) that still hold: what need not be looked at again."""
        return [one for found in self._lapses(assets) for one in found.holding]

    def disagreements(self, assets: Sequence[AssetId] | None = None) -> list[Disagreement]:
        """Where reviewers of these (of all) decided differently, and nobody has settled it."""
        found: list[Disagreement] = []
        chosen = self._stores.differences.signed_by(BOTH_HEARD) if assets is None else assets
        for asset in self._assets(chosen):
            on_it = [one for one in self._history(asset) if one.sha256 == asset.content]
            for _, said in groupby(sorted(on_it, key=_subject), key=_subject):
                one = disagreement(list(said))
                found.extend([one] if one is not None else [])
        return found

    # How much it differs

    def against_approved(self, asset: AssetId, transformation: str = "") -> Comparison | None:
        """What it is now beside its last approved form; about a second.

        None where nothing was approved before, or no picture of that is kept. `transformation`
        is as `subject_text` writes it. Raises NotFoundError, MediaError, FileTroubleError,
        TransformationError.
        """
        found = self._asset(asset)
        before = self._before(found, transformation)
        return None if before is None else self._compared(found, before, transformation)

    def keep_approval(self, asset: AssetId, transformation: str = "") -> bool:
        """Let the approval of the earlier form hold, where policies allow so small a difference.

        It is compared with what a person approved: small steps do not add up to a large one.
        Whatever anybody said of the new form, also that it is in review, is left as it is.
        Recorded as a decision of the policy, with both scores. Only for pictures of one frame:
        one picture of a film proves nothing of the others. Raises as `against_approved`.
        """
        found = self._asset(asset)
        limit = self._means.demands(found).keeps_below
        before = self._before(found, transformation, not_by=POLICY)
        is_still = found.kind is Kind.IMAGE and (found.pages or 1) == 1
        if limit is None or before is None or not is_still or not found.content:
            return False
        today = found.content, transformation
        if any((one.sha256, one.transformation) == today for one in self._history(found)):
            return False
        scores = self._scores(found, before, today)
        if scores is None or not scores.is_below(limit):
            return False
        self._keep(found, transformation, before, _comment(before, scores, limit))
        self._means.decided(frozenset({found.id}))
        return True

    def _keep(
        self, asset: Asset, transformation: str, before: ApprovedBefore, comment: str
    ) -> None:
        """In each stage that had approved it; on exactly the content that was measured."""
        demanded = {asset.id: self._means.demands(asset).stages}
        decisions = self._stores.decisions
        with decisions.together():
            for stage in before.stages:
                ruling = Ruling(
                    approval=Approval.APPROVED,
                    comment=comment,
                    who=POLICY,
                    transformation=transformation,
                    stage=stage,
                )
                decisions.rule(
                    [asset],
                    ruling,
                    at=self._means.now(),
                    demanded=demanded,
                    telling=(lambda _: ()) if transformation else self._means.telling,
                )

    def _scores(self, asset: Asset, before: ApprovedBefore, today: Subject) -> Scores | None:
        """As measured before, or now."""
        known = self._stores.differences.measured(before.subject, today)
        if known is None and self._compared(asset, before, today[1]) is not None:
            return self._stores.differences.measured(before.subject, today)
        return known

    def _compared(
        self, asset: Asset, before: ApprovedBefore, transformation: str
    ) -> Comparison | None:
        """Compare, and keep what was measured."""
        # libvips takes 0.15 s to load, which a start must not wait for.
        from bridge_app.transform.difference import difference  # noqa: PLC0415

        earlier = self._earlier(asset, before.subject)
        if earlier is None:
            return None
        master = self._means.picture(asset.id, PREVIEW_EDGE)
        later = self._through(master, asset.display_size, transformation)
        found = difference(earlier, later)
        scores = Scores(
            pixels=found.pixels, perceptual=found.perceptual, same_shape=found.same_shape
        )
        today = asset.content or "", transformation
        self._stores.differences.measure(before.subject, today, scores, at=self._means.now())
        return Comparison(difference=found, before=earlier, after=later, approved=before.decision)

    def _earlier(self, asset: Asset, subject: Subject) -> bytes | None:
        """A picture of what was approved, from the one that is kept of its master."""
        content, transformation = subject
        if content == asset.content:
            kept: bytes | None = self._means.picture(asset.id, PREVIEW_EDGE)
            size = asset.display_size
        else:
            kept = self._means.held(content, PREVIEW_EDGE)
            size = self._stores.differences.size(content)
        return None if kept is None else self._through(kept, size, transformation)

    def _through(self, picture: bytes, size: tuple[int, int] | None, transformation: str) -> bytes:
        """A master's preview through a transformation; both sides are made alike."""
        if not transformation:
            return picture
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            path = Path(folder) / "preview"
            path.write_bytes(picture)
            session = self._means.decoder.open_preview(path, edge_px=PREVIEW_EDGE, size=size)
            try:
                frame = session.frame(
                    transformation, edge_px=PREVIEW_EDGE, layers=self._means.layers
                )
            finally:
                session.close()
        return _png(frame)

    def _before(
        self, asset: Asset, transformation: str, *, not_by: str = ""
    ) -> ApprovedBefore | None:
        presets = self._stores.differences.presets()
        today = asset.content or "", transformation
        return approved_before(today, self._history(asset), presets, not_by=not_by)

    def _lapses(self, assets: Sequence[AssetId] | None) -> list[Lapses]:
        chosen = self._stores.differences.ever_approved() if assets is None else assets
        presets = self._stores.differences.presets()
        return [
            lapses(asset.id, asset.content or "", self._history(asset), presets)
            for asset in self._assets(chosen)
        ]

    def _history(self, asset: Asset) -> list[Decision]:
        return self._stores.decisions.history(asset.id, asset.content)

    def _assets(self, assets: Sequence[AssetId]) -> list[Asset]:
        with self._stores.readers.lent() as reader:
            return reader.assets(assets)

    def _asset(self, asset: AssetId) -> Asset:
        found = self._assets([asset])
        if not found:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset"))
        return found[0]


def _subject(decision: Decision) -> tuple[str, str]:
    return decision.transformation, decision.stage


def _comment(before: ApprovedBefore, scores: Scores, limit: float) -> str:
    return KEPT.format(
        who=before.decision.who,
        day=before.decision.at[:10],
        pixels=scores.pixels,
        perceptual=scores.perceptual,
        limit=limit,
    )


def _png(frame: "Frame") -> bytes:
    """The frame's pixels, which came from a child, as a file."""
    # libvips takes 0.15 s to load, which a start must not wait for.
    import pyvips  # noqa: PLC0415

    image = pyvips.Image.new_from_memory(
        frame.data, frame.width, frame.height, frame.bands, "uchar"
    )
    data: bytes = image.copy(interpretation="srgb").write_to_buffer(".png", compression=1)
    return data
