"""Asks what a kit is called, which presets it takes, and how heavy they may be."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.kits import KILOBYTE, Kit, WeightLimit
from bridge_app.domain.presets import NAME, RenditionPreset
from bridge_app.domain.rights_block import CHANNELS
from bridge_app.ui.kits.wording import kit_title
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, preset_title
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.preset_names import slug
from bridge_app.ui.presets.movable_lines import TickedLines, let_move
from bridge_app.ui.presets.wording import DOT, contract_text

WIDTH_PX, HEIGHT_PX = 560, 680
MOST_KB = 1_000_000


class KitEditor(QDialog):
    """`wanted` tells the kit; it stays open until `accept`, or `refuse` says why not."""

    wanted = Signal(object)  # Kit

    def __init__(
        self,
        looks: Looks,
        kit: Kit | None,
        presets: Mapping[str, RenditionPreset],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = kit or Kit(name="kit")
        self._is_new = kit is None
        self._presets = presets
        whole = [one.most_bytes for one in self._before.limits if not one.preset + one.format]
        self._whole = min(whole, default=0)
        self._limits = {one.preset: one.most_bytes for one in _of_presets(self._before)}
        self._shown = kit_title(kit) if kit is not None and kit.title else ""
        self.title = QLineEdit(self._shown, placeholderText=self.tr("Spring mailing"))
        self.name = QLineEdit("" if kit is None else kit.name, placeholderText="spring-mailing")
        self.use = QComboBox()
        self.most, self.most_of_one = self._weight(), self._weight()
        self.formats = QLineEdit(", ".join(self._before.formats), placeholderText="jpg, png")
        self.template = QLineEdit(self._before.template)
        self.lines = TickedLines(self)
        self.view = QListView()
        self.banner = Banner(looks.theme, looks.icons)
        self._of_one = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox()
        self.save = self._buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        title = self.tr("New kit") if kit is None else self.tr("Change kit")
        self._head = DialogHead(looks.theme, looks.icons, "package", title=title)
        self._build(title)
        self._fill()
        self._connect()

    def refuse(self, error: BridgeError) -> None:
        """It could not be saved; what was typed stays."""
        self.banner.say(Tone.NEGATIVE, error_text(error))
        self.save.setEnabled(True)

    def _weight(self) -> QSpinBox:
        made = QSpinBox(maximum=MOST_KB, singleStep=10)
        made.setSpecialValueText(self.tr("No limit"))
        made.setSuffix(self.tr(" kB"))
        return made

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.save.setProperty("kind", "primary")
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        let_move(self.view, self.lines)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(self.tr("Presets of the kit"))
        self._of_one.setBuddy(self.most_of_one)
        form = Form()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("Rights call it"), self.use)
        form.addRow(self.tr("&Formats shown there"), self.formats)
        form.addRow(self.tr("Files are named"), self.template)
        form.addRow(self.tr("At &most, each"), self.most)
        one = Form()
        one.setVerticalSpacing(10)
        one.addRow(self._of_one, self.most_of_one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addLayout(one)
        layout.addWidget(self._buttons)

    def _fill(self) -> None:
        self.use.addItem(self.tr("As each preset says"), "")
        for channel in sorted(CHANNELS | {self._before.channel} - {""}):
            self.use.addItem(channel, channel)
        self.use.setCurrentIndex(max(0, self.use.findData(self._before.channel)))
        self.most.setValue(self._whole // KILOBYTE)
        names = dict.fromkeys((*self._before.presets, *self._presets))
        self.lines.take([self._line(name) for name in names if name in self._presets])
        self.lines.show_ticks(self._before.presets)
        self.view.setCurrentIndex(self.lines.index(0))

    def _line(self, name: str) -> Line:
        preset = self._presets[name]
        facts = (preset_title(preset), contract_text(preset.contract), preset.channel)
        return Line(key=name, icon="image", title=DOT.join(filter(None, facts)), text="")

    def _connect(self) -> None:
        self.template.setCursorPosition(0)
        self.title.textEdited.connect(self._titled)
        self.name.textEdited.connect(self._check)
        self.lines.ticked.connect(self._check)
        self.view.selectionModel().currentChanged.connect(self._show_one)
        self.most_of_one.valueChanged.connect(self._limit_one)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._show_one()
        self._check()

    def _titled(self, text: str) -> None:
        if self._is_new:
            self.name.setText(slug(text))
        self._check()

    def _check(self, *_: object) -> None:
        named = bool(NAME.fullmatch(self.name.text().strip()))
        self.save.setEnabled(named and bool(self.lines.on))

    def _chosen(self) -> str:
        return str(self.view.currentIndex().data(LineRole.KEY) or "")

    def _show_one(self, *_: object) -> None:
        """The limit of the preset that is chosen."""
        preset = self._presets.get(self._chosen())
        self.most_of_one.setEnabled(preset is not None)
        shown = preset_title(preset) if preset else ""
        self._of_one.setText(self.tr("At most, “{preset}”").format(preset=shown))
        with QSignalBlocker(self.most_of_one):
            self.most_of_one.setValue(self._limits.get(self._chosen(), 0) // KILOBYTE)

    def _limit_one(self, kilobytes: int) -> None:
        if kilobytes:
            self._limits[self._chosen()] = kilobytes * KILOBYTE
        else:
            self._limits.pop(self._chosen(), None)

    def _accept(self) -> None:
        self.save.setEnabled(False)
        try:
            kit = self._kit()
        except BridgeError as error:
            self.refuse(error)
            return
        self.wanted.emit(kit)

    def _kit(self) -> Kit:
        """What is said; limits of formats, which stand nowhere here, stay. Raises PresetError."""
        on = self.lines.on
        limits = [one for one in self._before.limits if one.format and one.preset in ("", *on)]
        is_same = self.most.value() == self._whole // KILOBYTE
        whole = self._whole if is_same else self.most.value() * KILOBYTE
        if whole:
            limits.append(WeightLimit(most_bytes=whole))
        limits += [
            WeightLimit(most_bytes=most, preset=name)
            for name, most in self._limits.items()
            if name in on
        ]
        typed = self.formats.text().replace(";", ",").split(",")
        formats = (one.strip(" .").lower() for one in typed)
        title = self.title.text().strip()
        return Kit(
            name=self.name.text().strip(),
            # One that nobody touched stays as it is kept, in the language of the source.
            title=self._before.title if title == self._shown else title,
            channel=str(self.use.currentData() or ""),
            presets=on,
            template=self.template.text().strip(),
            formats=tuple(dict.fromkeys(one for one in formats if one)),
            limits=tuple(limits),
        )


def _of_presets(kit: Kit) -> list[WeightLimit]:
    return [one for one in kit.limits if one.preset and not one.format]
