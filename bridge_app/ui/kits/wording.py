"""Kits and their weights in words."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.kits import CHANGES, Kit, KitForm, Remedy, Weighed
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import OBSTACLES, RenditionStep
from bridge_app.ui.messages import (
    breach_text,
    bytes_text,
    error_text,
    isolated,
    one_line,
    pixels_text,
    preset_title,
    reasons_text,
)
from bridge_app.ui.models.lines import Line
from bridge_app.work.kit_weighing import Weighing

DOT = "  ·  "
FORMS = {
    KitForm.FOLDER: QT_TRANSLATE_NOOP("kits", "Folder"),
    KitForm.ZIP: QT_TRANSLATE_NOOP("kits", "ZIP file"),
    KitForm.FEED: QT_TRANSLATE_NOOP("kits", "Feed of addresses"),
}


def form_text(form: KitForm) -> str:
    """What a kit is handed out as: "ZIP file"."""
    return QCoreApplication.translate("kits", FORMS[form])


def kit_title(kit: Kit) -> str:
    """A kit's title: "Landing page"; its name where it has none."""
    return one_line(QCoreApplication.translate("presets", kit.shown))


def kit_line(kit: Kit) -> Line:
    """A kit as a row."""
    limits = sorted({one.most_bytes for one in kit.limits})
    weights = "–".join(bytes_text(one) for one in dict.fromkeys((*limits[:1], *limits[-1:])))
    parts = (
        QCoreApplication.translate("kits", "%Ln rendition(s)", "", len(kit.presets)),
        isolated(f"≤ {weights}") if weights else "",
        ", ".join(one.upper() for one in kit.formats),
    )
    return Line(key=kit.name, icon="package", title=kit_title(kit), text=_joined(*parts))


def weighing_line(one: Weighing, preset: RenditionPreset | None, key: str) -> Line:
    """What a rendition weighs, as a row: how it stands is its mark."""
    step = one.step
    what = preset_title(preset) if preset else step.preset
    where = " ".join(filter(None, (step.market, step.language)))
    title = _joined(one_line(step.name), what, where)
    mark, tone = _mark(one)
    return Line(
        key=key,
        icon=ICONS[tone],
        title=title,
        text=one_line(_text(one)),
        mark=mark,
        tone=tone,
    )


ICONS = {
    "positive": "circle-check",
    "negative": "circle-alert",
    "warning": "triangle-alert",
    "neutral": "circle",
}


def held_text(step: RenditionStep) -> str:
    """Why a rendition is held back, as a clause."""
    if step.obstacle is None:
        return ""
    if step.reasons:
        return reasons_text(step.reasons, step.fields)
    return QCoreApplication.translate("renditions", OBSTACLES[step.obstacle])


def remedy_text(one: Remedy) -> str:
    """A change with what it makes: "as WEBP: 160 kB"."""
    told = QCoreApplication.translate("kits", CHANGES[one.change])
    return f"{told.format(what=isolated(one.what))}: {isolated(bytes_text(one.bytes))}"


def _mark(one: Weighing) -> tuple[str, str]:
    translate = QCoreApplication.translate
    weighed = one.weighed
    if weighed is None:
        return translate("kits", "Not weighed"), "neutral"
    if weighed.over:
        text = translate("kits", "{weight} too heavy")
        return text.format(weight=isolated(bytes_text(_whole(weighed.over)))), "negative"
    if one.step.against:
        return translate("kits", "Held back"), "warning"
    if weighed.other_breaches:
        return translate("kits", "Not as asked"), "warning"
    return translate("kits", "Fits"), "positive"


def _text(one: Weighing) -> str:
    if one.trouble is not None:
        return error_text(one.trouble)
    weighed = one.weighed
    if weighed is None:
        return held_text(one.step)
    size = pixels_text((weighed.width, weighed.height))
    return _joined(_weight(weighed), _help(weighed), _besides(one), weighed.format.upper(), size)


def _weight(weighed: Weighed) -> str:
    weight = bytes_text(weighed.bytes)
    if not weighed.most_bytes:
        return isolated(weight)
    text = QCoreApplication.translate("kits", "{weight} of ≤ {most}")
    return isolated(text.format(weight=weight, most=bytes_text(weighed.most_bytes)))


def _help(weighed: Weighed) -> str:
    if not weighed.remedies:
        return ""
    fitting = [one for one in weighed.remedies if one.bytes <= weighed.most_bytes]
    told = ", ".join(map(remedy_text, fitting or weighed.remedies))
    if fitting:
        return QCoreApplication.translate("kits", "It fits {how}").format(how=told)
    return QCoreApplication.translate("kits", "The lightest tried {how}").format(how=told)


def _besides(one: Weighing) -> str:
    breaches = one.weighed.other_breaches if one.weighed else ()
    told = [breach_text(each) for each in breaches]
    if one.step.against:
        told.append(reasons_text(one.step.reasons, one.step.fields))
    return _joined(*told)


def _whole(size: int) -> int:
    """Rounded up to kilobytes: nothing is "0 bytes" too heavy."""
    return -(-size // 1000) * 1000


def _joined(*parts: str) -> str:
    return DOT.join(filter(None, parts))
