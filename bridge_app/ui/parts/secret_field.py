"""A field for a secret: hidden, shown on request, and never on its way to the clipboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from bridge_app.storage.secrets import Secret
from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme


class SecretField(QLineEdit):
    """Like a line edit, with a button that shows what was typed.

    While it is shown nothing in it can be selected, so nothing can be copied, cut or dragged,
    and X11's selection clipboard gets nothing either.

    Args:
        can_reveal: False for what is only pasted, and never needs to be read.
    """

    def __init__(self, theme: Theme, icons: Icons, *, can_reveal: bool = True) -> None:
        super().__init__()
        self._icons = icons
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setDragEnabled(False)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        self._reveal.setVisible(can_reveal)
        self._reveal.toggled.connect(self._show_or_hide)
        self.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self.selectionChanged.connect(self._keep_unselected)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def is_revealed(self) -> bool:
        """Is what was typed readable on the screen?"""
        return self._reveal.isChecked()

    def reveal(self, *, on: bool) -> None:
        """Show or hide what was typed."""
        self._reveal.setChecked(on)

    def secret(self) -> Secret:
        """What was typed or pasted, without the blanks that pasting brings along."""
        return Secret(self.text().strip())

    def forget(self) -> None:
        """Empty the field, and what it remembers for undo; hide what is typed next."""
        self.setText("")
        self.reveal(on=False)

    def _show_or_hide(self) -> None:
        mode = QLineEdit.EchoMode.Normal if self.is_revealed else QLineEdit.EchoMode.Password
        self.deselect()
        self.setEchoMode(mode)
        self._dress()

    def _keep_unselected(self) -> None:
        if self.is_revealed and self.hasSelectedText():
            self.deselect()

    def _dress(self) -> None:
        self._reveal.setIcon(self._icons.icon("eye-off" if self.is_revealed else "eye", size_px=18))
        text = self.tr("Hide the secret") if self.is_revealed else self.tr("Show the secret")
        self._reveal.setText(text)
        self._reveal.setToolTip(text)
