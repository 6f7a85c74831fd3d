"""One thread of comments as a card: where it is about, what was said, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.comments import Comment, Moment, Point, Region, Thread
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import clock_text, moment_text, number_text, one_line, plain_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

NUMBER_PX = 22
SHORT_TEXT = 600
ICON_PX = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A thread with the number it has in the panel and on the picture.

    `is_earlier`: it began on an earlier version of what is shown.
    """

    thread: Thread
    number: int
    is_earlier: bool = False


def lines_of(text: str) -> str:
    """Text of several lines as it can be shown: it cannot pretend, as a `plain_line` cannot."""
    return "\n".join(plain_line(line) for line in text.split("\n"))


class NumberSign(QWidget):
    """The number that a thread has, as it stands on the picture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Numbered | None = None
        self.setFixedSize(NUMBER_PX, NUMBER_PX)
        theme.changed.connect(self.update)

    def show_number(self, shown: Numbered) -> None:
        """Show this thread's number."""
        self._shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a disc with the number; only a ring for what is of an earlier version."""
        del event
        if self._shown is None:
            return
        tokens = self._theme.tokens
        badge = tokens.positive if self._shown.thread.resolved else tokens.warning
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self._shown.is_earlier:
            painter.setPen(QPen(badge.soft_ink, 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(badge.soft)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(badge.fill)
        painter.drawEllipse(disc)
        painter.setPen(badge.soft_ink if self._shown.is_earlier else badge.ink)
        font = self._theme.font(tokens.font_px.caption, QFont.Weight.Bold, tabular=True)
        painter.setFont(font)
        number = number_text(self._shown.number)
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), number)
        painter.end()


class CommentBlock(QWidget):
    """Who said it, when, the text as it is, and whom it mentions."""

    def __init__(self, comment: Comment) -> None:
        super().__init__()
        self._text = lines_of(comment.text)
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.more = QPushButton(self.tr("Show all of it"), autoDefault=False)
        who = ElidedLabel(one_line(comment.who))
        who.setProperty("tone", "heading")
        when = QLabel(moment_text(comment.at), textFormat=Qt.TextFormat.PlainText)
        when.setProperty("tone", "caption")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(who, 1)
        head.addWidget(when)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._words)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        if comment.mentions:
            layout.addWidget(self._mentions(comment.mentions))
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._show_all)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setAlignment(leading() | Qt.AlignmentFlag.AlignTop)
        is_long = len(self._text) > SHORT_TEXT
        self._words.setText(f"{self._text[:SHORT_TEXT].rstrip()}…" if is_long else self._text)
        self._words.setVisible(bool(self._text))
        self.more.setVisible(is_long)

    @property
    def shown(self) -> str:
        """The text as it can be read now."""
        return self._words.text()

    def _show_all(self) -> None:
        self._words.setText(self._text)
        self.more.setVisible(False)

    def _mentions(self, roles: Sequence[str]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, spacing_px=4)
        for role in roles:
            badge = QLabel(f"@{one_line(role)}", textFormat=Qt.TextFormat.PlainText)
            badge.setProperty("badge", "info")
            flow.addWidget(badge)
        return row


class ThreadCard(QFrame):
    """A thread; a click, or Enter, shows where it is about."""

    chosen = Signal(str)
    replyWanted = Signal(str)
    resolveWanted = Signal(str, bool)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._shown: Numbered | None = None
        self._lit = False
        self._sign = NumberSign(theme)
        self._place = ElidedLabel()
        self.moment = QLabel()
        self._comments = QVBoxLayout()
        self._settled = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.reply = QToolButton()
        self.resolve = QToolButton()
        self._build()
        theme.changed.connect(self._dress)

    @property
    def shown(self) -> Numbered | None:
        """The thread that is shown."""
        return self._shown

    @property
    def is_lit(self) -> bool:
        """Does it stand out?"""
        return self._lit

    @property
    def blocks(self) -> list[CommentBlock]:
        """Its comments, oldest first."""
        items = (self._comments.itemAt(row) for row in range(self._comments.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, CommentBlock)]

    def show_thread(self, shown: Numbered) -> None:
        """Show a thread, or the same one with something new."""
        if shown == self._shown:
            return
        before = self._shown.thread.comments if self._shown is not None else ()
        self._shown = shown
        thread = shown.thread
        self._sign.show_number(shown)
        self._place.setText(self._place_words(thread))
        place = thread.first.place
        self.moment.setVisible(isinstance(place, Moment))
        if isinstance(place, Moment):
            self.moment.setText(clock_text(place.seconds))
        if thread.comments[: len(before)] != before:
            self._clear()
            before = ()
        for comment in thread.comments[len(before) :]:
            self._comments.addWidget(CommentBlock(comment))
        words = self.tr("Resolved by {who}, {when}").format(
            who=one_line(thread.resolved_by), when=moment_text(thread.resolved_at)
        )
        self._settled.setText(words)
        self._settled.setVisible(thread.resolved)
        self.resolve.setText(self.tr("Reopen") if thread.resolved else self.tr("Resolve"))
        self.resolve.setToolTip(
            self.tr("Open this thread again") if thread.resolved else self.tr("This is settled")
        )
        self.setAccessibleName(self._sentence())
        self._dress()

    def light(self, *, on: bool) -> None:
        """Let it stand out, as its pin does on the picture."""
        if on != self._lit:
            self._lit = on
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click shows where it is about."""
        if event.button() is Qt.MouseButton.LeftButton and self._shown is not None:
            self.chosen.emit(self._shown.thread.id)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter shows where it is about, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown is not None:
            self.chosen.emit(self._shown.thread.id)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the card, with a ring when it stands out or has the keyboard."""
        super().paintEvent(event)
        tokens = self._theme.tokens
        if not (self._lit or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.focus if self.hasFocus() else tokens.selection_border, 2))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, tokens.radius.card, tokens.radius.card)
        painter.end()

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._place.setProperty("tone", "caption")
        self._settled.setProperty("tone", "caption")
        self._settled.setAlignment(leading())
        self.moment.setProperty("badge", "info")
        self.moment.setToolTip(self.tr("The moment that it is about"))
        for button, act in ((self.reply, self._reply), (self.resolve, self._resolve)):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.clicked.connect(act)
        self.reply.setText(self.tr("Reply"))
        self.reply.setToolTip(self.tr("Answer in this thread"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._place, 1)
        head.addWidget(self.moment)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.reply)
        foot.addWidget(self.resolve)
        foot.addStretch(1)
        self._comments.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 10, 6)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._comments)
        layout.addWidget(self._settled)
        layout.addLayout(foot)

    def _place_words(self, thread: Thread) -> str:
        first = thread.first
        if isinstance(first.place, Point):
            words = self.tr("At a point")
        elif isinstance(first.place, Region):
            words = self.tr("In a region")
        elif isinstance(first.place, Moment):
            words = self.tr("At a moment")
        else:
            words = self.tr("About all of it")
        if first.strokes:
            words = self.tr("{place}, with a drawing").format(place=words)
        return words

    def _sentence(self) -> str:
        if self._shown is None:
            return ""
        thread = self._shown.thread
        state = self.tr("resolved") if thread.resolved else self.tr("open")
        return self.tr("Comment {number}, {state}, {who}: {text}").format(
            number=number_text(self._shown.number),
            state=state,
            who=one_line(thread.first.who),
            text=one_line(thread.first.text[:SHORT_TEXT]),
        )

    def _clear(self) -> None:
        for block in self.blocks:
            self._comments.removeWidget(block)
            block.deleteLater()

    def _reply(self) -> None:
        if self._shown is not None:
            self.replyWanted.emit(self._shown.thread.id)

    def _resolve(self) -> None:
        if self._shown is not None:
            thread = self._shown.thread
            self.resolveWanted.emit(thread.id, not thread.resolved)

    def _dress(self) -> None:
        if self._shown is None:
            return
        self.reply.setIcon(self._icons.icon("reply", size_px=ICON_PX))
        name = "rotate-ccw" if self._shown.thread.resolved else "check"
        self.resolve.setIcon(self._icons.icon(name, size_px=ICON_PX))
