"""The versions that Cloudinary keeps of an asset: looked at, brought back, or saved as a file."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.operations import AssetVersion, KeptAsset
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud_changes import ChangePlan, CloudAction, Wish
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.leaving_words import leaving_text
from bridge_app.ui.messages import bytes_text, error_text, moment_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.work.exchange.departure import OriginalWish
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 560, 440


class VersionsDialog(QDialog):
    """A list, newest first; `wished` carries the plan that brings one back."""

    wished = Signal(object)  # ChangePlan

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        asset: Asset,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asset = asset
        self._latest = Latest(asker, self)
        self._head = DialogHead(
            theme, icons, "history", title=self.tr("Versions"), text=one_line(asset.name)
        )
        self._lines = LineList(self)
        self._view = QListView()
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._said = Banner(theme, icons)
        self._restore = QPushButton(self.tr("Bring back"), autoDefault=False)
        self._save = QPushButton(self.tr("Save as file…"), autoDefault=False)
        self._build()
        self._load()

    @property
    def view(self) -> QListView:
        """The list."""
        return self._view

    @property
    def restore_button(self) -> QPushButton:
        """What brings the chosen version back."""
        return self._restore

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        self._latest.forget()
        super().done(result)

    def save(self, version_id: str, into: Path) -> None:
        """Have a version written to a file that does not exist yet."""
        self._said.say(Tone.INFO, self.tr("The version is being fetched…"))

        worker, asset = self._worker, self._asset

        def fetched() -> tuple[int, Mapping[AssetId, str]]:
            worker.leaving.check([OriginalWish(asset=asset)])
            size = worker.cloud_desk.download(asset.id, version_id, into)
            return size, worker.places.downloaded([(asset, into)])

        def done(saved: tuple[int, Mapping[AssetId, str]]) -> None:
            size, against = saved
            text = self.tr("{name} was saved: {size}.")
            shown = text.format(name=one_line(into.name), size=bytes_text(size))
            if against:
                self._said.say(Tone.WARNING, f"{shown} {leaving_text(against)}")
            else:
                self._said.say(Tone.POSITIVE, shown)

        self._latest.ask(fetched, done, self._failed)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Versions"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._view.setModel(self._lines)
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(self.tr("Versions"))
        self._view.selectionModel().selectionChanged.connect(self._chosen)
        self._restore.clicked.connect(self._bring_back)
        self._save.clicked.connect(self._choose_file)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._restore, self._save):
            button.setEnabled(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._said)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    def _load(self) -> None:
        desk, asset = self._worker.cloud_desk, self._asset.id
        self._said.say(Tone.INFO, self.tr("Cloudinary is asked for the versions…"))
        self._latest.ask(lambda: desk.kept(asset), self._show, self._failed)

    def _show(self, kept: KeptAsset) -> None:
        if kept.versions:
            self._said.hush()
        else:
            text = self.tr(
                "Cloudinary keeps no earlier versions of this. Backups are switched on in the "
                "settings of the environment."
            )
            self._said.say(Tone.INFO, text)
        now = kept.asset.version
        self._lines.take([self._line(one, is_now=one.version == now) for one in kept.versions])

    def _line(self, version: AssetVersion, *, is_now: bool) -> Line:
        facts = (version.format.upper(), bytes_text(version.bytes))
        return Line(
            key=version.version_id if version.restorable else "",
            icon="history",
            title=moment_text(version.at),
            text=" · ".join(part for part in facts if part),
            mark=self.tr("Now") if is_now else "",
            tone="positive",
        )

    def _failed(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))

    def _version(self) -> str:
        rows = self._view.selectionModel().selectedIndexes()
        return str(rows[0].data(LineRole.KEY)) if rows else ""

    def _chosen(self, _on: QItemSelection, _off: QItemSelection) -> None:
        for button in (self._restore, self._save):
            button.setEnabled(bool(self._version()))

    def _bring_back(self) -> None:
        wish = Wish(action=CloudAction.RESTORE, value=self._version())
        desk, asset = self._worker.cloud_desk, self._asset.id
        self._latest.ask(lambda: desk.plan([asset], wish), self._agreed, self._failed)

    def _agreed(self, plan: ChangePlan) -> None:
        self.accept()
        self.wished.emit(plan)

    def _choose_file(self) -> None:
        version = self._version()
        dialog = QFileDialog(self, self.tr("Save the version"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(self._asset.name)
        dialog.fileSelected.connect(lambda path: self.save(version, Path(path)))
        open_dialog(dialog)
