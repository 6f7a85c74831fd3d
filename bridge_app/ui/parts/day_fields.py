"""Fields for days and moments, which are written alike wherever one reads from."""

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

SHORT = QLocale.FormatType.ShortFormat
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


class DayEdit(QDateEdit):
    """A day."""

    def __init__(self) -> None:
        super().__init__()
        _stand(self, QLocale().dateFormat(SHORT))


class MomentEdit(QDateTimeEdit):
    """A day and a time of it."""

    def __init__(self, moment: QDateTime) -> None:
        super().__init__(moment)
        _stand(self, QLocale().dateTimeFormat(SHORT))


def _stand(field: QDateTimeEdit, usual: str) -> None:
    """Where one reads leftwards Qt turns all parts around, minutes and hours too.

    In a field that is read rightwards it leaves them, and the text finds its way by itself.
    """
    if field.isRightToLeft():
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setDisplayFormat(usual.translate(MARKS))
