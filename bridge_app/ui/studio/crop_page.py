"""Controls for the cut: its shape, turning and mirroring."""

from PySide6.QtCore import QCoreApplication, Signal

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import value_of, with_values
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.rows import ChipRow, SliderRow

RATIOS = {
    "free": None,
    "1:1": 1.0,
    "4:5": 4 / 5,
    "3:2": 3 / 2,
    "4:3": 4 / 3,
    "16:9": 16 / 9,
    "9:16": 9 / 16,
    "21:9": 21 / 9,
}
STRAIGHTEN = 45
SIGHTS = {"auto": "What matters (auto)", "face": "The largest face", "faces": "All faces"}
"""Gravities that place the crop by what is in the picture, as the page of sizes calls them."""
FLIPS = {
    "hflip": QT_TRANSLATE_NOOP("studio", "Mirror"),
    "vflip": QT_TRANSLATE_NOOP("studio", "Upside down"),
}


class CropPage(ControlPage):
    """`ratioChosen` asks for a frame of a shape on the canvas, `cropDropped` for none.

    `sightChosen` has the frame placed by what is in the picture, or by hand again.
    """

    ratioChosen = Signal(str)
    sightChosen = Signal(str)
    cropDropped = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document, self.tr("Crop and turn"))
        free = (("free", self.tr("Free")),)
        self.ratios = ChipRow((*free, *((name, name) for name in RATIOS if name != "free")))
        sights = [
            (name, QCoreApplication.translate("SizePage", words)) for name, words in SIGHTS.items()
        ]
        self.sights = ChipRow(sights)
        self.drop = ChipRow((("none", self.tr("Without a crop")),))
        self.turns = ChipRow((("-90", self.tr("↺ Left")), ("90", self.tr("↻ Right"))))
        flips = [
            (flip, QCoreApplication.translate("studio", words)) for flip, words in FLIPS.items()
        ]
        self.flips = ChipRow(flips)
        self.angle = SliderRow(self.tr("Straighten (degrees)"), -STRAIGHTEN, STRAIGHTEN)
        self.heading(self.tr("Shape of the crop"))
        self.add(self.ratios, self.drop)
        self.hint(
            self.tr(
                "Drag the frame on the picture. A double click puts its middle there; arrow keys "
                "move it, with Alt they resize it."
            )
        )
        self.heading(QCoreApplication.translate("SizePage", "Keep in sight"))
        self.add(self.sights)
        self.nothing = self.hint(self.tr("Nothing of the kind was found."))
        self.nothing.hide()
        self.heading(self.tr("Turn"))
        self.add(self.turns, self.flips, self.angle)
        self.ratios.chosen.connect(self.ratioChosen)
        self.sights.chosen.connect(self.sightChosen)
        self.drop.chosen.connect(lambda _: self.cropDropped.emit())
        self.turns.chosen.connect(lambda by: self._turn(int(by)))
        self.flips.chosen.connect(self._flip)
        self.angle.moved.connect(self._straighten)
        self.angle.released.connect(document.release)
        self.finish()

    def show_crop(self, ratio: str | None, sight: str) -> None:
        """The shape that is chosen, None without a crop, and what places it, "" for a hand."""
        self.ratios.show_values(() if ratio is None else (ratio,))
        self.sights.show_values((sight,))
        self.drop.chip("none").setChecked(ratio is None)

    def show_found(self, found: bool | None) -> None:  # noqa: FBT001 - an answer
        """Whether what is to be kept in sight was found; None while nothing is looked for."""
        self.nothing.setVisible(found is False)

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""
        angle, flips = _turned(chain)
        self.flips.show_values(flips)
        self.turns.show_values(())
        self.angle.show_value(angle - 90 * round(angle / 90))

    def _turn(self, by: int) -> None:
        angle, flips = _turned(self.document.chain)
        self._put(angle + by, flips, self.tr("Turn"))

    def _flip(self, flip: str) -> None:
        angle, flips = _turned(self.document.chain)
        kept = tuple(one for one in flips if one != flip)
        self._put(angle, kept if flip in flips else (*flips, flip), self.tr("Mirror"))

    def _straighten(self, degrees: int) -> None:
        angle, flips = _turned(self.document.chain)
        self._put(90 * round(angle / 90) + degrees, flips, self.tr("Straighten"), hold="angle")

    def _put(self, angle: int, flips: tuple[str, ...], title: str, *, hold: str = "") -> None:
        angle = (angle + 180) % 360 - 180
        words = [*([str(angle)] if angle else []), *flips]
        chain = with_values(self.document.chain, StepKind.TURN, {"a": ".".join(words)})
        self.document.change(chain, title, hold=hold)


def _turned(chain: Chain) -> tuple[int, tuple[str, ...]]:
    """Degrees clockwise, and the flips behind them."""
    angle, flips = 0, []
    for word in filter(None, value_of(chain, StepKind.TURN, "a").split(".")):
        if word.lstrip("-").isdecimal():
            angle = (angle + int(word) + 180) % 360 - 180
        elif word in FLIPS:
            flips.append(word)
    return angle, tuple(flips)
