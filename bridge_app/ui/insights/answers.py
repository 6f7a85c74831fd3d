"""A report's answer in one sentence; and what to say, and to do, where there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.reports import Lack, Report, ReportKind, Unit
from bridge_app.ui.insights.reading import cell_of, facts_of
from bridge_app.ui.insights.shapes import Bar, Bars, Chart, Trend
from bridge_app.ui.insights.wording import amount_text
from bridge_app.ui.messages import bytes_text, date_text, isolated, number_text
from bridge_app.ui.panels.empty_state import EmptyWords

translate = QCoreApplication.translate
NEAR = 0.8
"""From this part of a limit on it is nearly reached."""
NAMED = 3


class Remedy(Enum):
    """What a person can do about an answer that is missing."""

    NONE = auto()
    IMPORT = auto()
    ASK = auto()
    CONNECT = auto()
    LOOK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptiness:
    """Why there is nothing, and what can be done about it."""

    words: EmptyWords
    remedy: Remedy = Remedy.NONE


REMEDIES: Mapping[Lack, Remedy] = {
    Lack.NO_ENVIRONMENT: Remedy.CONNECT,
    Lack.NEVER_ASKED: Remedy.ASK,
    Lack.NOT_ASKED_NOW: Remedy.ASK,
    Lack.NO_LOGS: Remedy.IMPORT,
    Lack.UNKNOWN_LINES: Remedy.LOOK,
}
MISSING: Mapping[Lack, tuple[str, str, str]] = {
    Lack.NO_ENVIRONMENT: (
        "cloud-off",
        QT_TRANSLATE_NOOP("insights", "No account is connected"),
        QT_TRANSLATE_NOOP(
            "insights", "Connect a Cloudinary account; what it uses is counted here then."
        ),
    ),
    Lack.NEVER_ASKED: (
        "gauge",
        QT_TRANSLATE_NOOP("insights", "Not asked yet"),
        QT_TRANSLATE_NOOP(
            "insights",
            "Ask the environment what it uses. Each answer is kept: several days make a trend.",
        ),
    ),
    Lack.NO_LOGS: (
        "globe",
        QT_TRANSLATE_NOOP("insights", "No numbers of delivery yet"),
        QT_TRANSLATE_NOOP(
            "insights",
            "Import an access log of your site or network: it says what was delivered, how often "
            "and to whom. It is read here and sent nowhere.",
        ),
    ),
}
"""Sign, title and sentence for what would have been needed."""
OF_LOGS = frozenset({ReportKind.DELIVERY})
"""These are about access logs alone."""
HELPED_BY_LOGS = frozenset({ReportKind.LOGS, ReportKind.MOST_USED, ReportKind.LEAST_USED})
NOTHING: Mapping[ReportKind, tuple[str, str, str]] = {
    ReportKind.MOST_USED: (
        "inbox",
        QT_TRANSLATE_NOOP("insights", "Nothing is in use yet"),
        QT_TRANSLATE_NOOP(
            "insights",
            "What was pushed, published or placed is counted here; an access log tells how often "
            "it was delivered.",
        ),
    ),
    ReportKind.LEAST_USED: (
        "inbox",
        QT_TRANSLATE_NOOP("insights", "Nothing is in use yet"),
        QT_TRANSLATE_NOOP(
            "insights",
            "What was pushed, published or placed is counted here; an access log tells how often "
            "it was delivered.",
        ),
    ),
    ReportKind.SAVINGS: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "Nothing to save"),
        QT_TRANSLATE_NOOP("insights", "No rendition is known that is not optimised already."),
    ),
    ReportKind.UNUSED: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "Every approved asset is in use"),
        QT_TRANSLATE_NOOP("insights", "None of them lies idle."),
    ),
    ReportKind.RIGHTS_ENDING: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "No rights end soon"),
        QT_TRANSLATE_NOOP("insights", "Nothing that is in use has to go within these days."),
    ),
    ReportKind.HEAVY: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "No heavy originals"),
        QT_TRANSLATE_NOOP("insights", "Every original is smaller than the size that is asked for."),
    ),
    ReportKind.DUPLICATES: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "Nothing is there twice"),
        QT_TRANSLATE_NOOP("insights", "No two files have the same content."),
    ),
    ReportKind.NEAR_DUPLICATES: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "No two pictures look alike"),
        QT_TRANSLATE_NOOP("insights", "At least none of those that could be compared."),
    ),
    ReportKind.MISSING_METADATA: (
        "circle-check",
        QT_TRANSLATE_NOOP("insights", "Nothing is missing"),
        QT_TRANSLATE_NOOP("insights", "Every asset has the fields that are asked for."),
    ),
    ReportKind.LOGS: (
        "file-text",
        QT_TRANSLATE_NOOP("insights", "No access log was imported"),
        QT_TRANSLATE_NOOP(
            "insights",
            "Import one of your site or network: it says what was delivered, how often and to "
            "whom. It is read here and sent nowhere.",
        ),
    ),
}
"""What is said where everything was asked and nothing found."""
USUAL = (
    "inbox",
    QT_TRANSLATE_NOOP("insights", "Nothing to tell"),
    QT_TRANSLATE_NOOP("insights", "There is nothing of that kind in this library and these days."),
)


def emptiness(report: Report) -> Emptiness:
    """Why a report has no rows, and what to do about it."""
    for gap in report.gaps:
        if gap.lack in MISSING and (gap.lack is not Lack.NO_LOGS or report.kind in OF_LOGS):
            return _said(MISSING[gap.lack], REMEDIES[gap.lack])
    remedy = Remedy.IMPORT if report.kind in HELPED_BY_LOGS else Remedy.NONE
    return _said(NOTHING.get(report.kind, USUAL), remedy)


def headline(report: Report, chart: Chart | None) -> str:
    """The answer in one sentence; `chart` is what is drawn of it."""
    say = SENTENCES.get(report.kind)
    if say is not None:
        return say(report, chart)
    return translate("insights", "%Ln row(s)", "", len(report.rows))


def _said(words: tuple[str, str, str], remedy: Remedy) -> Emptiness:
    icon, title, text = words
    said = EmptyWords(
        icon=icon, title=translate("insights", title), text=translate("insights", text)
    )
    return Emptiness(words=said, remedy=remedy)


def _count(report: Report) -> int:
    """How many rows there are, with those that were left out."""
    return len(report.rows) + sum(gap.count for gap in report.gaps if gap.lack is Lack.CUT)


def _usage(report: Report, chart: Chart | None) -> str:
    del report
    bars = chart.bars if isinstance(chart, Bars) else ()
    limited = sorted((bar for bar in bars if bar.share is not None), key=_by_share)
    near = [bar for bar in limited if (bar.share or 0.0) >= NEAR]
    if near:
        text = translate("insights", "%Ln limit(s) are nearly reached: {names}", "", len(near))
        return text.format(names=", ".join(bar.label for bar in near[:NAMED]))
    if limited:
        text = translate("insights", "No limit is near. The nearest: {name}, {amount}")
        return text.format(name=limited[0].label, amount=limited[0].text)
    return translate("insights", "This plan tells no limits")


def _by_share(bar: Bar) -> float:
    return -(bar.share or 0.0)


def _trend(report: Report, chart: Chart | None) -> str:
    if not isinstance(chart, Trend):
        return translate("insights", "%Ln row(s)", "", len(report.rows))
    line = chart.lines[0]
    known = [point for point in line.points if point.value is not None]
    first, last = known[0], known[-1]
    if first is last:
        text = translate("insights", "{name}: {amount} on {day}. A second day makes a trend.")
        return text.format(
            name=line.name, amount=chart.write(last.value or 0.0), day=date_text(last.day)
        )
    text = translate("insights", "{name}: {amount} on {day}, after {before} on {earlier}")
    return text.format(
        name=line.name,
        amount=chart.write(last.value or 0.0),
        day=date_text(last.day),
        before=chart.write(first.value or 0.0),
        earlier=date_text(first.day),
    )


def _first(report: Report, chart: Chart | None) -> str:
    bar = _top(chart)
    if bar is None or not isinstance(chart, Bars):
        return translate("insights", "%Ln asset(s)", "", _count(report))
    if report.kind is ReportKind.LEAST_USED:
        text = translate("insights", "{name} is used least ({measure}: {amount})")
    else:
        text = translate("insights", "{name} is used most ({measure}: {amount})")
    return text.format(name=isolated(bar.label), measure=chart.measure, amount=bar.text)


def _largest(report: Report, chart: Chart | None) -> str:
    bar = _top(chart)
    if bar is None or not isinstance(chart, Bars):
        return translate("insights", "%Ln row(s)", "", len(report.rows))
    total = sum(one.value or 0.0 for one in chart.bars)
    text = translate("insights", "{name} takes most ({measure}: {amount}, {share} of all)")
    return text.format(
        name=isolated(bar.label),
        measure=chart.measure,
        amount=bar.text,
        share=amount_text((bar.value or 0.0) / total if total else 0.0, Unit.SHARE),
    )


def _unused(report: Report, chart: Chart | None) -> str:
    del chart
    count = _count(report)
    return translate("insights", "%Ln approved asset(s) were never used", "", n=count)


def _ending(report: Report, chart: Chart | None) -> str:
    del chart
    text = translate(
        "insights",
        "The rights in %Ln asset(s) in use end within {days} days, or have ended",
        "",
        _count(report),
    )
    return text.format(days=number_text(report.scope.ahead_days))


def _heavy(report: Report, chart: Chart | None) -> str:
    del chart
    text = translate("insights", "%Ln original(s) have {size} or more", "", _count(report))
    return text.format(size=bytes_text(report.scope.heavy_bytes))


def _twice(report: Report, chart: Chart | None) -> str:
    del chart
    spare = facts_of(report).get("spare_bytes")
    text = translate("insights", "%Ln content(s) are there more than once", "", _groups(report))
    if spare is None:
        return text
    freed = translate("insights", "{sentence}; {size} could be freed")
    return freed.format(sentence=text, size=bytes_text(int(spare)))


def _alike(report: Report, chart: Chart | None) -> str:
    del chart
    return translate(
        "insights", "%Ln group(s) of pictures look almost the same", "", _groups(report)
    )


def _groups(report: Report) -> int:
    return len({cell_of(report, row, "group") for row in report.rows})


def _incomplete(report: Report, chart: Chart | None) -> str:
    del chart
    count = _count(report)
    return translate("insights", "%Ln asset(s) have metadata missing", "", n=count)


def _savings(report: Report, chart: Chart | None) -> str:
    saved = facts_of(report).get("saved_bytes")
    if saved is None:
        return _largest(report, chart)
    text = translate("insights", "Optimisation would save {size}")
    return text.format(size=bytes_text(int(saved)))


def _delivered(report: Report, chart: Chart | None) -> str:
    if not isinstance(chart, Trend) or chart.days is None:
        return translate("insights", "%Ln row(s)", "", len(report.rows))
    line = chart.lines[0]
    text = translate("insights", "{name}: {amount} from {first} to {last}")
    return text.format(
        name=line.name,
        amount=chart.write(sum(point.value or 0.0 for point in line.points)),
        first=date_text(chart.days[0]),
        last=date_text(chart.days[1]),
    )


def _logs(report: Report, chart: Chart | None) -> str:
    del chart
    count = _count(report)
    return translate("insights", "%Ln access log(s) are counted", "", n=count)


def _top(chart: Chart | None) -> Bar | None:
    bars = chart.bars if isinstance(chart, Bars) else ()
    return next((bar for bar in bars if bar.value is not None), None)


SENTENCES: Mapping[ReportKind, Callable[[Report, Chart | None], str]] = {
    ReportKind.USAGE: _usage,
    ReportKind.TREND: _trend,
    ReportKind.SAVINGS: _savings,
    ReportKind.MOST_USED: _first,
    ReportKind.LEAST_USED: _first,
    ReportKind.UNUSED: _unused,
    ReportKind.RIGHTS_ENDING: _ending,
    ReportKind.BY_CAMPAIGN: _largest,
    ReportKind.BY_OWNER: _largest,
    ReportKind.BY_LIBRARY: _largest,
    ReportKind.BY_FORMAT: _largest,
    ReportKind.BY_PRESET: _largest,
    ReportKind.HEAVY: _heavy,
    ReportKind.DUPLICATES: _twice,
    ReportKind.NEAR_DUPLICATES: _alike,
    ReportKind.MISSING_METADATA: _incomplete,
    ReportKind.DELIVERY: _delivered,
    ReportKind.LOGS: _logs,
}
