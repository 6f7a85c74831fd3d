"""The threads about one picture as cards: those of this version, and of earlier ones to compare."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.comments import Thread
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.review.comment_card import Numbered, ThreadCard
from bridge_app.ui.theme import Theme

SHOWN = 40
"""Cards before somebody asks for more."""
AT_ONCE = 3
"""A card takes some milliseconds to be made; keys are heard between two handfuls of them."""


class ThreadList(QWidget):
    """Cards with filters above them; `listed` tells that others are shown."""

    listed = Signal(object)  # list[Numbered]: all that the filters let through
    chosen = Signal(str)
    replyWanted = Signal(str, int)  # the thread and its number
    resolveWanted = Signal(str, bool)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._looks = (theme, icons)
        self._numbered: Sequence[Numbered] = ()
        self._cards: dict[str, ThreadCard] = {}
        self._most = SHOWN
        self._ready = AT_ONCE
        self._lit = ""
        self._making = QTimer(self, interval=0, singleShot=True)
        self._making.timeout.connect(self._make_more)
        self._head, self._count = QWidget(), QLabel()
        self.resolved, self.earlier = QToolButton(), QToolButton()
        self._note = QLabel(wordWrap=True)
        self._heading = QLabel(self.tr("Earlier versions"))
        self.more = QPushButton(autoDefault=False)
        self._area = SeeingScroll()
        self._column = QVBoxLayout()
        self._build()

    @property
    def cards(self) -> list[ThreadCard]:
        """The cards, in their order."""
        return [self._cards[one.thread.id] for one in self._shown()]

    @property
    def note(self) -> str:
        """What is said instead of cards; "" where there are some."""
        return self._note.text() if not self._note.isHidden() else ""

    def show_nothing(self) -> None:
        """Nothing is known yet."""
        self._most, self._ready = SHOWN, AT_ONCE
        self._numbered = ()
        self._show()
        self._note.setVisible(False)

    def show_threads(self, threads: Sequence[Thread], content: str) -> None:
        """Show these; `content` is what is looked at, threads about another are of before."""
        here = [one for one in threads if one.first.content == content]
        before = [one for one in threads if one.first.content != content]
        self._numbered = [
            *(Numbered(thread=one, number=at) for at, one in enumerate(here, 1)),
            *(Numbered(thread=one, number=at, is_earlier=True) for at, one in enumerate(before, 1)),
        ]
        self._show()

    def light(self, thread: str) -> None:
        """Let one thread stand out, and be seen; "" for none."""
        self._lit = thread
        for name, card in self._cards.items():
            card.light(on=name == thread)
        if thread in self._cards:
            self._area.ensureWidgetVisible(self._cards[thread], 0, 24)

    def _build(self) -> None:
        self._count.setProperty("tone", "strong")
        self._count.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(14, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self._count, 1)
        for chip, words, tip in (
            (self.resolved, self.tr("Resolved"), self.tr("Show resolved threads, too")),
            (self.earlier, self.tr("Earlier"), self.tr("Compare with earlier versions")),
        ):
            chip.setText(words)
            chip.setToolTip(tip)
            chip.setAccessibleName(tip)
            chip.setProperty("chip", "true")
            chip.setCheckable(True)
            chip.clicked.connect(self._show)
            head.addWidget(chip)
        self._note.setProperty("tone", "muted")
        self._heading.setProperty("tone", "heading")
        for label in (self._note, self._heading):
            label.setAlignment(leading())
        self.more.setProperty("kind", "quiet")
        self.more.clicked.connect(self._show_more)
        self._column.setContentsMargins(12, 4, 12, 12)
        self._column.setSpacing(8)
        for widget in (self._note, self._heading, self.more):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._column)
        self._area.setWidget(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._area, 1)

    def _wanted(self) -> list[Numbered]:
        return [
            one
            for one in self._numbered
            if (self.resolved.isChecked() or not one.thread.resolved)
            and (self.earlier.isChecked() or not one.is_earlier)
        ]

    def _shown(self) -> list[Numbered]:
        """Those that have a card, or get one now."""
        return self._wanted()[: min(self._most, self._ready)]

    def _make_more(self) -> None:
        self._ready += AT_ONCE
        self._lay_out()

    def _show(self) -> None:
        self._lay_out()
        self.listed.emit(self._wanted())

    def _lay_out(self) -> None:
        wanted, shown = self._wanted(), self._shown()
        self._drop_cards({one.thread.id for one in shown})
        order: list[QWidget] = [self._note]
        for one in shown:
            if one.is_earlier and self._heading not in order:
                order.append(self._heading)
            order.append(self._card(one))
        order.append(self.more)
        self._arrange(order)
        is_made = len(shown) >= min(len(wanted), self._most)
        if not is_made:
            self._making.start()
        self.more.setText(self.tr("Show %Ln more", "", len(wanted) - len(shown)))
        self.more.setVisible(is_made and len(wanted) > len(shown))
        self._heading.setVisible(self._heading in order)
        self._show_counts(is_empty=not wanted)

    def _arrange(self, order: Sequence[QWidget]) -> None:
        """Move what stands elsewhere; what stays keeps the keyboard and the place one reads."""
        for row, widget in enumerate(order):
            if self._column.indexOf(widget) != row:
                self._column.insertWidget(row, widget)

    def _drop_cards(self, kept: set[str]) -> None:
        for gone in [thread for thread in self._cards if thread not in kept]:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.deleteLater()

    def _card(self, one: Numbered) -> ThreadCard:
        card = self._cards.get(one.thread.id)
        if card is None:
            card = self._cards[one.thread.id] = ThreadCard(*self._looks)
            card.chosen.connect(self.chosen)
            card.replyWanted.connect(self._reply)
            card.resolveWanted.connect(self.resolveWanted)
        card.show_thread(one)
        card.light(on=one.thread.id == self._lit)
        return card

    def _show_counts(self, *, is_empty: bool) -> None:
        here = [one for one in self._numbered if not one.is_earlier]
        count = sum(not one.thread.resolved for one in here)
        self._count.setText(self.tr("%Ln open", "", count) if here else "")
        self._head.setVisible(bool(self._numbered))
        self.resolved.setVisible(any(one.thread.resolved for one in self._numbered))
        self.earlier.setVisible(len(here) < len(self._numbered))
        self._note.setText(
            self.tr("Everything that was said is settled.")
            if here
            else self.tr("Nobody has said anything about this picture yet.")
        )
        self._note.setVisible(is_empty)

    def _show_more(self) -> None:
        self._most += SHOWN
        self._show()

    def _reply(self, thread: str) -> None:
        shown = self._cards[thread].shown
        if shown is not None:
            self.replyWanted.emit(thread, shown.number)
