"""What is said of several chosen assets together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import approval_text, bytes_text, number_text
from bridge_app.ui.parts.fan import Fan

MOST = 20_000
"""Above that the sums would take longer to read than they are worth."""
CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What many assets come to, and the first few of them."""

    first: tuple[Asset, ...]
    bytes: int
    approvals: Counter[Approval]
    pushed: int


class SummaryPanel(QWidget):
    """How many are chosen, how large they are together, and how far their review is."""

    def __init__(self, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._fan = Fan(looks)
        self._asker = asker
        self._ticket = 0
        self._title = QLabel()
        self._title.setProperty("tone", "title")
        self._size = QLabel()
        self._size.setProperty("tone", "muted")
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(16)
        self._table.setVerticalSpacing(6)
        self._table.setColumnStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._fan)
        layout.addSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._size)
        layout.addSpacing(10)
        layout.addLayout(self._table)

    def show_assets(self, count: int, ids: Sequence[AssetId], *, environment: str | None) -> None:
        """Tell about these; sums follow when they are read. Empty `ids`: not all are known."""
        if not ids:
            self._fan.show_assets(())
        self._ticket += 1
        ticket = self._ticket
        self._title.setText(self.tr("%Ln asset(s) selected", "", count))
        if not ids or len(ids) > MOST:
            self._clear()
            self._size.setText("")
            return

        def read(reader: CatalogReader) -> Sums:
            chunks = (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
            found = [
                asset for chunk in chunks for asset in reader.assets(chunk, environment=environment)
            ]
            return _sums(found)

        def done(sums: Sums) -> None:
            if ticket == self._ticket:
                self._show(sums)

        self._asker.read(read, done, self._hush)

    def _show(self, sums: Sums) -> None:
        self._clear()
        self._fan.show_assets(sums.first)
        self._size.setText(self.tr("{size} together").format(size=bytes_text(sums.bytes)))
        rows = [(approval_text(approval), sums.approvals[approval]) for approval in Approval]
        rows.append((self.tr("Pushed"), sums.pushed))
        for text, count in rows:
            if count:
                row = self._table.rowCount()
                figure = QLabel(number_text(count))
                self._table.addWidget(QLabel(text), row, 0)
                self._table.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight)

    def _hush(self, error: BridgeError) -> None:
        """Sums are a courtesy; the trouble shows itself where the assets are listed."""
        del error
        self._clear()

    def _clear(self) -> None:
        while (item := self._table.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()


def _sums(assets: Sequence[Asset]) -> Sums:
    return Sums(
        first=tuple(assets[:3]),
        bytes=sum(asset.bytes for asset in assets),
        approvals=Counter(asset.approval for asset in assets),
        pushed=sum(asset.cloud is not None for asset in assets),
    )
