"""The small controls that the studio's pages are made of; each tells only what a person does."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.parts.balanced_slider import BalancedSlider
from bridge_app.ui.parts.elided_box import ElidedBox
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

NUMBER_PX = 88
LABEL_PX = 108
SHORTEST = 10
SWATCH_PX = 26


class SliderRow(QWidget):
    """A name, a number and a slider that say the same; `moved` while it is dragged or typed."""

    moved = Signal(int)
    released = Signal()

    def __init__(self, title: str, least: int, most: int, neutral: int = 0) -> None:
        super().__init__()
        self._neutral = neutral
        self._label = QLabel(title)
        self._label.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self._number = QSpinBox(minimum=least, maximum=most)
        self._number.setFixedWidth(NUMBER_PX)
        self._number.setKeyboardTracking(False)
        is_between = least < neutral < most
        plain = QSlider(Qt.Orientation.Horizontal)
        self._slider = BalancedSlider(neutral) if is_between else plain
        self._slider.setRange(least, most)
        self._slider.setPageStep(max(1, (most - least) // 10))
        for control in (self._number, self._slider):
            control.setAccessibleName(title)
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderReleased.connect(self.released)
        self._number.valueChanged.connect(self._typed)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._slider)
        self.show_value(neutral)

    @property
    def slider(self) -> QSlider:
        """The slider."""
        return self._slider

    @property
    def value(self) -> int:
        """Where it stands."""
        return self._slider.value()

    def show_value(self, value: int) -> None:
        """Stand there; nothing is told."""
        for control in (self._slider, self._number):
            if control.value() == value:
                continue  # writing the same number again costs as much as another
            control.blockSignals(True)  # noqa: FBT003 - Qt's own
            control.setValue(value)
            control.blockSignals(False)  # noqa: FBT003 - Qt's own

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Qt: a double click on the name puts it back."""
        del event
        self.show_value(self._neutral)
        self.moved.emit(self._neutral)
        self.released.emit()

    def _slid(self, value: int) -> None:
        self.show_value(value)
        self.moved.emit(value)

    def _typed(self, value: int) -> None:
        self._slid(value)
        self.released.emit()


class ChoiceRow(QWidget):
    """A name and a list of choices, each a value and its words."""

    chosen = Signal(str)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._combo = ElidedBox()
        self._combo.setAccessibleName(title)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._combo.setSizeAdjustPolicy(policy)
        self._combo.setMinimumContentsLength(SHORTEST)
        for value, words in choices:
            self._combo.addItem(words, value)
        self._combo.activated.connect(lambda: self.chosen.emit(self._combo.currentData()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_label(title))
        layout.addWidget(self._combo, 1)

    @property
    def combo(self) -> QComboBox:
        """The list."""
        return self._combo

    def show_value(self, value: str) -> None:
        """Show a choice; one that is not in the list is put there as it is written."""
        place = self._combo.findData(value)
        if place < 0:
            self._combo.addItem(value, value)
            place = self._combo.count() - 1
        self._combo.setCurrentIndex(place)


class NumberRow(QWidget):
    """A name and a number of pixels; 0 stands for what follows by itself."""

    chosen = Signal(int)

    def __init__(self, title: str, *, most: int, automatic: str = "") -> None:
        super().__init__()
        self._number = QSpinBox(minimum=0, maximum=most)
        self._number.setSpecialValueText(automatic)
        self._number.setKeyboardTracking(False)
        self._number.setAccessibleName(title)
        self._number.valueChanged.connect(self.chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_label(title))
        layout.addWidget(self._number, 1)

    @property
    def number(self) -> QSpinBox:
        """The field."""
        return self._number

    def show_value(self, value: int) -> None:
        """Show a number; nothing is told."""
        self._number.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._number.setValue(value)
        self._number.blockSignals(False)  # noqa: FBT003 - Qt's own


class ChipRow(QWidget):
    """Choices side by side, in as many lines as it takes; several may be on if they are toggles."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._chips: dict[str, QToolButton] = {}
        layout = FlowLayout(self)
        for value, words in choices:
            chip = QToolButton()
            chip.setText(words)
            chip.setCheckable(True)
            chip.setProperty("chip", "true")
            chip.setAccessibleName(words)
            chip.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            layout.addWidget(chip)
            self._chips[value] = chip

    def chip(self, value: str) -> QToolButton:
        """The chip of a value."""
        return self._chips[value]

    def show_values(self, on: Sequence[str]) -> None:
        """These are on, the others off."""
        for value, chip in self._chips.items():
            chip.setChecked(value in on)


def _label(title: str) -> QLabel:
    label = QLabel(title, wordWrap=True)
    label.setFixedWidth(LABEL_PX)
    label.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
    return label


class Swatch(QAbstractButton):
    """A colour to be chosen."""

    def __init__(self, theme: Theme, colour: QColor, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self.setCheckable(True)
        self.setFixedSize(SWATCH_PX, SWATCH_PX)
        self.setAccessibleName(name)
        self.setToolTip(name)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Qt: a small round."""
        return QSize(SWATCH_PX, SWATCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the colour, with a ring when it is chosen or has the keyboard."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = tokens.focus if self.isChecked() or self.hasFocus() else tokens.border_strong
        width = 2.0 if self.isChecked() or self.hasFocus() else 1.0
        painter.setPen(QPen(ring, width))
        painter.setBrush(tokens.panel)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(QRectF(self.rect()).adjusted(4, 4, -4, -4))
        painter.end()
