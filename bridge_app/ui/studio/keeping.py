"""What a rendition keeps of its master besides pixels, in sentences for the File page."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.standard_schema import Group
from bridge_app.domain.standard_table import FIELDS
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.losses import Fate, Holding, fates
from bridge_app.transform.parse import parse
from bridge_app.work.worker import Worker

NAMES = {
    Holding.CREDIT: QT_TRANSLATE_NOOP("holdings", "Credit"),
    Holding.COPYRIGHT: QT_TRANSLATE_NOOP("holdings", "Copyright"),
    Holding.DESCRIPTION: QT_TRANSLATE_NOOP("holdings", "Title and keywords"),
    Holding.CAMERA: QT_TRANSLATE_NOOP("holdings", "Date and camera"),
    Holding.LOCATION: QT_TRANSLATE_NOOP("holdings", "Place"),
    Holding.PROFILE: QT_TRANSLATE_NOOP("holdings", "Colour profile"),
    Holding.CREDENTIALS: QT_TRANSLATE_NOOP("holdings", "Content credentials"),
    Holding.TRANSPARENCY: QT_TRANSLATE_NOOP("holdings", "Transparency"),
    Holding.ANIMATION: QT_TRANSLATE_NOOP("holdings", "Animation"),
}
PLACES = frozenset({Group.PLACE, Group.PLACE_CREATED})
KEPT = QT_TRANSLATE_NOOP("holdings", "{what} stays. {reason}")
LOST = QT_TRANSLATE_NOOP("holdings", "{what} is lost. {reason}")


def holdings_of(asset: Asset) -> frozenset[Holding]:
    """What is known of a master, by what was read of it."""
    known = {
        Holding.CREDIT: asset.creator or asset.credit,
        Holding.COPYRIGHT: asset.copyright or asset.usage_terms,
        Holding.DESCRIPTION: asset.title or asset.caption or asset.keywords,
        Holding.CAMERA: asset.taken_at,
        Holding.PROFILE: asset.icc_profile,
        Holding.ANIMATION: asset.format == "gif" and (asset.pages or 1) > 1,
    }
    return frozenset(holding for holding, found in known.items() if found)


def further_holdings(worker: Worker, asset: Asset) -> frozenset[Holding]:
    """What stands in its record and its file besides: a place, content credentials. Blocking.

    Raises NotFoundError or FileTroubleError.
    """
    said = worker.masters.said([asset.id])
    places = {one.id for one in FIELDS if one.group in PLACES}
    is_placed = any(
        path.key in places and value for one in said for path, value in one.there.items()
    )
    found = {
        Holding.LOCATION: is_placed,
        Holding.CREDENTIALS: worker.studio.has_credentials(asset),
    }
    return frozenset(holding for holding, is_held in found.items() if is_held)


def kept_and_lost(text: str, holdings: Collection[Holding], *, extension: str) -> tuple[str, ...]:
    """A sentence for each thing the master holds; none while the transformation is no good.

    A reason that several in a row have is told after the last of them.
    """
    try:
        transformation = parse(text)
    except TransformationError:
        return ()
    found = fates(transformation, holdings, extension=extension)
    after: list[Fate | None] = [*found[1:], None]
    return tuple(map(_sentence, found, after))


def _sentence(fate: Fate, after: Fate | None) -> str:
    template = QCoreApplication.translate("holdings", KEPT if fate.is_kept else LOST)
    reason = QCoreApplication.translate("losses", fate.reason).format(value=fate.value)
    if after is not None and _why(after) == _why(fate):
        reason = ""
    what = QCoreApplication.translate("holdings", NAMES[fate.holding])
    return template.format(what=what, reason=reason).strip()


def _why(fate: Fate) -> tuple[bool, str, str]:
    return fate.is_kept, fate.reason, fate.value
