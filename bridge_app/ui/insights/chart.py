"""A chart in the colours of the window: what is painted is PyQtGraph's, what it means is ours.

The table behind a chart is its equal for those who cannot see it or use no mouse; so the chart
itself never takes the keyboard.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from bridge_app.ui.insights.shapes import (
    Bar,
    Bars,
    Chart,
    Line,
    Trend,
    day_ticks,
    nice_ticks,
)
from bridge_app.ui.messages import date_text, one_line
from bridge_app.ui.theme import Theme

# Else it goes through everything that lives when the program ends.
pyqtgraph.setConfigOptions(exitCleanup=False, antialias=True)

BAR_PX, THICK = 34, 0.56
"""The height of a bar with the air around it, and the part of it that is the bar."""
EDGE_PX = 10
LABEL_PX = 230
GAP_PX, SLACK_PX = 8, 14
DAY_PX = 48
"""Half the width of a day's name: so far the last one stands out."""
TREND_PX = 260
LINE_PX = 2.0
MARK_PX = 7
FEW_POINTS = 40
"""Up to so many points of a line are marked; more would touch."""
MUCH, NEARLY_ALL = 0.8, 0.95
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
MARKS = ("o", "s", "t")
MIDDLE = (0.0, 0.5)


class ChartView(QWidget):
    """Shows one chart. `chosen` and `opened` carry the row of the bar that was clicked."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | None = None
        self._row: int | None = None
        self._texts: list[pyqtgraph.TextItem] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._draw)

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    @property
    def surface(self) -> QWidget:
        """What is painted on, and clicked."""
        viewport: QWidget = self._plot.viewport()
        return viewport

    def show_chart(self, chart: Chart | None, *, name: str, text: str) -> None:
        """Show another one; `name` and `text` say it to those who cannot see it."""
        self._chart, self._row = chart, None
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setVisible(chart is not None)
        self.setFixedHeight(self.sizeHint().height())
        self._draw()
        self._place.activate()

    def mark(self, row: int | None) -> None:
        """Frame the bar of a row of the table; None frames none."""
        if row != self._row:
            self._row = row
            self._draw()

    def sizeHint(self) -> QSize:
        """Qt: as high as its bars are."""
        if isinstance(self._chart, Bars):
            return QSize(480, len(self._chart.shown) * BAR_PX + 2 * EDGE_PX)
        return QSize(480, TREND_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the wheel is for what the chart stands in."""
        if event.type() is QEvent.Type.Wheel and watched is self.surface:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # How it is put together

    @cached_property
    def _plot(self) -> pyqtgraph.PlotWidget:
        """Made with the first chart, and without menus: it takes longer than all else here."""
        plot = pyqtgraph.PlotWidget(self, background=None, enableMenu=False)
        self._place.addWidget(plot)
        plot.show()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        # Sides are chosen here; a layout that mirrors itself would turn them once more.
        plot.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.viewport().installEventFilter(self)
        plot.getViewBox().sigResized.connect(self._resized)
        plot.scene().sigMouseClicked.connect(self._clicked)
        plot.scene().sigMouseMoved.connect(self._pointed)
        return plot

    def _draw(self) -> None:
        """Everything anew, in the colours of now; there is little of it."""
        if self._chart is None:
            return
        self._plot.clear()
        self._texts.clear()
        for side in ("left", "right", "top", "bottom"):
            self._plot.hideAxis(side)
        self._plot.setBackground(self._theme.tokens.panel)
        self._plot.getViewBox().invertX(self._is_mirrored())
        beyond = DAY_PX if isinstance(self._chart, Trend) else 0
        before, behind = (beyond, 0) if self._is_mirrored() else (0, beyond)
        self._plot.getPlotItem().layout.setContentsMargins(before, 1, behind, 1)
        match self._chart:
            case Bars():
                self._draw_bars(self._chart)
            case Trend():
                self._draw_trend(self._chart)

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    # Bars

    def _draw_bars(self, chart: Bars) -> None:
        tokens, shown = self._theme.tokens, chart.shown
        places = list(range(len(shown)))
        self._plot.getViewBox().invertY(True)  # noqa: FBT003 - not ours
        self._plot.setYRange(-0.5, len(shown) - 0.5, padding=0)
        tracked = [place for place in places if shown[place].whole]
        if tracked:
            self._add_bars(tracked, [1.0] * len(tracked), [tokens.track] * len(tracked))
        self._add_bars(places, chart.lengths, [self._colour(bar) for bar in shown])
        font = self._theme.font(tokens.font_px.small, tabular=True)
        anchor = (1.0, 0.5) if self._is_mirrored() else MIDDLE
        for place, bar in zip(places, shown, strict=True):
            colour = tokens.text_muted if bar.value is None else tokens.text
            text = pyqtgraph.TextItem(bar.text, color=colour, anchor=anchor)
            text.setFont(font)
            self._plot.addItem(text, ignoreBounds=True)
            text.setPos(1.0 if bar.whole else chart.lengths[place], place)
            self._texts.append(text)
        self._name_bars(shown)
        self._fit()

    def _add_bars(
        self, places: Sequence[int], lengths: Sequence[float], colours: Sequence[QColor]
    ) -> None:
        tokens = self._theme.tokens
        plain, framed = QPen(Qt.PenStyle.NoPen), QPen(tokens.text, 2.0)
        framed.setCosmetic(True)
        rows = [bar.row for bar in self._chart.shown] if isinstance(self._chart, Bars) else []
        self._plot.addItem(
            pyqtgraph.BarGraphItem(
                x0=0,
                y=list(places),
                width=list(lengths),
                height=THICK,
                brushes=[QBrush(colour) for colour in colours],
                pens=[framed if rows[place] == self._row else plain for place in places],
            )
        )

    def _colour(self, bar: Bar) -> QColor:
        tokens = self._theme.tokens
        share = bar.share or 0.0
        if share >= NEARLY_ALL:
            return tokens.negative.fill
        return tokens.warning.fill if share >= MUCH else tokens.series[0]

    def _name_bars(self, shown: Sequence[Bar]) -> None:
        tokens = self._theme.tokens
        metrics = QFontMetrics(self._theme.font(tokens.font_px.small, tabular=True))
        names = [
            metrics.elidedText(bar.label, Qt.TextElideMode.ElideMiddle, LABEL_PX) for bar in shown
        ]
        self._name_side(list(enumerate(names)))

    def _fit(self) -> None:
        """Leave room for the texts behind the bars."""
        width = self._plot.getViewBox().width()
        texts = max((text.boundingRect().width() for text in self._texts), default=0)
        if width > texts:
            self._plot.setXRange(0, width / (width - texts), padding=0)

    def _resized(self) -> None:
        """The texts behind the bars need the same room as before."""
        if isinstance(self._chart, Bars):
            self._fit()

    # Lines

    def _draw_trend(self, chart: Trend) -> None:
        tokens, days = self._theme.tokens, chart.days
        if days is None:
            return
        limit = chart.drawn_limit
        values = nice_ticks(max(chart.highest, limit or 0.0), least_step=chart.least_step)
        view = self._plot.getViewBox()
        view.invertY(False)  # noqa: FBT003 - not ours
        first, last = days[0].toordinal(), days[1].toordinal()
        air = max(0.5, (last - first) * 0.02)
        self._plot.setXRange(first - air, last + air, padding=0)
        self._plot.setYRange(-values[-1] * 0.03, values[-1] * 1.04, padding=0)
        for value in values:
            self._level(value, tokens.border, Qt.PenStyle.SolidLine)
        if limit is not None:
            self._level(limit, tokens.negative.soft_ink, Qt.PenStyle.DashLine)
        for number, line in enumerate(chart.lines):
            self._draw_line(number, line, last - first)
        self._name_side([(value, chart.write(value)) for value in values])
        self._axis("bottom").setTicks(
            [[(day.toordinal(), date_text(day)) for day in day_ticks(*days)]]
        )

    def _draw_line(self, number: int, line: Line, span: int) -> None:
        tokens = self._theme.tokens
        colour = tokens.series[number % len(tokens.series)]
        pen = QPen(colour, LINE_PX, DASHES[number % 3])
        pen.setCosmetic(True)
        few = span <= FEW_POINTS
        known = [point.value for point in line.points]
        self._plot.plot(
            [point.day.toordinal() for point in line.points],
            [float("nan") if value is None else value for value in known],
            pen=pen,
            connect="finite",
            symbol=MARKS[number % 3] if few else None,
            symbolSize=MARK_PX,
            symbolBrush=colour,
            symbolPen=None,
            name=line.name,
        )

    def _level(self, value: float, colour: QColor, style: Qt.PenStyle) -> None:
        pen = QPen(colour, 1.0, style)
        pen.setCosmetic(True)
        self._plot.addItem(pyqtgraph.InfiniteLine(pos=value, angle=0, pen=pen), ignoreBounds=True)

    def _name_side(self, names: Sequence[tuple[float, str]]) -> None:
        """Name places at the leading side."""
        axis = self._axis("right" if self._is_mirrored() else "left")
        axis.setTicks([names])
        font = self._theme.font(self._theme.tokens.font_px.small, tabular=True)
        metrics = QFontMetrics(font)
        widest = max((metrics.horizontalAdvance(name) for _, name in names), default=0)
        # What is as wide as its place already is left out.
        axis.setWidth(widest + GAP_PX + SLACK_PX)

    def _axis(self, side: str) -> pyqtgraph.AxisItem:
        tokens = self._theme.tokens
        self._plot.showAxis(side)
        axis = self._plot.getAxis(side)
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTickPen(tokens.panel)
        axis.setTextPen(QPen(tokens.text_muted if side == "bottom" else tokens.text))
        axis.setStyle(
            tickFont=self._theme.font(tokens.font_px.small, tabular=True),
            tickLength=0,
            tickAlpha=0,
            tickTextOffset=GAP_PX,
            hideOverlappingLabels=DAY_PX,
            autoReduceTextSpace=False,
        )
        return axis

    # What the pointer does

    def _bar_at(self, scene: QPointF) -> Bar | None:
        if not isinstance(self._chart, Bars):
            return None
        place = round(self._plot.getViewBox().mapSceneToView(scene).y())
        return self._chart.shown[place] if 0 <= place < len(self._chart.shown) else None

    def _clicked(self, event: "pyqtgraph.GraphicsScene.mouseEvents.MouseClickEvent") -> None:
        bar = self._bar_at(event.scenePos())
        if bar is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self.chosen.emit(bar.row)
        if event.double():
            self.opened.emit(bar.row)

    def _pointed(self, scene: QPointF) -> None:
        bar = self._bar_at(scene)
        if bar is not None:
            self.setToolTip(one_line(f"{bar.label}: {bar.text}"))
        else:
            self.setToolTip(self._day_at(scene))

    def _day_at(self, scene: QPointF) -> str:
        """The values of the day below the pointer, one in each line."""
        if not isinstance(self._chart, Trend):
            return ""
        ordinal = round(self._plot.getViewBox().mapSceneToView(scene).x())
        if ordinal < 1:
            return ""
        day, write = date.fromordinal(ordinal), self._chart.write
        told = [
            f"{line.name}: {write(point.value)}"
            for line in self._chart.lines
            for point in line.points
            if point.day == day and point.value is not None
        ]
        return "\n".join([date_text(day), *told]) if told else ""
