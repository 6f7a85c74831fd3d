"""One preset's picture on the chosen asset, with what the real file is and how true it is."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, isolated, one_line, pixels_text, preset_title
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.picture_box import PictureBox
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.ui.presets.wording import DOT
from bridge_app.ui.studio.badge import FidelityBadge
from bridge_app.ui.studio.cloud_picture import in_the_way, is_alone
from bridge_app.ui.studio.sampling import Made
from bridge_app.ui.theme import Theme

PICTURE_PX = 200
NAME_PX = 48
"""So much of a name is shown at least."""


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
        translate = QCoreApplication.translate
        self.cloud = QToolButton()
        self.cloud.setText(translate("FactsBar", "Show from Cloudinary"))
        self.cloud.setProperty("chip", "true")
        self.cloud.setToolTip(
            translate("FactsBar", "Cloudinary makes it now, which may count and cost")
        )
        self._next = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._next.setProperty("tone", "muted")
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
        layout.addWidget(self.cloud, 0, leading())
        layout.addWidget(self._next)
        self.cloud.clicked.connect(self._ask_cloud)
        previews.arrived.connect(self._tell)
        self.show_preset(None)

    @property
    def least_px(self) -> int:
        """As narrow as it can be, whatever it shows."""
        return max(self.cloud.sizeHint().width(), NAME_PX + self.badge.widest_px)

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
        self._show_next(made)
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

    @property
    def next_step(self) -> str:
        """Why Cloudinary cannot be asked for what it alone can do; "" where it can, or need not."""
        return self._next.text()

    def _show_next(self, made: Made | None) -> None:
        """What to do about a picture that lacks what Cloudinary alone can do."""
        asset, preset = self._previews.asset, self._preset
        why_not = in_the_way(asset) if asset is not None and is_alone(made) else ""
        self.cloud.setVisible(is_alone(made) and not why_not)
        self.cloud.setEnabled(preset is not None and not self._previews.is_asked(preset))
        if preset is not None and is_alone(made) and not why_not:
            why_not = self._previews.why_refused(preset)
        self._next.setText(why_not)
        self._next.setVisible(bool(why_not))

    def _ask_cloud(self) -> None:
        if self._preset is not None:
            self._previews.show_from_cloud(self._preset)
