"""Whether other systems may post a feed to this machine, where, and what they sign with."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.product_feed_check import HIGHEST_PORT, LOWEST_PORT
from bridge_app.storage.secrets import Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.feed_listening import address_of
from bridge_app.work.product_feeds import FeedDesk

USUAL_PORT = 8765
WIDTH_PX = 560


class FeedPostsDialog(QDialog):
    """A switch, a port, and a secret that is shown once; what is changed holds at once."""

    def __init__(
        self, desk: FeedDesk, feed: Feed, asker: Asker, looks: Looks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._feed = desk, feed
        self._acting, self._seeing = Latest(asker, self), Latest(asker, self)
        self.said = Banner(looks.theme, looks.icons)
        self.switch = QCheckBox(self.tr("&Receive posts while this window is open"))
        self.port = QSpinBox(minimum=LOWEST_PORT, maximum=HIGHEST_PORT)
        self.address = QLineEdit(readOnly=True)
        self.make = QPushButton(self.tr("New &Secret"), autoDefault=False)
        self.secret = QLineEdit(readOnly=True)
        self._form = Form()
        self._build(looks)
        self._tell()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        for latest in (self._acting, self._seeing):
            latest.forget()
        self.secret.clear()
        super().done(result)

    def _build(self, looks: Looks) -> None:
        self.setWindowTitle(self.tr("Posts of other systems"))
        self.setMinimumWidth(WIDTH_PX)
        head = DialogHead(
            looks.theme,
            looks.icons,
            "inbox",
            title=self.tr("Posts for “{name}”").format(name=one_line(self._feed.name)),
            text=self.tr(
                "Another system hands its products over itself, signed with a secret, and is "
                "answered with the line report."
            ),
        )
        self.switch.setChecked(bool(self._feed.port))
        self.port.setGroupSeparatorShown(False)
        self.port.setLocale(QLocale.c())  # as addresses have it, whatever the language
        self.port.setValue(self._feed.port or USUAL_PORT)
        for field, name in (
            (self.address, self.tr("Address to post to")),
            (self.secret, self.tr("Secret to sign with")),
        ):
            field.setAccessibleName(name)
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.switch.clicked.connect(self._receive)
        self.port.editingFinished.connect(self._move)
        self.port.valueChanged.connect(self._tell)
        self.make.clicked.connect(self._make_secret)
        once = QLabel(self.tr("It is shown once; a new one ends the one before."), wordWrap=True)
        once.setProperty("tone", "secondary")
        self._form.addRow(self.tr("&Port"), self.port)
        self._form.addRow(self.tr("Address"), self.address)
        self._form.addRow(self.tr("Secret"), self.secret)
        self._form.addRow("", once)
        close = QPushButton(self.tr("Close"), autoDefault=False, default=True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.make)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        for part in (head, self.said, self.switch):
            layout.addWidget(part)
        layout.addLayout(self._form)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _tell(self) -> None:
        self.address.setText(address_of(self.port.value()))
        self._form.setRowVisible(self.address, self.switch.isChecked())
        for row in (2, 3):
            self._form.setRowVisible(row, bool(self.secret.text()))

    def _move(self) -> None:
        if self.switch.isChecked() and self.port.value() != self._feed.port:
            self._receive()

    def _receive(self) -> None:
        port = self.port.value() if self.switch.isChecked() else 0
        self._act(partial(self._desk.receive, self._feed.id, port=port))

    def _make_secret(self) -> None:
        self._act(partial(self._desk.new_secret, self._feed.id))

    def _act(self, work: Callable[[], Secret | None]) -> None:
        """One at a time: a second one would drop the secret that the first one made."""
        self._allow(on=False)
        self._acting.ask(work, self._show, self._fail)

    def _allow(self, *, on: bool) -> None:
        for part in (self.switch, self.port, self.make):
            part.setEnabled(on)

    def _show(self, made: Secret | None) -> None:
        self.said.hush()
        if made is not None:
            self.secret.setText(made.reveal())
        self._renew()

    def _fail(self, error: BridgeError) -> None:
        self.said.say(Tone.NEGATIVE, error_text(error))
        self._renew()

    def _renew(self) -> None:
        """The switch shows what holds, whatever was asked for."""

        def show(feed: Feed) -> None:
            self._feed = feed
            self._allow(on=True)
            self.switch.setChecked(bool(feed.port))
            self._tell()

        self._seeing.ask(partial(self._desk.one, self._feed.id), show, self._gone)

    def _gone(self, error: BridgeError) -> None:
        self.said.say(Tone.NEGATIVE, error_text(error))
