"""What places are called in the window."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.places import (
    AGAINST,
    IN_FILES,
    KnownPlace,
    Place,
    PlaceKind,
    Replaced,
    ReplacedPlace,
    ReplacementEffect,
    ReplacementReport,
)
from bridge_app.ui.messages import clauses_text, isolated, moment_text, one_line
from bridge_app.ui.models.lines import Line

ICONS = {
    PlaceKind.PUSH: "cloud-check",
    PlaceKind.PUBLICATION: "image",
    PlaceKind.WRITE_BACK: "database",
    PlaceKind.EXPORT: "folder",
    PlaceKind.DOWNLOAD: "download",
    PlaceKind.DRAG_OUT: "app-window",
    PlaceKind.COPIED_FILE: "copy",
    PlaceKind.REVIEW_PACK: "package",
    PlaceKind.KIT: "package",
    PlaceKind.FEED: "list",
    PlaceKind.COPY: "copy",
    PlaceKind.ENTRY: "layers",
}
WORDS = {
    PlaceKind.PUSH: QT_TRANSLATE_NOOP("places", "Delivered master"),
    PlaceKind.PUBLICATION: QT_TRANSLATE_NOOP("places", "Rendition {what}"),
    PlaceKind.WRITE_BACK: QT_TRANSLATE_NOOP("places", "Record at its service"),
    PlaceKind.EXPORT: QT_TRANSLATE_NOOP("places", "File of {what}"),
    PlaceKind.DOWNLOAD: QT_TRANSLATE_NOOP("places", "Download"),
    PlaceKind.DRAG_OUT: QT_TRANSLATE_NOOP("places", "Dragged out"),
    PlaceKind.COPIED_FILE: QT_TRANSLATE_NOOP("places", "Copied file"),
    PlaceKind.REVIEW_PACK: QT_TRANSLATE_NOOP("places", "Review pack {what}"),
    PlaceKind.KIT: QT_TRANSLATE_NOOP("places", "Kit {what}"),
    PlaceKind.FEED: QT_TRANSLATE_NOOP("places", "Feed {what}"),
    PlaceKind.COPY: QT_TRANSLATE_NOOP("places", "Copied code {what}"),
    PlaceKind.ENTRY: QT_TRANSLATE_NOOP("places", "Entry with {what}"),
}


ELSEWHERE = frozenset({PlaceKind.DRAG_OUT, PlaceKind.COPIED_FILE})
"""Nobody knows where another program put it."""
REPLACED = {
    Replaced.CHANGED: (QT_TRANSLATE_NOOP("places", "Changed"), "positive"),
    Replaced.STAYS: (QT_TRANSLATE_NOOP("places", "Stays"), "warning"),
    Replaced.FAILED: (QT_TRANSLATE_NOOP("places", "Failed"), "negative"),
    Replaced.WAITING: (QT_TRANSLATE_NOOP("places", "On its way"), "info"),
}
"""How a place ended, and the colours of that."""


def _told(text: str) -> str:
    return QCoreApplication.translate("places", text)


def place_line(known: KnownPlace, key: str) -> Line:
    """A place as a row."""
    place = known.place
    mark, tone = "", "neutral"
    if known.is_stale:
        mark, tone = QCoreApplication.translate("places", "Outdated"), "warning"
    elif place.gone_at:
        mark = QCoreApplication.translate("places", "Taken back")
    return Line(
        key=key,
        icon=ICONS[place.kind],
        title=place_title(place),
        text="  ·  ".join(
            part for part in (_where(place), _when(place), place.who, _against(place)) if part
        ),
        mark=mark,
        tone=tone,
    )


def place_title(place: Place) -> str:
    """What went where."""
    what = place.detail.get("title", "") or place.preset
    return _told(WORDS[place.kind]).format(what=isolated(one_line(what))).strip()


def effect_text(effect: ReplacementEffect) -> str:
    """What a push changes at the places of earlier versions; "" if there are none."""
    parts = []
    if effect.count(PlaceKind.PUBLICATION):
        text = QCoreApplication.translate(
            "places",
            "Changes %Ln published rendition(s).",
            "",
            effect.count(PlaceKind.PUBLICATION),
        )
        parts.append(text)
    if effect.channels:
        text = QCoreApplication.translate("places", "Channels that change: {channels}.")
        parts.append(text.format(channels=isolated(one_line(", ".join(effect.channels)))))
    if effect.staying:
        text = QCoreApplication.translate(
            "places",
            "%Ln place(s) of earlier versions, such as exported files, stay as they are.",
            "",
            len(effect.staying),
        )
        parts.append(text)
    return " ".join(parts)


def report_text(report: ReplacementReport) -> str:
    """What became of all places together: "3 place(s) show the new version."."""
    changed, stays, failed = (
        report.count(one) for one in (Replaced.CHANGED, Replaced.STAYS, Replaced.FAILED)
    )
    translate = QCoreApplication.translate
    parts = []
    if changed:
        parts.append(translate("places", "%Ln place(s) show the new version.", "", n=changed))
    if stays:
        parts.append(translate("places", "%Ln place(s) keep the earlier one.", "", n=stays))
    if failed:
        parts.append(translate("places", "%Ln place(s) could not be changed.", "", n=failed))
    return " ".join(parts)


def replaced_line(one: ReplacedPlace, key: str) -> Line:
    """A place after a replacement, as a row."""
    place = one.place
    mark, tone = REPLACED[one.state]
    where = _where(place)
    told = one.why if one.state is Replaced.FAILED else where
    return Line(
        key=key,
        icon=ICONS[place.kind],
        title="  ·  ".join(filter(None, (isolated(one_line(place.name)), place_title(place)))),
        text=told or where,
        mark=_told(mark),
        tone=tone,
    )


def _where(place: Place) -> str:
    use = (place.channel, place.market, place.detail.get("language", ""))
    if place.kind is PlaceKind.ENTRY:
        told = (place.detail[name] for name in ("stack", "entry", "field", "locale"))
        return "  ·  ".join(isolated(one_line(one)) for one in told)
    if place.kind in IN_FILES:
        path = PurePath(place.place)
        where = f"{path.parent.name}/{path.name}"
    else:
        where = "" if place.kind in ELSEWHERE else place.environment or place.name
    return "  ·  ".join(isolated(one_line(one)) for one in (where, *use) if one)


def _against(place: Place) -> str:
    return clauses_text(place.detail.get(AGAINST, ""))


def _when(place: Place) -> str:
    return moment_text(place.gone_at or place.at)
