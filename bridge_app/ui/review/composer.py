"""Where a comment is written: its words, its place on the picture, and what is drawn with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.comments import Moment, Place, Point, Region, Stroke
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import clock_text, number_text
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.review.mentions import MentionField
from bridge_app.ui.review.moment_field import MomentField
from bridge_app.ui.review.pin_paint import INKS, Draft, ink_colour
from bridge_app.ui.review.pins import Tool
from bridge_app.ui.theme import Theme

ICON_PX = 18
SMALL_PX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written but not sent; `answers` is the number of the thread it answers, 0 for none.

    `thread` is that thread's ID.
    """

    text: str = ""
    place: Place | None = None
    strokes: tuple[Stroke, ...] = ()
    thread: str = ""
    answers: int = 0

    @property
    def says_something(self) -> bool:
        """Is there anything to send?"""
        return bool(self.text or self.strokes)

    @property
    def draft(self) -> Draft:
        """What of it is seen on the picture."""
        place = None if isinstance(self.place, Moment) else self.place
        return Draft(place=place, strokes=self.strokes)


class Composer(QFrame):
    """Writes one comment. `sendWanted` carries it; it stays until `clear`, so nothing is lost."""

    sendWanted = Signal(object)  # Written
    toolWanted = Signal(object)  # Tool
    inkChosen = Signal(str)
    changed = Signal()  # place or strokes are others
    left = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._written = Written()
        self._ink = INKS[0]
        self.field = MentionField()
        self.pin = QToolButton()
        self.draw = QToolButton()
        self.ink = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.undo = QToolButton()
        self.moment = QToolButton()
        self.time = MomentField()
        self.send = QPushButton(self.tr("Comment"), autoDefault=False)
        self._hint = QLabel(wordWrap=True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._inks: dict[str, QAction] = {}
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self._show()

    @property
    def written(self) -> Written:
        """What is written so far."""
        return replace(self._written, text=self.field.words)

    @property
    def chips(self) -> list[QToolButton]:
        """What belongs to the comment beside its words; a click takes it away."""
        items = (self._flow.itemAt(row) for row in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QToolButton)]

    def restore(self, written: Written) -> None:
        """Go on with something that was begun."""
        self._written = written
        self.field.setPlainText(written.text)
        self._show()

    def clear(self) -> None:
        """Begin anew."""
        self.restore(Written())

    def answer(self, thread: str, number: int) -> None:
        """Write an answer to a thread."""
        self._change(replace(self._written, thread=thread, answers=number, place=None))

    def set_place(self, place: Place | None) -> None:
        """Pin it there."""
        self._change(replace(self._written, place=place, thread="", answers=0))

    def follow(self, seconds: float) -> None:
        """Pin it to this moment, unless it is about a place, or answers."""
        is_elsewhere = isinstance(self._written.place, Point | Region)
        if not is_elsewhere and not self._written.thread:
            self._change(replace(self._written, place=Moment(seconds=round(seconds, 3))))

    def add_stroke(self, stroke: Stroke) -> None:
        """One more line was drawn."""
        self._change(replace(self._written, strokes=(*self._written.strokes, stroke)))

    def show_tool(self, tool: Tool) -> None:
        """The tool that is in hand now; nothing is emitted."""
        self.pin.setChecked(tool is Tool.PIN)
        self.draw.setChecked(tool is Tool.DRAW)
        self.ink.setVisible(tool is Tool.DRAW)
        hints = {
            Tool.LOOK: "",
            Tool.PIN: self.tr("Click a point or drag a region. Arrow keys and Enter do, too."),
            Tool.DRAW: self.tr("Draw on the picture. Escape puts the pen away."),
        }
        self._hint.setText(hints[tool])
        self._hint.setVisible(bool(hints[tool]))
        self._show()

    def offer(self, *, places: bool, moments: bool, duration_s: float | None = None) -> None:
        """What a comment can be pinned to here; `duration_s` is the last moment, if known."""
        self.pin.setVisible(places)
        self.draw.setVisible(places)
        self.moment.setVisible(moments)
        self.time.bound(duration_s)

    def set_busy(self, *, on: bool) -> None:
        """While it is being recorded it can be neither changed nor sent again."""
        self.field.setReadOnly(on)
        self.send.setEnabled(not on)

    # Built once

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        self.field.setPlaceholderText(self.tr("Write a comment; @ mentions a role"))
        self.field.setAccessibleName(self.tr("Comment"))
        self.field.sent.connect(self._send)
        self.field.left.connect(self.left)
        self._hint.setProperty("tone", "caption")
        self._hint.setAlignment(leading())
        self._hint.setVisible(False)
        tools = (
            (self.pin, self.tr("Pin to a point or a region (Shift+M)")),
            (self.draw, self.tr("Draw on the picture (D)")),
            (self.ink, self.tr("Colour of the pen")),
            (self.undo, self.tr("Take the last line back")),
            (self.moment, self.tr("Pin to a moment")),
        )
        # With a pen and a moment there is too much for one line.
        row = FlowLayout(spacing_px=2)
        for button, name in tools:
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setToolTip(name)
            button.setAccessibleName(name.partition(" (")[0])
            row.addWidget(button)
        row.addWidget(self.time)
        row.addWidget(self.send)
        row.setAlignment(self.send, Qt.AlignmentFlag.AlignTrailing)
        self.pin.setCheckable(True)
        self.draw.setCheckable(True)
        self.pin.clicked.connect(lambda on: self.toolWanted.emit(Tool.PIN if on else Tool.LOOK))
        self.draw.clicked.connect(lambda on: self.toolWanted.emit(Tool.DRAW if on else Tool.LOOK))
        self.undo.clicked.connect(self._undo_stroke)
        self.moment.setCheckable(True)
        self.moment.clicked.connect(self._pin_moment)
        self.time.picked.connect(lambda seconds: self.set_place(Moment(seconds=seconds)))
        self.ink.setMenu(self._ink_menu())
        self.ink.setVisible(False)
        self.send.setProperty("kind", "primary")
        self.send.setToolTip(self.tr("Comment (Ctrl+Enter)"))
        self.send.clicked.connect(self._send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        for part in (self._chips, self.field, self._hint):
            layout.addWidget(part)
        layout.addLayout(row)

    def _ink_menu(self) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        names = {
            "negative": self.tr("Red"),
            "warning": self.tr("Yellow"),
            "positive": self.tr("Green"),
            "info": self.tr("Blue"),
        }
        for ink in INKS:
            action = menu.addAction(names[ink])
            action.setCheckable(True)
            action.setChecked(ink == self._ink)
            action.triggered.connect(partial(self._take_ink, ink))
            group.addAction(action)
            self._inks[ink] = action
        return menu

    # What a person does

    def _take_ink(self, ink: str, *_: bool) -> None:
        self._ink = ink
        self._dress()
        self.inkChosen.emit(ink)

    def _pin_moment(self, on: bool) -> None:  # noqa: FBT001 - a signal's slot
        self.set_place(Moment(seconds=self.time.seconds) if on else None)
        if on:
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo_stroke(self) -> None:
        self._change(replace(self._written, strokes=self._written.strokes[:-1]))

    def _send(self) -> None:
        written = self.written
        if written.says_something and self.send.isEnabled():
            self.sendWanted.emit(written)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, written: Written) -> None:
        self._written = written
        self._show()
        self.changed.emit()

    # What is shown

    def _show(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        for words, without in self._parts():
            self._flow.addWidget(self._chip(words, without))
        self._chips.setVisible(bool(self._flow.count()))
        self.undo.setVisible(bool(self._written.strokes))
        place = self._written.place
        self.moment.setChecked(isinstance(place, Moment))
        self.time.setVisible(isinstance(place, Moment))
        if isinstance(place, Moment):
            self.time.show_seconds(place.seconds)
        self.send.setText(self.tr("Reply") if self._written.thread else self.tr("Comment"))

    def _parts(self) -> Sequence[tuple[str, Written]]:
        """Each thing that belongs to the comment, and the comment without it."""
        written, parts = self._written, []
        if written.thread:
            words = self.tr("Reply to {number}").format(number=number_text(written.answers))
            parts.append((words, replace(written, thread="", answers=0)))
        if written.place is not None:
            parts.append((self._place_words(written.place), replace(written, place=None)))
        if written.strokes:
            words = self.tr("Drawing, %Ln line(s)", "", len(written.strokes))
            parts.append((words, replace(written, strokes=())))
        return parts

    def _place_words(self, place: Place) -> str:
        if isinstance(place, Point):
            return self.tr("Point")
        if isinstance(place, Region):
            return self.tr("Region")
        return self.tr("At {time}").format(time=clock_text(place.seconds))

    def _chip(self, words: str, without: Written) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("chip", "true")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(self._icons.icon("x", size_px=SMALL_PX))
        chip.setIconSize(QSize(SMALL_PX, SMALL_PX))
        chip.setText(words)
        name = self.tr("{part}: take it away").format(part=words)
        chip.setToolTip(name)
        chip.setAccessibleName(name)
        chip.clicked.connect(lambda: self._change(without))
        return chip

    def _dress(self) -> None:
        lit = self._theme.tokens.link
        for button, name in (
            (self.pin, "map-pin"),
            (self.draw, "pencil"),
            (self.undo, "undo-2"),
            (self.moment, "clock"),
        ):
            button.setIcon(self._icons.icon(name, on_colour=lit, size_px=ICON_PX))
        self.ink.setIcon(self._swatch(self._ink))
        for ink, action in self._inks.items():
            action.setIcon(self._swatch(ink))
            action.setIconVisibleInMenu(True)

    def _swatch(self, ink: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(ICON_PX, ICON_PX) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.tokens.border_strong)
        painter.setBrush(ink_colour(ink, self._theme.tokens))
        painter.drawEllipse(QRectF(2.5, 2.5, ICON_PX - 5, ICON_PX - 5))
        painter.end()
        return QIcon(pixmap)
