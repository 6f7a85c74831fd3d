"""The first page: nothing is here yet, and there are four ways to begin."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.sign import Sign
from bridge_app.ui.theme import Theme

COLUMN_PX = 520
MARK_PX = 56


class Choice(QAbstractButton):
    """A large button: sign, title and a sentence that may wrap."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, *, title: str, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._sign = Sign(theme, icons, icon)
        self._title = QLabel(title, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("tone", "strong")
        self._text = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setProperty("tone", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(14)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        for part in (self._sign, self._title, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Qt: what its words need."""
        return self._layout.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: the pointer is here."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the card."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = tokens.pressed if self.isDown() else tokens.raised
        if self.underMouse() and not self.isDown():
            back = tokens.hover
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(tokens.focus if self.hasFocus() else tokens.border_strong, width))
        painter.setBrush(back)
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, tokens.radius.card, tokens.radius.card)


class Welcome(QWidget):
    """Four choices: a folder, a service with masters, an account, or a look around.

    Args:
        ways: Add a local folder as a library, connect a service of PhotoShelter's kind, open the
            accounts dialog, open the demo.
    """

    def __init__(
        self,
        icons: Icons,
        theme: Theme,
        ways: tuple[QAction, QAction, QAction, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._mark = QLabel()
        self._mark.setPixmap(icons.app_icon().pixmap(MARK_PX, MARK_PX))
        title = _centred(self.tr("Welcome to Asset Bridge"), "display")
        text = _centred(
            self.tr("Masters stay where they are. Here you look, decide, and deliver."), "muted"
        )
        self._folder = Choice(
            theme,
            icons,
            "folder-plus",
            title=self.tr("Add a folder"),
            text=self.tr(
                "Show the pictures, videos and documents of a folder. Nothing is copied or changed."
            ),
        )
        self._shelter = Choice(
            theme,
            icons,
            "library",
            title=self.tr("Connect PhotoShelter"),
            text=self.tr("Show its collections here. Masters stay there until you want one."),
        )
        self._account = Choice(
            theme,
            icons,
            "cloud",
            title=self.tr("Connect Cloudinary"),
            text=self.tr("So that approved assets can be pushed and delivered."),
        )
        self._demo = Choice(
            theme,
            icons,
            "sparkles",
            title=self.tr("Look around first"),
            text=self.tr(
                "Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no "
                "account is needed."
            ),
        )
        for choice, way in zip(self.choices, ways, strict=True):
            choice.clicked.connect(way.trigger)
        self._build(title, text)

    @property
    def choices(self) -> tuple[QAbstractButton, ...]:
        """Folder, PhotoShelter, account, demo."""
        return self._folder, self._shelter, self._account, self._demo

    def _build(self, title: QLabel, text: QLabel) -> None:
        column = QWidget()
        column.setMaximumWidth(COLUMN_PX)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addSpacing(16)
        for choice in self.choices:
            layout.addWidget(choice)
        layout.addStretch(3)
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)


def _centred(text: str, tone: str) -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
