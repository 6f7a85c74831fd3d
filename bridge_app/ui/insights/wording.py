"""The cells, figures and gaps of reports in words; nothing that was not measured reads as 0."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.report_words import COLUMNS, FACTS, LACKS
from bridge_app.domain.reports import Cell, Column, ColumnType, Fact, Gap, Lack, ReportKind, Unit
from bridge_app.domain.rights import RightsState
from bridge_app.ui.messages import (
    approval_text,
    bytes_text,
    date_text,
    moment_text,
    number_text,
    one_line,
    rights_text,
)
from bridge_app.ui.panels.usage_words import METERS

translate = QCoreApplication.translate
NO_LIMIT = frozenset({"limit", "share"})
"""Where these are empty there is no limit that could have been measured."""
NOT_SAID = frozenset({"credits", "width", "height", "sku_count", "downloads_ps"})
"""Where these are empty they do not apply: nobody could have measured them."""
COUNTED = frozenset({ColumnType.INTEGER, ColumnType.NUMBER})
PIXELS_IN_MEGA = 1_000_000
MORE_METERS: Mapping[str, str] = {
    "resources": QT_TRANSLATE_NOOP("insights", "Assets there"),
    "derived_resources": QT_TRANSLATE_NOOP("insights", "Derived renditions"),
    "requests": QT_TRANSLATE_NOOP("insights", "Requests"),
}
FIELDS: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("insights", "Title"),
    "caption": QT_TRANSLATE_NOOP("insights", "Caption"),
    "alt_text": QT_TRANSLATE_NOOP("insights", "Alternative text"),
    "keywords": QT_TRANSLATE_NOOP("insights", "Keywords"),
    "creator": QT_TRANSLATE_NOOP("insights", "Creator"),
    "copyright": QT_TRANSLATE_NOOP("insights", "Copyright"),
}
BASES: Mapping[str, str] = {
    "measured": QT_TRANSLATE_NOOP("insights", "an optimised rendition"),
    "estimated": QT_TRANSLATE_NOOP("insights", "what such formats need"),
}
MEASURED_BY: Mapping[str, str] = {
    "cloudinary": QT_TRANSLATE_NOOP("insights", "Cloudinary"),
    "logs": QT_TRANSLATE_NOOP("insights", "Access logs"),
}


def column_text(column: Column, kind: ReportKind | None = None) -> str:
    """A column's heading; in a report of deliveries, bytes are those that were delivered."""
    is_delivered = kind is ReportKind.DELIVERY and column.name == "bytes"
    name = "bytes_delivered" if is_delivered else column.name
    words = COLUMNS.get(name, name)
    return translate("report", words)


def cell_text(column: Column, cell: Cell) -> str:
    """A cell as it is shown."""
    if cell is None:
        return missing_text(column)
    match cell:
        case bool():
            return translate("insights", "Yes") if cell else translate("insights", "No")
        case int() | float():
            return amount_text(cell, column.unit)
        case datetime():
            return moment_text(cell.isoformat())
        case date():
            return date_text(cell)
    return _word(column.name, cell)


def missing_text(column: Column) -> str:
    """What stands where a cell is empty: a number that nobody measured says so."""
    if column.name in NO_LIMIT:
        return translate("insights", "no limit")
    if column.type in COUNTED and column.name not in NOT_SAID:
        return translate("insights", "not measured")
    return "–"


def amount_text(value: float, unit: Unit) -> str:
    """A number with its unit: "12.4 MB", "83 %", "3 days"."""
    match unit:
        case Unit.BYTES:
            return bytes_text(round(value))
        case Unit.SHARE:
            return f"{decimal_text(100 * value, digits=1)}\u202f{QLocale().percent()}"
        case Unit.DAYS if value < 0:
            return translate("insights", "%Ln day(s) ago", "", -round(value))
        case Unit.DAYS:
            return translate("insights", "%Ln day(s)", "", round(value))
        case Unit.PIXELS if value >= PIXELS_IN_MEGA:
            return translate("usage", "{count} megapixels").format(
                count=decimal_text(value / PIXELS_IN_MEGA, digits=1)
            )
    return number_text(value) if isinstance(value, int) else decimal_text(value, digits=2)


def decimal_text(value: float, *, digits: int) -> str:
    """A number with so many decimals at most, and none that is a zero at the end."""
    rounded = round(float(value), digits)
    shown = next(n for n in range(digits + 1) if round(rounded, n) == rounded)
    return QLocale().toString(rounded, "f", shown)


def fact_text(fact: Fact) -> str:
    """What a figure above the table is called."""
    words = FACTS.get(fact.name, fact.name)
    return translate("report", words)


def fact_value(fact: Fact) -> str:
    """A figure above the table."""
    kind = ColumnType.TEXT if isinstance(fact.value, str) else ColumnType.NUMBER
    return cell_text(Column(name=fact.name, type=kind, unit=fact.unit), fact.value)


def gap_text(gap: Gap) -> str:
    """What is missing, in a sentence."""
    return _amounts(gap.count).get(gap.lack) or translate("report", LACKS[gap.lack])


def _amounts(count: int) -> Mapping[Lack, str]:
    """What is partly missing; sentences that hold for one as for many."""
    return {
        Lack.UNKNOWN_LINES: translate(
            "report", "%Ln line(s) of access logs named no asset that is known here.", "", n=count
        ),
        Lack.NO_PICTURE: translate(
            "report", "%Ln asset(s) without a thumbnail could not be compared.", "", n=count
        ),
        Lack.MANY_ALIKE: translate(
            "report",
            "%Ln picture(s) with too many others alike could not be compared with all of them.",
            "",
            n=count,
        ),
        Lack.NOT_READ: translate("report", "Not read yet: %Ln asset(s).", "", n=count),
        Lack.NOT_MEASURED: translate("report", "Not measured: %Ln figure(s).", "", n=count),
        Lack.CUT: translate("report", "In an export only: %Ln more row(s).", "", n=count),
    }


def _word(name: str, word: str) -> str:
    read = WORDS.get(name)
    return one_line(read(word) if read else word)


def _approval(word: str) -> str:
    return approval_text(Approval(word)) if word in set(Approval) else word


def _rights(word: str) -> str:
    return rights_text(RightsState(word)) if word in set(RightsState) else word


def _meter(word: str) -> str:
    if word in METERS:
        return translate("usage", METERS[word])
    if word in MORE_METERS:
        return translate("insights", MORE_METERS[word])
    return word.replace("_", " ").capitalize()


def listed_words(text: str) -> list[str]:
    """Fields that are named with commas between, as people call them."""
    names = (name.strip() for name in text.split(","))
    return [translate("insights", FIELDS[name]) if name in FIELDS else name for name in names]


def _fields(word: str) -> str:
    return QLocale().createSeparatedList(listed_words(word))


def _basis(word: str) -> str:
    return translate("insights", BASES[word]) if word in BASES else word


def _measured(word: str) -> str:
    return translate("insights", MEASURED_BY[word]) if word in MEASURED_BY else word


WORDS: Mapping[str, Callable[[str], str]] = {
    "approval": _approval,
    "rights_status": _rights,
    "meter": _meter,
    "measured_by": _measured,
    "format": str.upper,
    "missing": _fields,
    "basis": _basis,
}
"""Columns whose cells are words of ours."""
