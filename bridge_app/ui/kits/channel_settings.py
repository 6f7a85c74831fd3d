"""How a shop shows what is delivered to it: the settings of its plug-in, by channel."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.channel_settings import (
    DENSITIES,
    FORMATS,
    MOST_WIDTHS,
    QUALITIES,
    WIDEST,
    Breakpoints,
    ChannelSettings,
    Placeholder,
    Platform,
    StorageMode,
    optimised,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.rights_block import CHANNELS
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.kits import KitDesk

WIDTH_PX = 560
WORDS = {
    Platform.WORDPRESS: QT_TRANSLATE_NOOP("channels", "WordPress"),
    Platform.ADOBE_COMMERCE: QT_TRANSLATE_NOOP("channels", "Adobe Commerce"),
    Platform.SAP_COMMERCE: QT_TRANSLATE_NOOP("channels", "SAP Commerce"),
    Platform.OTHER: QT_TRANSLATE_NOOP("channels", "Another one"),
    StorageMode.CLOUDINARY: QT_TRANSLATE_NOOP("channels", "At Cloudinary alone"),
    StorageMode.BOTH: QT_TRANSLATE_NOOP("channels", "At Cloudinary and in the shop"),
    StorageMode.REFERENCE: QT_TRANSLATE_NOOP("channels", "Small stand-ins in the shop"),
    Placeholder.NONE: QT_TRANSLATE_NOOP("channels", "Nothing"),
    Placeholder.BLUR: QT_TRANSLATE_NOOP("channels", "Blurred"),
    Placeholder.PIXELATE: QT_TRANSLATE_NOOP("channels", "Large pixels"),
    Placeholder.VECTORIZE: QT_TRANSLATE_NOOP("channels", "Drawn outlines"),
    Placeholder.PREDOMINANT: QT_TRANSLATE_NOOP("channels", "Its main colour"),
}


class ChannelSettingsDialog(QDialog):
    """`changed` tells that something else is kept now."""

    changed = Signal()

    def __init__(
        self, desk: KitDesk, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(asker, self)
        self._known: Mapping[str, ChannelSettings] = {}
        self._kept_names: frozenset[str] = frozenset()
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "settings",
            title=self.tr("Channels of shops"),
            text=self.tr("Copied code and kits for a channel follow the settings of its plug-in."),
        )
        self.banner = Banner(looks.theme, looks.icons)
        self.name = EditableBox()
        self.platform, self.use, self.storage = QComboBox(), QComboBox(), QComboBox()
        self.format, self.quality, self.dpr = QComboBox(), QComboBox(), QComboBox()
        self.placeholder = QComboBox()
        self.lazy = QCheckBox(self.tr("Fetch pictures when they are scrolled to"))
        self.suffix = QCheckBox(self.tr("End addresses in the words of the title"))
        self.widths = QCheckBox(self.tr("Offer these widths:"))
        self.narrowest, self.widest = QSpinBox(minimum=1), QSpinBox(minimum=1)
        self.most = QSpinBox(minimum=3, maximum=MOST_WIDTHS)
        self.folders = QLineEdit(placeholderText="wp-media, catalog")
        self.save = QPushButton(self.tr("&Save"), autoDefault=False)
        self.forget = QPushButton(self.tr("&Forget"), autoDefault=False)
        self.optimise = QPushButton(self.tr("Set What Plug-ins &Recommend"), autoDefault=False)
        self._fill_choices()
        self._build()
        self._connect()
        self._read()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _fill_choices(self) -> None:
        for box, kind in (
            (self.platform, Platform),
            (self.storage, StorageMode),
            (self.placeholder, Placeholder),
        ):
            for one in kind:
                box.addItem(QCoreApplication.translate("channels", WORDS[one]), one)
        as_it_says = self.tr("As the rendition says")
        for box, values in (
            (self.format, FORMATS),
            (self.quality, QUALITIES),
            (self.dpr, DENSITIES),
            (self.use, ("", *sorted(CHANNELS))),
        ):
            for value in values:
                box.addItem(value or as_it_says, value)
        self.use.setItemText(0, self.tr("By its own name"))
        for side in (self.narrowest, self.widest):
            side.setMaximum(WIDEST)
            side.setSuffix(self.tr(" px"))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Channels of shops"))
        self.setMinimumWidth(WIDTH_PX)
        self.save.setProperty("kind", "primary")
        self.forget.setProperty("kind", "danger")
        self.narrowest.setAccessibleName(self.tr("Narrowest width"))
        self.widest.setAccessibleName(self.tr("Widest width"))
        self.most.setAccessibleName(self.tr("How many widths"))
        widths = QHBoxLayout()
        widths.setSpacing(8)
        for part in (self.narrowest, self.widest, self.most):
            widths.addWidget(part, 1)
        form = Form()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Channel"), self.name)
        form.addRow(self.tr("Plug-in of"), self.platform)
        form.addRow(self.tr("Rights call it"), self.use)
        form.addRow(self.tr("Pictures are"), self.storage)
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Quality"), self.quality)
        form.addRow(self.tr("Density"), self.dpr)
        form.addRow(self.widths, widths)
        form.addRow(self.tr("Seen until it is there"), self.placeholder)
        form.addRow("", self.lazy)
        form.addRow("", self.suffix)
        form.addRow(self.tr("Folders of the plug-in"), self.folders)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        foot.addWidget(self.optimise)
        foot.addStretch(1)
        for button in (self.forget, close, self.save):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addLayout(form)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.name.activated.connect(lambda _: self._show(self._named()))
        self.name.editTextChanged.connect(lambda _: self._tell())
        self.widths.toggled.connect(lambda _: self._tell())
        self.optimise.clicked.connect(self._optimise)
        self.save.clicked.connect(self._save)
        self.forget.clicked.connect(self._forget)

    # What there is

    def _read(self, *, said: str = "") -> None:
        desk = self._desk

        def look() -> tuple[Sequence[ChannelSettings], Sequence[ChannelSettings]]:
            return desk.offered_channels(), desk.channels()

        def show(found: tuple[Sequence[ChannelSettings], Sequence[ChannelSettings]]) -> None:
            before, (offered, kept) = self.name.currentText(), found
            self._known = {one.channel: one for one in offered}
            self._kept_names = frozenset(one.channel for one in kept)
            with QSignalBlocker(self.name):
                self.name.clear()
                self.name.addItems([*self._known])
                self.name.setCurrentText(before if before in self._known else min(self._known))
            self._show(self._named())
            if said:
                self.banner.say(Tone.POSITIVE, said)

        self._latest.ask(look, show, self._fail)

    def _named(self) -> ChannelSettings | None:
        return self._known.get(self.name.currentText().strip())

    def _show(self, one: ChannelSettings | None) -> None:
        """The form of these settings; of a new name the form stays as it is."""
        self.banner.hush()
        if one is not None:
            if self.use.findData(one.use) < 0:
                # The command line lets people call it as they like.
                self.use.addItem(one_line(one.use), one.use)
            for box, value in (
                (self.platform, one.platform),
                (self.use, one.use),
                (self.storage, one.storage),
                (self.format, one.format),
                (self.quality, one.quality),
                (self.dpr, one.dpr),
                (self.placeholder, one.placeholder),
            ):
                box.setCurrentIndex(max(0, box.findData(value)))
            widths = one.breakpoints or Breakpoints()
            self.widths.setChecked(one.breakpoints is not None)
            self.narrowest.setValue(widths.narrowest)
            self.widest.setValue(widths.widest)
            self.most.setValue(widths.most)
            self.lazy.setChecked(one.lazy)
            self.suffix.setChecked(one.seo_suffix)
            self.folders.setText(", ".join(one.plugin_folders))
        self._tell()

    def _tell(self) -> None:
        for part in (self.narrowest, self.widest, self.most):
            part.setEnabled(self.widths.isChecked())
        self.save.setEnabled(bool(self.name.currentText().strip()))
        self.forget.setEnabled(self.name.currentText().strip() in self._kept_names)

    def _fail(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))

    # What a person does

    def _said(self) -> ChannelSettings:
        """What the form says. Raises ChannelSettingsError or PresetError."""
        widths = None
        if self.widths.isChecked():
            widths = Breakpoints(
                narrowest=self.narrowest.value(),
                widest=self.widest.value(),
                most=self.most.value(),
            )
        typed = (one.strip(" /") for one in self.folders.text().split(","))
        return ChannelSettings(
            channel=self.name.currentText().strip(),
            use=str(self.use.currentData()),
            platform=Platform(self.platform.currentData()),
            storage=StorageMode(self.storage.currentData()),
            format=str(self.format.currentData()),
            quality=str(self.quality.currentData()),
            dpr=str(self.dpr.currentData()),
            breakpoints=widths,
            lazy=self.lazy.isChecked(),
            placeholder=Placeholder(self.placeholder.currentData()),
            seo_suffix=self.suffix.isChecked(),
            plugin_folders=tuple(dict.fromkeys(one for one in typed if one)),
        )

    def _optimise(self) -> None:
        try:
            self._show(optimised(self._said()))
        except BridgeError as error:
            self._fail(error)

    def _save(self) -> None:
        try:
            one = self._said()
        except BridgeError as error:
            self._fail(error)
            return
        name = isolated(one_line(one.channel))
        words = self.tr("The settings of {channel} are kept.").format(channel=name)
        self._latest.ask(
            lambda: self._desk.save_channel(one), lambda _: self._kept(words), self._fail
        )

    def _forget(self) -> None:
        name = self.name.currentText().strip()
        words = self.tr("The settings of {channel} are forgotten.")
        told = words.format(channel=isolated(one_line(name)))
        self._latest.ask(
            lambda: self._desk.remove_channel(name), lambda _: self._kept(told), self._fail
        )

    def _kept(self, said: str) -> None:
        self.changed.emit()
        self._read(said=said)
