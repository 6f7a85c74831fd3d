"""Who is told of changes in an environment: web hooks and channels, listed, added and removed."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.notifications import EVERYTHING, POLL, Trigger
from bridge_app.delivery.permissions import Capability
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.ui.permitting import hold_back
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 600, 460
EVENTS = (EVERYTHING, "upload", "delete", "rename", "move", "moderation", "eager", "error")
"""What can be chosen from; any other event can be typed. Source: reference/cloudinary.md 18."""


class TriggersDialog(QDialog):
    """A list, a line to add to it, and a button that removes."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._hearing = worker.hearing
        self._environments = worker.environments
        self._environment = environment
        self._latest = Latest(asker, self)
        self._head = DialogHead(
            theme,
            icons,
            "activity",
            title=self.tr("Notifications"),
            text=self.tr("Who Cloudinary tells of changes in {environment}.").format(
                environment=one_line(environment)
            ),
        )
        self._lines = LineList(self)
        self._view = QListView()
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._said = Banner(theme, icons)
        self._uri = QLineEdit()
        self._event = EditableBox()
        self._add = QPushButton(self.tr("Add"), autoDefault=False)
        self._remove = QPushButton(self.tr("Remove…"), autoDefault=False)
        self._build()
        self._latest.ask(lambda: self._hearing.triggers(environment), self._show, self._failed)

    @property
    def view(self) -> QListView:
        """The list."""
        return self._view

    @property
    def uri_field(self) -> QLineEdit:
        """The address to add."""
        return self._uri

    @property
    def add_button(self) -> QPushButton:
        """What adds it."""
        return self._add

    @property
    def remove_button(self) -> QPushButton:
        """What removes the chosen one."""
        return self._remove

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Notifications"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._view.setModel(self._lines)
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(self.tr("Who is told"))
        self._view.selectionModel().selectionChanged.connect(self._follow)
        self._uri.setPlaceholderText(self.tr("https://… or poll://channel"))
        self._uri.setAccessibleName(self.tr("Address to tell"))
        self._uri.textEdited.connect(self._follow)
        self._uri.returnPressed.connect(self._add.click)
        self._event.addItems(EVENTS)
        self._event.setAccessibleName(self.tr("Kind of change"))
        self._add.clicked.connect(self._have_added)
        self._remove.setProperty("kind", "danger")
        self._remove.clicked.connect(self._ask_before_removing)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        adding.addWidget(self._uri, 1)
        adding.addWidget(self._event)
        adding.addWidget(self._add)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        self._place = ListOrWords(self._view)
        layout.addWidget(self._place, 1)
        layout.addLayout(adding)
        layout.addLayout(buttons)
        self._follow()

    def _show(self, triggers: Sequence[Trigger]) -> None:
        self._said.hush()
        self._place.say(self.tr("Nobody is told yet."))
        if not triggers:
            self._uri.setFocus()
        ours = self._hearing.trigger_of(self._environment)
        self._lines.take([self._line(one, is_ours=one.id == ours) for one in triggers])
        self._follow()

    def _line(self, trigger: Trigger, *, is_ours: bool) -> Line:
        everything = trigger.event_type == EVERYTHING
        event = self.tr("Every change") if everything else trigger.event_type
        return Line(
            key=trigger.id,
            icon="inbox" if trigger.uri_type == POLL else "globe",
            title=one_line(trigger.uri),
            text=one_line(event),
            mark=self.tr("This window") if is_ours else "",
            tone="info",
        )

    def _failed(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
        self._follow()

    def _follow(self) -> None:
        """What can be done now; what the key may not do was asked beforehand."""
        text = self._uri.text()
        chosen = bool(self._view.selectionModel().selectedIndexes())
        buttons = {self._add: "://" in text and not text.endswith("://"), self._remove: chosen}
        told, environment = self._environments, self._environment
        needs = (Capability.TRIGGERS, Capability.SETTINGS)
        why_not = hold_back(buttons, *(told.permission(one, environment) for one in needs))
        if why_not:
            self._said.say(Tone.INFO, why_not, icon="lock")

    def _have_added(self) -> None:
        uri, event = self._uri.text().strip(), self._event.currentText().strip()
        hearing, environment = self._hearing, self._environment

        def added(triggers: Sequence[Trigger]) -> None:
            self._uri.clear()
            self._show(triggers)

        self._latest.ask(
            lambda: hearing.add_trigger(environment, uri, event or EVERYTHING), added, self._failed
        )

    def _ask_before_removing(self) -> None:
        rows = self._view.selectionModel().selectedIndexes()
        if not rows:
            return
        trigger = str(rows[0].data(LineRole.KEY))
        title = self.tr("Remove “{name}”?").format(name=one_line(rows[0].data()))
        question = Question(
            icon="trash-2",
            title=title,
            text=self.tr("Nothing is told there any more."),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        ask_first(self._theme, self._icons, question, self, lambda: self._have_removed(trigger))

    def _have_removed(self, trigger: str) -> None:
        hearing, environment = self._hearing, self._environment
        self._latest.ask(
            lambda: hearing.remove_trigger(environment, trigger), self._show, self._failed
        )
