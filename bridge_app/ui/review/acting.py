"""What the keys and buttons of review mode do."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.marks import Label
from bridge_app.ui.messages import approval_text, error_text
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.review.comparing import Against, Look, next_look
from bridge_app.ui.review.film_bar import FRAME_S
from bridge_app.ui.review.guides import Guide
from bridge_app.ui.review.keys import Act
from bridge_app.ui.review.parts import ReviewParts, ReviewSeat
from bridge_app.ui.review.stage_view import KEY_STEP
from bridge_app.ui.review.subjects import Key, Subject

LABELS = (Label.RED, Label.YELLOW, Label.GREEN, Label.BLUE)
GUIDES = tuple(Guide)


class Acting(QObject):
    """GUI thread only. A decision on one picture goes on to the next at once."""

    looked = Signal()  # pictures are looked at another way
    fullScreenWanted = Signal()
    leaveWanted = Signal()

    def __init__(self, parts: ReviewParts, seat: ReviewSeat, window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._seat = seat
        self._window = window
        self._acts = {**self._deciding(), **self._going(), **self._looking()}
        deciding = parts.deciding
        deciding.decided.connect(self._say_decided)
        deciding.undone.connect(self._say_undone)
        deciding.failed.connect(self._not_decided)
        deciding.undoable.connect(parts.bar.undo.setEnabled)
        parts.bar.explained.connect(self._explained)
        parts.bar.left.connect(self.focus)
        parts.contact.chosen.connect(self._say_chosen)
        parts.contact.opened.connect(partial(self.set_look, Look.ALONE))

    def do(self, act: Act, value: int = 0) -> None:
        """Carry it out; `value` is the stars or the label."""
        self._acts[act](value)

    def set_look(self, look: Look) -> None:
        """Look at pictures on the stage in this way."""
        parts = self._parts
        parts.pages.setCurrentWidget(parts.stage)
        parts.stage.set_look(look)
        parts.head.show_look(look, sheet=False)
        parts.feed.show()
        self.focus()
        self.looked.emit()

    def focus(self) -> None:
        """The keyboard to the pictures."""
        parts = self._parts
        (parts.contact.view if parts.is_sheet else parts.stage).setFocus()

    def go_to(self, key: Key) -> None:
        """To the picture that was clicked."""
        row = self._parts.sitting.row_of(key)
        if row is not None:
            self._parts.sitting.go(row)

    def refuse(self, error: BridgeError) -> None:
        """Tell of trouble."""
        self._parts.banner.say(Tone.NEGATIVE, error_text(error))

    # Which act is what

    def _deciding(self) -> dict[Act, Callable[[int], None]]:
        deciding = self._parts.deciding
        return {
            Act.APPROVE: lambda _: self._decide(Approval.APPROVED),
            Act.REJECT: lambda _: self._ask_why(Approval.REJECTED),
            Act.REQUEST_CHANGES: lambda _: self._ask_why(Approval.CHANGES_REQUESTED),
            Act.COMMENT: lambda _: self._comment(),
            Act.PIN: lambda _: self._mark(self._parts.comments.pin),
            Act.DRAW: lambda _: self._mark(self._parts.comments.draw),
            Act.UNDO: lambda _: deciding.undo(),
            Act.APPROVE_REST: lambda _: self._ask_for_rest(),
            Act.RATE: lambda stars: deciding.rate(self._parts.chosen, stars),
            Act.LABEL: lambda number: deciding.label(self._parts.chosen, LABELS[number]),
        }

    def _going(self) -> dict[Act, Callable[[int], None]]:
        sitting = self._parts.sitting
        return {
            Act.FORWARD: lambda _: sitting.step(self._onward()),
            Act.BACKWARD: lambda _: sitting.step(-self._onward()),
            Act.NEXT: lambda _: sitting.step_asset(1),
            Act.PREVIOUS: lambda _: sitting.step_asset(-1),
            Act.FIRST: lambda _: sitting.go(0),
            Act.LAST: lambda _: sitting.go(len(sitting.subjects) - 1),
            Act.NEXT_OPEN: lambda _: self._next_open(),
            Act.LEAVE: lambda _: self._leave(),
        }

    def _looking(self) -> dict[Act, Callable[[int], None]]:
        parts, stage = self._parts, self._parts.stage
        return {
            Act.COMPARE: lambda _: self.set_look(next_look(stage.look)),
            Act.BESIDE: lambda _: self._toggle_beside(),
            Act.AGAINST: lambda _: self._toggle_against(),
            Act.SHEET: lambda _: self._toggle_sheet(),
            Act.GUIDES: lambda _: self._next_guide(),
            Act.FIT: lambda _: stage.fit(),
            Act.ACTUAL: lambda _: stage.toggle_actual(),
            Act.NEARER: lambda _: stage.zoom(KEY_STEP),
            Act.FARTHER: lambda _: stage.zoom(1 / KEY_STEP),
            Act.LESS: lambda _: stage.shift(1),
            Act.MORE: lambda _: stage.shift(-1),
            Act.PLAY: lambda _: parts.film.toggle(),
            Act.FRAME_BACK: lambda _: parts.film.step(-FRAME_S),
            Act.FRAME_ON: lambda _: parts.film.step(FRAME_S),
            Act.FACTS: lambda _: self._toggle(parts.side, Act.FACTS),
            Act.STRIP: lambda _: self._toggle(parts.strip, Act.STRIP),
            Act.FULL_SCREEN: lambda _: self.fullScreenWanted.emit(),
            Act.HELP: lambda _: parts.help.open(),
        }

    def _onward(self) -> int:
        """The way of the right arrow: on, where one reads from the left."""
        return -1 if self._window.isRightToLeft() else 1

    # Deciding

    def _decide(self, approval: Approval, why: str = "") -> None:
        parts = self._parts
        subjects = parts.chosen
        parts.deciding.decide(subjects, approval, why)
        if not parts.is_sheet:
            parts.sitting.step(1)

    def _ask_why(self, approval: Approval) -> None:
        chosen = self._parts.chosen
        if chosen:
            self._parts.bar.ask_why(approval, len(chosen))

    def _explained(self, approval: Approval, why: str) -> None:
        self._decide(approval, why)

    def _ask_for_rest(self) -> None:
        rest = self._parts.sitting.open()
        if not rest:
            self._parts.bar.say(self.tr("Everything is decided."))
            return
        looks = self._seat.looks
        question = Question(
            icon="check-check",
            title=self.tr("Approve the remaining %Ln picture(s)?", "", len(rest)),
            text=self.tr(
                "All that nobody has approved, rejected or sent back in this review is approved in "
                "your name, also what you have not looked at. It can be taken back."
            ),
            act=self.tr("Approve them"),
            leave=self.tr("Keep looking"),
        )
        go = partial(self._approve_rest, rest)
        ask_first(looks.theme, looks.icons, question, self._window, go)

    def _approve_rest(self, rest: Sequence[Subject]) -> None:
        """Somebody else may have decided while it was asked."""
        asked = {one.key for one in rest}
        left = [one for one in self._parts.sitting.open() if one.key in asked]
        self._parts.deciding.decide(left, Approval.APPROVED)
        self.focus()

    def _say_decided(self, approval: Approval, count: int) -> None:
        text = self.tr("{state}: %Ln picture(s).", "", count)
        self._parts.banner.hush()
        self._parts.bar.say(text.format(state=approval_text(approval)))

    def _say_undone(self, keys: tuple[Key, ...]) -> None:
        self._parts.bar.say(self.tr("Taken back: %Ln decision(s).", "", len(keys)))
        if len(keys) == 1:
            self.go_to(keys[0])

    def _not_decided(self, error: BridgeError, keys: tuple[Key, ...]) -> None:
        self.refuse(error)
        if len(keys) == 1:
            self.go_to(keys[0])

    def _say_chosen(self, count: int) -> None:
        text = self.tr("%Ln picture(s) chosen", "", count) if count > 1 else ""
        self._parts.bar.say(text)

    def _comment(self) -> None:
        self._show_comments()
        self._parts.comments.begin()

    def _mark(self, take: Callable[[], None]) -> None:
        """Take the pin or the pen in hand, where the comments can be seen."""
        self._show_comments()
        take()

    def _show_comments(self) -> None:
        parts = self._parts
        parts.side.setVisible(True)
        parts.head.buttons[Act.FACTS].setChecked(True)
        parts.tabs.setCurrentWidget(parts.comments)
        if parts.is_sheet:
            self.set_look(Look.ALONE)

    # Going and looking

    def _next_open(self) -> None:
        if not self._parts.sitting.next_open():
            self._parts.bar.say(self.tr("Everything is decided."))

    def _leave(self) -> None:
        """From a comparison or the sheet back to one picture, and from there out."""
        parts = self._parts
        if not parts.is_sheet and parts.stage.look is Look.ALONE:
            self.leaveWanted.emit()
        else:
            self.set_look(Look.ALONE)

    def _toggle_beside(self) -> None:
        beside = self._parts.stage.look is Look.BESIDE and not self._parts.is_sheet
        self.set_look(Look.ALONE if beside else Look.BESIDE)

    def _toggle_against(self) -> None:
        parts = self._parts
        other = Against.MASTER if parts.feed.against is Against.EARLIER else Against.EARLIER
        parts.feed.set_against(other)
        parts.head.show_against(other)
        if not parts.stage.look.compares:
            self.set_look(Look.SPLIT)

    def _toggle_sheet(self) -> None:
        parts = self._parts
        if parts.is_sheet:
            self.set_look(parts.stage.look)
            return
        parts.pages.setCurrentWidget(parts.contact)
        parts.head.show_look(parts.stage.look, sheet=True)
        parts.contact.show_current()
        self.looked.emit()

    def _next_guide(self) -> None:
        stage = self._parts.stage
        guide = GUIDES[(GUIDES.index(stage.guide) + 1) % len(GUIDES)]
        stage.set_guide(guide)
        self._parts.head.show_guide(guide)

    def _toggle(self, part: QWidget, act: Act) -> None:
        part.setVisible(part.isHidden())
        self._parts.head.buttons[act].setChecked(not part.isHidden())
