"""Which originals lie on this machine is known before a drag begins, and no drag looks it up."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_library
from bridge_app.ui.asker import Asker
from bridge_app.ui.fetched_files import FetchedFiles
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.work.opened_originals import OpenedOriginals
from tests.desk import Desk
from tests.ui.stock import asset, listing
from tests.ui.stock import put as stocked


class Watched(OpenedOriginals):
    """Says which thread has looked at the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.looked: list[threading.Thread] = []

    def there(self, asset: Asset) -> Path | None:
        """See OpenedOriginals."""
        self.looked.append(threading.current_thread())
        return super().there(asset)


@pytest.fixture
def opened(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "opened")


@pytest.fixture
def fetched(opened: Watched, reader: Asker) -> FetchedFiles:
    return FetchedFiles(opened, reader)


def master(number: int) -> Asset:
    return asset(number, library=shelter_library("nordlys"))


def put(opened: OpenedOriginals, one: Asset) -> Path:
    place = opened.folder_for(one) / one.name
    place.write_bytes(b"x" * one.bytes)
    return place


def test_what_is_chosen_is_looked_for_off_the_thread_of_the_window(
    qtbot: QtBot, opened: Watched, fetched: FetchedFiles
) -> None:
    place = put(opened, master(1))
    with qtbot.waitSignal(fetched.known):
        fetched.look([master(1), master(2), asset(3)])
    assert fetched.place(master(1)) == place
    assert (fetched.place(master(2)), fetched.place(asset(3))) == (None, None)
    assert len(opened.looked) == 2
    assert threading.main_thread() not in opened.looked


def test_only_what_is_chosen_now_is_known(
    qtbot: QtBot, opened: Watched, fetched: FetchedFiles
) -> None:
    for number in (1, 2):
        put(opened, master(number))
    with qtbot.waitSignal(fetched.known):
        fetched.look([master(1)])
        fetched.look([master(2)])
    assert fetched.place(master(1)) is None
    assert fetched.place(master(2)) is not None
    fetched.look([])
    assert fetched.place(master(2)) is None


def test_what_is_chosen_in_a_list_is_known_by_the_time_it_is_dragged(
    qtbot: QtBot, opened: Watched, fetched: FetchedFiles, shelf: Desk, reader: Asker
) -> None:
    places = [put(opened, master(number)) for number in range(2)]
    stocked(shelf, map(master, range(3)))
    rows = listing(reader)
    selection = AssetSelection(rows, reader)
    fetched.follow(selection)
    with qtbot.waitSignal(rows.counted):
        rows.search(Query())
    with qtbot.waitSignal(fetched.known):
        selection.choose_all()
    assert [fetched.place(master(number)) for number in range(3)] == [*places, None]
