"""One preset's picture on the chosen asset, with what the real file is and how true it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, isolated, one_line, pixels_text, preset_title
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.picture_box import PictureBox
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.ui.presets.wording import DOT
from bridge_app.ui.studio.badge import FidelityBadge
from bridge_app.ui.studio.sampling import Made
from bridge_app.ui.theme import Theme

PICTURE_PX = 200


class PreviewCard(QFrame):
    """Follows `previews`; `show_preset` says whose picture it is."""

    def __init__(self, previews: PresetPreviews, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._previews = previews
        self._preset: RenditionPreset | None = None
        self.picture = PictureBox(theme, icons, height_px=PICTURE_PX)
        self._of = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._of.setProperty("tone", "muted")
        self._facts = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._facts.setProperty("tone", "muted")
        self.badge = FidelityBadge(theme, icons)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._of, 1)
        line.addWidget(self.badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.picture)
        layout.addWidget(self._facts)
        layout.addLayout(line)
        previews.arrived.connect(self._tell)
        self.show_preset(None)

    @property
    def facts(self) -> str:
        """What is known of the file: pixels, format and bytes."""
        return self._facts.text()

    def show_preset(self, preset: RenditionPreset | None) -> None:
        """Show this one; None shows that there is nothing to show."""
        self._preset = preset
        if preset is None:
            self.say("")
        self._tell()

    def say(self, text: str) -> None:
        """There is no picture, and this is why; "" where there is nothing to show."""
        self._preset = None
        self.picture.show_trouble("image-off" if text else "image", text)
        self._show_facts(None)

    def _tell(self) -> None:
        preset, asset = self._preset, self._previews.asset
        if preset is None:
            return
        if asset is None:
            text = self.tr("Choose one asset in the window to see what presets make of it.")
            self.picture.show_trouble("image", text)
            self._show_facts(None)
            return
        cell = self._previews.cell(preset)
        if cell.made is not None:
            self.picture.show_image(cell.made.image, preset_title(preset))
        elif cell.trouble:
            self.picture.show_trouble("image-off", cell.trouble)
        else:
            self.picture.show_waiting(self.tr("Is being made…"))
        self._show_facts(cell.made)

    def _show_facts(self, made: Made | None) -> None:
        asset = self._previews.asset
        self._of.setVisible(made is not None and asset is not None)
        self.badge.setVisible(made is not None)
        parts = []
        if made is not None:
            self.badge.show_truth(made.fidelity, made.reasons)
            parts.append(pixels_text(made.size))
            if made.bytes:
                parts += [made.format.upper(), isolated(bytes_text(made.bytes))]
        if asset is not None:
            self._of.setText(self.tr("Of {name}").format(name=isolated(one_line(asset.name))))
        self._facts.setText(DOT.join(parts))
        self._facts.setVisible(bool(parts))
