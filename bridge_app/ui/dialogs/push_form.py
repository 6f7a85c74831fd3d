"""Where a push goes and how: target folder, tags and upload preset, checked as they are typed."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.push_metadata import PushMetadata
from bridge_app.ui.dialogs.push_options import PushOptions
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.standard_group import GroupHead
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme


class PushForm(QWidget):
    """Three fields and what else may be chosen; `edited` tells that a person changed one."""

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons, *, folder: str, tags: str) -> None:
        super().__init__()
        self._folder = RecentField(theme, icons, folder)
        self._folder.setPlaceholderText(self.tr("The top of the media library"))
        self._tags = QLineEdit(tags)
        self._tags.setPlaceholderText(self.tr("spring, lookbook"))
        self._tags.setToolTip(self.tr("Separate tags with commas"))
        self._preset = RecentField(theme, icons)
        self._preset.setPlaceholderText(self.tr("None"))
        self._preset.setToolTip(
            self.tr("The name of a signed upload preset of this product environment")
        )
        self._options = PushOptions(theme, icons)
        self._options.setVisible(False)
        self._metadata = PushMetadata(theme, icons)
        self._metadata.setVisible(False)
        self._icons = icons
        self._more = GroupHead(self.tr("More options"))
        self._trouble = Banner(theme, icons)
        self._lay_out()
        self._folder.textEdited.connect(self.edited)
        self._folder.picked.connect(self.edited)
        self._tags.textEdited.connect(self.edited)
        self._preset.textEdited.connect(self.edited)
        self._preset.picked.connect(self.edited)
        self._options.edited.connect(self.edited)
        self._metadata.edited.connect(self.edited)
        self._more.toggled.connect(self._options.setVisible)
        self._more.toggled.connect(self._metadata.setVisible)
        self._more.toggled.connect(self._dress)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._more.dress(self._icons)

    def _lay_out(self) -> None:
        fields = (
            (self.tr("&Target folder"), self._folder, 3),
            (self.tr("Ta&gs"), self._tags, 3),
            (self.tr("Upload &preset"), self._preset, 2),
        )
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(6)
        for column, (label, field, stretch) in enumerate(fields):
            layout.addWidget(_heading(label, field), 0, column)
            layout.addWidget(field, 1, column)
            layout.setColumnStretch(column, stretch)
        layout.addWidget(self._more, 2, 0)
        layout.addWidget(self._options, 3, 0, 1, len(fields))
        layout.addWidget(self._metadata, 4, 0, 1, len(fields))
        layout.addWidget(self._trouble, 5, 0, 1, len(fields))

    @property
    def folder(self) -> str:
        """The folder without slashes at its ends; "" is the top."""
        return "/".join(part.strip() for part in self._folder.text().strip("/ ").split("/"))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, each once."""
        found = (tag.strip() for tag in self._tags.text().split(","))
        return tuple(dict.fromkeys(tag for tag in found if tag))

    def offer(self, folders: Iterable[str]) -> None:
        """Offer folders used lately; what is typed stays."""
        self._folder.offer(list(folders))

    def offer_presets(self, names: Iterable[str]) -> None:
        """Offer the upload presets of the product environment; what is typed stays."""
        self._preset.offer(list(names))

    def offer_markets(self, asker: Asker) -> None:
        """Offer a table of markets that renditions are filled from."""
        self._markets = self._options.offer_markets(asker)
        self._markets.failed.connect(
            lambda error: self._trouble.say(Tone.NEGATIVE, error_text(error))
        )

    def forget(self) -> None:
        """What is on its way is of no interest any more."""
        self._markets.forget()

    def offer_renditions(self, library: PresetLibrary) -> None:
        """Offer what may be made with the push."""
        self._options.offer_renditions(library)

    def offer_fields(self, schema: Schema) -> None:
        """Offer the structured fields of the product environment."""
        self._metadata.offer(schema)

    def set_folder_mode(self, mode: FolderMode | None) -> None:
        """How folders work in the product environment; None where that is not known."""
        self._options.set_folder_mode(mode)

    def target(self) -> PushTarget | None:
        """What is typed, as a target; None if it cannot be one, which is then said below."""
        try:
            preset = self._preset.text().strip() or None
            target = PushTarget(folder=self.folder, tags=self.tags, preset=preset)
        except InvalidInputError as error:
            self._show_trouble(error_text(error), of_folder=True)
            return None
        try:
            target = replace(self._options.applied(target), metadata=self._metadata.said)
        except InvalidInputError as error:
            self._show_trouble(error_text(error))
            return None
        self._show_trouble("")
        return target if self._metadata.is_right else None

    def _show_trouble(self, text: str, *, of_folder: bool = False) -> None:
        if text:
            self._trouble.say(Tone.NEGATIVE, text)
        else:
            self._trouble.hush()
        if bool(self._folder.property("invalid")) != of_folder:
            self._folder.setProperty("invalid", of_folder)
            self._folder.style().unpolish(self._folder)
            self._folder.style().polish(self._folder)


def _heading(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(buddy)
    return label
