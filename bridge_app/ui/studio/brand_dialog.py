"""The brand kit in a window: its fonts and colours, changed together and kept when it is said."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPixmap, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.studio.brand_kit import BrandKit, colour_of, font_of
from bridge_app.ui.studio.kit_list import KitList
from bridge_app.ui.theme import Theme

SIZE_PX = (560, 460)
SIGN_PX = 16


class BrandKitDialog(QDialog):
    """`kept` tells the kit when it is saved; until then each change can be taken back."""

    kept = Signal(object)  # BrandKit

    def __init__(
        self, theme: Theme, icons: Icons, kit: BrandKit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.undo = QUndoStack(self)
        self.fonts = KitList(self.tr("&Fonts"), icons, read=font_of, sign=lambda _: QIcon())
        self.colours = KitList(self.tr("&Colours"), icons, read=colour_of, sign=_swatch)
        self.setWindowTitle(self.tr("Brand kit"))
        buttons = QDialogButtonBox()
        save = buttons.addButton(self._word("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("kind", "primary")
        buttons.addButton(self._word("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        lists = QHBoxLayout()
        lists.setSpacing(20)
        lists.addWidget(self.fonts, 1)
        lists.addWidget(self.colours, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        text = self.tr("The first ones are offered first. What is made already stays as it is.")
        title = self.windowTitle()
        layout.addWidget(DialogHead(theme, icons, "palette", title=title, text=text))
        layout.addLayout(lists, 1)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)
        self.fonts.changed.connect(lambda fonts: self._change(BrandKit(fonts, self._kit.colours)))
        self.colours.changed.connect(lambda some: self._change(BrandKit(self._kit.fonts, some)))
        self.fonts.addWanted.connect(self.fonts.type_another)
        self.fonts.changeWanted.connect(lambda _: self.fonts.type_current())
        self.colours.addWanted.connect(lambda: self._ask_colour(None))
        self.colours.changeWanted.connect(self._ask_colour)
        buttons.accepted.connect(self.accept_kit)
        buttons.rejected.connect(self.reject)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self.undo.undo),
            (QKeySequence.StandardKey.Redo, self.undo.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.show_kit(kit)

    @property
    def kit(self) -> BrandKit:
        """As it is shown."""
        return self._kit

    def show_kit(self, kit: BrandKit) -> None:
        """Show this one; it is no step to be undone."""
        self._kit = kit
        self.fonts.show_values(kit.fonts)
        self.colours.show_values([f"#{digits}" for digits in kit.colours])

    def _change(self, kit: BrandKit) -> None:
        colours = tuple(colour.removeprefix("#") for colour in kit.colours)
        self.undo.push(_Change(self, BrandKit(kit.fonts, colours)))

    def _ask_colour(self, instead_of: str | None) -> None:
        dialog = QColorDialog(QColor(instead_of or "white"), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda colour: self.colours.put(colour.name(), instead_of))
        open_dialog(dialog)

    def accept_kit(self) -> None:
        """Keep it, and close."""
        self.kept.emit(self._kit)
        self.accept()

    def _word(self, text: str) -> str:
        return QCoreApplication.translate("SavePresetDialog", text)


class _Change(QUndoCommand):
    """One kit in the place of another."""

    def __init__(self, dialog: BrandKitDialog, after: BrandKit) -> None:
        super().__init__()
        self._dialog = dialog
        self._before = dialog.kit
        self._after = after

    def redo(self) -> None:
        """Qt: do it, for the first time or again."""
        self._dialog.show_kit(self._after)

    def undo(self) -> None:
        """Qt: back to what was before."""
        self._dialog.show_kit(self._before)


def _swatch(colour: str) -> QIcon:
    pixels = QPixmap(SIGN_PX, SIGN_PX)
    pixels.fill(QColor(colour or "white"))
    sign = QIcon(pixels)
    sign.addPixmap(pixels, QIcon.Mode.Selected)  # a choice does not tint it
    return sign
