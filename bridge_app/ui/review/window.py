"""Review mode: a window that a reviewer works in without leaving the keyboard."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QAbstractButton, QSplitter, QVBoxLayout, QWidget

from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.rule import Rule
from bridge_app.ui.review.acting import Acting
from bridge_app.ui.review.comparing import Look
from bridge_app.ui.review.keys import BINDINGS, Act, name_of, tip
from bridge_app.ui.review.parts import ReviewSeat, make_parts
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.window_keys import BoundKeys

SIZE_PX = (1440, 900)
SIDE_PX = 340
FACTS_MS = 90
"""Who pages through pictures does not wait for facts about those that fly by."""


class ReviewWindow(QWidget):
    """A window of its own, as large as the one it comes from. `closed` tells that it is gone."""

    closed = Signal()
    dragWanted = Signal(object, object)  # QWidget, list[Subject]: dragged out as files

    def __init__(self, seat: ReviewSeat, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._seat = seat
        self.parts = make_parts(seat, self)
        self.acting = Acting(self.parts, seat, self)
        self._facts = QTimer(self, interval=FACTS_MS, singleShot=True)
        self._keys = BoundKeys(seat.looks.keys, self)
        self._tips = {act: tip(act) for act in Act}
        self._build(title)
        self._connect()
        self._bind_keys()
        self.acting.set_look(Look.ALONE)
        self.parts.head.show_against(self.parts.feed.against)

    def show_subjects(self, subjects: Sequence[Subject], start: int = 0) -> None:
        """Review these, from the one at `start`."""
        self.parts.sitting.fill(subjects, start)
        self.acting.focus()

    def do(self, act: Act, value: int = 0) -> None:
        """What a key or a button stands for."""
        self.acting.do(act, value)

    def take_changes(self, changes: ChangeSet) -> None:
        """Something is different: by this person, in another window, or at a service."""
        parts = self.parts
        parts.comments.take_changes(changes)
        everything = {one.asset.id for one in parts.sitting.subjects}
        touched = everything if changes.accounts or changes.presets else changes.assets
        if touched & everything:
            parts.earlier.forget()
            parts.sitting.renew(touched)

    def sizeHint(self) -> QSize:
        """Qt: room for everything."""
        return QSize(*SIZE_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: nothing more is made; what was decided is finished."""
        self._facts.stop()
        self.parts.feed.stop()
        self.parts.film.pause()
        self.parts.pictures.close()
        super().closeEvent(event)
        self.closed.emit()

    # How it is put together

    def _build(self, title: str) -> None:
        theme, parts = self._seat.looks.theme, self.parts
        self.setWindowTitle(self.tr("{title}: review").format(title=one_line(title)))
        self.setObjectName("review")
        self.setAutoFillBackground(True)
        parts.head.show_title(title)
        for view in (parts.strip, parts.contact.view):
            view.setProperty("surface", "window")
        parts.stage.set_pins(parts.comments.overlay)
        parts.pages.addWidget(parts.stage)
        parts.pages.addWidget(parts.contact)
        # From the outside in: what moves into another parent is styled anew with all that is in it.
        middle, column = QSplitter(Qt.Orientation.Horizontal), QWidget()
        layout = _stack(self, (parts.head, Rule(theme), middle), middle)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.addWidget(column)
        _stack(column, (parts.banner, parts.pages, parts.film, Rule(theme), parts.bar), parts.pages)
        middle.addWidget(parts.side)
        self._fill_side()
        middle.setStretchFactor(0, 1)
        middle.setStretchFactor(1, 0)
        middle.setSizes([SIZE_PX[0] - SIDE_PX, SIDE_PX])
        for part in (Rule(theme), parts.strip):
            layout.addWidget(part)

    def _fill_side(self) -> None:
        parts = self.parts
        _stack(parts.side, (parts.verdict, Rule(self._seat.looks.theme), parts.tabs), parts.tabs)
        parts.tabs.setDocumentMode(True)
        parts.tabs.addTab(parts.comments, self.tr("Comments"))
        parts.tabs.addTab(parts.details, self.tr("Details"))
        parts.side.setMinimumWidth(max(SIDE_PX - 50, parts.tabs.tabBar().sizeHint().width()))

    def _connect(self) -> None:
        parts, acting = self.parts, self.acting
        parts.sitting.moved.connect(self._moved)
        parts.sitting.told.connect(self._told)
        parts.sitting.failed.connect(acting.refuse)
        parts.earlier.arrived.connect(lambda _: self._facts.start())
        self._facts.timeout.connect(self._show_facts)
        parts.head.wanted.connect(lambda act: acting.do(act))  # noqa: PLW0108 - it has more
        parts.bar.wanted.connect(lambda act: acting.do(act))  # noqa: PLW0108 - it has more
        parts.head.lookChosen.connect(acting.set_look)
        parts.stage.chosen.connect(acting.go_to)
        parts.stage.viewChanged.connect(lambda: parts.head.show_percent(parts.stage.percent))
        parts.strip.seenChanged.connect(self._want_seen)
        for view in (parts.strip, parts.contact):
            view.dragWanted.connect(self.dragWanted)
        parts.comments.placeWanted.connect(self._place)
        parts.comments.momentWanted.connect(parts.film.go)
        parts.film.stood.connect(parts.comments.follow)
        parts.filming.failed.connect(acting.refuse)
        parts.comments.finished.connect(acting.focus)
        acting.looked.connect(self._switch_keys)
        acting.leaveWanted.connect(self.close)
        acting.fullScreenWanted.connect(self._fill_screen)

    def _bind_keys(self) -> None:
        for binding in BINDINGS:
            act = partial(self.do, binding.act, binding.value)
            self._keys.act(name_of(binding), binding.keys, act)
        self._keys.bound.connect(self._name_keys)
        self._name_keys()

    def _name_keys(self) -> None:
        """Tool tips name the keys as they are."""
        keys = self._seat.looks.keys
        now = {act: tip(act, keys) for act in Act}
        for button in self.findChildren(QAbstractButton):
            first, *rest = button.toolTip().split("\n")
            act = next((act for act, text in self._tips.items() if text == first), None)
            if act is not None and now[act] != first:
                button.setToolTip("\n".join((now[act], *rest)))
        self._tips = now

    # What is shown

    def _moved(self) -> None:
        self._tell_place()
        # At once: what is written from now on, and every pin, belongs to this picture.
        subject = self.parts.sitting.subject
        self.parts.filming.show_subject(subject)
        self.parts.comments.show_subject(
            subject.asset if subject is not None else None,
            subject.transformation if subject is not None else "",
        )
        self._facts.start()
        if not self.parts.is_sheet:
            self._want_seen()

    def _told(self, keys: frozenset[tuple[str, str, str]]) -> None:
        self._tell_place()
        subject = self.parts.sitting.subject
        if subject is not None and subject.key in keys:
            self._facts.start()

    def _tell_place(self) -> None:
        parts = self.parts
        sitting, waiting = parts.sitting, len(parts.sitting.undecided())
        count = len(sitting.subjects)
        parts.head.show_place(sitting.row, count, count - waiting)
        parts.head.progress.show_counts(sitting.counts())
        parts.bar.show_rest(waiting)
        for button in parts.bar.buttons.values():
            button.setEnabled(count > 0)

    def _show_facts(self) -> None:
        """What is known beside the picture, once somebody looks at it."""
        parts = self.parts
        subject = parts.sitting.subject
        state = parts.sitting.state(subject) if subject is not None else None
        parts.verdict.show_subject(subject, state)
        if subject is not None:
            parts.verdict.show_scores(parts.earlier.scores(subject))
            parts.details.show_asset(subject.asset, subject.asset.path)

    def _want_seen(self) -> None:
        """The pictures that are looked at, then those in sight of the filmstrip."""
        parts = self.parts
        if parts.is_sheet:
            return
        seen = parts.strip.seen() if parts.strip.isVisible() else []
        wanted = {one.key: one for one in (*parts.feed.wanted(), *seen)}
        parts.pictures.want(list(wanted.values()))

    # What happens

    def _place(self, kind: str) -> None:
        if kind:
            self.acting.focus()

    def _switch_keys(self) -> None:
        """On the contact sheet arrows are the list's own, and no film is seen."""
        self.parts.filming.show_on_stage(on=not self.parts.is_sheet)
        on_stage = (name_of(binding) for binding in BINDINGS if binding.on_stage)
        self._keys.enable(on_stage, on=not self.parts.is_sheet)

    def _fill_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()


def _stack(widget: QWidget, parts: Sequence[QWidget], stretched: QWidget) -> QVBoxLayout:
    """Parts below one another without gaps; one takes the room that is left."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part, 1 if part is stretched else 0)
    return layout
