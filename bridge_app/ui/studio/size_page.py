"""Controls for size and fit: pixels, how the picture meets them, and what fills the rest."""

from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import value_of, with_values
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.rows import ChipRow, ChoiceRow, NumberRow

MOST_PX = 20_000
SIZES = {
    "1080x1080": "1080 × 1080",
    "1080x1350": "1080 × 1350",
    "1080x1920": "1080 × 1920",
    "1200x630": "1200 × 630",
    "1600x900": "1600 × 900",
    "1920x1080": "1920 × 1080",
}
PADS = frozenset({"pad", "lpad", "mpad", "fill_pad", "auto_pad"})


class SizePage(ControlPage):
    """Width, height, crop mode, gravity and background of the sizing step."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, self.tr("Size and fit"))
        automatic = self.tr("follows")
        self.sizes = ChipRow(tuple(SIZES.items()))
        self.width_row = NumberRow(self.tr("Width"), most=MOST_PX, automatic=automatic)
        self.height_row = NumberRow(self.tr("Height"), most=MOST_PX, automatic=automatic)
        self.mode = ChoiceRow(self.tr("Fit"), self._modes())
        self.gravity = ChoiceRow(self.tr("Keep in sight"), self._gravities())
        self.ground = ChoiceRow(self.tr("Background"), self._grounds())
        self.density = ChoiceRow(
            self.tr("Pixel density"), (("", "1"), ("1.5", "1.5"), ("2.0", "2"), ("3.0", "3"))
        )
        self.heading(self.tr("Often used"))
        self.add(self.sizes)
        self.heading(self.tr("Size in pixels"))
        self.add(
            self.width_row, self.height_row, self.mode, self.gravity, self.ground, self.density
        )
        self.sizes.chosen.connect(self._take_size)
        self.width_row.chosen.connect(lambda value: self._put(w=str(value or "")))
        self.height_row.chosen.connect(lambda value: self._put(h=str(value or "")))
        self.mode.chosen.connect(lambda mode: self._put(c=mode))
        self.gravity.chosen.connect(lambda gravity: self._put(g=gravity))
        self.ground.chosen.connect(lambda ground: self._put(b=ground))
        self.density.chosen.connect(lambda density: self._put(dpr=density))
        self.finish()

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""

        def text(key: str) -> str:
            return value_of(chain, StepKind.SIZE, key)

        width, height, mode = text("w"), text("h"), text("c")
        self.sizes.show_values((f"{width}x{height}",))
        for row, side in ((self.width_row, width), (self.height_row, height)):
            row.show_value(int(side) if side.isdecimal() and int(side) <= MOST_PX else 0)
        self.mode.show_value(mode)
        self.gravity.show_value(text("g"))
        self.ground.show_value(text("b"))
        self.ground.setEnabled(mode in PADS)
        self.density.show_value(text("dpr"))

    def _take_size(self, size: str) -> None:
        width, _, height = size.partition("x")
        mode = value_of(self.document.chain, StepKind.SIZE, "c") or "fill"
        self._put(w=width, h=height, c=mode)

    def _put(self, **values: str) -> None:
        chain = self.document.chain
        if ("w" in values or "h" in values) and not value_of(chain, StepKind.SIZE, "c"):
            values.setdefault("c", "limit")
        chain = with_values(chain, StepKind.SIZE, values)
        place = chain.find(StepKind.SIZE)
        if place is not None and not any(chain.steps[place].value(key) for key in ("w", "h", "ar")):
            chain = chain.without(place)
        self.document.change(chain, self.tr("Size"))

    def _modes(self) -> tuple[tuple[str, str], ...]:
        return (
            ("", self.tr("Stretch to the size")),
            ("limit", self.tr("At most, never enlarged")),
            ("fit", self.tr("Fit inside")),
            ("fill", self.tr("Fill, cut the rest off")),
            ("lfill", self.tr("Fill, never enlarged")),
            ("pad", self.tr("Fit inside, pad the rest")),
            ("lpad", self.tr("Pad, never enlarged")),
            ("thumb", self.tr("Close to what is kept in sight")),
            ("auto", self.tr("Chosen by the content")),
            ("scale", self.tr("Stretch (written out)")),
        )

    def _gravities(self) -> tuple[tuple[str, str], ...]:
        return (
            ("", self.tr("The middle")),
            ("auto", self.tr("What matters (auto)")),
            ("face", self.tr("The largest face")),
            ("faces", self.tr("All faces")),
            ("north", self.tr("Top")),
            ("north_east", self.tr("Top right")),
            ("east", self.tr("Right")),
            ("south_east", self.tr("Bottom right")),
            ("south", self.tr("Bottom")),
            ("south_west", self.tr("Bottom left")),
            ("west", self.tr("Left")),
            ("north_west", self.tr("Top left")),
        )

    def _grounds(self) -> tuple[tuple[str, str], ...]:
        return (
            ("", self.tr("As usual")),
            ("white", self.tr("White")),
            ("black", self.tr("Black")),
            ("auto", self.tr("Colour of the edge")),
            ("auto:predominant", self.tr("Predominant colour")),
            ("blurred:400:15", self.tr("Blurred (video)")),
            ("transparent", self.tr("Transparent")),
        )
