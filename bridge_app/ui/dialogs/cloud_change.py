"""What would be done to assets in the cloud, by name and with its consequences, before it is."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud_changes import (
    NAMING,
    OBJECTIONS,
    ChangePlan,
    ChangeStep,
    CloudAction,
    Objection,
    Wish,
)
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import ROW_PX, TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, number_text, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.panels.metadata_changes import before_after
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, LIST_PX = 560, 190
PAUSE_MS = 150
translate = QCoreApplication.translate  # a name that lupdate knows


class CloudWish(Enum):
    """What a person wants done; the value is its sign."""

    NAME = "pencil-line"
    PUBLIC_ID = "link"
    FOLDER = "folder-open"
    WHOLE_FOLDER = "folder-tree"
    DELETE = "trash-2"
    REFRESH = "refresh-cw"
    ACCEPT = "circle-check"
    REFUSE = "circle-x"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudChoice:
    """What is done with which assets, or with a folder.

    `text` is what the field begins with, `folders` are those that there are.
    """

    wish: CloudWish
    assets: tuple[AssetId, ...] = ()
    text: str = ""
    folders: tuple[str, ...] = ()
    place: FolderPlace | None = None


class CloudChangeDialog(QDialog):
    """Shows the plan as it is typed; `wished` carries the one that a person agreed to."""

    wished = Signal(object)  # ChangePlan

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        choice: CloudChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._choice = choice
        self._plan: ChangePlan | None = None
        self._latest = Latest(asker, self)
        title, act, label = self._words()
        self._head = DialogHead(theme, icons, choice.wish.value, title=title)
        self._head.wait_for(self._latest)
        self._field = RecentField(theme, icons, choice.text)
        self._label = QLabel(label)
        self._lines = LineList(self)
        self._view = QListView()
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._consequence = Banner(theme, icons)
        self._sure = QCheckBox()
        self._act = QPushButton(act, autoDefault=False)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self._build(title)
        self._ask()

    @property
    def act_button(self) -> QPushButton:
        """What agrees."""
        return self._act

    @property
    def field(self) -> RecentField:
        """The new name or folder."""
        return self._field

    @property
    def sure_box(self) -> QCheckBox:
        """What has to be ticked where much is at stake; hidden elsewhere."""
        return self._sure

    @property
    def consequence(self) -> str:
        """What is said about addresses, backups, or trouble."""
        return self._consequence.text

    def done(self, result: int) -> None:
        """Qt: the dialog closes; the plan is of no interest any more."""
        self._pause.stop()
        self._latest.forget()
        super().done(result)

    def _words(self) -> tuple[str, str, str]:
        """Title, button, and what the field is called."""
        count = len(self._choice.assets)
        words = {
            CloudWish.NAME: (self.tr("Rename at Cloudinary"), self.tr("Rename"), self.tr("&Name")),
            CloudWish.PUBLIC_ID: (
                self.tr("Change the public ID"),
                self.tr("Change"),
                self.tr("&Public ID"),
            ),
            CloudWish.FOLDER: (
                self.tr("Move %Ln asset(s) at Cloudinary", "", count),
                self.tr("Move"),
                self.tr("&Folder, empty for the topmost one"),
            ),
            CloudWish.WHOLE_FOLDER: (
                self.tr("Rename or move a folder at Cloudinary"),
                self.tr("Move"),
                self.tr("&Path, with the folders above it"),
            ),
            CloudWish.DELETE: (
                self.tr("Delete %Ln asset(s) at Cloudinary?", "", count),
                self.tr("Delete"),
                "",
            ),
            CloudWish.REFRESH: (
                self.tr("Refresh the deliveries of %Ln asset(s)?", "", count),
                self.tr("Refresh"),
                "",
            ),
            CloudWish.ACCEPT: (
                self.tr("Approve %Ln asset(s) at Cloudinary?", "", count),
                self.tr("Approve"),
                "",
            ),
            CloudWish.REFUSE: (
                self.tr("Reject %Ln asset(s) at Cloudinary?", "", count),
                self.tr("Reject"),
                "",
            ),
        }
        return words[self._choice.wish]

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        self._label.setProperty("tone", "heading")
        self._label.setBuddy(self._field)
        has_field = bool(self._label.text())
        self._label.setVisible(has_field)
        self._field.setVisible(has_field)
        self._field.offer(self._choice.folders, called=self.tr("Folders"))
        self._field.textEdited.connect(self._typed)
        self._field.picked.connect(self._typed)
        self._field.selectAll()
        self._view.setModel(self._lines)
        self._view.setUniformItemSizes(True)
        self._view.setFixedHeight(ROW_PX + 2)
        self._view.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._view.setAccessibleName(self.tr("What would be done"))
        self._sure.setVisible(False)
        self._sure.toggled.connect(self._enable)
        danger = self._choice.wish in (CloudWish.DELETE, CloudWish.REFUSE)
        if danger:
            self._head.set_icon(self._choice.wish.value, badge="negative")
        self._act.setProperty("kind", "danger" if danger else "primary")
        self._act.setEnabled(False)
        self._act.clicked.connect(self._agree)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self._field.returnPressed.connect(self._act.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        parts = (self._head, self._label, self._field, self._view, self._consequence, self._sure)
        for part in parts:
            layout.addWidget(part)
        layout.addLayout(dialog_foot(leave, self._act))

    def _typed(self) -> None:
        self._plan = None
        self._enable()
        self._pause.start()

    def _ask(self) -> None:
        """Have the plan made off this thread."""
        choice, text = self._choice, self._field.text().strip()
        desk = self._worker.cloud_desk

        def plan() -> ChangePlan:
            if choice.place is not None:
                return desk.plan_folder(choice.place, text)
            if choice.wish is CloudWish.NAME:
                return desk.plan_name(choice.assets[0], text)
            return desk.plan(choice.assets, _wish(choice.wish, text))

        self._latest.ask(plan, self._show, self._failed)

    def _show(self, plan: ChangePlan) -> None:
        self._plan = plan
        account = next(
            (one for one in self._worker.accounts() if one.environment == plan.environment), None
        )
        place = one_line(account.label if account else plan.environment)
        if _is_one_call(plan):
            text = self.tr("In {place}: the folder with its %Ln asset(s).", "", plan.inside)
        else:
            text = self.tr("In {place}: {doing} of %Ln asset(s).", "", len(plan.steps))
        self._head.set_text(text.format(place=place, doing=number_text(len(plan.doing))))
        self._lines.take([_line(step) for step in plan.steps])
        self._view.setFixedHeight(min(LIST_PX, len(plan.steps) * ROW_PX + 2))
        self._tell_consequence(plan)
        self._ask_to_tick(plan, place)
        self._enable()

    def _tell_consequence(self, plan: ChangePlan) -> None:
        tone, text = self._consequence_of(plan)
        if plan.doing:
            self._consequence.say(tone, text)
        elif self._choice.place is not None and not plan.steps:
            empty = self.tr("In this environment a folder without assets has no other name.")
            self._consequence.say(Tone.INFO, empty)
        else:
            self._consequence.hush()

    def _consequence_of(self, plan: ChangePlan) -> tuple[Tone, str]:
        changed = plan.urls_changed
        match self._choice.wish:
            case CloudWish.DELETE:
                text = self.tr(
                    "Pages that use what is deleted will show nothing in its place. Where this "
                    "environment keeps backups, it can be undone."
                )
                return Tone.WARNING, text
            case CloudWish.REFUSE:
                text = self.tr("What is rejected is not delivered any more, until it is approved.")
                return Tone.WARNING, text
            case CloudWish.ACCEPT:
                return Tone.INFO, self.tr("This overrules what automatic moderation found.")
            case CloudWish.REFRESH:
                text = self.tr("Copies on the delivery network are dropped and fetched anew.")
                return Tone.INFO, text
        if not changed:
            return Tone.INFO, self.tr("No delivered address changes.")
        text = self.tr(
            "Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.",
            "",
            changed,
        )
        return Tone.WARNING, text

    def _ask_to_tick(self, plan: ChangePlan, place: str) -> None:
        production = self._worker.environments.must_confirm(plan.environment)
        takes_away = plan.urls_changed > 0
        if plan.is_large and self._choice.place is not None:
            text = self.tr("I know how many delivered addresses change: %Ln", "", plan.urls_changed)
        elif plan.is_large:
            text = self.tr("I have looked at the names: all of these shall go")
        else:
            text = self.tr("I mean the production environment {place}").format(place=place)
        self._sure.setText(text)
        self._sure.setVisible(plan.is_large or (production and takes_away))

    def _failed(self, error: BridgeError) -> None:
        self._plan = None
        self._lines.take([])
        self._consequence.say(Tone.NEGATIVE, error_text(error))
        self._enable()

    def _enable(self) -> None:
        plan = self._plan
        agreed = self._sure.isHidden() or self._sure.isChecked()
        self._act.setEnabled(plan is not None and bool(plan.doing) and agreed)

    def _agree(self) -> None:
        plan = self._plan
        if plan is None:
            return
        if not self._sure.isHidden():
            self._worker.environments.confirm(plan.environment)
        self.accept()
        self.wished.emit(plan)


def objection_text(objection: Objection) -> str:
    """Why a step is left out."""
    return translate("objection", OBJECTIONS[objection])


def _wish(wish: CloudWish, text: str) -> Wish:
    match wish:
        case CloudWish.PUBLIC_ID:
            return Wish(action=CloudAction.RENAME, value=text)
        case CloudWish.FOLDER:
            return Wish(action=CloudAction.MOVE, value=text)
        case CloudWish.DELETE:
            return Wish(action=CloudAction.DELETE)
        case CloudWish.ACCEPT:
            return Wish(action=CloudAction.MODERATE, value="approved")
        case CloudWish.REFUSE:
            return Wish(action=CloudAction.MODERATE, value="rejected")
        case _:
            return Wish(action=CloudAction.REFRESH)


def _is_one_call(plan: ChangePlan) -> bool:
    return any(step.change.action is CloudAction.FOLDER for step in plan.steps)


def _line(step: ChangeStep) -> Line:
    change = step.change
    icon = "film" if change.resource_type == "video" else "image"
    moves = change.action in NAMING
    names = (one_line(name or "/") for name in (change.before, change.value))
    left_out = step.objection is not None and step.objection is not Objection.NOTHING_TO_DO
    return Line(
        key=change.asset_id,
        icon="folder" if change.action is CloudAction.FOLDER else icon,
        title=one_line(change.name),
        text=before_after(*names) if moves else one_line(change.public_id),
        mark=objection_text(step.objection) if step.objection else "",
        tone="warning" if left_out else "neutral",
    )
