"""The code of the rendition in the studio: copied in any dialect, with widths worth offering."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.errors import BridgeError, GateRefusalError
from bridge_app.transform.channel_code import with_defaults
from bridge_app.transform.code import Code
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, number_text
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.studio.canvas import Canvas
from bridge_app.ui.studio.copy_menu import CopyButton
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.facts_bar import FactsBar
from bridge_app.ui.studio.widths_dialog import WidthsDialog, WidthsWish
from bridge_app.work.places import Copied
from bridge_app.work.studio import CodeWish, is_here
from bridge_app.work.worker import Worker

SEPARATOR = ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeParts:
    """The parts of a studio that have to do with code."""

    document: Document
    canvas: Canvas
    button: CopyButton
    foot: FactsBar
    window: QWidget


class Coding(QObject):
    """Widths hold for the transformation they were measured of; after a change there are none."""

    def __init__(
        self, worker: Worker, asker: Asker, looks: Looks, asset: Asset, parts: CodeParts
    ) -> None:
        super().__init__(parts.window)
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._asset = asset
        self._parts = parts
        self._gate = Latest(asker, self)
        self._measured: tuple[str, tuple[int, ...]] = ("", ())
        button = parts.button
        button.transformationWanted.connect(lambda: button.take(parts.document.text))
        button.wanted.connect(self.copy)
        button.widthsWanted.connect(self.ask_widths)
        button.codes.aboutToShow.connect(self._allow)
        self._read_channels()

    @property
    def widths(self) -> tuple[int, ...]:
        """Those that the code offers to browsers; none: even shares of the rendition's."""
        text, widths = self._measured
        return widths if text == str(self._parts.document.chain) else ()

    def copy(self, kind: Code) -> None:
        """Have the code of a kind written, and put it on the clipboard."""
        wish = self._wish()
        self._asker.ask(lambda: self._handed_out(wish, kind), self._parts.button.take, self._refuse)

    def _wish(self) -> CodeWish:
        size = self._size()
        return CodeWish(
            asset=self._asset,
            transformation=str(self._parts.document.chain),
            width=size[0],
            height=size[1],
            widths=self.widths,
            channel=self._parts.button.channel,
        )

    def _handed_out(self, wish: CodeWish, kind: Code) -> str:
        """The code, on record as a place that somebody has; blocking."""
        found = self._worker.studio.codes(wish)
        made = Copied(code=kind.value, transformation=wish.transformation)
        if wish.channel is not None:
            shown = with_defaults(wish.transformation, wish.channel)
            name, use = wish.channel.channel, wish.channel.use
            made = replace(made, channel=name, shown=shown, use=use or name)
        self._worker.places.copied(wish.asset, found[Code.URL], made)
        return found[kind]

    def ask_widths(self) -> None:
        """Show which widths are worth offering."""
        asset, text = self._asset, str(self._parts.document.chain)
        wish = WidthsWish(
            asset=asset.id,
            transformation=text,
            format=asset.cloud.format if asset.cloud else "",
            width=self._size()[0],
            is_here=is_here(asset),
            is_pushed=asset.cloud is not None,
        )
        desk = self._worker.renditions
        dialog = WidthsDialog(desk, self._asker, self._looks, wish, self._parts.window)
        dialog.chosen.connect(lambda widths: self._take(text, widths))
        open_dialog(dialog)

    def _take(self, text: str, widths: tuple[int, ...]) -> None:
        self._measured = (text, widths)
        told = SEPARATOR.join(map(number_text, widths))
        self._parts.foot.say(self.tr("The code offers {widths} pixels.").format(widths=told))

    def _size(self) -> tuple[int, int]:
        shown = self._parts.canvas.rendition
        return shown.size if shown is not None else (0, 0)

    def _read_channels(self) -> None:
        def told(found: Sequence[ChannelSettings]) -> None:
            if isValid(self):
                self._parts.button.offer_channels(found)

        self._asker.ask(self._worker.kits.offered_channels, told, self._refuse)

    def _allow(self) -> None:
        is_film = self._asset.kind is Kind.VIDEO
        self._parts.button.allow(self._asset.cloud is not None, is_film=is_film)
        if self._asset.cloud is not None:
            wish, desk = self._wish(), self._worker.studio
            self._gate.ask(lambda: desk.codes(wish), lambda _: None, self._forewarn)

    def _forewarn(self, error: BridgeError) -> None:
        """What the gate says of the code, before somebody copies it."""
        if isinstance(error, GateRefusalError):
            self._parts.button.forbid(error)

    def _refuse(self, error: BridgeError) -> None:
        self._parts.button.refuse(error)
        self._parts.foot.say(error_text(error))
