"""Controls for light, colour and effects: a slider for each, and switches for the rest."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.studio.chain import Chain
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import effect_value, with_effect
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.rows import ChipRow, SliderRow


@dataclass(frozen=True, slots=True)
class Dial:
    """An effect with a strength; `usual` is what the effect means without one.

    Ranges: reference/cloudinary.md 9.7.
    """

    name: str
    title: str
    least: int
    most: int
    usual: int


LIGHT = (
    Dial("brightness", QT_TRANSLATE_NOOP("studio", "Brightness"), -99, 100, 80),
    Dial("contrast", QT_TRANSLATE_NOOP("studio", "Contrast"), -100, 100, 0),
    Dial("gamma", QT_TRANSLATE_NOOP("studio", "Gamma"), -50, 150, 0),
    Dial("vignette", QT_TRANSLATE_NOOP("studio", "Vignette"), 0, 100, 20),
)
COLOUR = (
    Dial("saturation", QT_TRANSLATE_NOOP("studio", "Saturation"), -100, 100, 80),
    Dial("vibrance", QT_TRANSLATE_NOOP("studio", "Vibrance"), -100, 100, 20),
    Dial("hue", QT_TRANSLATE_NOOP("studio", "Hue"), -100, 100, 80),
    Dial("sepia", QT_TRANSLATE_NOOP("studio", "Sepia"), 0, 100, 80),
)
DETAIL = (
    Dial("sharpen", QT_TRANSLATE_NOOP("studio", "Sharpen"), 0, 1000, 100),
    Dial("blur", QT_TRANSLATE_NOOP("studio", "Blur"), 0, 2000, 100),
    Dial("pixelate", QT_TRANSLATE_NOOP("studio", "Pixelate"), 0, 200, 5),
)
SWITCHES = {
    "grayscale": QT_TRANSLATE_NOOP("studio", "Grey"),
    "negate": QT_TRANSLATE_NOOP("studio", "Negative"),
    "auto_contrast": QT_TRANSLATE_NOOP("studio", "Auto contrast"),
    "auto_color": QT_TRANSLATE_NOOP("studio", "Auto colour"),
    "auto_brightness": QT_TRANSLATE_NOOP("studio", "Auto brightness"),
    "improve": QT_TRANSLATE_NOOP("studio", "Improve"),
}


class AdjustPage(ControlPage):
    """Each control owns one effect step; at its neutral value there is none."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, self.tr("Light and colour"))
        self.dials: dict[str, SliderRow] = {}
        self._usual = {dial.name: dial.usual for dial in (*LIGHT, *COLOUR, *DETAIL)}
        groups = (
            (self.tr("Light"), LIGHT),
            (self.tr("Colour"), COLOUR),
            (self.tr("Detail"), DETAIL),
        )
        self.switches = ChipRow(
            [
                (name, QCoreApplication.translate("studio", words))
                for name, words in SWITCHES.items()
            ]
        )
        self.heading(self.tr("At once"))
        self.add(self.switches)
        for title, dials in groups:
            self.heading(title)
            for dial in dials:
                self._add_dial(dial)
        self.switches.chosen.connect(self._switch)
        self.finish()

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""
        for name, row in self.dials.items():
            row.show_value(self._strength(effect_value(chain, name), name))
        on = [name for name in SWITCHES if effect_value(chain, name) is not None]
        self.switches.show_values(on)

    def _add_dial(self, dial: Dial) -> None:
        title = QCoreApplication.translate("studio", dial.title)
        row = SliderRow(title, dial.least, dial.most)
        row.moved.connect(partial(self._turn, dial.name, title))
        row.released.connect(self.document.release)
        self.dials[dial.name] = row
        self.add(row)

    def _turn(self, name: str, title: str, value: int) -> None:
        chain = with_effect(self.document.chain, name, str(value))
        self.document.change(chain, title, hold=name)

    def _switch(self, name: str) -> None:
        is_on = effect_value(self.document.chain, name) is not None
        chain = with_effect(self.document.chain, name, "off" if is_on else "", neutral="off")
        self.document.change(chain, QCoreApplication.translate("studio", SWITCHES[name]))

    def _strength(self, text: str | None, name: str) -> int:
        if text is None:
            return 0
        first = text.partition(":")[0]
        return int(first) if first.lstrip("-").isdecimal() else self._usual[name]
