"""Asks what a set is called."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import NAME
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.preset_names import slug
from bridge_app.ui.presets.wording import set_title
from bridge_app.ui.theme import Theme

WIDTH_PX = 420


class SetForm(QDialog):
    """`wanted` tells title and name; it stays open until `accept`, or `refuse` says why not."""

    wanted = Signal(str, str)

    def __init__(
        self, theme: Theme, icons: Icons, one: RenditionSet | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._before = one
        self._shown = set_title(one) if one is not None and one.title else ""
        self.title = QLineEdit(self._shown, placeholderText=self.tr("Summer campaign"))
        self.name = QLineEdit(one.name if one else "", placeholderText="summer-campaign")
        self._named_by_hand = one is not None
        self.banner = Banner(theme, icons)
        self._buttons = QDialogButtonBox()
        self.save = self._buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        title = self.tr("Change set") if one else self.tr("New set")
        self._head = DialogHead(theme, icons, "layers", title=title)
        self._build(title)

    def refuse(self, error: BridgeError) -> None:
        """It could not be saved; what was typed stays."""
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self.save.setEnabled(True)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        self.save.setProperty("kind", "primary")
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        form = Form()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Name"), self.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        self.title.textEdited.connect(self._titled)
        self.name.textEdited.connect(self._named)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def _titled(self, text: str) -> None:
        if not self._named_by_hand:
            self.name.setText(slug(text))
        self._check()

    def _named(self, text: str) -> None:
        self._named_by_hand = bool(text)
        self._check()

    def _check(self) -> None:
        self.save.setEnabled(bool(NAME.fullmatch(self.name.text().strip())))

    def _accept(self) -> None:
        """A title that nobody touched stays as it is kept, in the language of the source."""
        self.save.setEnabled(False)
        title = self.title.text().strip()
        if self._before is not None and title == self._shown:
            title = self._before.title
        self.wanted.emit(title, self.name.text().strip())
