"""How a dialog is opened: nothing waits for its answer, and a closed one is not kept."""

from PySide6.QtWidgets import QDialog


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog above its window; returns at once, and the dialog goes when it is closed."""
    dialog.setModal(True)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
