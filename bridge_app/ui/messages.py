"""The domain's words for people, translated; and how sizes, times and names are written.

Templates are marked where they are written (here and in the domain); here they are translated.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.query import Orientation
from bridge_app.domain.reasons import LIFTS, SENTENCES, Reason
from bridge_app.domain.required_fields import field_label, parts_of
from bridge_app.domain.rights import RightsState

# ruff: noqa: PLC0415 - what a listing does not say is loaded when it is to be said
if TYPE_CHECKING:
    from bridge_app.domain.breaches import Breach
    from bridge_app.domain.jobs import JobState, Trouble
    from bridge_app.domain.presets import RenditionPreset

APPROVALS = {
    Approval.DRAFT: QT_TRANSLATE_NOOP("approval", "Draft"),
    Approval.IN_REVIEW: QT_TRANSLATE_NOOP("approval", "In review"),
    Approval.APPROVED: QT_TRANSLATE_NOOP("approval", "Approved"),
    Approval.CHANGES_REQUESTED: QT_TRANSLATE_NOOP("approval", "Changes requested"),
    Approval.REJECTED: QT_TRANSLATE_NOOP("approval", "Rejected"),
}
RIGHTS = {
    RightsState.OPEN: QT_TRANSLATE_NOOP("rights", "Rights open"),
    RightsState.NOT_YET: QT_TRANSLATE_NOOP("rights", "Rights not begun"),
    RightsState.ENDED: QT_TRANSLATE_NOOP("rights", "Rights ended"),
    RightsState.UNREADABLE: QT_TRANSLATE_NOOP("rights", "Rights unclear"),
}
KINDS = {
    Kind.IMAGE: QT_TRANSLATE_NOOP("kind", "Image"),
    Kind.VIDEO: QT_TRANSLATE_NOOP("kind", "Video"),
    Kind.AUDIO: QT_TRANSLATE_NOOP("kind", "Audio"),
    Kind.DOCUMENT: QT_TRANSLATE_NOOP("kind", "Document"),
    Kind.OTHER: QT_TRANSLATE_NOOP("kind", "Other"),
}
ORIENTATIONS = {
    Orientation.LANDSCAPE: QT_TRANSLATE_NOOP("orientation", "Landscape"),
    Orientation.PORTRAIT: QT_TRANSLATE_NOOP("orientation", "Portrait"),
    Orientation.SQUARE: QT_TRANSLATE_NOOP("orientation", "Square"),
}
JOB_STATES = {
    "queued": QT_TRANSLATE_NOOP("job", "Queued"),
    "running": QT_TRANSLATE_NOOP("job", "Running"),
    "waiting": QT_TRANSLATE_NOOP("job", "Waiting"),
    "done": QT_TRANSLATE_NOOP("job", "Done"),
    "failed": QT_TRANSLATE_NOOP("job", "Failed"),
    "cancelled": QT_TRANSLATE_NOOP("job", "Cancelled"),
}
MARKUP = re.compile("<|&(?=(?:lt|gt|amp);)", re.IGNORECASE)
WORD_JOINER = "\u2060"
BEHIND_A_LABEL = re.compile(r"(#\d+)?(\[[^]]*\])?$")
NESTED = frozenset({"expected", "one", "other"})
"""Facts of an expectation that are expectations."""
LEFT_TO_RIGHT, FIRST_STRONG, END_ISOLATE = "\u2066", "\u2068", "\u2069"


def approval_text(approval: Approval) -> str:
    """A review state: "In review"."""
    return QCoreApplication.translate("approval", APPROVALS[approval])


def rights_text(state: RightsState) -> str:
    """A rights state: "Rights ended"."""
    return QCoreApplication.translate("rights", RIGHTS[state])


def kind_text(kind: Kind) -> str:
    """A kind of asset: "Video"."""
    return QCoreApplication.translate("kind", KINDS[kind])


def orientation_text(orientation: Orientation) -> str:
    """A shape: "Portrait"."""
    return QCoreApplication.translate("orientation", ORIENTATIONS[orientation])


def job_state_text(state: "JobState") -> str:
    """Where a job stands: "Queued"."""
    return QCoreApplication.translate("job", JOB_STATES[state.value])


def reason_text(reason: Reason) -> str:
    """Why the gate stays shut, as a clause: "its rights have ended"."""
    return QCoreApplication.translate("gate", SENTENCES[reason])


def lifts_text(reason: Reason) -> str:
    """What would lift a reason, as a sentence."""
    return QCoreApplication.translate("gate lifts", LIFTS[reason])


def reasons_text(reasons: Iterable[Reason], fields: Iterable[str] = ()) -> str:
    """All reasons in one clause; `fields` are the required ones that are empty, by their ids."""
    told = fields_text(fields)
    return QLocale().createSeparatedList(
        [
            f"{reason_text(one)} ({told})"
            if told and one is Reason.FIELDS_MISSING
            else reason_text(one)
            for one in reasons
        ]
    )


def fields_text(fields: Iterable[str]) -> str:
    """Fields that a policy may require, as they are called inside a sentence."""
    return ", ".join(map(_field_words, fields))


def _field_words(name: str) -> str:
    field, language = parts_of(name) or (name, "")
    words = field_label(field)
    label = QCoreApplication.translate("required fields", words)
    return f"{label} ({isolated(language_text(language))})" if language else label


def preset_title(preset: "RenditionPreset") -> str:
    """A preset's title: "Hero 1600 × 900"; its name where it has none."""
    return one_line(QCoreApplication.translate("presets", preset.shown))


def breach_text(breach: "Breach") -> str:
    """What breaks a channel's contract: "width 299 instead of 300"."""
    from bridge_app.domain.breaches import BREACHES

    template = QCoreApplication.translate("contract", BREACHES[breach.demand])
    return template.format(
        found=_measure(breach, breach.found), asked=_measure(breach, breach.asked)
    )


def _measure(breach: "Breach", value: int | str | tuple[str, ...]) -> str:
    if isinstance(value, int):
        from bridge_app.domain.breaches import Demand

        is_bytes = breach.demand is Demand.MOST_BYTES
        return bytes_text(value) if is_bytes else number_text(value)
    return value if isinstance(value, str) else ", ".join(value)


def error_text(error: "BridgeError | Trouble") -> str:
    """Expected trouble in a sentence: what happened, what was kept, what to do."""
    template = QCoreApplication.translate("errors", error.text)
    return template.format(**_written(error.facts))


def expected_text(expected: str) -> str:
    """What would be right where a transformation is wrong, by its template and its facts."""
    for template, pattern in _expectations():
        if found := pattern.fullmatch(expected):
            inner = found.groupdict()
            for name in NESTED & inner.keys():
                inner[name] = expected_text(inner[name])
            written = {name: one_line(text) for name, text in inner.items()}
            return QCoreApplication.translate("facts", template).format(**written)
    return one_line(expected)


@cache
def _expectations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from bridge_app.domain.expectations import Expected

    return tuple((one.value, template_pattern(one.value)) for one in Expected)


def template_pattern(template: str) -> re.Pattern[str]:
    """What finds the facts in a sentence that was made of a template."""
    parts: list[str] = []
    seen: set[str] = set()
    for words, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(words))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def fact_text(fact: str) -> str:
    """What fills a sentence of an error, in one line: translated where it is one of our own."""
    if not fact:
        return ""
    said = QCoreApplication.translate("facts", fact)
    # Why a folder cannot be read is told beside its files, too, and translated there.
    return one_line(said if said != fact else QCoreApplication.translate("libraries", fact))


def one_line(text: str) -> str:
    """Text as one line that can be shown anywhere and cannot pretend.

    What Qt would take for HTML (a tool tip looks for a tag or `&lt;`) is broken up by an invisible
    character.
    """
    return MARKUP.sub(f"\\g<0>{WORD_JOINER}", plain_line(text))


def plain_line(text: str) -> str:
    """The same where nothing is taken for HTML, and the text may be copied.

    Control characters and lone surrogates (undecodable bytes of a file name) become U+FFFD, line
    breaks a space; the overrides that make a name read like another one are left out.
    """
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in " ".join(text.splitlines()))


def isolated(text: str) -> str:
    """Text that keeps its own direction inside a sentence of another."""
    return f"{FIRST_STRONG}{text}{END_ISOLATE}"


def language_text(tag: str) -> str:
    """A language by its own name: “Deutsch”; the tag where there is none."""
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() is QLocale.Language.C:
        return tag
    name = locale.nativeLanguageName() or tag
    return f"{name} ({tag})" if "-" in tag else name


def bytes_text(size: int) -> str:
    """An amount of bytes in decimal units: "24.1 MB"."""
    digits = 0 if size < 1000 else 1
    return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def number_text(value: int) -> str:
    """A count in the person's digits and groups: "12,408"."""
    return QLocale().toString(value)


def pixels_text(size: tuple[int, int]) -> str:
    """Width × height, in this order in every script."""
    return f"{LEFT_TO_RIGHT}{figures_text(f'{size[0]} × {size[1]}')}{END_ISOLATE}"


def clock_text(seconds: float) -> str:
    """A duration as players show it: "0:24", "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return figures_text(f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}")


def date_text(day: date) -> str:
    """A day, with the month as a word: "3 Nov 2026"."""
    locale = QLocale()
    pattern = QCoreApplication.translate("time", "d MMM yyyy")
    return locale.toString(QDate(day.year, day.month, day.day), pattern)


def moment_day(moment: str) -> date | None:
    """The day of an ISO 8601 moment, in local time; None if it is no moment."""
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (parsed.astimezone() if parsed.tzinfo else parsed).date()


def moment_text(moment: str) -> str:
    """A moment in ISO 8601, in local time: "3 Nov 2026, 14:05"; as precise as it is given.

    A moment without a zone (a camera's clock) is shown as it is, and so is what is no moment.
    """
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return one_line(moment)
    if len(moment) <= len("2026-11-03"):
        return date_text(parsed.date())
    local = parsed.astimezone() if parsed.tzinfo else parsed
    clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return QCoreApplication.translate("time", "{date}, {time}").format(
        date=date_text(local.date()), time=clock
    )


def format_text(asset: Asset) -> str:
    """What sort of file it is, as people call it: the suffix of its name, else its format."""
    suffix = asset.name.rpartition(".")[2] if "." in asset.name.strip(".") else ""
    short = suffix if 0 < len(suffix) <= 5 and suffix.isalnum() else asset.format
    return one_line(short).upper()


def asset_sentence(asset: Asset, at: datetime) -> str:
    """One asset for those who cannot see it: name, kind, size, and each of its states."""
    size = asset.display_size
    rights = asset.rights.state(at)
    parts = [
        one_line(asset.name),
        kind_text(asset.kind),
        *([pixels_text(size)] if size else []),
        *([clock_text(asset.duration_s)] if asset.duration_s else []),
        *([stars_text(asset.rating)] if asset.rating else []),
        approval_text(asset.approval),
        *([lapsed_text()] if asset.lapsed else []),
        *([rights_text(rights)] if rights is not RightsState.OPEN else []),
        *([pushed_text()] if asset.cloud else []),
        *([unreadable_text()] if asset.error else []),
    ]
    return QLocale().createSeparatedList(parts)


def stars_text(rating: int) -> str:
    """A rating in words: "4 of 5 stars"."""
    stars = QCoreApplication.translate("asset", "{rating} of 5 stars").format(rating=rating)
    return figures_text(stars)


def lapsed_text() -> str:
    """What is said of an asset whose approval ended because its bytes changed."""
    return QCoreApplication.translate("asset", "Changed since approval")


def pushed_text() -> str:
    """What is said of an asset that has a delivered copy."""
    return QCoreApplication.translate("asset", "Pushed")


def unreadable_text() -> str:
    """What is said of an asset whose file cannot be read."""
    return QCoreApplication.translate("asset", "Cannot be read")


def figures_text(text: str) -> str:
    """The figures of a text in those that the person's language is written with."""
    first = ord(QLocale().zeroDigit())
    return text.translate({ord("0") + value: chr(first + value) for value in range(10)})


def _written(facts: Mapping[str, object]) -> dict[str, str]:
    return {
        name: expected_text(str(value))
        if name == "expected"
        else clauses_text(str(value))
        if name == "reasons"
        else _field_name(str(value))
        if name == "field"
        else _fact(value)
        for name, value in facts.items()
    }


def clauses_text(sentence: str) -> str:
    """What `Verdict.sentence` wrote, each of its clauses translated."""
    clauses = (QCoreApplication.translate("gate", one) for one in sentence.split(", "))
    return one_line(", ".join(clauses))


def _field_name(label: str) -> str:
    """The label of a standard field, with what stands behind it: “Title[de]”, “Licensor#2”."""
    name = BEHIND_A_LABEL.sub("", label)
    return one_line(QCoreApplication.translate("standard", name) + label[len(name) :])


def _fact(value: object) -> str:
    if isinstance(value, datetime):
        return moment_text(value.astimezone(UTC).isoformat())
    if isinstance(value, int) and not isinstance(value, bool):
        return number_text(value)
    text = fact_text(str(value))
    # A path that begins with a slash would have it at its end there.
    right_to_left = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return isolated(text) if right_to_left else text


def _visible(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return "\ufffd"
    return "" if character in "\u202a\u202b\u202c\u202d\u202e" else character
