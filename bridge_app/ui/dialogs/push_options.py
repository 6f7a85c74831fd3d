"""The choices of a push that most pushes leave as they are: names, access, context, renditions."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.eager import eager_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.localised import EVERYWHERE
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import (
    Access,
    DeliveryType,
    IdFrom,
    Moderated,
    OnConflict,
    ShownAs,
)
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.presets.market_table import MarketTable
from bridge_app.ui.theme import Theme

COLUMNS = 3


class PushOptions(QWidget):
    """Six choices and three fields; `edited` tells that a person changed one of them."""

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(16)
        self._layout.setVerticalSpacing(6)
        self._placed = 0
        self._on_conflict = self._choice(
            self.tr("If &delivered before"),
            [
                (OnConflict.NEW_VERSION, self.tr("Replace the earlier one")),
                (OnConflict.KEEP_BOTH, self.tr("Keep both")),
                (OnConflict.SKIP, self.tr("Leave the earlier one")),
            ],
        )
        self._id_from = self._choice(
            self.tr("Public &ID"),
            [
                (IdFrom.FILE_NAME, self.tr("File name")),
                (IdFrom.UNIQUE_FILE_NAME, self.tr("File name, always unique")),
                (IdFrom.RANDOM, self.tr("Random")),
            ],
        )
        self._shown_as = self._choice(
            self.tr("Display &name"),
            [
                (ShownAs.PUBLIC_ID, self.tr("As in the public ID")),
                (ShownAs.FILE_NAME, self.tr("File name")),
                (ShownAs.TITLE, self.tr("Title")),
            ],
        )
        self._access = self._choice(
            self.tr("&Access"),
            [
                (Access.PUBLIC, self.tr("Everybody")),
                (Access.WHILE_LICENSED, self.tr("Everybody, while the rights hold")),
                (Access.TOKEN, self.tr("With a token only")),
            ],
        )
        self._delivery_type = self._choice(
            self.tr("Delivery t&ype"),
            [
                (DeliveryType.UPLOAD, self.tr("Public")),
                (DeliveryType.PRIVATE, self.tr("Private original")),
                (DeliveryType.AUTHENTICATED, self.tr("Authenticated")),
            ],
        )
        self._moderated = self._choice(
            self.tr("M&oderation"),
            [
                (Moderated.NO, self.tr("None")),
                (Moderated.MANUAL, self.tr("By a person, in Cloudinary")),
            ],
        )
        self._context = QLineEdit()
        self._context.setPlaceholderText(self.tr("campaign=spring, season=2027"))
        self._context.setToolTip(self.tr("Pairs of name and value, separated by commas"))
        self._context.textEdited.connect(self.edited)
        self._place(self.tr("&Context"), self._context)
        self._presets = PresetLibrary()
        self._eager = RecentField(theme, icons)
        self._eager.setPlaceholderText(self.tr("None"))
        self._eager.setToolTip(
            self.tr("Presets or sets, separated by commas; Cloudinary makes them at once")
        )
        self._eager.textEdited.connect(self.edited)
        self._eager.picked.connect(self.edited)
        self._place(self.tr("&Renditions"), self._eager)
        self._markets: MarketTable | None = None

    def offer_markets(self, asker: Asker) -> MarketTable:
        """Offer a table of markets that renditions are filled from."""
        self._markets = MarketTable(asker, self._theme, self._icons, self._wished)
        self._markets.changed.connect(self.edited)
        self._place(self.tr("Markets and &languages"), self._markets)
        return self._markets

    def _wished(self) -> list[RenditionPreset]:
        """The presets whose renditions are asked for, as far as there are such."""
        found: list[RenditionPreset] = []
        for one in names(self._eager.text()):
            with suppress(NotFoundError):
                found += self._presets.of_set(one)
        return found

    def offer_renditions(self, library: PresetLibrary) -> None:
        """Offer sets and presets; what is typed stays."""
        self._presets = library
        self._eager.offer([*library.sets, *library.presets])
        if self._eager.text():
            self.edited.emit()

    def set_folder_mode(self, mode: FolderMode | None) -> None:
        """Where folders are fixed there are no display names."""
        fixed = mode is FolderMode.FIXED
        self._shown_as.setEnabled(not fixed)
        self._shown_as.setToolTip(
            self.tr("This product environment has fixed folders: it shows the public ID")
            if fixed
            else ""
        )

    def applied(self, target: PushTarget) -> PushTarget:
        """The target with these choices. Raises InvalidInputError for words that are none."""
        return replace(
            target,
            on_conflict=OnConflict(self._on_conflict.currentData()),
            id_from=IdFrom(self._id_from.currentData()),
            shown_as=ShownAs(self._shown_as.currentData()),
            access=Access(self._access.currentData()),
            delivery_type=DeliveryType(self._delivery_type.currentData()),
            moderated=Moderated(self._moderated.currentData()),
            context=pairs(self._context.text()),
            eager=eager_of(
                self._presets,
                names(self._eager.text()),
                self._markets.table if self._markets else EVERYWHERE,
            ),
        )

    def _choice(self, label: str, choices: Sequence[tuple[StrEnum, str]]) -> QComboBox:
        box = QComboBox()
        # Three columns of one width, whatever the longest choice of each is.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for value, text in choices:
            box.addItem(text, value.value)
        box.activated.connect(self.edited)
        self._place(label, box)
        return box

    def _place(self, label: str, field: QWidget) -> None:
        heading = QLabel(label)
        heading.setProperty("tone", "heading")
        heading.setBuddy(field)
        row, column = divmod(self._placed, COLUMNS)
        self._layout.addWidget(heading, 2 * row, column)
        self._layout.addWidget(field, 2 * row + 1, column)
        self._layout.setColumnStretch(column, 1)
        self._placed += 1


def names(text: str) -> list[str]:
    """Read `name, name`."""
    return [one.strip() for one in text.split(",") if one.strip()]


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read `name=value, name=value`. Raises InvalidInputError."""
    found: list[tuple[str, str]] = []
    for one in (part.strip() for part in text.split(",")):
        if not one:
            continue
        name, equals, value = one.partition("=")
        if not equals:
            raise InvalidInputError(
                what=one, detail=QT_TRANSLATE_NOOP("facts", "context is written as name=value")
            )
        found.append((name.strip(), value.strip()))
    return tuple(found)
