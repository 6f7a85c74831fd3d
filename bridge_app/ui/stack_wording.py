"""What stacks of Contentstack and what is published there are called in the window."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.contentstack import Destination, OnExpiry, Publication, PublicationState
from bridge_app.domain.contentstack_offers import Offer
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.messages import error_text, isolated, language_text, moment_text, one_line
from bridge_app.ui.models.lines import Line

REGIONS = {
    "us": QT_TRANSLATE_NOOP("stacks", "North America (AWS)"),
    "eu": QT_TRANSLATE_NOOP("stacks", "Europe (AWS)"),
    "au": QT_TRANSLATE_NOOP("stacks", "Australia (AWS)"),
    "azure-na": QT_TRANSLATE_NOOP("stacks", "North America (Azure)"),
    "azure-eu": QT_TRANSLATE_NOOP("stacks", "Europe (Azure)"),
    "gcp-na": QT_TRANSLATE_NOOP("stacks", "North America (Google Cloud)"),
    "gcp-eu": QT_TRANSLATE_NOOP("stacks", "Europe (Google Cloud)"),
}
ENDS = {
    OnExpiry.UNPUBLISH: QT_TRANSLATE_NOOP("stacks", "Take the whole entry off, in that locale"),
    OnExpiry.REMOVE: QT_TRANSLATE_NOOP("stacks", "Remove the picture, and publish without it"),
}
STATES = {
    PublicationState.PENDING: (QT_TRANSLATE_NOOP("stacks", "On its way"), "clock", "info"),
    PublicationState.PUBLISHED: (
        QT_TRANSLATE_NOOP("stacks", "Published"),
        "circle-check",
        "positive",
    ),
    PublicationState.WITHDRAWN: (QT_TRANSLATE_NOOP("stacks", "Taken back"), "undo-2", "neutral"),
    PublicationState.CONFLICT: (QT_TRANSLATE_NOOP("stacks", "Conflict"), "git-compare", "warning"),
    PublicationState.LEFT: (QT_TRANSLATE_NOOP("stacks", "The editor's"), "pen-line", "neutral"),
    PublicationState.REFUSED: (QT_TRANSLATE_NOOP("stacks", "Refused"), "circle-alert", "negative"),
}
"""What each state is called, its sign, and the colours of its mark."""
BETWEEN = "  ·  "


def _told(text: str) -> str:
    return QCoreApplication.translate("stacks", text)


def region_text(region: str) -> str:
    """A region by where it is, or the address of a stack on this computer."""
    return _told(REGIONS[region]) if region in REGIONS else one_line(region)


def end_text(choice: OnExpiry) -> str:
    """What becomes of an entry when a picture's rights end."""
    return _told(ENDS[choice])


def stack_line(one: Destination, service: str = "") -> Line:
    """A stack as a row, or a place at another `service`."""
    stack = (region_text(one.region), one.branch)
    place = (service or one.kind, one.api_key) if one.kind else stack
    parts = (*place, one.environment)
    return Line(
        key=one.id,
        icon="layers",
        title=one_line(one.name),
        text=BETWEEN.join(isolated(one_line(part)) for part in parts),
    )


def publication_line(one: Publication) -> Line:
    """A publication as a row: what, where, and how it stands."""
    words, icon, tone = STATES[one.state]
    where = (one.title or one.place.entry, one.place.field, one.place.locale)
    parts = [isolated(one_line(part)) for part in where]
    why = one_line(error_text(one.trouble)) if one.trouble else ""
    parts.append(isolated(why) if why else moment_text(one.changed_at))
    return Line(
        key=one.id,
        icon=icon,
        title=BETWEEN.join(isolated(one_line(part)) for part in (one.name, one.preset)),
        text=BETWEEN.join(parts),
        mark=_told(words),
        tone=tone,
    )


def offer_text(offer: Offer) -> str:
    """A rendition in a list of choices, with what stands against it."""
    use = (offer.market, language_text(offer.language) if offer.language else "")
    parts = [offer.preset, *filter(None, use), offer.asset.name]
    text = BETWEEN.join(isolated(one_line(part)) for part in parts)
    if offer.error is None:
        return text
    refused = QCoreApplication.translate("stacks", "{rendition} (cannot be chosen)")
    return refused.format(rendition=text)


def offer_note(offer: Offer) -> str:
    """Why a rendition cannot be chosen; "" where it can."""
    return "" if offer.error is None else error_text(offer.error)
