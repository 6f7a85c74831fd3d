"""Which assets an asset at Cloudinary is to be related to: searched for, and chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead

WIDTH_PX, HEIGHT_PX = 520, 520
PAUSE_MS = 200
SHOWN = 100


class RelateDialog(QDialog):
    """Searches the mirrored environment as it is typed; `chosen` carries asset IDs."""

    chosen = Signal(object)  # tuple[str, ...]

    def __init__(
        self, asker: Asker, looks: Looks, asset: Asset, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._asset = asset
        self._now = looks.now
        self._latest = Latest(asker, self)
        title = self.tr("Relate assets to “{name}”").format(name=one_line(asset.name))
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "link",
            title=title,
            text=self.tr("Related assets know each other, whichever of them one looks at."),
        )
        self._trouble = Banner(looks.theme, looks.icons)
        self.field = QLineEdit()
        self._lines = LineList(self)
        self.view = QListView()
        self.view.setItemDelegate(TwoLine(looks.theme, looks.icons, self.view))
        self.act = QPushButton(self.tr("Relate"), default=True)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._build(title)
        self._search()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._pause.stop()
        self._latest.forget()
        super().done(result)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.field.setPlaceholderText(self.tr("Search this environment"))
        self.field.setAccessibleName(self.tr("Search this environment"))
        let_clear(self.field)
        self.field.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._search)
        self.view.setModel(self._lines)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName(self.tr("Assets"))
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self.view.doubleClicked.connect(self.act.click)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._agree)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self.field, self._trouble):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        layout.addLayout(dialog_foot(leave, self.act))
        self._enable()

    def _search(self) -> None:
        query = Query(library=self._asset.library, text=self.field.text())
        own, now = self._asset.id, self._now()

        def read(reader: CatalogReader) -> list[CloudAsset]:
            page = reader.page(query, offset=0, limit=SHOWN, now=now)
            found = reader.cloud_assets([one.id for one in page])
            return [found[one.id] for one in page if one.id != own and one.id in found]

        self._latest.read(read, self._take, self._fail)

    def _take(self, found: Sequence[CloudAsset]) -> None:
        self._trouble.hush()
        self._lines.take([_line(one) for one in found])
        self._enable()

    def _enable(self) -> None:
        self.act.setEnabled(self.view.selectionModel().hasSelection())

    def _agree(self) -> None:
        rows = sorted(self.view.selectedIndexes(), key=lambda index: index.row())
        ids = tuple(str(index.data(LineRole.KEY)) for index in rows)
        if ids:
            self.accept()
            self.chosen.emit(ids)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))


def _line(asset: CloudAsset) -> Line:
    where = asset.asset_folder or "/"
    return Line(
        key=asset.asset_id,
        icon="film" if asset.resource_type == "video" else "image",
        title=one_line(asset.name),
        text=one_line(f"{where} · {asset.public_id}"),
    )
