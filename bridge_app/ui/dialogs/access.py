"""Who may have assets at Cloudinary, and when: everybody, for a time, or with a token only."""

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDialog,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.access_rules import rule_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import AccessRule, CloudAsset
from bridge_app.domain.cloud_changes import ChangePlan, CloudAction, Wish
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.day_fields import MomentEdit
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX = 480
A_MONTH = 30


class AccessDialog(QDialog):
    """Begins with the rules of the first asset; `wished` carries the plan that sets new ones.

    Times are this computer's in the fields, and UTC in the rules. Source:
    reference/cloudinary.md 12.
    """

    wished = Signal(object)  # ChangePlan

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        assets: tuple[AssetId, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = worker.cloud_desk
        self._assets = assets
        self._latest = Latest(asker, self)
        self._theme, self._icons = theme, icons
        self._said = Banner(theme, icons)
        self.token = QCheckBox(self.tr("With a &token, at any time"))
        self.begins = QCheckBox(self.tr("For everybody &from"))
        self.ends = QCheckBox(self.tr("For everybody &until"))
        self.start = MomentEdit(QDateTime.currentDateTime())
        self.end = MomentEdit(QDateTime.currentDateTime().addDays(A_MONTH))
        self.act = QPushButton(self.tr("Set"), autoDefault=False)
        self._build()
        self._latest.read(self._rules_now, self._fill, self._failed)

    @property
    def rules(self) -> tuple[AccessRule, ...]:
        """What the fields say; none: everybody, always."""
        said = [AccessRule(access_type="token")] if self.token.isChecked() else []
        if self.begins.isChecked() or self.ends.isChecked():
            said.append(
                AccessRule(
                    access_type="anonymous",
                    start=_moment(self.start) if self.begins.isChecked() else None,
                    end=_moment(self.end) if self.ends.isChecked() else None,
                )
            )
        return tuple(said)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        title = self.tr("Limit access to %Ln asset(s)", "", len(self._assets))
        text = self.tr("Who may have the files from Cloudinary. With nothing ticked: everybody.")
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        fields = QGridLayout()
        fields.setVerticalSpacing(10)
        fields.addWidget(self.token, 0, 0, 1, 2)
        for row, (box, edit, name) in enumerate(
            (
                (self.begins, self.start, self.tr("From")),
                (self.ends, self.end, self.tr("Until")),
            ),
            start=1,
        ):
            edit.setAccessibleName(name)
            edit.setEnabled(False)
            box.toggled.connect(edit.setEnabled)
            fields.addWidget(box, row, 0)
            fields.addWidget(edit, row, 1)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._plan)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(DialogHead(self._theme, self._icons, "lock", title=title, text=text))
        layout.addLayout(fields)
        layout.addWidget(self._said)
        layout.addLayout(dialog_foot(leave, self.act))

    def _rules_now(self, reader: CatalogReader) -> CloudAsset | None:
        return reader.cloud_asset(self._assets[0])

    def _fill(self, asset: CloudAsset | None) -> None:
        for rule in asset.access_control if asset else ():
            if rule.access_type == "token":
                self.token.setChecked(True)
                continue
            for moment, box, edit in (
                (rule.start, self.begins, self.start),
                (rule.end, self.ends, self.end),
            ):
                box.setChecked(moment is not None)
                if moment is not None:
                    edit.setDateTime(
                        QDateTime.fromString(moment, Qt.DateFormat.ISODate).toLocalTime()
                    )

    def _failed(self, error: BridgeError) -> None:
        self._said.say(Tone.NEGATIVE, error_text(error))

    def _plan(self) -> None:
        values = tuple(rule_text(rule) for rule in self.rules)
        wish = Wish(action=CloudAction.ACCESS, values=values)
        desk, assets = self._desk, self._assets
        self._latest.ask(lambda: desk.plan(assets, wish), self._agreed, self._failed)

    def _agreed(self, plan: ChangePlan) -> None:
        self.accept()
        self.wished.emit(plan)


def _moment(edit: QDateTimeEdit) -> str:
    """What stands in the field, as Cloudinary wants it."""
    seconds = edit.dateTime().toSecsSinceEpoch()
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
