"""Saves what was made as a rendition preset: its name, its title, its channel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import NAME, RenditionPreset
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.preset_names import slug
from bridge_app.ui.theme import Theme

WIDTH_PX = 440


class SavePresetDialog(QDialog):
    """Asks for a title; the name follows from it until it is typed by hand."""

    wanted = Signal(object)  # RenditionPreset

    def __init__(
        self, theme: Theme, icons: Icons, transformation: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._transformation = transformation
        self._named_by_hand = False
        self.title = QLineEdit(placeholderText=self.tr("Summer banner 1200 × 630"))
        self.name = QLineEdit(placeholderText="summer-banner")
        self.channel = QLineEdit(placeholderText=self.tr("web, social, mail…"))
        self.banner = Banner(theme, icons)
        buttons = QDialogButtonBox()
        self._save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setProperty("kind", "primary")
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        form = Form()
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Channel"), self.channel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(
            DialogHead(
                theme,
                icons,
                "bookmark",
                title=self.tr("Save as a rendition preset"),
                text=transformation,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.banner)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH_PX)
        self.setWindowTitle(self.tr("Save as a preset"))
        self.title.textEdited.connect(self._titled)
        self.name.textEdited.connect(self._named)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self._check()

    def refuse(self, error: BridgeError) -> None:
        """It could not be saved."""
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self.allow()

    def allow(self) -> None:
        """Let it be saved again; what was typed is there."""
        self._save.setEnabled(True)

    def _titled(self, text: str) -> None:
        if not self._named_by_hand:
            self.name.setText(slug(text))
        self._check()

    def _named(self, text: str) -> None:
        self._named_by_hand = bool(text)
        self._check()

    def _check(self) -> None:
        self._save.setEnabled(bool(NAME.fullmatch(self.name.text())))

    def _accept(self) -> None:
        self._save.setEnabled(False)
        try:
            preset = RenditionPreset(
                name=self.name.text(),
                title=self.title.text().strip(),
                transformation=self._transformation,
                format="",
                channel=self.channel.text().strip(),
            )
        except BridgeError as error:
            self.refuse(error)
            return
        self.wanted.emit(preset)
