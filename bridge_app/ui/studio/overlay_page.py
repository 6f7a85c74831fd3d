"""Controls for what is laid on the picture: texts in the brand's looks, and other pictures."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from bridge_app.transform.errors import TransformationError
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.studio.brand_dialog import BrandKitDialog
from bridge_app.ui.studio.brand_kit import BrandKit
from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.studio.picture_controls import PictureControls
from bridge_app.ui.studio.rows import SliderRow, Swatch
from bridge_app.ui.studio.text_overlay import NO_WORDS, TextOverlay, restyled
from bridge_app.ui.theme import Theme

LARGEST_PX = 400
ADD_PX = 26


class OverlayPage(ControlPage):
    """Edits the text and the picture that are picked in the list, else the last ones; adds others.

    Args:
        kit: The brand kit as it is now.
        keep: Has a changed kit remembered.
    """

    textAdded = Signal()

    def __init__(
        self,
        document: Document,
        theme: Theme,
        icons: Icons,
        *,
        kit: Callable[[], BrandKit],
        keep: Callable[[BrandKit], None],
    ) -> None:
        super().__init__(document, self.tr("Text and pictures"))
        self._theme = theme
        self._icons = icons
        self._kit = kit
        self._keep = keep
        self._picked = -1
        self._is_filling = False
        self.words = QLineEdit(placeholderText=self.tr("Your text"))
        self.words.setAccessibleName(self.tr("Text"))
        self.font_list = EditableBox()
        self.font_list.setAccessibleName(self.tr("Font"))
        self.bold = QCheckBox(self.tr("Bold"))
        self.letter_size = SliderRow(self.tr("Size of the letters"), 6, LARGEST_PX, 48)
        self.swatches = QWidget()
        self.change_kit = QPushButton(self.tr("Brand kit…"))
        self.add_text = QPushButton(self.tr("Add a text"))
        self.picture = PictureControls(document)
        self._build()
        self.finish()

    @property
    def place(self) -> int | None:
        """The text step that is edited; None if there is none."""
        steps = self.document.chain.steps
        if 0 <= self._picked < len(steps) and steps[self._picked].kind is StepKind.TEXT:
            return self._picked
        return self.document.chain.find(StepKind.TEXT)

    def pick(self, place: int) -> None:
        """Edit this step, if it is a text or a picture."""
        self._picked = place
        self.picture.pick(place)
        self.show_chain(self.document.chain)

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls from the text and the picture that are edited."""
        self.picture.show_chain(chain)
        place = self.place
        for control in (self.words, self.font_list, self.bold, self.letter_size, self.swatches):
            control.setEnabled(place is not None)
        self._is_filling = True
        self._fill_fonts()
        overlay = TextOverlay.of(chain.steps[place].text) if place is not None else None
        if overlay is not None:
            if (self.words.text() or NO_WORDS) != overlay.words:
                self.words.setText(overlay.words)
            self.font_list.setEditText(overlay.font)
            self.bold.setChecked(overlay.bold)
            self.letter_size.show_value(min(LARGEST_PX, max(6, overlay.size_px)))
        self._fill_swatches(overlay.colour if overlay else "")
        self._is_filling = False

    def _build(self) -> None:
        line = QHBoxLayout(self.swatches)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.heading(self.tr("Text"))
        self.add(self.words, self.font_list, self.letter_size, self.bold, self.swatches)
        self.add(self.change_kit, self.add_text)
        self.hint(self.tr("Drag it to its place on the picture, or move it with the arrow keys."))
        self.heading(self.tr("Picture"))
        self.add(self.picture)
        self.words.textEdited.connect(lambda text: self._change(hold="words", words=text))
        self.font_list.activated.connect(lambda _: self._take_font())
        line_edit = self.font_list.lineEdit()
        if line_edit is not None:
            line_edit.editingFinished.connect(self._take_font)
        self.bold.clicked.connect(lambda on: self._change(bold=on))
        self.letter_size.moved.connect(lambda size: self._change(hold="letters", size_px=size))
        self.letter_size.released.connect(self.document.release)
        self.change_kit.clicked.connect(self._open_kit)
        self.add_text.clicked.connect(self._add_text)

    def _add_text(self) -> None:
        kit = self._kit()
        overlay = TextOverlay(
            words=self.tr("Your text"), font=kit.fonts[0], colour=f"rgb:{kit.colours[0]}"
        )
        chain, self._picked = self.document.chain.added(overlay.step)
        self.document.change(chain, self.tr("Add a text"))
        self.document.picked.emit(self._picked)
        self.words.setFocus()
        self.words.selectAll()
        self.textAdded.emit()

    def _take_font(self) -> None:
        font = self.font_list.currentText()
        place = self.place
        if place is None or TextOverlay.of(self.document.chain.steps[place].text).font == font:
            return
        kit = self._kit().with_font(font)
        self._keep(kit)
        self._change(font=font)

    def _change(self, *, hold: str = "", **looks: object) -> None:
        place = self.place
        if place is None or self._is_filling:
            return
        chain = self.document.chain
        try:
            changed = restyled(chain.steps[place].text, **looks)  # type: ignore[arg-type]
        except TransformationError:
            return  # it cannot be read, which is said where it stands
        chain = chain.put(place, changed)
        self.document.change(chain, self.tr("Text"), hold=f"{hold}{place}" if hold else "")

    def _fill_fonts(self) -> None:
        fonts = list(self._kit().fonts)
        if [self.font_list.itemText(n) for n in range(self.font_list.count())] != fonts:
            self.font_list.clear()
            self.font_list.addItems(fonts)

    def _open_kit(self) -> None:
        dialog = BrandKitDialog(self._theme, self._icons, self._kit(), self)
        dialog.kept.connect(self._take_kit)
        open_dialog(dialog)

    def _take_kit(self, kit: BrandKit) -> None:
        self._keep(kit)
        self.show_chain(self.document.chain)

    def _fill_swatches(self, colour: str) -> None:
        line = self.swatches.layout()
        chosen = colour.removeprefix("rgb:")
        known = [one.property("colour") for one in self.swatches.findChildren(Swatch)]
        wanted = list(self._kit().colours)
        if line is not None and known != wanted:
            while (item := line.takeAt(0)) is not None:
                gone = item.widget()
                if gone is not None:
                    gone.setParent(None)
                    gone.deleteLater()
            for digits in wanted:
                line.addWidget(self._swatch(digits))
            line.addWidget(self._adder())
            self._stretch(line)
        for swatch in self.swatches.findChildren(Swatch):
            swatch.setChecked(swatch.property("colour") == chosen)

    def _stretch(self, line: object) -> None:
        if isinstance(line, QHBoxLayout):
            line.addStretch(1)

    def _swatch(self, digits: str) -> Swatch:
        swatch = Swatch(self._theme, QColor(f"#{digits}"), f"#{digits}")
        swatch.setProperty("colour", digits)
        swatch.clicked.connect(lambda: self._change(colour=f"rgb:{digits}"))
        return swatch

    def _adder(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._icons.icon("plus", size_px=16))
        button.setFixedSize(ADD_PX, ADD_PX)
        button.setAccessibleName(self.tr("Add a colour to the brand kit"))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(self._ask_colour)
        return button

    def _ask_colour(self) -> None:
        dialog = QColorDialog(self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(self._add_colour)
        open_dialog(dialog)

    def _add_colour(self, colour: QColor) -> None:
        digits = colour.name().removeprefix("#")
        self._keep(self._kit().with_colour(digits))
        self._change(colour=f"rgb:{digits}")
        self.show_chain(self.document.chain)
