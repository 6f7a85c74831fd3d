"""The delivery address of an asset in any of its forms: shown as it is put together, and copied."""

from PySide6.QtCore import QDateTime, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.day_fields import MomentEdit
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.work.cloud_desk import CloudDesk

WIDTH_PX = 620
ADDRESS_PX = 84
PAUSE_MS = 200
HOURS = 1
FORMATS = ("auto", "webp", "avif", "jpg", "png", "gif", "mp4", "webm")


class DeliveryAddressDialog(QDialog):
    """Asks for the address a moment after each change; `copied` says that it was taken along.

    The key of tokens is kept nowhere. Source: reference/cloudinary.md 2.6, 2.7 and 8.
    """

    copied = Signal()

    def __init__(
        self,
        desk: CloudDesk,
        asker: Asker,
        looks: Looks,
        asset: Asset,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._asset = desk, asset
        self._latest = Latest(asker, self)
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "link",
            title=self.tr("Delivery address of “{name}”").format(name=one_line(asset.name)),
            text=self.tr("What is private or authenticated is signed in any case."),
        )
        self._trouble = Banner(looks.theme, looks.icons)
        self.chain = QLineEdit(placeholderText="c_fill,w_400")
        self.form = EditableBox()
        self.suffix = QLineEdit()
        self.analytics = QLineEdit()
        self.signature = QComboBox()
        self.root_path = QCheckBox(self.tr("Without image/upload"))
        self.token = QCheckBox(self.tr("With a to&ken until"))
        self.until = MomentEdit(QDateTime.currentDateTime().addSecs(HOURS * 3600))
        self.key = SecretField(looks.theme, looks.icons)
        self.address = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.act = QPushButton(self.tr("&Copy"), default=True)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._build()
        self._obey()
        self._ask()

    @property
    def wish(self) -> AddressWish:
        """What the fields say."""
        by_token = self.token.isChecked()
        form = self.form.currentText().strip()
        return AddressWish(
            transformation=self.chain.text().strip(),
            format="" if form == self.form.itemText(0) else form,
            suffix=self.suffix.text().strip(),
            root_path=self.root_path.isChecked(),
            sign=self.signature.currentData(),
            token_key=self.key.secret() if by_token else None,
            expires=self.until.dateTime().toSecsSinceEpoch() if by_token else 0,
            analytics=self.analytics.text().strip(),
        )

    def done(self, result: int) -> None:
        """Qt: the dialog closes; answers are of no interest any more."""
        self._timer.stop()
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.setMinimumWidth(WIDTH_PX)
        self.form.addItem(self.tr("As it is"))
        self.form.addItems(FORMATS)
        for text, how in (
            (self.tr("Only where it has to be"), ""),
            ("SHA-1", "sha1"),
            ("SHA-256", "sha256"),
            (self.tr("SHA-256, long"), "long"),
        ):
            self.signature.addItem(text, how)
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        named = (
            (self.tr("&Transformation"), self.chain),
            (self.tr("&Format"), self.form),
            (self.tr("&Words at its end"), self.suffix),
            (self.tr("&Signed"), self.signature),
            (self.tr("&Analytics (_a)"), self.analytics),
            (self.tr("K&ey of tokens, hexadecimal"), self.key),
        )
        for number, (text, field) in enumerate(named):
            row, column = divmod(number, 2)
            fields.addWidget(label(text, field), row * 2, column)
            fields.addWidget(field, row * 2 + 1, column)
            fields.setColumnStretch(column, 1)
        until = QHBoxLayout()
        until.setSpacing(8)
        until.addWidget(self.token)
        until.addWidget(self.until, 1)
        fields.addWidget(self.root_path, 6, 0)
        fields.addLayout(until, 6, 1)
        self.until.setAccessibleName(self.tr("Until"))
        self.address.setAccessibleName(self.tr("Address"))
        self.address.setFixedHeight(ADDRESS_PX)
        self.address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        leave = QPushButton(self.tr("Close"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self.act.setProperty("kind", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addLayout(fields)
        layout.addWidget(self.address)
        layout.addWidget(self._trouble)
        layout.addLayout(dialog_foot(leave, self.act))

    def _obey(self) -> None:
        for line in (self.chain, self.suffix, self.analytics):
            line.textEdited.connect(self._later)
        # Half a key is no secret: what begins like it would be blotted out of the log.
        self.key.editingFinished.connect(self._later)
        self.form.currentTextChanged.connect(self._later)
        self.signature.currentIndexChanged.connect(self._later)
        self.until.dateTimeChanged.connect(self._later)
        self.root_path.toggled.connect(self._later)
        self.token.toggled.connect(self._use_token)
        self.act.clicked.connect(self._copy)
        self._use_token(on=False)

    def _use_token(self, on: bool) -> None:  # noqa: FBT001 - a slot
        for field in (self.until, self.key):
            field.setEnabled(on)
        self.signature.setEnabled(not on)
        self._later()

    def _later(self) -> None:
        """What stands there is no answer to what is asked now, and must not be copied."""
        self.act.setEnabled(False)
        self._timer.start()

    def _ask(self) -> None:
        desk, asset, wish = self._desk, self._asset.id, self.wish
        self._latest.ask(lambda: desk.address(asset, wish), self._show, self._failed)

    def _show(self, address: str) -> None:
        self._trouble.hush()
        self.address.setPlainText(address)
        self.act.setEnabled(not self._timer.isActive())

    def _failed(self, error: BridgeError) -> None:
        self.address.clear()
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.toPlainText())
        self.copied.emit()
        self.accept()
