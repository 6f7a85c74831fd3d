"""The help: the pages of the guide beside the window, with their contents and a search in all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.helping.find_bar import FindBar
from bridge_app.ui.helping.help_book import Address, Book, Chapter, read_book
from bridge_app.ui.helping.help_contents import HelpContents, HelpFindings
from bridge_app.ui.helping.help_page import HelpPage, Pictures, read_pictures
from bridge_app.ui.helping.help_places import START
from bridge_app.ui.helping.help_search import HelpIndex
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text

SIZE_PX = (1080, 760)
SIDE_PX = 320
SETTLE_MS = 150
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
ENGLISH = (QLocale.Language.English, QLocale.Language.C)
WEB = ("http", "https", "mailto")


@dataclass(slots=True)
class _Visit:
    address: Address
    scrolled: int | None = None


class HelpWindow(QWidget):
    """A window of its own that keeps nothing waiting; it reads its pages off the GUI thread."""

    def __init__(self, folder: Path, asker: Asker, looks: Looks) -> None:
        super().__init__(None, Qt.WindowType.Window)
        # It goes with the program, and does not keep it.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._folder = folder
        self._looks = looks
        self._reading = Latest(asker, self)
        self._drawing = Latest(asker, self)
        self._book: Book | None = None
        self._index: HelpIndex | None = None
        self._visits = [_Visit(START)]
        self._at = 0
        self.open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.search = QLineEdit(placeholderText=self.tr("Search the help"), clearButtonEnabled=True)
        self.contents, self.findings = HelpContents(), HelpFindings(looks.theme)
        self.side = QStackedWidget()
        self.page = HelpPage(looks.theme)
        self.find_bar = FindBar(looks.icons)
        self.said = QLabel(wordWrap=True)
        self.back = QAction(self.tr("Back"), self)
        self.forward = QAction(self.tr("Forward"), self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._build()
        self._connect()
        self._dress()
        self._reading.ask(lambda: _read(folder), self._take_book, self._fail)

    def open(self, address: Address) -> None:
        """Come to the front with this place of the help."""
        self.go(address)
        self.show()
        self.raise_()
        self.activateWindow()
        self._begin_search()

    def go(self, address: Address) -> None:
        """Show it, and remember the way."""
        here = self._visits[self._at]
        if here.address != address:
            here.scrolled = self.page.verticalScrollBar().value()
            self._visits[self._at + 1 :] = [_Visit(address)]
            self._at += 1
        else:
            here.scrolled = None
        self._show()

    @property
    def address(self) -> Address:
        """Which place is shown."""
        return self._visits[self._at].address

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the arrows lead from the search to what it found."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.type() is QEvent.Type.KeyPress and down and self.findings.count():
                self.findings.setFocus(Qt.FocusReason.TabFocusReason)
                self.findings.setCurrentRow(max(0, self.findings.currentRow()))
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape takes away what came last."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.find_bar.isVisible():
            self.find_bar.put_away()
        elif self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            self.close()

    # How it is put together

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        self.resize(*SIZE_PX)
        self.search.setAccessibleName(self.search.placeholderText())
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear"))
        self.search.setToolTip(self.tr("In all pages (Ctrl+Shift+F); Ctrl+F finds in this page"))
        self.side.addWidget(self.contents)
        self.side.addWidget(self.findings)
        self.said.setProperty("tone", "muted")
        left, right, parts = QWidget(), QWidget(), QSplitter()
        side = QVBoxLayout(left)
        side.setContentsMargins(12, 12, 6, 12)
        side.addLayout(self._built_ways())
        side.addWidget(self.said)
        side.addWidget(self.side, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 12, 12, 12)
        column.addWidget(self.page, 1)
        column.addWidget(self.find_bar)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        parts.setSizes([SIDE_PX, SIZE_PX[0] - SIDE_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts)

    def _built_ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        for action, keys in ((self.back, "Alt+Left"), (self.forward, "Alt+Right")):
            action.setShortcut(QKeySequence(keys))
            action.setToolTip(f"{action.text()} ({keys})")
            self.addAction(action)
            button = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
            ways.addWidget(button)
        ways.addWidget(self.search, 1)
        return ways

    def _connect(self) -> None:
        self.back.triggered.connect(lambda: self._step(-1))
        self.forward.triggered.connect(lambda: self._step(1))
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.contents.chosen.connect(self.go)
        self.findings.chosen.connect(self.go)
        self.page.linkClicked.connect(self._follow)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.closed.connect(self.page.setFocus)
        self._settle.timeout.connect(self._draw_anew)
        self._looks.theme.changed.connect(self._dress)
        for keys, act in (
            ("Ctrl+F", self.find_bar.begin),
            ("F3", lambda: self.find_bar.go_on(back=False)),
            ("Shift+F3", lambda: self.find_bar.go_on(back=True)),
            ("Ctrl+Shift+F", self._begin_search),
            ("F1", self._begin_search),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self, activated=act)  # type: ignore[call-overload]

    def _dress(self) -> None:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for action, icon in ((self.back, "arrow-left"), (self.forward, "arrow-right")):
            other = {"arrow-left": "arrow-right", "arrow-right": "arrow-left"}[icon]
            action.setIcon(self._looks.icons.icon(other if rtl else icon, size_px=18))
        self._settle.start()  # some pictures are there in dark, too

    # What is read

    def _take_book(self, read: tuple[Book, HelpIndex]) -> None:
        self._book, self._index = read
        self.contents.show_book(self._book)
        self._show()
        self._search()

    def _fail(self, error: BridgeError) -> None:
        self.said.setText(error_text(error))

    def _show(self) -> None:
        """Have the pictures of the place read, and show it then."""
        chapter = self._book.chapter(self.address) if self._book is not None else None
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._visits))
        self._tell()
        if chapter is None:
            return
        self.setWindowTitle(self.tr("{page} – Help").format(page=chapter.title))
        self.contents.follow(chapter)
        names = _pictures(chapter)
        if chapter is self.page.chapter or not names:
            self._drawing.forget()
            self._take_pictures(chapter, {})
            return
        self._drawing.ask(
            self._reader(names), lambda pictures: self._take_pictures(chapter, pictures), self._fail
        )

    def _reader(self, names: Mapping[str, str]) -> Callable[[], Pictures]:
        """Reads pictures as they fit now."""
        width, ratio = self.page.column_px, self.devicePixelRatioF()
        dark = self._looks.theme.tokens.dark
        return partial(read_pictures, self._folder, names, width, ratio, dark=dark)

    def _take_pictures(self, chapter: Chapter, pictures: Pictures) -> None:
        if chapter is not self.page.chapter:
            self.page.show_chapter(chapter, pictures)
        visit = self._visits[self._at]
        if visit.scrolled is None:
            self.page.show_heading(visit.address)
        else:
            self.page.verticalScrollBar().setValue(visit.scrolled)

    def resizeEvent(self, event: object) -> None:
        """Qt: pictures follow the width, once it has come to rest."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._settle.start()

    def _draw_anew(self) -> None:
        chapter = self.page.chapter
        if chapter is None or not (names := _pictures(chapter)):
            return
        self._drawing.ask(
            self._reader(names), lambda pictures: self.page.draw_anew(chapter, pictures), self._fail
        )

    # What a person does

    def _step(self, steps: int) -> None:
        if 0 <= self._at + steps < len(self._visits):
            self._visits[self._at].scrolled = self.page.verticalScrollBar().value()
            self._at += steps
            self._show()

    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search(self) -> None:
        wanted = self.search.text().strip()
        found = self._index.find(wanted) if self._index is not None else []
        self.findings.show_findings(found)
        self.side.setCurrentWidget(self.findings if wanted else self.contents)
        self._tell()

    def _tell(self) -> None:
        wanted, count = self.search.text().strip(), self.findings.count()
        if wanted and self._index is not None:
            text = self.tr("%Ln place(s)", "", count) if count else self.tr("Nothing was found.")
        elif QLocale().language() not in ENGLISH:
            text = self.tr("The help is written in English.")
        else:
            text = ""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _find(self, text: str, back: bool, again: bool) -> None:  # noqa: FBT001 - a signal's arguments
        found = bool(text) and self.page.find_text(text, back=back, again=again)
        self.find_bar.tell(found=found)

    def _follow(self, link: str) -> None:
        url = QUrl(link)
        chapter = self.page.chapter
        if url.scheme() in WEB:
            self.open_url(url)
            return
        here = chapter.address if chapter is not None else self.address
        address = None if url.scheme() else here.follow(link)
        if address is not None and self._book is not None and address.page in self._book.chapters:
            self.go(address)
            return
        name = unquote(link).partition("#")[0].rpartition("/")[2]
        self.said.setText(self.tr("{name} is part of the source code.").format(name=name))
        self.said.setVisible(True)


def _read(folder: Path) -> tuple[Book, HelpIndex]:
    book = read_book(folder)
    return book, HelpIndex(book)


def _pictures(chapter: Chapter) -> dict[str, str]:
    """Where the pictures of a chapter lie in the folder, by what it calls them."""
    above = Path(chapter.address.page).parent
    return {
        name: (above / unquote(name)).as_posix()
        for name in PICTURE.findall(chapter.markdown)
        if ":" not in name
    }
