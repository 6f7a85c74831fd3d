"""Every state of an asset is drawn, in both schemes and directions, and can be told apart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, CloudCopy, Kind
from bridge_app.domain.query import Query
from bridge_app.domain.rights import RightsWindow
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.asset_cell import AssetCell
from bridge_app.ui.delegates.asset_row import AssetRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.asset_list import AssetList, Column
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import DARK, LIGHT, Scheme, Theme
from tests.desk import Desk
from tests.ui.stock import NOW, asset, listing, now, put, put_thumb

CELL = QSize(206, 200)
State = QStyle.StateFlag
PLAIN = asset(1, rating=None)
STATES = {
    "plain": PLAIN,
    "in review": replace(PLAIN, approval=Approval.IN_REVIEW),
    "approved": replace(PLAIN, approval=Approval.APPROVED),
    "changes": replace(PLAIN, approval=Approval.CHANGES_REQUESTED),
    "rejected": replace(PLAIN, approval=Approval.REJECTED),
    "lapsed": replace(PLAIN, lapsed=True),
    "rights ended": replace(PLAIN, rights=RightsWindow(ends=NOW - timedelta(days=1))),
    "rights to come": replace(PLAIN, rights=RightsWindow(starts=NOW + timedelta(days=1))),
    "rights unclear": replace(PLAIN, rights=RightsWindow(unreadable="soon")),
    "rated": replace(PLAIN, rating=4),
    "video": replace(PLAIN, kind=Kind.VIDEO, duration_s=84.2),
    "sound": replace(PLAIN, kind=Kind.AUDIO, width=None, height=None, display_width=None),
    "unreadable": replace(PLAIN, error="The data ends too early.", sha256=None),
    "pushed": replace(
        PLAIN,
        cloud=CloudCopy(
            environment="studio",
            public_id="p",
            resource_type="image",
            delivery_type="upload",
            version=1,
            asset_id="a",
            format="jpg",
            etag="e",
            sha256=PLAIN.sha256 or "",
            bytes=1,
            url="https://example.com/p.jpg",
        ),
    ),
    "long name": replace(PLAIN, name="a name that goes on and on and will not end.jpg"),
    "right to left name": replace(PLAIN, name="برج الميناء.jpg"),
    "undecodable name": replace(PLAIN, name="caf\udce9.jpg"),
}


class Shown(AssetList):
    """One asset, given by hand."""

    def show(self, entry: Asset | None) -> None:
        self.beginResetModel()
        self._total = 1
        self._pages.clear()
        if entry is not None:
            self._pages[0] = [entry]
        self.endResetModel()


@pytest.fixture
def model(reader: Asker) -> Shown:
    made = listing(reader)
    return Shown(reader, now=now, url_of=made.url_of)


@pytest.fixture
def pixels(shelf: Desk, reader: Asker) -> Pixels:
    worker = shelf.parts.worker
    return Pixels(reader, make_thumb=worker.thumbnail, make_preview=worker.preview)


def option(size: QSize, state: State, *, mirrored: bool = False) -> QStyleOptionViewItem:
    made = QStyleOptionViewItem()
    made.rect = QRect(0, 0, size.width(), size.height())
    made.state = state
    made.direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    return made


def canvas(size: QSize, dpr: float = 1.0) -> QImage:
    image = QImage(size * dpr, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(0)
    return image


def drawn(
    cell: AssetCell,
    model: Shown,
    entry: Asset | None,
    *,
    state: State = State.State_Enabled,
    mirrored: bool = False,
) -> QImage:
    model.show(entry)
    image = canvas(CELL)
    painter = QPainter(image)
    cell.set_cell(CELL)
    cell.paint(painter, option(CELL, state, mirrored=mirrored), model.index(0, 0))
    painter.end()
    return image


@pytest.fixture
def cell(theme: Theme, icons: Icons, pixels: Pixels) -> AssetCell:
    return AssetCell(theme, icons, pixels, now=now)


def test_a_name_is_read_as_it_is_written_in_either_direction(
    cell: AssetCell, model: Shown, theme: Theme, icons: Icons, pixels: Pixels
) -> None:
    row = AssetRow(theme, icons, pixels, now=now)
    looks: dict[str, list[bytes]] = {}
    for name in ("1.xmp", "\u200e1.xmp"):  # as it is, and told to go from the left
        entry = replace(PLAIN, name=name)
        card = drawn(cell, model, entry, mirrored=True)
        line = canvas(QSize(400, 52))
        painter = QPainter(line)
        row.paint(
            painter, option(QSize(400, 52), State.State_Enabled, mirrored=True), model.index(0, 0)
        )
        painter.end()
        looks[name] = [bytes(card.constBits()), bytes(line.constBits())]
    assert looks["1.xmp"] == looks["\u200e1.xmp"]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("mirrored", [False, True])
def test_no_two_states_look_alike(
    theme: Theme, cell: AssetCell, model: Shown, scheme: Scheme, mirrored: bool
) -> None:
    theme.set_scheme(scheme)
    looks = {
        name: bytes(drawn(cell, model, entry, mirrored=mirrored).constBits())
        for name, entry in STATES.items()
    }
    assert len(set(looks.values())) == len(looks)


@pytest.mark.parametrize(
    "flag", [State.State_Selected, State.State_HasFocus, State.State_MouseOver]
)
def test_chosen_focused_and_hovered_cards_can_be_told_apart(
    cell: AssetCell, model: Shown, flag: State
) -> None:
    plain = drawn(cell, model, PLAIN)
    assert drawn(cell, model, PLAIN, state=State.State_Enabled | flag) != plain


def test_a_row_that_is_not_read_yet_is_an_empty_card(cell: AssetCell, model: Shown) -> None:
    empty = drawn(cell, model, None)
    middle = empty.pixelColor(CELL.width() // 2, CELL.height() // 2)
    assert middle.rgb() == LIGHT.placeholder.rgb()


@pytest.mark.parametrize("width", [96, 140, 240, 330])
@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_all_sizes_and_densities_are_drawn(
    cell: AssetCell, model: Shown, width: int, dpr: float
) -> None:
    size = QSize(width, width)
    cell.set_cell(size)
    for entry in STATES.values():
        model.show(entry)
        image = canvas(size, dpr)
        painter = QPainter(image)
        cell.paint(painter, option(size, State.State_Enabled), model.index(0, 0))
        painter.end()
        assert image.pixelColor(image.width() // 2, round(20 * dpr)).alpha() == 255


def test_the_thumbnail_is_shown_whole_on_a_neutral_ground(
    qtbot: QtBot, shelf: Desk, cell: AssetCell, model: Shown, pixels: Pixels
) -> None:
    upright = asset(7, approval=Approval.DRAFT)
    put_thumb(shelf, upright, "#aa3311", (200, 512))
    with qtbot.waitSignal(pixels.arrived):
        drawn(cell, model, upright)
    image = drawn(cell, model, upright)
    middle = CELL.width() // 2
    assert image.pixelColor(middle, 60).name() == "#aa3311"
    assert image.pixelColor(22, 70).rgb() == LIGHT.placeholder.rgb()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_column_of_the_list_is_drawn(
    theme: Theme, icons: Icons, pixels: Pixels, model: Shown, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    row = AssetRow(theme, icons, pixels, now=now)
    row.hovered_row = 0
    size = QSize(150, 44)
    everything = replace(
        STATES["pushed"], rating=3, rights=STATES["rights ended"].rights, bytes=1_234_567
    )
    model.show(everything)
    ground = (DARK if scheme is Scheme.DARK else LIGHT).hover.rgb()
    for column in Column:
        for mirrored in (False, True):
            image = canvas(size)
            painter = QPainter(image)
            where = option(size, State.State_Enabled, mirrored=mirrored)
            row.paint(painter, where, model.index(0, column))
            painter.end()
            colours = {image.pixel(x, y) for x in range(4, size.width() - 4) for y in range(4, 40)}
            assert colours != {ground}, f"nothing in {column.name}"


def test_a_model_row_paints_what_the_catalog_says(
    qtbot: QtBot, shelf: Desk, reader: Asker, cell: AssetCell
) -> None:
    put(shelf, [asset(1)])
    model = listing(reader)
    with qtbot.waitSignal(model.counted):
        model.search(Query())
    image = canvas(CELL)
    painter = QPainter(image)
    cell.set_cell(CELL)
    cell.paint(painter, option(CELL, State.State_Enabled), model.index(0, 0))
    painter.end()
    badge = QColor(LIGHT.neutral.fill)
    assert any(
        image.pixelColor(x, y).rgb() == badge.rgb() for x in range(20, 60) for y in range(20, 40)
    )
