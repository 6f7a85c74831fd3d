"""Asks reviewers to look at something: which pictures, whom, until when, and what for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Qt, QTime, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.domain.review_requests import LONGEST_TITLE, ReviewItem, ReviewRequest, ReviewWish
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.day_fields import MomentEdit
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.reachable_calendar import make_reachable
from bridge_app.ui.parts.role_field import RoleField
from bridge_app.ui.presets.preset_choice import PresetChoice
from bridge_app.ui.review.subjects import subjects_of
from bridge_app.work.worker import Worker

WIDTH_PX = 560
NOTE_PX = 84
LABEL_PX = 34
DUE_PX = 220
DUE_DAYS = 3
DUE_HOUR = 17


class ReviewRequestDialog(QDialog):
    """Writes one request down; `requested` carries it once that is on disk."""

    requested = Signal(object)  # ReviewRequest

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._ids = tuple(dict.fromkeys(assets))
        self._assets: Sequence[Asset] = ()
        self._reading, self._opening = Latest(asker, self), Latest(asker, self)
        self._acting = Latest(asker, self)
        title = self.tr("Ask for a review of %Ln asset(s)", "", len(self._ids))
        self._head = DialogHead(looks.theme, looks.icons, "clipboard-check", title=title)
        self._said = Banner(looks.theme, looks.icons)
        self.title = QLineEdit()
        self.masters = QCheckBox(self.tr("The &masters"))
        self.renditions = QCheckBox(self.tr("These &renditions"))
        self.choice = PresetChoice()
        self.reviewers = RoleField()
        self.is_due = QCheckBox(self.tr("&Due"))
        self.due = MomentEdit(_usual_due())
        self.note = QPlainTextEdit()
        self._count = QLabel()
        self.act = QPushButton(self.tr("Ask for Review"), autoDefault=False)
        self._build(title)
        self._connect()
        self._tell()
        self._opening.ask(self._offers, self._offer, self._fail)
        self._reading.read(lambda reader: reader.assets(self._ids), self._take_assets, self._fail)

    @property
    def items(self) -> tuple[ReviewItem, ...]:
        """The pictures to be looked at, as far as the assets are known yet."""
        presets = self.choice.chosen if self.renditions.isChecked() else ()
        subjects = subjects_of(self._assets, presets, masters=self.masters.isChecked())
        return tuple(
            ReviewItem(
                asset=one.asset.id,
                transformation=one.transformation,
                preset=one.preset.name if one.preset is not None else "",
            )
            for one in subjects
            if one.transformation or self.masters.isChecked()
        )

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        for one in (self._reading, self._opening, self._acting):
            one.forget()
        super().done(result)

    # Built once

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        self.title.setPlaceholderText(self.tr("What is it about?"))
        self.title.setMaxLength(LONGEST_TITLE)
        self.masters.setChecked(True)
        self.due.setCalendarPopup(True)
        self.due.setMinimumWidth(DUE_PX)
        self.due.setAccessibleName(self.tr("Due date and time"))
        make_reachable(self.due.calendarWidget(), self.due.accessibleName())
        self.is_due.setChecked(True)
        self.note.setPlaceholderText(self.tr("What should they look at?"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_PX)
        self._count.setProperty("tone", "muted")
        self.act.setProperty("kind", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        layout.addLayout(self._fields())
        layout.addStretch(1)
        layout.addLayout(self._foot())

    def _fields(self) -> QGridLayout:
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(12)
        fields.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget | None, QWidget], ...] = (
            (self.tr("&Title"), self.title, self.title),
            (
                self.tr("What"),
                None,
                _stacked(self.masters, _beside(self.renditions, self.choice, fills=True)),
            ),
            (self.tr("Re&viewers"), self.reviewers.field, self.reviewers),
            (self.tr("Until"), None, _beside(self.is_due, self.due, fills=False)),
            (self.tr("&Note"), self.note, self.note),
        )
        for row, (words, buddy, part) in enumerate(rows):
            name = QLabel(words)
            name.setProperty("tone", "heading")
            name.setFixedHeight(LABEL_PX)
            if buddy is not None:
                name.setBuddy(buddy)
            fields.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            fields.addWidget(part, row, 1)
        return fields

    def _foot(self) -> QHBoxLayout:
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.act)
        return foot

    def _connect(self) -> None:
        self.title.textEdited.connect(self._tell)
        self.masters.clicked.connect(self._tell)
        self.renditions.clicked.connect(self._tell)
        self.choice.changed.connect(self._tell)
        self.is_due.clicked.connect(self._tell)
        self.act.clicked.connect(self._ask)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.act.click)

    # What is known

    def _offers(self) -> tuple[PresetLibrary, list[str]]:
        """Runs off the GUI thread."""
        return self._worker.rendition_presets.library(), self._worker.reviews.roles()

    def _offer(self, offers: tuple[PresetLibrary, list[str]]) -> None:
        library, roles = offers
        self.choice.offer(library)
        self.reviewers.offer(roles)
        self._tell()

    def _take_assets(self, assets: Sequence[Asset]) -> None:
        self._assets = assets
        if not self.title.text():
            name = one_line(assets[0].name) if assets else ""
            more = self.tr("{name} and %Ln more", "", len(assets) - 1).format(name=name)
            self.title.setText((name if len(assets) == 1 else more)[:LONGEST_TITLE])
            self.title.selectAll()
        self._tell()

    def _tell(self) -> None:
        """What is asked for, and whether it can be."""
        self.choice.setEnabled(self.renditions.isChecked())
        self.due.setEnabled(self.is_due.isChecked())
        count = len(self.items)
        self._count.setText(self.tr("%Ln picture(s) to look at", "", count))
        self.act.setEnabled(count > 0 and bool(self.title.text().strip()))

    # What is asked

    def _ask(self) -> None:
        try:
            wish = ReviewWish(
                title=self.title.text(),
                items=self.items,
                note=self.note.toPlainText().strip(),
                due=_aware(self.due) if self.is_due.isChecked() else None,
                reviewers=self.reviewers.roles,
            )
        except BridgeError as error:
            self._fail(error)
            return
        self.act.setEnabled(False)
        desk = self._worker.reviews
        self._acting.ask(lambda: desk.request(wish), self._done, self._fail)

    def _done(self, request: ReviewRequest) -> None:
        self.accept()
        self.requested.emit(request)

    def _fail(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))
        self._tell()


def _beside(first: QWidget, second: QWidget, *, fills: bool) -> QWidget:
    pair = QWidget()
    line = QHBoxLayout(pair)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(first)
    line.addWidget(second, 1 if fills else 0)
    if not fills:
        line.addStretch(1)
    return pair


def _stacked(first: QWidget, second: QWidget) -> QWidget:
    pair = QWidget()
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, 6, 0, 0)
    column.setSpacing(6)
    column.addWidget(first)
    column.addWidget(second)
    return pair


def _usual_due() -> QDateTime:
    """The end of a working day in a few days, in local time."""
    day = QDateTime.currentDateTime().addDays(DUE_DAYS)
    day.setTime(QTime(DUE_HOUR, 0))
    return day


def _aware(edit: QDateTimeEdit) -> datetime:
    """The moment that stands in a field."""
    return datetime.fromtimestamp(edit.dateTime().toSecsSinceEpoch(), UTC)
