"""A file that Cloudinary fetches from an address by itself; no byte of it passes through here."""

import re
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.uploads import RemoteOrder
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.push_plan import slug
from bridge_app.domain.push_policies import DeliveryType
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.panels.account_destination import Destination
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX = 560
ADDRESS = re.compile(r"(https?|ftp|s3|gs)://[^\s/]+/\S*", re.IGNORECASE)
"""What the service can fetch from. Source: reference/cloudinary.md 3.3."""


class UploadAddressDialog(QDialog):
    """Nobody has approved what arrives, so it does not arrive where everybody can see it.

    `arrived` tells the public ID of what is there now.
    """

    arrived = Signal(str)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._latest = Latest(asker, self)
        self._head = DialogHead(
            theme,
            icons,
            "cloud-upload",
            title=self.tr("Upload from an address"),
            text=self.tr(
                "Cloudinary fetches the file by itself. Nobody has approved it, so it arrives "
                "unpublished."
            ),
        )
        self._where = Destination(worker, asker, theme, icons)
        self._trouble = Banner(theme, icons)
        self.address = QLineEdit(placeholderText="https://www.example.com/hero.jpg")
        self.public_id = QLineEdit()
        self.folder = QLineEdit()
        self.tags = QLineEdit()
        self.delivery_type = QComboBox()
        self.act = QPushButton(self.tr("Upload"), default=True)
        self._named = False
        self._build()
        self._where.refresh()
        self._follow()

    @property
    def order(self) -> RemoteOrder:
        """What the fields say."""
        tags = (tag.strip() for tag in self.tags.text().split(","))
        return RemoteOrder(
            url=self.address.text().strip(),
            public_id=self.public_id.text().strip("/ "),
            delivery_type=self.delivery_type.currentData(),
            folder=self.folder.text().strip("/ "),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        )

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what was sent off goes on at the service."""
        self._where.forget()
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.setMinimumWidth(WIDTH_PX)
        for text, kind in (
            (self.tr("Private original"), DeliveryType.PRIVATE),
            (self.tr("Authenticated"), DeliveryType.AUTHENTICATED),
        ):
            self.delivery_type.addItem(text, kind.value)
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        fields.addWidget(label(self.tr("&Address"), self.address), 0, 0, 1, 2)
        fields.addWidget(self.address, 1, 0, 1, 2)
        named = (
            (self.tr("Public &ID"), self.public_id),
            (self.tr("&Target folder"), self.folder),
            (self.tr("Ta&gs"), self.tags),
            (self.tr("Delivery t&ype"), self.delivery_type),
        )
        for number, (text, field) in enumerate(named):
            row, column = divmod(number, 2)
            fields.addWidget(label(text, field), 2 + row * 2, column)
            fields.addWidget(field, 3 + row * 2, column)
            fields.setColumnStretch(column, 1)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(lambda: self._where.then(self._send))
        self.address.textEdited.connect(self._name)
        self.public_id.textEdited.connect(self._keep_name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._where)
        layout.addLayout(fields)
        layout.addWidget(self._trouble)
        layout.addLayout(dialog_foot(leave, self.act))

    def _name(self) -> None:
        """Until somebody types another one, the public ID is the file's name."""
        if not self._named:
            last = unquote(urlsplit(self.address.text().strip()).path).rpartition("/")[2]
            self.public_id.setText(slug(last.rpartition(".")[0] or last) if last else "")
        self._follow()

    def _keep_name(self) -> None:
        self._named = bool(self.public_id.text())
        self._follow()

    def _follow(self) -> None:
        order, why_not = self.order, self._where.why_not
        whole = bool(ADDRESS.fullmatch(order.url) and order.public_id)
        self.act.setEnabled(whole and not why_not and not self._latest.waiting)
        if why_not:
            self._trouble.say(Tone.INFO, why_not, icon="lock")

    def _send(self) -> None:
        account, order = self._worker.current_account(), self.order
        if account is None:
            return
        self._trouble.hush()
        desk, environment = self._worker.cloud_desk, account.environment
        self._latest.ask(
            lambda: desk.bring_in(environment, order),
            lambda asset_id: self._take(environment, order, asset_id),
            self._failed,
        )
        self._follow()

    def _take(self, environment: str, order: RemoteOrder, asset_id: str | None) -> None:
        if asset_id is None:
            text = self.tr("There is something at {public_id} already; nothing was changed.")
            shown = isolated(one_line(order.public_id))
            self._trouble.say(Tone.WARNING, text.format(public_id=shown))
            self._follow()
            return
        self._worker.refresh_cloud([asset_id], environment)
        self.accept()
        self.arrived.emit(order.public_id)

    def _failed(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self._follow()
