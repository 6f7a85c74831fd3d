"""Responsive widths: those whose files differ by enough bytes, measured here or by Cloudinary."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.transform.breakpoints import MOST_IMAGES, Breakpoint, BreakpointRules
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, isolated, number_text
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.field_label import label
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.renditions import RenditionDesk

WIDTH_PX, HEIGHT_PX = 520, 600
LARGEST_PX = 10_000
KILOBYTE = 1000
MOST_KILOBYTES = 10_000
FEWEST_IMAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthsWish:
    """Of which rendition: its transformation, its extension ("" for the master's), its width.

    `is_here` tells whether the master can be measured on this machine, `is_pushed` whether there
    is a delivered copy that Cloudinary can measure.
    """

    asset: AssetId
    transformation: str
    format: str
    width: int
    is_here: bool
    is_pushed: bool


class WidthsDialog(QDialog):
    """`chosen` tells the widths that somebody wants in the code, the widest first."""

    chosen = Signal(tuple)  # tuple[int, ...]

    def __init__(
        self,
        desk: RenditionDesk,
        asker: Asker,
        looks: Looks,
        wish: WidthsWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wish = wish
        self._asking = Latest(asker, self)
        self._found: tuple[Breakpoint, ...] = ()
        rules = BreakpointRules()
        widest = min(wish.width or rules.max_width, LARGEST_PX)
        least = min(rules.min_width, widest)
        self.narrowest = _spin(1, LARGEST_PX, least, self.tr(" px"))
        self.widest = _spin(1, LARGEST_PX, widest, self.tr(" px"))
        self.step = _spin(1, MOST_KILOBYTES, rules.bytes_step // KILOBYTE, self.tr(" kB"))
        self.most = _spin(FEWEST_IMAGES, MOST_IMAGES, rules.max_images, "")
        self.here = QPushButton(self.tr("&Measure here"), autoDefault=False)
        self.there = QPushButton(self.tr("Have &Cloudinary measure"), autoDefault=False)
        self.lines = LineList(self)
        self.view = QListView()
        self.banner = Banner(looks.theme, looks.icons)
        self.use = QPushButton(self.tr("&Use in the code"), autoDefault=False)
        self._build(looks)
        self._tell()

    @property
    def widths(self) -> tuple[int, ...]:
        """Those that were found, the widest first."""
        return tuple(one.width for one in self._found)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; an answer that is still to come is of no interest any more."""
        self._asking.forget()
        super().done(result)

    def _build(self, looks: Looks) -> None:
        title = self.tr("Responsive widths")
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        text = self.tr(
            "A page offers browsers one rendition in several widths. Each of these is smaller than "
            "the one before by a step that is worth it."
        )
        head = DialogHead(looks.theme, looks.icons, "images", title=title, text=text)
        show_lines(self.view, self.lines, looks.theme, looks.icons, title)
        self.use.setProperty("kind", "primary")
        close = QPushButton(self.tr("Close"), autoDefault=False)
        for button, act in (
            (self.here, self._measure_here),
            (self.there, self._measure_there),
            (self.use, self._choose),
            (close, self.reject),
        ):
            button.clicked.connect(act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(self._fields())
        layout.addLayout(_row(self.here, self.there))
        layout.addWidget(self.banner)
        layout.addWidget(self.view, 1)
        layout.addLayout(dialog_foot(close, self.use))

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (text, field) in enumerate(
            (
                (self.tr("&Narrowest"), self.narrowest),
                (self.tr("&Widest"), self.widest),
                (self.tr("&Step"), self.step),
                (self.tr("&At most"), self.most),
            )
        ):
            grid.addWidget(label(text, field), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
            field.valueChanged.connect(self._tell)
        return grid

    # What is measured

    def _rules(self) -> BreakpointRules:
        """Raises InvalidInputError."""
        return BreakpointRules(
            min_width=self.narrowest.value(),
            max_width=self.widest.value(),
            bytes_step=self.step.value() * KILOBYTE,
            max_images=self.most.value(),
        )

    def _measure_here(self) -> None:
        self._measure(is_here=True)

    def _measure_there(self) -> None:
        self._measure(is_here=False)

    def _measure(self, *, is_here: bool) -> None:
        wish, desk = self._wish, self._desk
        try:
            rules = self._rules()
        except BridgeError as error:
            self._refuse(error)
            return
        ask = desk.breakpoints if is_here else desk.breakpoints_by_service
        self._asking.ask(
            lambda: ask(wish.asset, wish.transformation, wish.format, rules),
            self._show,
            self._refuse,
        )
        self._found = ()
        self.lines.take([])
        self.banner.say(Tone.INFO, self.tr("Measuring the files…"))
        self._tell()

    def _show(self, found: Sequence[Breakpoint]) -> None:
        self._found = tuple(found)
        self.banner.hush()
        self.lines.take(_lines(self._found))
        self._tell()

    def _refuse(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self._tell()

    def _tell(self) -> None:
        is_busy = self._asking.waiting
        is_right = self.narrowest.value() <= self.widest.value()
        self.here.setEnabled(self._wish.is_here and is_right and not is_busy)
        self.there.setEnabled(self._wish.is_pushed and is_right and not is_busy)
        self.there.setToolTip(
            "" if self._wish.is_pushed else self.tr("Cloudinary measures what is pushed.")
        )
        self.use.setEnabled(bool(self._found))

    def _choose(self) -> None:
        self.chosen.emit(self.widths)
        self.accept()


def _spin(least: int, most: int, value: int, suffix: str) -> QSpinBox:
    spin = QSpinBox(minimum=least, maximum=most, value=value)
    spin.setSuffix(suffix)
    spin.setGroupSeparatorShown(True)
    return spin


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _lines(found: Sequence[Breakpoint]) -> list[Line]:
    """A row for each width: its bytes, and how many fewer than the one before."""
    saved = [0, *(wide.bytes - narrow.bytes for wide, narrow in pairwise(found))]
    return [_line(one, less) for one, less in zip(found, saved, strict=True)]


def _line(one: Breakpoint, less: int) -> Line:
    translate = QCoreApplication.translate
    pixels = translate("WidthsDialog", "{pixels} px wide").format(pixels=number_text(one.width))
    fewer = translate("WidthsDialog", "{bytes} less than the one before")
    return Line(
        key=str(one.width),
        icon="image",
        title=pixels,
        text=fewer.format(bytes=bytes_text(less)) if less > 0 else "",
        mark=isolated(bytes_text(one.bytes)),
    )
