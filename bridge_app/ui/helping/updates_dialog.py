"""Is there a newer version? Asked when a person says so; read here, fetched by the person."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import bridge_app
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, isolated, moment_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.updates import News, UpdateDesk

SIZE_PX = (600, 480)
OpenUrl = Callable[[QUrl], bool]


class UpdatesDialog(QDialog):
    """Says who would be asked, asks at a click, and shows what is new as text.

    Args:
        daily: Is it looked by itself, once a day?
        news: What such a look has found already.
    """

    dailyChosen = Signal(bool)

    def __init__(
        self,
        desk: UpdateDesk,
        asker: Asker,
        looks: Looks,
        *,
        daily: bool,
        news: News | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking = Latest(asker, self)
        self._news: News | None = None
        self.open_url: OpenUrl = QDesktopServices.openUrl
        self._head = DialogHead(
            looks.theme, looks.icons, "refresh-cw", title=self.tr("Updates"), text=self._purpose()
        )
        self.said = Banner(looks.theme, looks.icons)
        self.notes = QPlainTextEdit(readOnly=True)
        self.daily = QCheckBox(self.tr("&Look once a day, while the window is open"))
        self.daily.setChecked(daily)
        self.look = QPushButton(self.tr("&Check now"), autoDefault=False)
        self.fetch = QPushButton(self.tr("&Open the download page"), autoDefault=False)
        self._build()
        if news is not None:
            self._take(news)

    def check(self) -> None:
        """Ask now."""
        self.look.setEnabled(False)
        self.said.say(Tone.INFO, self.tr("Asking…"))
        self._asking.ask(self._desk.look, self._take, self._fail)

    def _purpose(self) -> str:
        if not self._desk.place:
            return self.tr(
                "This version does not know where news of releases come from: there is no public "
                "place yet. Nothing is asked."
            )
        text = self.tr(
            "You have version {version}. One file is read from {place}; nothing about you or your "
            "work is sent, and nothing is installed."
        )
        place = isolated(one_line(self._desk.place))
        return text.format(version=bridge_app.__version__, place=place)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(*SIZE_PX)
        self.notes.setAccessibleName(self.tr("What is new"))
        self.notes.setVisible(False)
        self.fetch.setVisible(False)
        self.fetch.setProperty("kind", "primary")
        self.fetch.clicked.connect(self._open)
        for part in (self.look, self.daily):
            part.setEnabled(bool(self._desk.place))
        self.daily.toggled.connect(self.dailyChosen)
        self.look.clicked.connect(self.check)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.daily, 1)
        foot.addWidget(close)
        foot.addWidget(self.look)
        foot.addWidget(self.fetch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.said)
        layout.addWidget(self.notes, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

    def _take(self, news: News | None) -> None:
        self._show(news)
        if news is None:
            self.said.say(Tone.POSITIVE, self.tr("You have the newest version."))
            return
        release = news.release
        text = self.tr("Version {version} of {day} is there, signed by a key that is known here.")
        day = moment_text(release.released_at)
        self.said.say(Tone.INFO, text.format(version=release.version, day=day))
        files = "\n".join(
            f"{news.address(file)}  ({bytes_text(file.bytes)})\nSHA-256 {file.sha256}"
            for file in release.files
        )
        self.notes.setPlainText(f"{release.notes}\n\n{files}")
        self.fetch.setFocus()

    def _fail(self, error: BridgeError) -> None:
        # What an earlier answer said must not stand below what is said of this one.
        self._show(None)
        self.said.say(Tone.WARNING, error_text(error))

    def _show(self, news: News | None) -> None:
        self.look.setEnabled(True)
        self._news = news
        self.notes.setVisible(news is not None)
        self.fetch.setVisible(news is not None)

    def _open(self) -> None:
        if self._news is not None:
            self.open_url(QUrl(self._news.place))
