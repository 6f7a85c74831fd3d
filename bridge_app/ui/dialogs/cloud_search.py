"""A search of the whole environment by Cloudinary itself, in its own expression language."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.listing import Page
from bridge_app.domain.assets import AssetId, Kind
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.expression_field import ExpressionField
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.saved_searches import SavedSearchesButton
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 680, 560
ICONS = {
    Kind.IMAGE: "image",
    Kind.VIDEO: "film",
    Kind.AUDIO: "music",
    Kind.DOCUMENT: "file-text",
    Kind.OTHER: "file",
}


class CloudSearchDialog(QDialog):
    """A line for an expression, what it finds, and a way to go there."""

    showWanted = Signal(object)  # list[AssetId]

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        account: Account,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._environment = account.environment
        self._latest = Latest(asker, self)
        self._found: list[CloudAsset] = []
        self._cursor: str | None = None
        self._asked = ""
        theme, icons = looks.theme, looks.icons
        self._head = DialogHead(theme, icons, "cloud", title=self.tr("Search all of Cloudinary"))
        self._field = ExpressionField(dynamic=account.folder_mode != "fixed")
        self._search = QPushButton(self.tr("Search"), default=True)
        self._saved = SavedSearchesButton(
            worker.searches,
            asker,
            self._environment,
            current=lambda: self._field.text().strip(),
        )
        self._trouble = Banner(theme, icons)
        self._lines = LineList(self)
        self._view = QListView()
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._more = QPushButton(self.tr("More"), autoDefault=False)
        self._show = QPushButton(self.tr("Show in window"), autoDefault=False)
        self._build(account.label or account.environment)
        self._schema = Latest(asker, self)
        self._schema.ask(
            lambda: worker.editing.schema(account.environment), self._field.know, self._fail
        )

    def show_expression(self, expression: str) -> None:
        """Begin with this expression; search for it unless it is empty."""
        self._field.setText(expression)
        if expression:
            self.search()

    def search(self) -> None:
        """Have the service look for what is in the line."""
        self._asked = self._field.text().strip()
        self._found.clear()
        self._ask(None)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        self._schema.forget()
        super().done(result)

    def _build(self, label: str) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        hint = self.tr("Cloudinary looks through {account}, mirrored here or not.")
        self._head.set_text(hint.format(account=one_line(label)))
        self._field.setPlaceholderText("tags=spring AND resource_type:image AND created_at>1m")
        self._field.setAccessibleName(self.tr("Search expression"))
        self._search.clicked.connect(self.search)
        self._saved.picked.connect(self.show_expression)
        self._saved.told.connect(lambda text: self._trouble.say(Tone.POSITIVE, text))
        self._saved.troubled.connect(self._fail)
        self._view.setModel(self._lines)
        self._view.setUniformItemSizes(True)
        self._view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._view.setAccessibleName(self.tr("Found in Cloudinary"))
        self._view.doubleClicked.connect(self._go_to)
        self._view.selectionModel().selectionChanged.connect(self._follow)
        self._more.clicked.connect(lambda: self._ask(self._cursor))
        self._show.clicked.connect(self._go)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._field, 1)
        line.addWidget(self._search)
        line.addWidget(self._saved)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._more)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addLayout(line)
        layout.addWidget(self._trouble)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)
        self._follow()

    def _ask(self, cursor: str | None) -> None:
        worker, environment, expression = self._worker, self._environment, self._asked
        self._trouble.hide()
        self._search.setEnabled(False)
        self._latest.ask(
            lambda: worker.cloud.search(environment, expression, cursor), self._take, self._fail
        )

    def _take(self, page: Page) -> None:
        self._search.setEnabled(True)
        self._cursor = page.cursor
        self._found.extend(page.assets)
        self._lines.take([_line(asset) for asset in self._found])
        text = self.tr("%Ln asset(s) found.", "", page.total)
        if len(self._found) < page.total:
            text += " " + self.tr("The newest %Ln are shown.", "", len(self._found))
        self._head.set_text(text)
        self._follow()

    def _fail(self, error: BridgeError) -> None:
        self._search.setEnabled(True)
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _follow(self) -> None:
        self._more.setVisible(self._cursor is not None)
        self._show.setEnabled(bool(self._found))

    def _chosen(self) -> Sequence[AssetId]:
        """What is selected; everything found if nothing is."""
        rows = sorted(index.row() for index in self._view.selectedIndexes())
        return [self._found[row].id for row in rows] or [asset.id for asset in self._found]

    def _go(self) -> None:
        self.showWanted.emit(list(self._chosen()))
        self.accept()

    def _go_to(self, index: QModelIndex) -> None:
        self.showWanted.emit([AssetId(index.data(LineRole.KEY))])
        self.accept()


def _line(asset: CloudAsset) -> Line:
    where = asset.asset_folder or "/"
    return Line(
        key=asset.id,
        icon=ICONS[asset.kind],
        title=one_line(asset.name),
        text=one_line(f"{where} · {asset.public_id} · {bytes_text(asset.bytes)}"),
        mark="" if asset.delivery_type == "upload" else asset.delivery_type,
    )
