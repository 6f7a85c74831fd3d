"""What is known of one asset, to be read: rights in plain words, metadata, file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.rights import RightsState, RightsWindow
from bridge_app.ui.delegates.badges import RIGHTS_ICONS
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import (
    bytes_text,
    date_text,
    format_text,
    kind_text,
    moment_text,
    one_line,
    stars_text,
)
from bridge_app.ui.panels.file_tools import FileTools
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.state_pills import Stars
from bridge_app.ui.theme import Theme

SOON_DAYS = 30
TONES = {
    RightsState.OPEN: Tone.POSITIVE,
    RightsState.NOT_YET: Tone.WARNING,
    RightsState.ENDED: Tone.NEGATIVE,
    RightsState.UNREADABLE: Tone.WARNING,
}


class DetailsPanel(SeeingScroll):
    """Fields that hold something; the others take no room."""

    def __init__(self, theme: Theme, icons: Icons, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._trouble = Banner(theme, icons)
        self._rights = Banner(theme, icons)
        self._fields: dict[str, QLabel] = {}
        self._rows: dict[str, QWidget] = {}
        self._keywords = QWidget()
        self._stars = Stars(theme, icons)
        self._path = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle, is_name=True)
        self._public_id = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle, is_name=True)
        self._file_line, self._file_stack = QHBoxLayout(), QVBoxLayout()
        self._cards = QVBoxLayout()
        self._build()

    def show_asset(self, asset: Asset, path: str) -> None:
        """Tell about this asset; `path` is where its file lies."""
        if asset.error:
            self._trouble.say(Tone.NEGATIVE, one_line(asset.error), icon="file-warning")
        else:
            self._trouble.hush()
        self._show_rights(asset.rights)
        pages, copy = asset.pages or 0, asset.cloud
        texts = {
            "title": asset.title,
            "caption": asset.caption,
            "creator": asset.creator,
            "credit": asset.credit,
            "copyright": asset.copyright,
            "usage": asset.usage_terms,
            "taken": moment_text(asset.taken_at) if asset.taken_at else "",
            "modified": moment_text(asset.modified_at),
            "type": f"{kind_text(asset.kind)}, {format_text(asset)}, {bytes_text(asset.bytes)}",
            "colours": self._colours_text(asset),
            "pages": self.tr("%Ln page(s)", "", pages) if pages > 1 else "",
            "delivery": _delivery_words(copy) if copy else "",
        }
        for name, text in texts.items():
            self._fields[name].setText(text)
            self._rows[name].setVisible(bool(text.strip()))
        self._public_id.setText(one_line(copy.public_id) if copy else "")
        self._rows["public_id"].setVisible(copy is not None)
        self._show_keywords(asset.keywords)
        self._rows["rating"].setVisible(bool(asset.rating))
        self._stars.show_rating(asset.rating or 0, stars_text(asset.rating or 0))
        self._path.setText(one_line(path))
        self._path.setAccessibleDescription(one_line(path))
        self.verticalScrollBar().setValue(0)

    def _colours_text(self, asset: Asset) -> str:
        """The space as people call it, and the profile, which alone says whose RGB it is."""
        space, profile = asset.colour_space or "", asset.icc_profile
        grey = self.tr("Greyscale")
        names = {
            "srgb": "RGB" if profile else "sRGB",
            "rgb16": "RGB",
            "cmyk": "CMYK",
            "lab": "Lab",
            "b-w": grey,
            "grey16": grey,
        }
        return " · ".join(filter(None, (names.get(space, space), profile)))

    def add_card(self, card: QWidget) -> None:
        """Show a part of its own below the rights."""
        self._cards.addWidget(card)

    def add_file_tools(self, tools: FileTools) -> None:
        """Have the file handed over from here."""
        self._file_line.addWidget(tools)
        self._file_stack.addWidget(tools.note)

    def _build(self) -> None:
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details"))
        inside = QWidget()
        self.setWidget(inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._trouble)
        layout.addWidget(self._rights)
        layout.addLayout(self._cards)
        self._stack_fields(layout)
        layout.addWidget(self._built_file())
        layout.addStretch(1)

    def _stack_fields(self, layout: QVBoxLayout) -> None:
        titles = {
            "title": self.tr("Title"),
            "caption": self.tr("Caption"),
            "keywords": self.tr("Keywords"),
            "creator": self.tr("Creator"),
            "credit": self.tr("Credit"),
            "copyright": self.tr("Copyright"),
            "usage": self.tr("Usage terms"),
            "rating": self.tr("Rating"),
            "taken": self.tr("Taken"),
            "modified": self.tr("Modified"),
            "type": self.tr("Type"),
            "colours": self.tr("Colours"),
            "pages": self.tr("Pages"),
            "public_id": self.tr("Public ID"),
            "delivery": self.tr("Delivery"),
        }
        FlowLayout(self._keywords, spacing_px=5)
        own = {
            "keywords": self._keywords,
            "rating": self._stars,
            "public_id": self._public_id,
        }
        for name, title in titles.items():
            value = own.get(name) or self._label(name)
            row = QWidget()
            stack = QVBoxLayout(row)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(3)
            heading = QLabel(title)
            heading.setAlignment(leading())
            heading.setProperty("tone", "heading")
            heading.setBuddy(value)
            stack.addWidget(heading)
            stack.addWidget(value)
            self._rows[name] = row
            layout.addWidget(row)

    def _label(self, name: str) -> QLabel:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setAlignment(leading())
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fields[name] = label
        return label

    def _built_file(self) -> QWidget:
        row = QWidget()
        stack, line = self._file_stack, self._file_line
        row.setLayout(stack)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(3)
        heading = QLabel(self.tr("File"))
        heading.setAlignment(leading())
        heading.setProperty("tone", "heading")
        heading.setBuddy(self._path)
        line.setSpacing(2)
        line.addWidget(self._path, 1)
        stack.addWidget(heading)
        stack.addLayout(line)
        return row

    def _show_rights(self, rights: RightsWindow) -> None:
        state = rights.state(self._now())
        if state is RightsState.OPEN and rights == RightsWindow():
            self._rights.say(
                Tone.INFO, self.tr("No limits of time are stated."), icon=RIGHTS_ICONS[state]
            )
            return
        tone = TONES[state]
        if state is RightsState.OPEN and rights.ends and self._days_left(rights.ends) < SOON_DAYS:
            tone = Tone.WARNING
        self._rights.say(tone, self._rights_sentence(rights, state), icon=RIGHTS_ICONS[state])

    def _rights_sentence(self, rights: RightsWindow, state: RightsState) -> str:
        """The rights window in plain words; days are whole days in local time."""
        starts = date_text(rights.starts.astimezone().date()) if rights.starts else ""
        ends = date_text(_last_day(rights.ends)) if rights.ends else ""
        if state is RightsState.UNREADABLE:
            return self.tr(
                "The dates of the rights cannot be read: “{dates}”. It is held back until "
                "somebody mends them in the file."
            ).format(dates=one_line(rights.unreadable or ""))
        if state is RightsState.ENDED and rights.ends:
            days = -self._days_left(rights.ends)
            ago = self.tr("%Ln day(s) ago", "", days) if days else self.tr("today")
            return self.tr("The rights ended on {ends}, {ago}.").format(ends=ends, ago=ago)
        if state is RightsState.NOT_YET and rights.starts:
            days = self._days(rights.starts)
            left = self.tr("in %Ln day(s)", "", days) if days else self.tr("today")
            return self.tr("The rights begin on {starts}, {left}.").format(starts=starts, left=left)
        if rights.ends:
            left = self.tr("%Ln day(s) left", "", self._days_left(rights.ends))
            return self.tr("May be used until {ends}, {left}.").format(ends=ends, left=left)
        return self.tr("May be used since {starts}, without an end.").format(starts=starts)

    def _days(self, moment: datetime) -> int:
        """Whole days from now until a moment; negative when it has passed."""
        return (moment.astimezone().date() - self._now().astimezone().date()).days

    def _days_left(self, ends: datetime) -> int:
        """Whole days from today until the last one in a window."""
        return (_last_day(ends) - self._now().astimezone().date()).days

    def _show_keywords(self, keywords: tuple[str, ...]) -> None:
        layout = self._keywords.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for keyword in keywords:
            chip = QLabel(one_line(keyword), textFormat=Qt.TextFormat.PlainText)
            chip.setProperty("badge", "neutral")
            if layout is not None:
                layout.addWidget(chip)
        self._keywords.setAccessibleName(", ".join(one_line(keyword) for keyword in keywords))
        self._rows["keywords"].setVisible(bool(keywords))


def _delivery_words(copy: CloudCopy) -> str:
    """What kind of asset it is at Cloudinary and in which version, in Cloudinary's own words."""
    return f"{copy.resource_type}/{copy.delivery_type} · v{copy.version}"


def _last_day(ends: datetime) -> date:
    """The last day that lies in a window whose end is exclusive, in local time."""
    return (ends - timedelta(seconds=1)).astimezone().date()
