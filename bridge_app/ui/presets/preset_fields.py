"""What a preset says besides its transformation, as fields; read back as a preset."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from bridge_app.domain.presets import LARGEST_SIDE, Contract, RenditionPreset
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import preset_title
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.preset_names import slug

KILOBYTE = 1024
MOST_KILOBYTES = 2_000_000
GAP_PX = 4
FORMATS = ("jpg", "png", "webp", "avif", "gif", "mp4", "webm", "pdf")
LISTS_APART = ", "


class PresetFields(QWidget):
    """`edited` tells that a person changed something. The name follows the title of a new one."""

    edited = Signal()

    def __init__(self, channels: Iterable[str]) -> None:
        super().__init__()
        self._follows = False
        self._shown_title = ""
        self._kept_title = ""
        self.title = QLineEdit(placeholderText=self.tr("Summer banner 1200 × 630"))
        self.name = QLineEdit(placeholderText="summer-banner")
        self.channel = EditableBox()
        self.channel.addItems(in_reading_order(filter(None, set(channels))))
        self.form = EditableBox()
        self.markets = QLineEdit(placeholderText=self.tr("Everywhere; or DE, US-CA, EMEA"))
        self.languages = QLineEdit(placeholderText=self.tr("All; or de, pt-BR"))
        self.width_px, self.height_px = QSpinBox(), QSpinBox()
        self.is_exact = QCheckBox(self.tr("E&xactly, not at most"))
        self.most_kb = QSpinBox()
        self.formats = QLineEdit(placeholderText=self.tr("Any; or jpg, png"))
        self._build()
        self._connect()

    def show_preset(self, preset: RenditionPreset | None) -> None:
        """Fill the fields; None is a new one, whose name follows its title."""
        self._follows = preset is None
        contract = (preset.contract if preset else None) or Contract()
        self._kept_title = preset.title if preset else ""
        self._shown_title = preset_title(preset) if preset and preset.title else ""
        self.title.setText(self._shown_title)
        self.name.setText(preset.name if preset else "")
        self.channel.setEditText(preset.channel if preset else "")
        self.form.setEditText(preset.format if preset else "jpg")
        self.markets.setText(LISTS_APART.join(preset.markets if preset else ()))
        self.languages.setText(LISTS_APART.join(preset.languages if preset else ()))
        self.width_px.setValue(contract.width)
        self.height_px.setValue(contract.height)
        self.is_exact.setChecked(contract.exact)
        self.most_kb.setValue(-(-contract.most_bytes // KILOBYTE))
        self.formats.setText(LISTS_APART.join(contract.formats))

    def preset(self, transformation: str) -> RenditionPreset:
        """What is filled in. Raises PresetError."""
        return RenditionPreset(
            name=self.name.text().strip(),
            title=self._title(),
            transformation=transformation,
            format=self.form.currentText().strip().lower().lstrip("."),
            channel=self.channel.currentText().strip(),
            markets=listed(self.markets.text()),
            languages=listed(self.languages.text()),
            contract=self._contract(),
        )

    def _title(self) -> str:
        """A title that nobody touched stays as it is kept, in the language of the source."""
        text = self.title.text().strip()
        return self._kept_title if text == self._shown_title else text

    def _contract(self) -> Contract | None:
        formats = tuple(one.lower().lstrip(".") for one in listed(self.formats.text()))
        width, height = self.width_px.value(), self.height_px.value()
        most_bytes = self.most_kb.value() * KILOBYTE
        if not (width or height or most_bytes or formats):
            return None
        return Contract(
            width=width,
            height=height,
            exact=self.is_exact.isChecked(),
            most_bytes=most_bytes,
            formats=formats,
        )

    def _build(self) -> None:
        self.form.addItems(["", *FORMATS])
        line = self.form.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("As the master"))
        for combo in (self.form, self.channel):
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for side, name in (
            (self.width_px, self.tr("Width in pixels")),
            (self.height_px, self.tr("Height in pixels")),
        ):
            side.setRange(0, LARGEST_SIDE)
            side.setAccessibleName(name)
            side.setSpecialValueText(self.tr("any"))
        self.most_kb.setRange(0, MOST_KILOBYTES)
        self.most_kb.setSpecialValueText(self.tr("any size"))
        self.most_kb.setSuffix(self.tr(" kB"))
        size = QHBoxLayout()
        size.setSpacing(6)
        size.addWidget(self.width_px, 1)
        size.addWidget(QLabel("×"))
        size.addWidget(self.height_px, 1)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(14)
        layout.setVerticalSpacing(4)
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((self.tr("&Title"), self.title), (self.tr("&Name"), self.name)),
            ((self.tr("&Channel"), self.channel), (self.tr("&Format"), self.form)),
            ((self.tr("&Markets"), self.markets), (self.tr("&Languages"), self.languages)),
        )
        for row, pair in enumerate(rows):
            for column, (text, field) in enumerate(pair):
                layout.addWidget(label(text, field), 3 * row, column)
                layout.addWidget(field, 3 * row + 1, column)
        below = 3 * len(rows)
        for row in range(2, below + 3, 3):
            layout.setRowMinimumHeight(row, GAP_PX)
        layout.addWidget(label(self.tr("Pi&xels the channel asks for"), self.width_px), below, 0)
        layout.addLayout(size, below + 1, 0)
        layout.addWidget(self.is_exact, below + 1, 1)
        layout.addWidget(label(self.tr("Lar&gest file"), self.most_kb), below + 3, 0)
        layout.addWidget(self.most_kb, below + 4, 0)
        layout.addWidget(label(self.tr("Formats it ta&kes"), self.formats), below + 3, 1)
        layout.addWidget(self.formats, below + 4, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.title.textEdited.connect(self._titled)
        self.name.textEdited.connect(self._named)
        for line in (self.markets, self.languages, self.formats):
            line.textEdited.connect(self.edited)
        for combo in (self.channel, self.form):
            combo.activated.connect(self.edited)
            combo.editTextChanged.connect(self.edited)
        for number in (self.width_px, self.height_px, self.most_kb):
            number.valueChanged.connect(self.edited)
        self.is_exact.clicked.connect(self.edited)

    def _titled(self, text: str) -> None:
        if self._follows:
            self.name.setText(slug(text))
        self.edited.emit()

    def _named(self, text: str) -> None:
        self._follows = self._follows and not text
        self.edited.emit()


def listed(text: str) -> tuple[str, ...]:
    """What commas, semicolons or spaces part, each once."""
    words = text.replace(";", " ").replace(",", " ").split()
    return tuple(dict.fromkeys(words))
