"""One rendition: the picture that came from delivery, its facts, and its address to copy."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QImage,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError, GateRefusalError, OfflineError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import (
    bytes_text,
    error_text,
    isolated,
    number_text,
    pixels_text,
    preset_title,
)
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.picture_box import PictureBox
from bridge_app.ui.theme import Theme
from bridge_app.work.pictures import Delivered
from bridge_app.work.places import copied_preset
from bridge_app.work.worker import Worker

PICTURE_PX = 168
DECODE = QSize(1000, 2 * PICTURE_PX)
"""Device pixels: a card's picture on a dense screen."""
FACTS_PX = 22
COPIED_MS = 2000
Fetched = tuple[Delivered, QImage]


class RenditionCard(QFrame):
    """A preset applied to one asset; fetches its picture when told to."""

    refused = Signal(object)  # BridgeError
    dragWanted = Signal(object, object)  # Asset, RenditionPreset: its file is dragged out

    def __init__(
        self, worker: Worker, asker: Asker, theme: Theme, icons: Icons, preset: RenditionPreset
    ) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._preset = preset
        self._asset: Asset | None = None
        self._link: DeliveryLink | None = None
        self._latest, self._linking = Latest(asker, self), Latest(asker, self)
        self._wanted = False
        self._offline = False
        self._pressed_at: QPoint | None = None
        self._picture = PictureBox(theme, icons, height_px=PICTURE_PX)
        self._title = QLabel(preset_title(preset))
        self._title.setProperty("tone", "strong")
        self._copied = QLabel()
        self._copied.setProperty("badge", "positive")
        self._copied.setVisible(False)
        self._copied_timer = QTimer(self, interval=COPIED_MS, singleShot=True)
        self._copied_timer.timeout.connect(self._forget_copied)
        self._facts = ElidedLabel()
        self._facts.setProperty("tone", "muted")
        self._copy_sign = QLabel()
        self._url = self._chip("URL", self._copy_url)
        self._html = self._chip("HTML", self._copy_html)
        self._markdown = self._chip("Markdown", self._copy_markdown)
        self._open = QToolButton()
        self._open.clicked.connect(self._open_in_browser)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def preset(self) -> RenditionPreset:
        """Which rendition it is."""
        return self._preset

    @property
    def link(self) -> DeliveryLink | None:
        """The address shown; None when nothing is given out."""
        return self._link

    @property
    def picture(self) -> PictureBox:
        """The picture, or what is said in its place."""
        return self._picture

    @property
    def confirmation(self) -> str:
        """What is said to have been copied just now; "" otherwise."""
        return "" if self._copied.isHidden() else self._copied.text()

    @property
    def facts(self) -> str:
        """What is known of the delivered file."""
        return self._facts.text()

    def show_link(self, asset: Asset, link: DeliveryLink) -> None:
        """Offer this address; the picture is fetched when `fetch` is called."""
        same = self._link is not None and self._link.url == link.url
        self._asset, self._link = asset, link
        if same:
            return
        self._latest.forget()
        self._wanted = True
        self._offline = False
        self._facts.setText("")
        self._forget_copied()
        self._picture.show_waiting(self.tr("Comes from delivery…"))

    def show_refusal(self, asset: Asset, error: GateRefusalError) -> None:
        """Say why this rendition may not be delivered, although others may."""
        self.clear()
        self._asset = asset
        self._facts.setText("")
        self._picture.show_trouble("shield-x", error_text(error))

    def clear(self) -> None:
        """Nothing to show, nothing to copy."""
        self._latest.forget()
        self._linking.forget()
        self._asset = self._link = None
        self._wanted = False

    def fetch(self) -> None:
        """Get the picture from its delivery URL, unless that is done or under way."""
        asset, preset = self._asset, self._preset
        if asset is None or not self._wanted:
            return
        self._wanted = False

        def fetched() -> Fetched:
            delivered = self._worker.rendition(asset.id, preset)
            return delivered, _decoded(delivered.picture)

        self._latest.ask(fetched, self._show, self._show_trouble)

    def try_again_if_offline(self) -> None:
        """The connection is back."""
        if self._offline:
            self._wanted = True
            self._offline = False
            self._picture.show_waiting(self.tr("Comes from delivery…"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a drag may begin here."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if is_left else None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: moved far enough, the rendition is dragged out."""
        asset, start = self._asset, self._pressed_at
        if asset is None or self._link is None or start is None:
            return
        moved = (event.position().toPoint() - start).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed_at = None
            self.dragWanted.emit(asset, self._preset)

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.setAccessibleName(preset_title(self._preset))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._open)
        facts = QHBoxLayout()
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._copied)
        facts.addStretch(0)
        facts.addStrut(FACTS_PX)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._copy_sign)
        for button in (self._url, self._html, self._markdown):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addSpacing(2)
        layout.addLayout(head)
        layout.addLayout(facts)
        layout.addSpacing(2)
        layout.addLayout(buttons)

    def _chip(self, what: str, act: Callable[[], None]) -> QToolButton:
        chip = QToolButton()
        chip.setText(what)
        chip.setProperty("chip", "true")
        name = self.tr("Copy the {what} of {preset}").format(
            what=what, preset=preset_title(self._preset)
        )
        chip.setAccessibleName(name)
        chip.setToolTip(name)
        chip.clicked.connect(act)
        return chip

    def _show(self, answer: Fetched) -> None:
        delivered, image = answer
        if image.isNull():
            self._picture.show_trouble("image-off", self.tr("What came cannot be shown."))
        else:
            self._picture.show_image(image, preset_title(self._preset))
        parts = [
            pixels_text((delivered.width, delivered.height)),
            isolated(bytes_text(delivered.bytes)),
            delivered.format.upper(),
        ]
        saved = self._saved_percent(delivered)
        if saved > 0:
            parts.append(self.tr("{percent} % smaller").format(percent=number_text(saved)))
        self._facts.setText("  ·  ".join(parts))

    def _saved_percent(self, delivered: Delivered) -> int:
        master = self._asset.bytes if self._asset else 0
        return int(100 * (1 - delivered.bytes / master)) if master > 0 else 0

    def _show_trouble(self, error: BridgeError) -> None:
        if isinstance(error, OfflineError):
            self._offline = True
            self._picture.show_trouble(
                "wifi-off",
                self.tr("The picture comes when the connection is back. The address is good."),
            )
        else:
            self._picture.show_trouble("image-off", error_text(error))

    def _copy_url(self) -> None:
        self._with_link(lambda link: self._copy(link.url, self.tr("URL copied")), code="url")

    def _copy_html(self) -> None:
        self._with_link(lambda link: self._copy(link.html, self.tr("HTML copied")), code="html")

    def _copy_markdown(self) -> None:
        told = self.tr("Markdown copied")
        self._with_link(lambda link: self._copy(link.markdown, told), code="markdown")

    def _open_in_browser(self) -> None:
        self._with_link(_open)

    def _with_link(self, act: Callable[[DeliveryLink], None], *, code: str = "") -> None:
        """The address, asked of the gate anew: a right may have ended since it was shown.

        What is copied as `code` is on record before it is on the clipboard.
        """
        asset, preset, worker = self._asset, self._preset, self._worker
        if asset is None:
            return

        def handed_out() -> DeliveryLink:
            link = worker.link(asset, preset)
            if code:
                worker.places.copied(asset, link.url, copied_preset(preset, code))
            return link

        self._linking.ask(handed_out, act, self.refused.emit)

    def _copy(self, text: str, told: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copied.setText(told)
        self._facts.hide()
        self._copied.show()
        self._copied_timer.start()
        announce(self, told)

    def _forget_copied(self) -> None:
        self._copied.hide()
        self._facts.show()

    def _dress(self) -> None:
        ink, dpr = self._theme.tokens.text_muted, self.devicePixelRatioF()
        self._copy_sign.setPixmap(self._icons.pixmap("copy", ink, 16, dpr))
        self._open.setIcon(self._icons.icon("external-link", size_px=18))
        self._open.setIconSize(QSize(18, 18))
        self._picture.setToolTip(self.tr("Drag it into another program"))
        self._open.setToolTip(self.tr("Open in the browser"))
        self._open.setAccessibleName(
            self.tr("Open {preset} in the browser").format(preset=preset_title(self._preset))
        )


def _open(link: DeliveryLink) -> None:
    QDesktopServices.openUrl(QUrl(link.url))


def _decoded(picture: bytes) -> QImage:
    """The picture at a card's size; runs off the GUI thread."""
    image = decoded(picture)
    if image.isNull() or (image.width() <= DECODE.width() and image.height() <= DECODE.height()):
        return image
    return image.scaled(
        DECODE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
