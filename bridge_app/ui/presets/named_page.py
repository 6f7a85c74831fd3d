"""Presets beside the named transformations of the environment in use: compared, brought over."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.named_matching import Match, NamedMatch
from bridge_app.storage.presets import PresetChange
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, number_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.panels.account_destination import Destination
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.form import Form
from bridge_app.ui.permitting import hold_back
from bridge_app.ui.presets.keeping import Deed, PresetKeeping
from bridge_app.ui.presets.wording import DOT, TONES, match_text
from bridge_app.work.worker import Worker

ORDER = (Match.DIFFERENT, Match.ONLY_THERE, Match.SAME, Match.ONLY_HERE)
"""What needs a person's eye first."""
NAMED = 5


class NamedPage(QWidget):
    """Compared when it is first shown, and on request: each definition there is a call."""

    def __init__(self, worker: Worker, keeping: PresetKeeping, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._worker = worker
        self._keeping = keeping
        self._looks = looks
        self._asking = Latest(asker, self)
        self._is_compared = False
        self.matches: tuple[NamedMatch, ...] = ()
        theme, icons = looks.theme, looks.icons
        self.where = Destination(worker, asker, theme, icons)
        self.banner = Banner(theme, icons)
        self.counts = QLabel(wordWrap=True)
        self.lines = LineList(self)
        self.view = QListView()
        self.here, self.there = _definition(), _definition()
        self._buttons: dict[str, QPushButton] = {}
        self._build()

    @property
    def chosen(self) -> list[NamedMatch]:
        """The names that are selected, in their order."""
        rows = self.view.selectionModel().selectedIndexes()
        names = {str(row.data(LineRole.KEY)) for row in rows}
        return [one for one in self.matches if one.name in names]

    def choose(self, *names: str) -> None:
        """Select these names."""
        flag = self.view.selectionModel().SelectionFlag
        self.view.clearSelection()
        for row, one in enumerate(self.matches):
            if one.name in names:
                self.view.selectionModel().select(self.lines.index(row), flag.Select)

    def press(self, act: str) -> None:
        """Press a button by what it does: take, send, delete, compare."""
        self._buttons[act].click()

    def forget(self) -> None:
        """What is on its way is of no interest any more."""
        self._asking.forget()
        self.where.forget()

    def begin(self) -> None:
        """It is shown: compare, unless that was done."""
        self.where.refresh()
        if not self._is_compared:
            self.compare()

    def compare(self) -> None:
        """Ask for every definition there."""
        account = self._worker.current_account()
        self._follow()
        if account is None:
            self.banner.say(Tone.INFO, self.tr("There is no Cloudinary account in use."))
            return
        self._is_compared = True
        environment, shelf = account.environment, self._keeping.shelf
        self.counts.setText(self.tr("Asks for the definitions there…"))
        self._asking.ask(lambda: shelf.matches(environment), self._take, self._fail)

    def _build(self) -> None:
        show_lines(
            self.view,
            self.lines,
            self._looks.theme,
            self._looks.icons,
            self.tr("Presets and named transformations"),
        )
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        self.counts.setProperty("tone", "muted")
        texts = Form()
        texts.setHorizontalSpacing(14)
        texts.setVerticalSpacing(4)
        texts.addRow(_heading(self.tr("Here")), self.here)
        texts.addRow(_heading(self.tr("At Cloudinary")), self.there)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for act, text, do in (
            ("take", self.tr("&Adopt as preset"), self._have_taken),
            ("send", self.tr("&Publish to Cloudinary"), self._have_sent),
            ("delete", self.tr("De&lete there…"), self._have_deleted),
        ):
            buttons.addWidget(self._button(act, text, do))
        buttons.addStretch(1)
        buttons.addWidget(self._button("compare", self.tr("Co&mpare again"), self.compare))
        self._buttons["delete"].setProperty("kind", "danger")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.where, self.banner, self.counts):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        layout.addLayout(texts)
        layout.addLayout(buttons)

    def _button(self, act: str, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: do())  # noqa: PLW0108 - it takes no flag
        self._buttons[act] = button
        return button

    # What is shown

    def _take(self, matches: Sequence[NamedMatch]) -> None:
        chosen = [one.name for one in self.chosen]
        self.matches = tuple(sorted(matches, key=lambda one: ORDER.index(one.match)))
        self.lines.take([self._line(one) for one in self.matches])
        self.choose(*chosen)
        self.banner.hush()
        parts = []
        for match in ORDER:
            count = sum(one.match is match for one in matches)
            if count:
                parts.append(f"{match_text(match)}: {number_text(count)}")
        self.counts.setText(DOT.join(parts))
        self._follow()

    def _line(self, one: NamedMatch) -> Line:
        used = self.tr("in use there") if one.used else ""
        text = one.there if one.there is not None else one.here
        return Line(
            key=one.name,
            icon="bookmark" if one.there is None else "cloud",
            title=one_line(one.name),
            text=DOT.join(filter(None, (one_line(text or ""), used))),
            mark=match_text(one.match),
            tone=TONES[one.match],
        )

    def _follow(self) -> None:
        chosen = self.chosen
        is_free = not self._asking.waiting
        self._buttons["take"].setEnabled(is_free and bool(_taken(chosen)))
        there = [one for one in chosen if one.there is not None]
        wanted = {
            self._buttons["send"]: is_free and bool(_sent(chosen)),
            self._buttons["delete"]: is_free and bool(there),
        }
        needs = (Capability.TRANSFORMATIONS, Capability.SETTINGS)
        if why_not := hold_back(wanted, *map(self._worker.environments.permission, needs)):
            self.banner.say(Tone.INFO, why_not, icon="lock")
        one = chosen[0] if len(chosen) == 1 else None
        nothing = "—"
        self.here.setText(isolated((one.here if one else None) or nothing))
        self.there.setText(isolated((one.there if one else None) or nothing))

    def _fail(self, error: BridgeError) -> None:
        self.counts.setText("")
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self._follow()

    # What a person does

    def _have_taken(self) -> None:
        """What is different here is told of first; each can be taken back."""
        chosen = _taken(self.chosen)
        changed = [one.name for one in chosen if one.match is Match.DIFFERENT]
        question = Question(
            icon="refresh-cw",
            title=self.tr("Change %Ln preset(s) here?", "", len(changed)),
            text=self.tr("{names} then stand for what is defined there. You can undo it.").format(
                names=_names(changed)
            ),
            act=self.tr("Change them"),
            leave=self.tr("Go back"),
        )
        self._after_asking(question, lambda: self._take_all(chosen), needed=bool(changed))

    def _take_all(self, chosen: Sequence[NamedMatch]) -> None:
        shelf = self._keeping.shelf
        for one in chosen:
            words = self.tr("“{name}” was adopted.").format(name=one_line(one.name))

            def act(one: NamedMatch = one) -> PresetChange:
                return shelf.take_named(one)

            self._keeping.do(
                Deed(act=act, said=words, done=lambda _: self.compare(), refused=self._fail)
            )

    def _have_sent(self) -> None:
        chosen = _sent(self.chosen)
        changed = [one.name for one in chosen if one.match is Match.DIFFERENT]
        question = Question(
            icon="cloud-upload",
            title=self.tr("Define %Ln named transformation(s) anew?", "", len(changed)),
            text=self.tr(
                "{names} stand for something else there. What was derived before stays as it is; "
                "whatever is asked for from now on is made by the new definition."
            ).format(names=_names(changed)),
            act=self.tr("Define anew"),
            leave=self.tr("Go back"),
        )
        shelf = self._keeping.shelf
        self._after_asking(
            question, lambda: self._at_cloudinary(shelf.send_named, chosen), needed=bool(changed)
        )

    def _have_deleted(self) -> None:
        chosen = [one for one in self.chosen if one.there is not None]
        question = Question(
            icon="trash-2",
            title=self.tr("Delete %Ln named transformation(s) at Cloudinary?", "", len(chosen)),
            text=self.tr(
                "{names}: everything that was derived with them is deleted too, and addresses "
                "that name them stop working. Presets here stay."
            ).format(names=_names([one.name for one in chosen])),
            act=self.tr("Delete there"),
            leave=self.tr("Keep"),
        )
        shelf = self._keeping.shelf
        self._after_asking(
            question, lambda: self._at_cloudinary(shelf.delete_named, chosen), needed=True
        )

    def _after_asking(self, question: Question, act: Callable[[], None], *, needed: bool) -> None:
        if not needed:
            act()
            return
        ask_first(self._looks.theme, self._looks.icons, question, self.window(), act)

    def _at_cloudinary(
        self, act: Callable[[str, NamedMatch], None], chosen: Sequence[NamedMatch]
    ) -> None:
        """Change something there, after the question that production needs; then compare anew."""
        account = self._worker.current_account()
        if account is None:
            return
        environment, shelf = account.environment, self._keeping.shelf

        def work() -> tuple[NamedMatch, ...]:
            for one in chosen:
                act(environment, one)
            return shelf.matches(environment)

        self.where.then(lambda: self._asking.ask(work, self._take, self._fail))


def _taken(matches: Sequence[NamedMatch]) -> list[NamedMatch]:
    return [one for one in matches if one.match in (Match.DIFFERENT, Match.ONLY_THERE)]


def _sent(matches: Sequence[NamedMatch]) -> list[NamedMatch]:
    return [one for one in matches if one.match in (Match.DIFFERENT, Match.ONLY_HERE)]


def _names(names: Sequence[str]) -> str:
    more = f" (+{number_text(len(names) - NAMED)})" if len(names) > NAMED else ""
    return ", ".join(isolated(one_line(name)) for name in names[:NAMED]) + more


def _definition() -> QLabel:
    made = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _heading(text: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("tone", "heading")
    return made
