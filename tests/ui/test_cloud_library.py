"""A product environment in the window: a library like any other, with searches beyond it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QInputDialog, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.domain.query import Query
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.cloud_search import CloudSearchDialog
from bridge_app.ui.dialogs.fetch_originals import Fetching, FetchWish
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.models.folder_tree import FolderRole, FolderTree
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.models.listing import PAGE
from bridge_app.ui.panels.filter_bar import FilterBar
from bridge_app.ui.panels.search_bar import SearchBar
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.expression_field import ExpressionField
from bridge_app.ui.parts.saved_searches import SavedSearchesButton
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.cloud_shelf import OnlyInCloudError
from bridge_app.work.originals import Originals
from tests.clouds import ENVIRONMENT, LIBRARY, cloud_desk, fill, mirrored, stored, sync, upload
from tests.desk import Desk, picture
from tests.plain_http import plain
from tests.ui.stock import asset, listing, now, put

LOCAL = LibraryRecord(id=LibraryId("l"), name="Spring", location="/media/spring")
CLOUD = LibraryRecord(id=LIBRARY, name="Studio", location=ENVIRONMENT, kind=LibraryKind.CLOUDINARY)


@pytest.fixture
def cloud(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """An application beside an environment of 60 assets."""
    fill(tmp_path / "sandbox", [stored(number) for number in range(60)])
    with cloud_desk(tmp_path, decoder) as desk:
        yield desk


@pytest.fixture
def questions(cloud: Desk) -> Iterator[Asker]:
    made = Asker(cloud.parts.worker)
    yield made
    assert made.close()


@pytest.fixture
def search(
    qtbot: QtBot, cloud: Desk, questions: Asker, theme: Theme, icons: Icons
) -> CloudSearchDialog:
    worker = cloud.parts.worker
    pixels = Pixels(questions, make_thumb=worker.thumbnail, make_preview=worker.preview)
    account = worker.current_account()
    assert account is not None
    made = CloudSearchDialog(worker, questions, Looks(theme, icons, pixels, now), account)
    qtbot.addWidget(made)
    made.show()
    return made


def button(search: CloudSearchDialog, text: str) -> QPushButton:
    return next(one for one in search.findChildren(QPushButton) if one.text() == text)


def keys(search: CloudSearchDialog) -> list[str]:
    view = search.findChild(QListView)
    assert view is not None
    model = view.model()
    return [model.index(row, 0).data(LineRole.KEY) for row in range(model.rowCount())]


def test_environments_stand_apart_from_folders_in_the_sidebar() -> None:
    tree = FolderTree()
    tree.show([CLOUD, LOCAL], {})
    titles = [tree.index(row, 0).data() for row in range(6)]
    assert titles == ["Libraries", "All assets", "Spring", "Cloudinary", "Studio", "Collections"]
    assert tree.index_for(Query(library=LIBRARY)).data(FolderRole.ICON) == "cloud"


def test_of_everything_chosen_the_masters_are_known_beyond_the_pages_that_are_read(
    qtbot: QtBot, cloud: Desk, questions: Asker
) -> None:
    sync(cloud)
    masters = put(cloud, (asset(number) for number in range(3 * PAGE)))
    model = listing(questions)
    selection = AssetSelection(model, questions)
    with qtbot.waitSignal(model.counted):
        model.search(Query(environment=ENVIRONMENT))
    selection.choose_all()
    qtbot.waitUntil(lambda: selection.is_complete)
    assert selection.count == 60 + len(masters)
    assert set(selection.masters()) == set(masters)
    assert selection.count_masters() == len(masters)


def test_cloudinary_finds_what_is_not_mirrored_and_it_can_be_shown(
    qtbot: QtBot, cloud: Desk, search: CloudSearchDialog
) -> None:
    search.show_expression("tags=number7")
    qtbot.waitUntil(lambda: keys(search) == [str(stored_id(cloud, 7))], timeout=10_000)
    with qtbot.waitSignal(search.showWanted) as shown:
        button(search, "Show in window").click()
    assert shown.args == [[stored_id(cloud, 7)]]


def stored_id(cloud: Desk, number: int) -> object:
    page = cloud.parts.worker.cloud.search(ENVIRONMENT, f"tags=number{number}")
    return page.assets[0].id


def test_more_than_a_page_is_shown_when_asked_for(qtbot: QtBot, search: CloudSearchDialog) -> None:
    search.show_expression("tags=spring")
    qtbot.waitUntil(lambda: len(keys(search)) == 50, timeout=10_000)
    button(search, "More").click()
    qtbot.waitUntil(lambda: len(keys(search)) == 60, timeout=10_000)
    assert button(search, "More").isHidden()


def test_an_expression_that_is_wrong_is_told_in_the_dialog(
    qtbot: QtBot, search: CloudSearchDialog
) -> None:
    search.show_expression("tags=(spring")
    banner = search.findChild(Banner)
    assert banner is not None
    qtbot.waitUntil(banner.isVisible, timeout=10_000)


def entries(search: CloudSearchDialog) -> dict[str, QAction]:
    """What the button of saved searches offers now."""
    button = search.findChild(SavedSearchesButton)
    assert button is not None
    button.menu().aboutToShow.emit()
    return {action.text(): action for action in button.menu().actions()}


def test_a_search_gets_a_name_and_is_there_the_next_time(
    qtbot: QtBot, search: CloudSearchDialog, tmp_path: Path
) -> None:
    assert not entries(search)["Save this search…"].isEnabled()
    search.show_expression("tags=number7")
    entries(search)["Save this search…"].trigger()
    asking = search.findChild(QInputDialog)
    assert asking is not None
    asking.setTextValue("The seventh")
    asking.accept()
    qtbot.waitUntil(lambda: "The seventh" in entries(search), timeout=10_000)
    saved = search.findChild(SavedSearchesButton)
    assert saved is not None
    with qtbot.waitSignal(saved.told):
        saved.write_to(tmp_path / "searches.txt")
    assert (tmp_path / "searches.txt").read_text() == "The seventh\ttags=number7\n"
    search.show_expression("tags=spring")
    entries(search)["The seventh"].trigger()
    qtbot.waitUntil(lambda: len(keys(search)) == 1, timeout=10_000)
    with qtbot.waitSignal(saved.troubled):
        saved.take_from(tmp_path / "nothing.txt")


def test_a_link_shows_anybody_what_is_found(qtbot: QtBot, search: CloudSearchDialog) -> None:
    search.show_expression("tags=number7")
    saved = search.findChild(SavedSearchesButton)
    assert saved is not None
    with qtbot.waitSignal(saved.told):
        entries(search)["Copy a link, good for a day"].trigger()
    reply = plain.get(QGuiApplication.clipboard().text())
    assert reply.json()["total_count"] == 1


def test_fields_are_completed_at_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    del theme
    field = ExpressionField(dynamic=True)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field, "tags=a AND asset_f")
    assert field.offers() == ["asset_folder"]
    field.take("asset_folder")
    assert field.text() == "tags=a AND asset_folder"


def test_an_environments_own_fields_are_completed_offline_too(
    qtbot: QtBot, cloud: Desk, questions: Asker, theme: Theme, icons: Icons
) -> None:
    worker = cloud.parts.worker
    season = MetadataField(
        external_id="season",
        label="Season",
        type=FieldType.ENUM,
        entries=(Entry(external_id="sp", value="Spring"),),
    )
    worker.editing.define(ENVIRONMENT, season)
    pixels = Pixels(questions, make_thumb=worker.thumbnail, make_preview=worker.preview)
    account = worker.current_account()
    assert account is not None
    worker.set_work_offline(on=True)
    search = CloudSearchDialog(worker, questions, Looks(theme, icons, pixels, now), account)
    qtbot.addWidget(search)
    search.show()
    field = search.findChild(ExpressionField)
    assert field is not None

    def is_offered(typed: str, *offers: str) -> bool:
        field.clear()
        qtbot.keyClicks(field, typed)
        return field.offers() == list(offers)

    qtbot.waitUntil(lambda: is_offered("metadata.s", "metadata.season"), timeout=10_000)
    assert is_offered("tags=a AND metadata.season=", "sp")


def test_cloud_and_an_expression_in_the_search_field_is_for_cloudinary(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    actions = [QAction(name) for name in ("&Push…", "Grid", "List")]
    bar = SearchBar(
        theme,
        icons,
        filters=FilterBar(theme, icons, now=now),
        push=actions[0],
        views=(actions[1], actions[2]),
    )
    qtbot.addWidget(bar)
    bar.show()
    field = bar.findChild(QLineEdit)
    assert field is not None
    with qtbot.waitSignal(bar.cloudWanted) as wanted, qtbot.assertNotEmitted(bar.searched):
        qtbot.keyClicks(field, "cloud: tags=spring")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wanted.args == ["tags=spring"]


def test_what_is_in_the_cloud_alone_has_no_path_but_can_be_downloaded(
    cloud: Desk, tmp_path: Path
) -> None:
    upload(cloud, picture(tmp_path / "hero.jpg"), display_name="Hero", public_id="hero")
    sync(cloud)
    (hero,) = mirrored(cloud, text="Hero")
    with pytest.raises(OnlyInCloudError):
        cloud.parts.worker.file_path(hero)
    (other,) = mirrored(cloud, text="number7")
    worker = cloud.parts.worker
    wish = FetchWish(assets=(other, hero), folder_for=lambda _: tmp_path / "out")
    pulled = Fetching(Originals(worker.shelters, worker.pull), wish).carry_out()
    assert [one.is_new for one in pulled.arrived] == [True]
    assert pulled.failed == 1
    assert pulled.trouble is not None
    assert (tmp_path / "out" / "Hero.jpg").read_bytes() == (tmp_path / "hero.jpg").read_bytes()
