"""Where a push goes and how: target folder, tags and upload preset, checked as they are typed."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.push_plan import PushTarget
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme


class PushForm(QWidget):
    """Three fields; `edited` tells that a person changed one of them."""

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons, *, folder: str, tags: str) -> None:
        super().__init__()
        self._folder = RecentField(theme, icons, folder)
        self._folder.setPlaceholderText(self.tr("The top of the media library"))
        self._tags = QLineEdit(tags)
        self._tags.setPlaceholderText(self.tr("spring, lookbook"))
        self._tags.setToolTip(self.tr("Separate tags with commas"))
        self._preset = QLineEdit()
        self._preset.setPlaceholderText(self.tr("None"))
        self._preset.setToolTip(
            self.tr("The name of a signed upload preset of this product environment")
        )
        self._trouble = Banner(theme, icons)
        folder_label = _heading(self.tr("&Target folder"), self._folder)
        tags_label = _heading(self.tr("Ta&gs"), self._tags)
        preset_label = _heading(self.tr("Upload &preset"), self._preset)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(6)
        layout.addWidget(folder_label, 0, 0)
        layout.addWidget(tags_label, 0, 1)
        layout.addWidget(self._folder, 1, 0)
        layout.addWidget(self._tags, 1, 1)
        layout.addWidget(preset_label, 0, 2)
        layout.addWidget(self._preset, 1, 2)
        layout.addWidget(self._trouble, 2, 0, 1, 3)
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 3)
        layout.setColumnStretch(2, 2)
        self._folder.textEdited.connect(self.edited)
        self._folder.picked.connect(self.edited)
        self._tags.textEdited.connect(self.edited)
        self._preset.textEdited.connect(self.edited)

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

    def target(self) -> PushTarget | None:
        """What is typed, as a target; None if it cannot be one, which is then said below."""
        try:
            preset = self._preset.text().strip() or None
            target = PushTarget(folder=self.folder, tags=self.tags, preset=preset)
        except InvalidInputError as error:
            self._show_trouble(error_text(error))
            return None
        self._show_trouble("")
        return target

    def _show_trouble(self, text: str) -> None:
        if text:
            self._trouble.say(Tone.NEGATIVE, text)
        else:
            self._trouble.hush()
        if bool(self._folder.property("invalid")) != bool(text):
            self._folder.setProperty("invalid", bool(text))
            self._folder.style().unpolish(self._folder)
            self._folder.style().polish(self._folder)


def _heading(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "heading")
    label.setBuddy(buddy)
    return label
