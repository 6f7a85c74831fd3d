"""What places are called in the window."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.places import IN_FILES, KnownPlace, Place, PlaceKind, ReplacementEffect
from bridge_app.ui.messages import isolated, moment_text, one_line
from bridge_app.ui.models.lines import Line

ICONS = {
    PlaceKind.PUSH: "cloud-check",
    PlaceKind.PUBLICATION: "image",
    PlaceKind.WRITE_BACK: "database",
    PlaceKind.EXPORT: "folder",
    PlaceKind.DOWNLOAD: "download",
    PlaceKind.DRAG_OUT: "app-window",
    PlaceKind.REVIEW_PACK: "package",
    PlaceKind.KIT: "package",
    PlaceKind.FEED: "list",
    PlaceKind.COPY: "copy",
}
WORDS = {
    PlaceKind.PUSH: QT_TRANSLATE_NOOP("places", "Delivered master"),
    PlaceKind.PUBLICATION: QT_TRANSLATE_NOOP("places", "Rendition {what}"),
    PlaceKind.WRITE_BACK: QT_TRANSLATE_NOOP("places", "Record at its service"),
    PlaceKind.EXPORT: QT_TRANSLATE_NOOP("places", "File of {what}"),
    PlaceKind.DOWNLOAD: QT_TRANSLATE_NOOP("places", "Download"),
    PlaceKind.DRAG_OUT: QT_TRANSLATE_NOOP("places", "Dragged out"),
    PlaceKind.REVIEW_PACK: QT_TRANSLATE_NOOP("places", "Review pack {what}"),
    PlaceKind.KIT: QT_TRANSLATE_NOOP("places", "Kit {what}"),
    PlaceKind.FEED: QT_TRANSLATE_NOOP("places", "Feed {what}"),
    PlaceKind.COPY: QT_TRANSLATE_NOOP("places", "Copied code {what}"),
}


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
        text="  ·  ".join(part for part in (_where(place), _when(place), place.who) if part),
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
            "Changes %n published rendition(s).",
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
            "%n place(s) of earlier versions, such as exported files, stay as they are.",
            "",
            len(effect.staying),
        )
        parts.append(text)
    return " ".join(parts)


def _where(place: Place) -> str:
    use = (place.channel, place.market, place.detail.get("language", ""))
    if place.kind in IN_FILES:
        path = PurePath(place.place)
        where = f"{path.parent.name}/{path.name}"
    else:
        where = place.environment or place.name if place.kind is not PlaceKind.DRAG_OUT else ""
    return "  ·  ".join(isolated(one_line(one)) for one in (where, *use) if one)


def _when(place: Place) -> str:
    return moment_text(place.gone_at or place.at)
