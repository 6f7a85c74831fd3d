"""As what a report can be written down, in the words of people."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.reports import ExportFormat

NAMES: Mapping[ExportFormat, str] = {
    ExportFormat.SPREADSHEET: QT_TRANSLATE_NOOP("insights", "Table for spreadsheets (CSV)"),
    ExportFormat.CSV: QT_TRANSLATE_NOOP("insights", "Plain table (CSV)"),
    ExportFormat.JSON: QT_TRANSLATE_NOOP("insights", "Lines of JSON"),
    ExportFormat.PARQUET: QT_TRANSLATE_NOOP("insights", "Parquet, for analysis"),
}


def format_names() -> dict[ExportFormat, str]:
    """The formats by what people call them, those for spreadsheets first."""
    return {form: QCoreApplication.translate("insights", name) for form, name in NAMES.items()}
