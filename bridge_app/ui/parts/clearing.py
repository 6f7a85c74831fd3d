"""Fields with a button that empties them, which those who cannot see it can find, too."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QToolButton


def let_clear(field: QLineEdit | QKeySequenceEdit) -> None:
    """Give a field such a button. Qt's own has no name."""
    field.setClearButtonEnabled(True)
    name = QCoreApplication.translate("Field", "Empty the field")
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
        button.setToolTip(name)
