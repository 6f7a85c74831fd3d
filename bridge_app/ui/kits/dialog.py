"""Channel kits: chosen, weighed on the chosen assets while one looks, edited, and exported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.kits import Kit, KitForm
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.kits.channel_settings import ChannelSettingsDialog
from bridge_app.ui.kits.editor import KitEditor
from bridge_app.ui.kits.weights import Weights
from bridge_app.ui.kits.wording import form_text, held_text, kit_line, kit_title
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.kits import KitPlan, KitWish, free_target
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 960, 680
Shelf = tuple[tuple[Kit, ...], tuple[ChannelSettings, ...], Mapping[str, RenditionPreset]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitSeat:
    """Which assets, and the folder that exports went to the last time."""

    assets: tuple[AssetId, ...]
    folder: str = ""


class KitsDialog(QDialog):
    """`queued` tells the name of what is being written, and `folderRemembered` where."""

    queued = Signal(str)
    folderRemembered = Signal(str)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        seat: KitSeat,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._shelf = worker.kits, worker.rendition_presets
        self._asker, self._looks, self._assets = asker, looks, seat.assets
        self._reading, self._acting = Latest(asker, self), Latest(asker, self)
        self._kits: dict[str, Kit] = {}
        self._channels: dict[str, ChannelSettings] = {}
        self._presets: Mapping[str, RenditionPreset] = {}
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "package",
            title=self.tr("Channel kits"),
            text=self.tr("What a channel takes together, how heavy it may be, and what it weighs."),
        )
        self.banner = Banner(looks.theme, looks.icons)
        self.lines, self.view = LineList(self), QListView()
        self.weights = Weights(self._desk, asker, looks, seat.assets)
        self.channel, self.form = QComboBox(), QComboBox()
        self.folder = QLineEdit(QDir.toNativeSeparators(seat.folder))
        self.export = self._button(self.tr("E&xport"), self._plan)
        self.add = self._button(self.tr("&New…"), lambda: self._open_form(None))
        self.change = self._button(self.tr("&Change…"), lambda: self._open_form(self.chosen))
        self.delete = self._button(self.tr("De&lete"), self._ask_before_deleting)
        self.shops = self._button(self.tr("Channels of &Shops…"), self._open_channels)
        self._build()
        self._read()

    @property
    def chosen(self) -> Kit | None:
        """The kit that is selected."""
        return self._kits.get(str(self.view.currentIndex().data(LineRole.KEY) or ""))

    def choose(self, name: str) -> None:
        """Select a kit."""
        self.view.setCurrentIndex(self.lines.place_of(name))

    def done(self, result: int) -> None:
        """Qt: the dialog closes; nothing is weighed any more."""
        self.weights.forget()
        self._reading.forget()
        super().done(result)

    # How it is put together

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - it takes no flag
        return button

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Channel kits"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        show_lines(self.view, self.lines, self._looks.theme, self._looks.icons, self.tr("Kits"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.view.doubleClicked.connect(lambda _: self._open_form(self.chosen))
        self.delete.setProperty("kind", "danger")
        self.export.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.change, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.view, 1)
        left.addLayout(buttons)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 2)
        middle.addWidget(self.weights, 3)
        close = self._button(self.tr("Close"), self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.shops)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        self._head.wait_for(self._acting)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addLayout(self._target())
        layout.addLayout(foot)
        self.weights.failed.connect(self._fail)

    def _target(self) -> QGridLayout:
        for form in KitForm:
            self.form.addItem(form_text(form), form)
        self.channel.addItem(self.tr("No shop"), "")
        browse = self._button(self.tr("C&hoose…"), self._browse)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        for column, (words, field) in enumerate(
            (
                (self.tr("&As"), self.form),
                (self.tr("For &channel"), self.channel),
                (self.tr("&Into folder"), self.folder),
            )
        ):
            grid.addWidget(label(words, field), 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(browse, 1, 3)
        grid.setColumnStretch(2, 1)
        self.folder.textChanged.connect(self._tell)
        return grid

    # What there is

    def _read(self, select: str = "") -> None:
        def work() -> Shelf:
            return self._desk.kits(), self._desk.offered_channels(), self._shelf.library().presets

        def show(found: Shelf) -> None:
            kits, channels, self._presets = found
            self._kits = {one.name: one for one in kits}
            self._channels = {one.channel: one for one in channels}
            self._offer_channels()
            before = select or (self.chosen.name if self.chosen else "")
            self.lines.take([kit_line(one) for one in kits])
            place = self.lines.place_of(before)
            self.view.setCurrentIndex(place if place.isValid() else self.lines.index(0))
            self._tell()

        self._reading.ask(work, show, self._fail)

    def _offer_channels(self) -> None:
        before = self.channel.currentData()
        while self.channel.count() > 1:
            self.channel.removeItem(1)
        for name in self._channels:
            self.channel.addItem(one_line(name), name)
        self.channel.setCurrentIndex(max(0, self.channel.findData(before)))

    def _follow(self) -> None:
        self.weights.weigh(self.chosen, self._presets)
        self._tell()

    def _tell(self) -> None:
        kit = self.chosen
        for button in (self.change, self.delete):
            button.setEnabled(kit is not None)
        is_ready = kit is not None and bool(self._assets) and bool(self.folder.text().strip())
        self.export.setEnabled(is_ready and not self._acting.waiting)

    def _fail(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self._tell()

    # What a person does

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.folder.setText(QDir.toNativeSeparators(name)))
        open_dialog(dialog)

    def _open_form(self, kit: Kit | None) -> None:
        form = KitEditor(self._looks, kit, self._presets, self)
        form.wanted.connect(lambda made: self._save(form, kit, made))
        open_dialog(form)

    def _open_channels(self) -> None:
        dialog = ChannelSettingsDialog(self._desk, self._asker, self._looks, self)
        dialog.changed.connect(self._read)
        open_dialog(dialog)

    def _save(self, form: KitEditor, before: Kit | None, kit: Kit) -> None:
        desk = self._desk

        def work() -> None:
            if before is None:
                desk.add(kit)
            else:
                desk.change(before.name, kit)

        def done(_: None) -> None:
            form.accept()
            self._read(select=kit.name)

        self._acting.ask(work, done, form.refuse)

    def _ask_before_deleting(self) -> None:
        kit, desk = self.chosen, self._desk
        if kit is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Delete “{kit}”?").format(kit=kit_title(kit)),
            text=self.tr("Its presets stay, and so does what was exported with it."),
            act=self.tr("Delete"),
            leave=self.tr("Keep"),
        )
        self._confirm(
            question,
            lambda: self._acting.ask(
                lambda: desk.remove(kit.name), lambda _: self._read(), self._fail
            ),
        )

    def _plan(self) -> None:
        """Look what an export would do; what is held back is told before anything is written."""
        kit, folder = self.chosen, self.folder.text().strip()
        if kit is None or not folder:
            return
        self.banner.hush()
        desk, form, assets = self._desk, KitForm(self.form.currentData()), self._assets
        channel = self._channels.get(str(self.channel.currentData() or ""))
        day = self._looks.now().astimezone().date().isoformat()

        def work() -> KitPlan:
            target = free_target(Path(folder).expanduser().absolute(), kit, form, day)
            return desk.plan(
                KitWish(kit=kit, assets=assets, form=form, target=str(target), channel=channel)
            )

        self._acting.ask(work, self._ask_then_export, self._fail)
        self._tell()

    def _ask_then_export(self, plan: KitPlan) -> None:
        self._tell()
        held = [step for step in plan.steps if step.obstacle is not None]
        if not held or not plan.doing:
            self._carry_out(plan)
            return
        why = dict.fromkeys(map(held_text, held))
        question = Question(
            icon="shield-alert",
            title=self.tr("%Ln rendition(s) are held back", "", len(held)),
            text=self.tr("{why}. The others can be exported without them.").format(
                why="; ".join(map(isolated, why))
            ),
            act=self.tr("Export the Others"),
            leave=self.tr("Go back"),
        )
        self._confirm(question, lambda: self._carry_out(plan))

    def _carry_out(self, plan: KitPlan) -> None:
        desk, target = self._desk, Path(plan.wish.target)

        def done(_: str) -> None:
            self.folderRemembered.emit(str(target.parent))
            self.accept()
            self.queued.emit(target.name)

        self._acting.ask(lambda: desk.carry_out(plan), done, self._fail)

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        ask_first(self._looks.theme, self._looks.icons, question, self, act)


def chosen_seat(assets: Sequence[AssetId], folder: str) -> KitSeat:
    """The seat for what is chosen; each asset once."""
    return KitSeat(assets=tuple(dict.fromkeys(assets)), folder=folder)
