"""Controls for the file: format, quality, what stays in it; and corners and border."""

from collections.abc import Collection

from bridge_app.transform.losses import Holding
from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import value_of, with_values
from bridge_app.ui.studio.keeping import kept_and_lost
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.rows import ChipRow, ChoiceRow, SliderRow

FLAGS = ("progressive", "keep_iptc", "keep_attribution", "strip_profile")
ROUND = 300
BORDER = 60


class DeliveryPage(ControlPage):
    """`f_`, `q_` and `fl_` of the last step of that kind.

    `holdings` is what the master has besides pixels, `ending` its own format.
    """

    def __init__(
        self, document: Document, holdings: Collection[Holding] = (), *, ending: str = ""
    ) -> None:
        super().__init__(document, self.tr("Format and quality"))
        self._holdings = holdings
        self._ending = ending
        self.format = ChoiceRow(
            self.tr("Format"),
            (
                ("", self.tr("As the address ends")),
                ("auto", self.tr("Best for the browser (auto)")),
                *((name, name.upper()) for name in ("jpg", "png", "webp", "avif", "gif")),
            ),
        )
        self.quality = ChoiceRow(
            self.tr("Quality"),
            (
                ("", self.tr("As usual")),
                ("auto:best", self.tr("Automatic, best")),
                ("auto", self.tr("Automatic, good")),
                ("auto:eco", self.tr("Automatic, eco")),
                ("auto:low", self.tr("Automatic, low")),
            ),
        )
        self.level = SliderRow(self.tr("Fixed quality"), 0, 100)
        self.flags = ChipRow(
            tuple(
                zip(
                    FLAGS,
                    (
                        self.tr("Progressive"),
                        self.tr("Keep all metadata"),
                        self.tr("Keep credit"),
                        self.tr("Without a colour profile"),
                    ),
                    strict=True,
                )
            )
        )
        self.radius = SliderRow(self.tr("Rounded corners"), 0, ROUND)
        self.shapes = ChipRow((("max", self.tr("Ellipse")),))
        self.border = SliderRow(self.tr("Border"), 0, BORDER)
        self.border_colour = ChoiceRow(
            self.tr("Border colour"),
            (
                ("white", self.tr("White")),
                ("black", self.tr("Black")),
                ("gray", self.tr("Grey")),
            ),
        )
        self.heading(self.tr("File"))
        self.add(self.format, self.quality, self.level, self.flags)
        self.kept = self.hint("")
        self.kept.setAccessibleName(self.tr("What the rendition keeps"))
        self.heading(self.tr("Corners and border"))
        self.add(self.radius, self.shapes, self.border, self.border_colour)
        self._connect()
        self.finish()

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""
        quality = value_of(chain, StepKind.DELIVERY, "q")
        self.format.show_value(value_of(chain, StepKind.DELIVERY, "f"))
        self.level.show_value(int(quality) if quality.isdecimal() else 0)
        self.quality.show_value("auto" if quality == "auto:good" else quality)
        self.flags.show_values(value_of(chain, StepKind.DELIVERY, "fl").split("."))
        self._show_kept(chain)
        radius = value_of(chain, StepKind.SHAPE, "r")
        self.radius.show_value(int(radius) if radius.isdecimal() else 0)
        self.shapes.show_values(("max",) if radius == "max" else ())
        width, colour = _border(value_of(chain, StepKind.SHAPE, "bo"))
        self.border.show_value(width)
        self.border_colour.show_value(colour)

    def add_holdings(self, holdings: Collection[Holding]) -> None:
        """The master holds these too, as it turned out."""
        self._holdings = frozenset(self._holdings) | frozenset(holdings)
        self._show_kept(self.document.chain)

    def _show_kept(self, chain: Chain) -> None:
        """What becomes of the master's credit, profile and the like."""
        chosen = value_of(chain, StepKind.DELIVERY, "f")
        ending = self._ending if chosen in {"", "auto"} else chosen
        sentences = kept_and_lost(self.document.text, self._holdings, extension=ending)
        self.kept.setText("\n".join(sentences))
        self.kept.setVisible(bool(sentences))

    def _connect(self) -> None:
        self.format.chosen.connect(lambda text: self._put(f=text))
        self.quality.chosen.connect(lambda text: self._put(q=text))
        self.level.moved.connect(lambda level: self._put(hold="quality", q=str(level or "")))
        self.flags.chosen.connect(self._flag)
        self.radius.moved.connect(lambda value: self._shape(hold="radius", r=str(value or "")))
        self.shapes.chosen.connect(self._make_round)
        self.border.moved.connect(
            lambda width: self._frame(width, self.border_colour.combo.currentData())
        )
        self.border_colour.chosen.connect(lambda colour: self._frame(self.border.value, colour))
        for row in (self.level, self.radius, self.border):
            row.released.connect(self.document.release)

    def _put(self, *, hold: str = "", **values: str) -> None:
        chain = with_values(self.document.chain, StepKind.DELIVERY, values)
        self.document.change(chain, self.tr("Format and quality"), hold=hold)

    def _flag(self, flag: str) -> None:
        written = value_of(self.document.chain, StepKind.DELIVERY, "fl")
        flags = list(filter(None, written.split(".")))
        flags = [one for one in flags if one != flag] if flag in flags else [*flags, flag]
        self._put(fl=".".join(flags))

    def _make_round(self, shape: str) -> None:
        is_on = value_of(self.document.chain, StepKind.SHAPE, "r") == shape
        self._shape(r="" if is_on else shape)

    def _frame(self, width: int, colour: str) -> None:
        self._shape(hold="border", bo=f"{width}px_solid_{colour}" if width else "")

    def _shape(self, *, hold: str = "", **values: str) -> None:
        chain = with_values(self.document.chain, StepKind.SHAPE, values)
        self.document.change(chain, self.tr("Corners and border"), hold=hold)


def _border(text: str) -> tuple[int, str]:
    """`4px_solid_red` as width and colour."""
    width, _, rest = text.partition("px_solid_")
    return (int(width), rest) if width.isdecimal() and rest else (0, "white")
