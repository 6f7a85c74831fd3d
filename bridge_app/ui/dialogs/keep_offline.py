"""Keeping a folder of a service for times without a network: its size first, then a yes."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import bytes_text, error_text, isolated, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.shelter_desk import OfflinePlan
from bridge_app.work.worker import Worker

WIDTH_PX = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterPlace:
    """A folder of a library of PhotoShelter's kind, "" its top, and its name for people."""

    account: str
    folder: str
    name: str


class KeepOfflineDialog(QDialog):
    """Says what would be fetched, with and without originals; nothing is before the yes."""

    kept = Signal(object)  # ShelterPlace

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        place: ShelterPlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._place = place
        self._latest = Latest(asker, self)
        self._plans: dict[bool, OfflinePlan] = {}
        title = self.tr("Keep “{name}” offline?").format(name=isolated(one_line(place.name)))
        self._head = DialogHead(
            theme,
            icons,
            "cloud-download",
            title=title,
            text=self.tr(
                "Its pictures are fetched ahead, now and whenever something is new there, and "
                "stay here until you let go of them."
            ),
        )
        self._said = Banner(theme, icons)
        self.amount = QLabel(wordWrap=True)
        self.originals = QCheckBox(self.tr("The &originals too"))
        self.act = QPushButton(self.tr("Keep offline"), default=True)
        self._build(title)
        self._latest.ask(self._planned, self._show_plans, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH_PX)
        self.amount.setText(self.tr("Looking how much it is…"))
        self.act.setProperty("kind", "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._keep)
        self.originals.setEnabled(False)
        self.originals.toggled.connect(self._tell)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        self._head.wait_for(self._latest)
        layout.addWidget(self._said)
        layout.addWidget(self.amount)
        layout.addWidget(self.originals)
        layout.addLayout(dialog_foot(leave, self.act))

    def _planned(self) -> dict[bool, OfflinePlan]:
        desk, place = self._worker.shelters, self._place
        return {
            originals: desk.offline_plan(place.account, place.folder, originals=originals)
            for originals in (False, True)
        }

    def _show_plans(self, plans: dict[bool, OfflinePlan]) -> None:
        self._plans = plans
        size = bytes_text(plans[True].original_bytes)
        self.originals.setText(self.tr("The &originals too ({size})").format(size=size))
        self.originals.setEnabled(True)
        self.act.setEnabled(True)
        self._tell()

    def _tell(self) -> None:
        plan = self._plans.get(self.originals.isChecked())
        if plan is None:
            return
        lines = [self.tr("%Ln asset(s) lie there.", "", plan.assets)]
        if plan.already:
            lines.append(self.tr("%Ln of them are here already.", "", plan.already))
        size = bytes_text(plan.preview_bytes)
        previews = self.tr("%Ln preview(s) are fetched, about {size}.", "", plan.previews)
        lines.append(previews.format(size=size))
        if plan.original_bytes:
            total = bytes_text(plan.original_bytes + plan.preview_bytes)
            lines.append(self.tr("With the originals it is {size}.").format(size=total))
        self.amount.setText("\n".join(lines))

    def _keep(self) -> None:
        desk, place, originals = self._worker.shelters, self._place, self.originals.isChecked()
        self.act.setEnabled(False)
        self._latest.ask(
            lambda: desk.keep_offline(place.account, place.folder, originals=originals),
            lambda _: self._is_kept(),
            self._fail,
        )

    def _is_kept(self) -> None:
        self.accept()
        self.kept.emit(self._place)

    def _fail(self, error: BridgeError) -> None:
        self.act.setEnabled(bool(self._plans))
        self._said.say(Tone.NEGATIVE, error_text(error))
