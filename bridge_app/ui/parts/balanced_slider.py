"""A slider whose neutral place lies between its ends: it is filled from there to its handle."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

LINE_PX = 4


class BalancedSlider(QSlider):
    """`neutral` is what changes nothing."""

    def __init__(self, neutral: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._neutral = neutral
        self.setProperty("balanced", True)  # noqa: FBT003 - Qt's property

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the line, its filled part, the handle; the style sheet knows ends alone."""
        del event
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        ends = sorted((self._middle(option, self._neutral), self._middle(option, self.value())))
        filled = QRectF(ends[0], (self.height() - LINE_PX) / 2, ends[1] - ends[0], LINE_PX)
        painter = QPainter(self)
        option.subControls = QStyle.SubControl.SC_SliderGroove
        self.style().drawComplexControl(QStyle.ComplexControl.CC_Slider, option, painter, self)
        painter.fillRect(filled, self.palette().color(QPalette.ColorRole.Highlight))
        option.subControls = QStyle.SubControl.SC_SliderHandle
        self.style().drawComplexControl(QStyle.ComplexControl.CC_Slider, option, painter, self)
        painter.end()

    def _middle(self, option: QStyleOptionSlider, value: int) -> float:
        """Where the handle's middle is at a value."""
        at = QStyleOptionSlider(option)
        at.sliderPosition = at.sliderValue = value
        handle = QStyle.SubControl.SC_SliderHandle
        place = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, at, handle, self)
        return QRectF(place).center().x()
