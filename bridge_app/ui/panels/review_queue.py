"""What waits for a reviewer: requests with how far they are, and the pictures of the chosen one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.review_requests import (
    QueueItem,
    QueueSource,
    RequestCounts,
    RequestId,
    ReviewRequest,
)
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.queue_row import QueueRow
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.models.review_queue import QueueList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.review_wording import due_text, progress_text, roles_text, source_text
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.work.worker import Worker

RELOAD_MS = 300
PICTURED_ROWS = 1_000
LEADING_PX = 330
EVERYTHING = ""
SOURCE_ICONS = {QueueSource.MODERATION: "cloud", QueueSource.FILE: "file-text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """What was read together: for whom, what waits, who asks, and how far each request is."""

    who: str
    me: str
    roles: Sequence[str]
    items: Sequence[QueueItem]
    requests: Sequence[ReviewRequest]
    counts: Mapping[RequestId, RequestCounts]


class ReviewQueuePanel(QFrame):
    """Requests at the leading side, pictures at the other; `reviewWanted` opens review mode."""

    reviewWanted = Signal(object, str, int)  # list[QueueItem], title, where to start
    counted = Signal(int, int)  # how many wait, how many of them are overdue
    packWanted = Signal(object, str)  # list[QueueItem], title

    def __init__(self, worker: Worker, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._latest, self._moderating = Latest(asker, self), Latest(asker, self)
        self._pictures = Latest(asker, self)
        self._state: QueueState | None = None
        self._thumbs = SmallThumbs(asker, self)
        self._timer = QTimer(self, interval=RELOAD_MS, singleShot=True)
        self._trouble = Banner(looks.theme, looks.icons)
        self.who = QComboBox()
        self.requests, self.items = LineList(self), QueueList(looks.now, self)
        self.request_view, self.item_view = QListView(), QListView()
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._facts = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._note = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._empty = QLabel(wordWrap=True)
        self.close_request = QPushButton(self.tr("Close Request…"), autoDefault=False)
        # No default button: Enter in the lists reviews by itself, and would then do so twice.
        self.review = QPushButton(self.tr("Review"), autoDefault=False)
        self.pack = QPushButton(self.tr("Review Pack…"), autoDefault=False)
        self.moderation = QPushButton(self.tr("Look at Moderation Now"), autoDefault=False)
        self._build()
        self._connect()
        self.reload()

    @property
    def facts(self) -> str:
        """What is said of the chosen request."""
        return self._facts.text()

    @property
    def trouble(self) -> str:
        """What went wrong; "" if nothing did."""
        return self._trouble.text

    def take_changes(self, changes: ChangeSet) -> None:
        """Something was asked for or decided."""
        if changes.reviews or changes.assets or changes.listing:
            self._timer.start()

    def forget(self) -> None:
        """What is still to come is of no interest any more."""
        self._timer.stop()
        for one in (self._latest, self._pictures, self._moderating):
            one.forget()

    def reload(self) -> None:
        """Read it all again, for whom it is shown."""
        desk, chosen = self._worker.reviews, self.who.currentData()

        def read() -> QueueState:
            me = desk.who()
            who = chosen or me
            wanted = [one for one in desk.requests() if one.is_for(who) or one.who == who]
            return QueueState(
                who=who,
                me=me,
                roles=desk.roles(),
                items=desk.queue(who),
                requests=wanted,
                counts={one.id: desk.counts_of(one.id) for one in wanted},
            )

        self._latest.ask(read, self._take, self._fail)

    # Built once

    def _build(self) -> None:
        theme, icons = self._looks.theme, self._looks.icons
        self.setProperty("surface", "panel")
        self.who.setAccessibleName(self.tr("For whom"))
        self.who.setToolTip(self.tr("Whose queue is shown"))
        self.request_view.setModel(self.requests)
        self.request_view.setItemDelegate(TwoLine(theme, icons, self.request_view))
        self.request_view.setAccessibleName(self.tr("Review requests"))
        self.item_view.setModel(self.items)
        self.item_view.setItemDelegate(QueueRow(theme, icons, self._thumbs, self.item_view))
        self.item_view.setAccessibleName(self.tr("To decide"))
        for view in (self.request_view, self.item_view):
            view.setUniformItemSizes(True)
            view.setMouseTracking(True)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title.setProperty("tone", "strong")
        self._facts.setProperty("tone", "muted")
        self._empty.setProperty("tone", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.review.setProperty("kind", "primary")
        self.pack.setToolTip(self.tr("Hand these pictures to somebody who has no account"))
        self.moderation.setToolTip(self.tr("Ask Cloudinary what waits for a moderator"))
        self.moderation.setVisible(self._worker.current_account() is not None)
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addWidget(self._leading_side())
        sides.addWidget(self._other_side(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._trouble)
        layout.addLayout(sides, 1)

    def _leading_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        side.setFixedWidth(max(LEADING_PX, self.moderation.sizeHint().width()))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.who)
        column.addWidget(self.request_view, 1)
        column.addWidget(self.moderation)
        return side

    def _other_side(self) -> QWidget:
        side = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.close_request)
        buttons.addStretch(1)
        buttons.addWidget(self.pack)
        buttons.addWidget(self.review)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for label in (self._title, self._facts, self._note):
            label.setAlignment(leading())
            column.addWidget(label)
        column.addWidget(self.item_view, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(buttons)
        return side

    def _connect(self) -> None:
        self._timer.timeout.connect(self.reload)
        self.who.activated.connect(lambda _: self.reload())
        self.request_view.selectionModel().currentChanged.connect(self._show_request)
        for view in (self.item_view, self.request_view):
            view.activated.connect(lambda _: self.review_from_current())
        self.review.clicked.connect(self.review_from_current)
        self.close_request.clicked.connect(self._ask_to_close)
        self.pack.clicked.connect(self._ask_for_pack)
        self.moderation.clicked.connect(self._look_at_moderation)
        self._thumbs.arrived.connect(self.item_view.viewport().update)
        self._looks.theme.changed.connect(self.item_view.viewport().update)

    # What is shown

    def _take(self, state: QueueState) -> None:
        key = self._chosen_key()
        self._state = state
        self._trouble.hush()
        self._show_people(state)
        lines = self._request_lines(state)
        self.requests.take(lines)
        row = next((at for at, line in enumerate(lines) if line.key == key), 0)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.request_view.selectionModel().setCurrentIndex(self.requests.index(row, 0), select)
        self._show_request()
        overdue = sum(item.is_overdue for item in state.items)
        self.counted.emit(len(state.items), overdue)
        ids = list(dict.fromkeys(item.asset for item in state.items))[:PICTURED_ROWS]

        def pictures(reader: CatalogReader) -> dict[AssetId, str]:
            return {asset.id: asset.picture_key for asset in reader.assets(ids)}

        self._pictures.read(pictures, self.items.take_pictures, self._fail)

    def _show_people(self, state: QueueState) -> None:
        others = [role for role in state.roles if role.casefold() != state.me.casefold()]
        self.who.clear()
        self.who.addItem(self.tr("You ({name})").format(name=one_line(state.me)), state.me)
        for role in others:
            self.who.addItem(one_line(role), role)
        self.who.setCurrentIndex(max(0, self.who.findData(state.who)))

    def _request_lines(self, state: QueueState) -> list[Line]:
        overdue = sum(item.is_overdue for item in state.items)
        everything = Line(
            key=EVERYTHING,
            icon="clipboard-check",
            title=self.tr("Everything"),
            text=self.tr("%Ln to decide", "", len(state.items)),
            mark=self.tr("%Ln overdue", "", overdue) if overdue else "",
            tone="negative",
        )
        sources = {item.source: 0 for item in state.items if not item.request}
        for item in state.items:
            if not item.request:
                sources[item.source] += 1
        elsewhere = [
            Line(
                key=f"source:{source.value}",
                icon=SOURCE_ICONS.get(source, "library"),
                title=source_text(source),
                text=self.tr("%Ln to decide", "", count),
            )
            for source, count in sources.items()
        ]
        return [everything, *(self._request_line(one) for one in state.requests), *elsewhere]

    def _request_line(self, request: ReviewRequest) -> Line:
        now, left = self._looks.now(), len(self._of_request(request.id))
        overdue = request.is_overdue(now)
        due = due_text(request.due, now) if request.due else self.tr("No due date")
        is_done = self._state is not None and self._state.counts[request.id].is_finished
        mark = self.tr("%Ln left", "", left) if left else self.tr("Done") if is_done else ""
        tone = "negative" if overdue and left else "warning" if left else "positive"
        return Line(
            key=request.id,
            icon="calendar-x" if overdue else "calendar-clock" if request.due else "users",
            title=one_line(request.title),
            text=due,
            mark=mark,
            tone=tone,
        )

    def _show_request(self) -> None:
        state, key = self._state, self._chosen_key()
        if state is None:
            return
        request = self._chosen_request()
        items = self._shown_items(key)
        self.items.take(items)
        if items and not self.item_view.currentIndex().isValid():
            self.item_view.setCurrentIndex(self.items.index(0, 0))
        self._title.setText(one_line(request.title) if request else self._line_title(key))
        self._facts.setText(self._facts_of(request, state) if request else "")
        self._facts.setVisible(request is not None)
        self._note.setText("\n".join(map(one_line, request.note.split("\n"))) if request else "")
        self._note.setVisible(bool(self._note.text()))
        self.item_view.setVisible(bool(items))
        self._empty.setText(self.tr("Nothing here waits for this person."))
        self._empty.setVisible(not items)
        self.review.setEnabled(bool(items))
        self.pack.setEnabled(bool(items))
        self.close_request.setVisible(request is not None)

    def _facts_of(self, request: ReviewRequest, state: QueueState) -> str:
        asked = self.tr("{who} asks {reviewers}").format(
            who=one_line(request.who), reviewers=roles_text(request.reviewers)
        )
        return f"{asked}\n{progress_text(state.counts[request.id])}"

    def _line_title(self, key: str) -> str:
        lines = (
            self.requests.index(row, 0).data(LineRole.LINE)
            for row in range(self.requests.rowCount())
        )
        return next((line.title for line in lines if line.key == key), "")

    def _shown_items(self, key: str) -> list[QueueItem]:
        items = list(self._state.items) if self._state is not None else []
        if key == EVERYTHING:
            return items
        source = key.removeprefix("source:")
        if source != key:
            return [item for item in items if not item.request and item.source.value == source]
        return self._of_request(key)

    def _of_request(self, request: str) -> list[QueueItem]:
        items = self._state.items if self._state is not None else ()
        return [item for item in items if item.request == request]

    def _chosen_key(self) -> str:
        return str(self.request_view.currentIndex().data(LineRole.KEY) or EVERYTHING)

    def _chosen_request(self) -> ReviewRequest | None:
        key = self._chosen_key()
        requests = self._state.requests if self._state is not None else ()
        return next((one for one in requests if one.id == key), None)

    # What a person does

    def review_from_current(self) -> None:
        """Open review mode on all that is shown, at the row that is chosen."""
        items = self.items.items
        if items:
            start = max(0, self.item_view.currentIndex().row())
            self.reviewWanted.emit(list(items), self._chosen_title(), start)

    def _ask_for_pack(self) -> None:
        self.packWanted.emit(list(self.items.items), self._chosen_title())

    def _chosen_title(self) -> str:
        request = self._chosen_request()
        return request.title if request else self._line_title(self._chosen_key())

    def _look_at_moderation(self) -> None:
        """What was decided there is taken over as well; the queue hears of it."""
        self.moderation.setEnabled(False)
        self._moderating.ask(
            self._worker.moderation.look, self._is_looked_at, self._moderation_failed
        )

    def _is_looked_at(self, _: int) -> None:
        self.moderation.setEnabled(True)
        self.reload()

    def _moderation_failed(self, error: BridgeError) -> None:
        self.moderation.setEnabled(True)
        self._fail(error)

    def _ask_to_close(self) -> None:
        request = self._chosen_request()
        if request is None:
            return
        question = Question(
            icon="clipboard-check",
            title=self.tr("Close “{title}”?").format(title=one_line(request.title)),
            text=self.tr("Nobody is asked to look at it any more. What was decided stays."),
            act=self.tr("Close Request"),
            leave=self.tr("Keep Open"),
        )
        dialog = ConfirmDialog(self._looks.theme, self._looks.icons, question, self.window())
        desk, key = self._worker.reviews, request.id
        dialog.confirmed.connect(
            lambda: self._asker.ask(lambda: desk.close(key), lambda _: self.reload(), self._fail)
        )
        open_dialog(dialog)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
