"""Where in a film one is: played, stepped and dragged; a comment is about the moment one sees."""

from time import monotonic

from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import figures_text, isolated
from bridge_app.ui.review.keys import Act, tip
from bridge_app.ui.theme import Theme

ICON_PX = 18
FRAME_S = 0.04
"""One step: a frame of most films, two of those with 50 a second."""
FAR_S = 1.0
TICK_MS = 40


class Timeline(QSlider):
    """A press goes to the place that is pressed, as in players; Qt's would go a page on."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: from there it is dragged."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and not handle.contains(place):
            span = max(1, self.width() - handle.width())
            at = place.x() - handle.width() // 2
            value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span)
            self.setValue(value)
        super().mousePressEvent(event)


class FilmBar(QFrame):
    """`moved` tells the seconds from the beginning that a person, or the clock, has come to.

    Keys reach it also where there is no film: then nothing moves.

    While it plays, the next moment is the one that the clock has come to: a slow machine shows
    fewer frames, and the film takes no longer.
    """

    moved = Signal(float)
    stood = Signal(float)  # a person chose this moment, or stopped at it

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._duration_s = 0.0
        self._began = self._began_at = 0.0
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._go_on)
        self.back, self.play, self.on = QToolButton(), QToolButton(), QToolButton()
        self.slider = Timeline(Qt.Orientation.Horizontal)
        self._time = QLabel()
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def seconds(self) -> float:
        """Where one is."""
        return self.slider.value() / 1000

    @property
    def time(self) -> str:
        """The same in words, and how long the film is."""
        return self._time.text()

    @property
    def is_playing(self) -> bool:
        """Does it go on by itself?"""
        return self._tick.isActive()

    def show_film(self, duration_s: float) -> None:
        """Another film, at its beginning; nothing is emitted."""
        self.pause()
        self._duration_s = duration_s
        blocker = QSignalBlocker(self.slider)
        self.slider.setRange(0, round(duration_s * 1000))
        self.slider.setValue(0)
        blocker.unblock()
        self._tell()

    def go(self, seconds: float) -> None:
        """To this moment, or as near to it as there is one."""
        self.slider.setValue(round(seconds * 1000))

    def step(self, seconds: float) -> None:
        """So far on, or back; it stands still then."""
        self.pause()
        self.go(self.seconds + seconds)

    def toggle(self) -> None:
        """Play, or stand still; from the beginning again at the end."""
        if self.is_playing or not self._duration_s:
            self.pause()
            return
        if self.slider.value() == self.slider.maximum():
            self.go(0)
        self._began, self._began_at = monotonic(), self.seconds
        self._tick.start()
        self._dress()

    def pause(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._tick.stop()
            self._dress()
            self.stood.emit(self.seconds)

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        self.setAccessibleName(self.tr("Film"))
        # As players are everywhere: a film runs from left to right, however one reads.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.slider.setProperty("ltr", True)  # noqa: FBT003 - Qt's own
        self.slider.setAccessibleName(self.tr("Moment of the film"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.slider.setSingleStep(round(FRAME_S * 1000))
        self.slider.setPageStep(round(FAR_S * 1000))
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderPressed.connect(self.pause)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 12, 6)
        line.setSpacing(4)
        for button, act in (
            (self.back, Act.FRAME_BACK),
            (self.play, Act.PLAY),
            (self.on, Act.FRAME_ON),
        ):
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setToolTip(tip(act))
            button.setAccessibleName(tip(act).partition(" (")[0])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        line.addSpacing(6)
        line.addWidget(self.slider, 1)
        line.addSpacing(6)
        line.addWidget(self._time)
        self.back.clicked.connect(lambda: self.step(-FRAME_S))
        self.play.clicked.connect(self.toggle)
        self.on.clicked.connect(lambda: self.step(FRAME_S))

    def _go_on(self) -> None:
        self.go(self._began_at + monotonic() - self._began)
        if self.slider.value() == self.slider.maximum():
            self.pause()

    def _moved(self) -> None:
        self._tell()
        self.moved.emit(self.seconds)
        if not self.is_playing:
            self.stood.emit(self.seconds)

    def _tell(self) -> None:
        told = f"{moment_text(self.seconds)} / {moment_text(self._duration_s)}"
        self._time.setText(isolated(told))

    def _dress(self) -> None:
        names = ("chevron-left", "pause" if self.is_playing else "play", "chevron-right")
        for button, name in zip((self.back, self.play, self.on), names, strict=True):
            button.setIcon(self._icons.icon(name, size_px=ICON_PX))


def moment_text(seconds: float) -> str:
    """A moment to the hundredth of a second: "0:24.08"."""
    minutes, rest = divmod(round(seconds * 100), 6000)
    hours, minutes = divmod(minutes, 60)
    clock = f"{rest // 100:02}{QLocale().decimalPoint()}{rest % 100:02}"
    return figures_text(f"{hours}:{minutes:02}:{clock}" if hours else f"{minutes}:{clock}")
