"""The upload presets of an environment: listed, made, changed and removed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.permissions import Capability
from bridge_app.delivery.upload_presets import UploadPreset
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.list_page import ListPage
from bridge_app.ui.dialogs.upload_preset_form import UploadPresetForm, setting_text
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.permitting import hold_back
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 600, 460


class UploadPresetsDialog(QDialog):
    """A list with buttons; a double click changes a preset."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        account: Account,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = worker.presets
        self._environments = worker.environments
        self._looks = looks
        self._account = account
        self._latest = Latest(asker, self)
        self._presets: tuple[UploadPreset, ...] = ()
        self._new = QPushButton(self.tr("New…"), autoDefault=False)
        self._change = QPushButton(self.tr("Change…"), autoDefault=False)
        self._remove = QPushButton(self.tr("Remove…"), autoDefault=False)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        head = DialogHead(
            looks.theme,
            looks.icons,
            "upload",
            title=self.tr("Upload presets"),
            text=self.tr("What uploads to {environment} can be told to have.").format(
                environment=one_line(account.label or account.environment)
            ),
        )
        self.page = ListPage(
            looks.theme,
            looks.icons,
            head,
            name=head.title,
            buttons=[((self._new, self._change, self._remove), (close,))],
        )
        self._build()
        environment = account.environment
        self._latest.ask(lambda: self._shelf.listed(environment), self._take, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Upload presets"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.page.view.doubleClicked.connect(self._change.click)
        self.page.view.selectionModel().selectionChanged.connect(self._follow)
        self._new.clicked.connect(lambda: self._open_form(None))
        self._change.clicked.connect(lambda: self._open_form(self._chosen()))
        self._remove.setProperty("kind", "danger")
        self._remove.clicked.connect(self._ask_before_removing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._follow()

    def _take(self, presets: Sequence[UploadPreset]) -> None:
        self.page.note.hush()
        self._presets = tuple(presets)
        self.page.place.say(self.tr("There is no preset yet. New… makes one."))
        self.page.take([self._line(preset) for preset in presets])
        self._follow()

    def _line(self, preset: UploadPreset) -> Line:
        settings = ", ".join(
            f"{name}: {setting_text(value)}" for name, value in sorted(preset.settings.items())
        )
        return Line(
            key=preset.name,
            icon="upload",
            title=one_line(preset.name),
            text=one_line(settings) or self.tr("No settings"),
            mark=self.tr("Unsigned") if preset.unsigned else "",
            tone="warning",
        )

    def _fail(self, error: BridgeError) -> None:
        self.page.note.say(Tone.NEGATIVE, error_text(error))
        self._follow()

    def _chosen(self) -> UploadPreset | None:
        rows = self.page.view.selectionModel().selectedIndexes()
        name = rows[0].data(LineRole.KEY) if rows else None
        return next((one for one in self._presets if one.name == name), None)

    def _follow(self) -> None:
        """What can be done now; what the key may not do was asked beforehand."""
        chosen = self._chosen() is not None
        told, environment = self._environments, self._account.environment
        needs = (Capability.PRESETS, Capability.SETTINGS)
        buttons = {self._new: True, self._change: chosen, self._remove: chosen}
        why_not = hold_back(buttons, *(told.permission(one, environment) for one in needs))
        if why_not:
            self.page.note.say(Tone.INFO, why_not, icon="lock")

    def _open_form(self, preset: UploadPreset | None) -> None:
        banner = Banner(self._looks.theme, self._looks.icons)
        dynamic = self._account.folder_mode is not FolderMode.FIXED
        form = UploadPresetForm(banner, preset, dynamic=dynamic, parent=self)
        keep = self._shelf.change if preset else self._shelf.create
        environment = self._account.environment

        def kept(presets: tuple[UploadPreset, ...]) -> None:
            if isValid(form):  # it may have been closed meanwhile
                form.accept()
            self._take(presets)

        def refused(error: BridgeError) -> None:
            if isValid(form):
                form.say(error_text(error))
            self._follow()

        def wanted(wish: UploadPreset) -> None:
            self._latest.ask(partial(keep, environment, wish), kept, refused)

        form.wanted.connect(wanted)
        open_dialog(form)

    def _ask_before_removing(self) -> None:
        chosen, environment = self._chosen(), self._account.environment
        if chosen is None:
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Remove “{name}”?").format(name=one_line(chosen.name)),
            text=self.tr("Uploads that name it are refused then, those of other programs too."),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        remove = partial(self._shelf.remove, environment, chosen.name)
        act = partial(self._latest.ask, remove, self._take, self._fail)
        ask_first(self._looks.theme, self._looks.icons, question, self, act)
