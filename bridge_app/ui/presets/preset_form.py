"""The form for one preset: what it is called, whom it is for, its text, and what that makes."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import PresetError, RenditionPreset
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.presets.preset_fields import PresetFields
from bridge_app.ui.presets.preview_card import PreviewCard
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.raw_text import RawText

WIDTH_PX, HEIGHT_PX = 820, 640
"""With room for a banner: fields that a style sheet pads would be cut off by one."""
CARD_PX = 280
LOOK_AFTER_MS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWish:
    """What the form is opened for: a preset that is there, or None; and the channels known."""

    preset: RenditionPreset | None
    channels: Iterable[str]


class PresetForm(QDialog):
    """`wanted` tells the preset; it stays open until `accept`, or `refuse` says why not."""

    wanted = Signal(object)  # RenditionPreset

    def __init__(
        self, previews: PresetPreviews, looks: Looks, wish: FormWish, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme, icons = looks.theme, looks.icons
        self._previews = previews
        self._is_new = wish.preset is None
        self.document = Document(self)
        self.fields = PresetFields(wish.channels)
        self.text = RawText(self.document, theme)
        self.card = PreviewCard(previews, theme, icons)
        self.banner = Banner(theme, icons)
        title = self.tr("New preset") if self._is_new else self.tr("Change preset")
        self._head = DialogHead(theme, icons, "bookmark", title=title)
        self._buttons = QDialogButtonBox()
        self.save = self._buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._timer = QTimer(self, interval=LOOK_AFTER_MS, singleShot=True)
        self._build(title)
        self.fields.show_preset(wish.preset)
        self.document.type(wish.preset.transformation if wish.preset else "")
        self.document.undo.clear()
        self._connect()
        self._check()
        self._look()

    def refuse(self, error: BridgeError) -> None:
        """It could not be saved; what was typed stays."""
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self.save.setEnabled(True)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumSize(WIDTH_PX, HEIGHT_PX)
        self.save.setProperty("kind", "primary")
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        heading = QLabel(self.tr("T&ransformation"))
        heading.setProperty("tone", "heading")
        heading.setBuddy(self.text)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.fields)
        left.addSpacing(8)
        left.addWidget(heading)
        left.addWidget(self.text)
        for part in (self.fields, self.text):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        left.addStretch(1)
        self.card.setFixedWidth(max(CARD_PX, self.card.least_px))
        right = QVBoxLayout()
        right.addWidget(self.card)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 1)
        middle.addLayout(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self.fields.edited.connect(self._edited)
        self.document.changed.connect(self._edited)
        self._timer.timeout.connect(self._look)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def _edited(self) -> None:
        self.banner.hush()
        self._check()
        self._timer.start()

    def _preset(self) -> RenditionPreset:
        """Raises PresetError."""
        return self.fields.preset(self.document.text)

    def _check(self) -> None:
        """It can be saved as soon as it has a name and a text that can be read."""
        error = self.document.error
        if error is not None:
            self.banner.say(Tone.WARNING, error_text(error))
        has_name = bool(self.fields.name.text().strip())
        self.save.setEnabled(error is None and has_name)

    def _look(self) -> None:
        """Have the picture made of what is typed, if that can be read."""
        if self.document.error is not None:
            self.card.say(self.tr("No preview"))
            return
        shown = RenditionPreset(
            name="shown", title="", transformation=self.document.text, format=self._format()
        )
        self._previews.want([shown])
        self.card.show_preset(shown)

    def _format(self) -> str:
        try:
            return self._preset().format
        except PresetError:
            return ""

    def _accept(self) -> None:
        self.save.setEnabled(False)
        try:
            preset = self._preset()
        except PresetError as error:
            self.refuse(error)
            return
        self.wanted.emit(preset)
