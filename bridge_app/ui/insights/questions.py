"""The questions of the list, in groups; each is one report, and one line."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.report_words import TITLES
from bridge_app.domain.reports import ReportKind

GROUPS: Mapping[str, tuple[ReportKind, ...]] = {
    QT_TRANSLATE_NOOP("insights", "Cost and limits"): (
        ReportKind.USAGE,
        ReportKind.TREND,
        ReportKind.SAVINGS,
    ),
    QT_TRANSLATE_NOOP("insights", "Use"): (
        ReportKind.MOST_USED,
        ReportKind.LEAST_USED,
        ReportKind.UNUSED,
        ReportKind.RIGHTS_ENDING,
    ),
    QT_TRANSLATE_NOOP("insights", "Who and what"): (
        ReportKind.BY_CAMPAIGN,
        ReportKind.BY_OWNER,
        ReportKind.BY_LIBRARY,
        ReportKind.BY_FORMAT,
        ReportKind.BY_PRESET,
    ),
    QT_TRANSLATE_NOOP("insights", "Tidying up"): (
        ReportKind.HEAVY,
        ReportKind.DUPLICATES,
        ReportKind.NEAR_DUPLICATES,
        ReportKind.MISSING_METADATA,
    ),
    QT_TRANSLATE_NOOP("insights", "Access logs"): (
        ReportKind.DELIVERY,
        ReportKind.LOGS,
    ),
}
QUESTIONS: Mapping[ReportKind, str] = {
    ReportKind.USAGE: QT_TRANSLATE_NOOP("insights", "How near are the plan’s limits?"),
    ReportKind.TREND: QT_TRANSLATE_NOOP("insights", "How does usage grow?"),
    ReportKind.SAVINGS: QT_TRANSLATE_NOOP("insights", "What would optimisation save?"),
    ReportKind.MOST_USED: QT_TRANSLATE_NOOP("insights", "What is used most?"),
    ReportKind.LEAST_USED: QT_TRANSLATE_NOOP("insights", "What is hardly used?"),
    ReportKind.UNUSED: QT_TRANSLATE_NOOP("insights", "Which approved assets did nobody use?"),
    ReportKind.RIGHTS_ENDING: QT_TRANSLATE_NOOP("insights", "What is in use as rights end?"),
    ReportKind.BY_CAMPAIGN: QT_TRANSLATE_NOOP("insights", "Which campaigns take most?"),
    ReportKind.BY_OWNER: QT_TRANSLATE_NOOP("insights", "Whose assets take most?"),
    ReportKind.BY_LIBRARY: QT_TRANSLATE_NOOP("insights", "Which libraries take most?"),
    ReportKind.BY_FORMAT: QT_TRANSLATE_NOOP("insights", "Which formats take most?"),
    ReportKind.BY_PRESET: QT_TRANSLATE_NOOP("insights", "Which presets are used?"),
    ReportKind.HEAVY: QT_TRANSLATE_NOOP("insights", "Which originals are heavy?"),
    ReportKind.DUPLICATES: QT_TRANSLATE_NOOP("insights", "What is there twice?"),
    ReportKind.NEAR_DUPLICATES: QT_TRANSLATE_NOOP("insights", "What looks almost the same?"),
    ReportKind.MISSING_METADATA: QT_TRANSLATE_NOOP("insights", "What has metadata missing?"),
    ReportKind.DELIVERY: QT_TRANSLATE_NOOP("insights", "What was delivered, day by day?"),
    ReportKind.LOGS: QT_TRANSLATE_NOOP("insights", "Which access logs are counted?"),
}
ICONS: Mapping[ReportKind, str] = {
    ReportKind.USAGE: "gauge",
    ReportKind.TREND: "activity",
    ReportKind.SAVINGS: "sparkles",
    ReportKind.MOST_USED: "arrow-up",
    ReportKind.LEAST_USED: "arrow-down",
    ReportKind.UNUSED: "eye-off",
    ReportKind.RIGHTS_ENDING: "calendar-clock",
    ReportKind.BY_CAMPAIGN: "flag",
    ReportKind.BY_OWNER: "users",
    ReportKind.BY_LIBRARY: "library",
    ReportKind.BY_FORMAT: "file-type",
    ReportKind.BY_PRESET: "bookmark",
    ReportKind.HEAVY: "hard-drive",
    ReportKind.DUPLICATES: "copy",
    ReportKind.NEAR_DUPLICATES: "images",
    ReportKind.MISSING_METADATA: "tags",
    ReportKind.DELIVERY: "globe",
    ReportKind.LOGS: "file-text",
}


def question_text(kind: ReportKind) -> str:
    """What a report answers: "Which approved assets did nobody use?"."""
    return QCoreApplication.translate("insights", QUESTIONS[kind])


def title_text(kind: ReportKind) -> str:
    """What a report is called: "Approved, never used"."""
    return QCoreApplication.translate("report", TITLES[kind])
