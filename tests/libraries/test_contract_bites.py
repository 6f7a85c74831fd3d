"""Somebody else's library passes the contract, and whatever is wrong with one is found."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.errors import OfflineError
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.libraries.remote import (
    Digests,
    MediaPage,
    MediaWindow,
    NotOfferedError,
    RemoteLibrary,
)
from bridge_app.testing import RemoteAdapter, RemoteContract, RemoteSubject
from tests.libraries.pinboard import Board, Pinboard


def subject_of(kind: type[Pinboard]) -> RemoteSubject:
    board = Board()
    library: RemoteLibrary = kind(board, "board")
    return RemoteSubject(adapter=RemoteAdapter(library), hands=board, account="board")


class TestSomebodyElsesLibrary(RemoteContract):
    @pytest.fixture
    def subject(self) -> RemoteSubject:
        return subject_of(Pinboard)


class ListsTwice(Pinboard):
    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        told = super().media_page(window, page)
        return replace(told, assets=told.assets * 2)


class IsEmptyWhenAway(Pinboard):
    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        try:
            return super().media_page(window, page)
        except OfflineError:
            return MediaPage(assets=(), total=0, has_more=False)


class IsGoneWhenAway(Pinboard):
    def media(self, media_id: str) -> ShelterAsset | None:
        try:
            return super().media(media_id)
        except OfflineError:
            return None


class NeverEnds(Pinboard):
    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        return replace(super().media_page(window, page), has_more=True)


EVERYTHING: dict[str, Any] = {"galleries": (), "modified_from": "", "modified_until": ""}


class ForgetsWindows(Pinboard):
    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        return super().media_page(replace(window, **EVERYTHING), page)


class RemembersTheDead(Pinboard):
    def media(self, media_id: str) -> ShelterAsset | None:
        known = self.__dict__.setdefault("known", {})
        known[media_id] = super().media(media_id) or known.get(media_id)
        return known[media_id]  # type: ignore[no-any-return]

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        told = super().media_page(window, page)
        self.__dict__.setdefault("known", {}).update({one.media_id: one for one in told.assets})
        return told


class KeepsHalves(Pinboard):
    def download(
        self,
        media_id: str,
        into: Path,
        *,
        expected: int,
        on_bytes: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Digests:
        into.write_bytes(b"half")
        return super().download(
            media_id, into, expected=expected, on_bytes=on_bytes, cancelled=cancelled
        )


class GivesHugePictures(Pinboard):
    def picture(self, media_id: str, edge_px: int) -> bytes:
        return super().picture(media_id, edge_px * 10)


class SaysItWroteButDidNot(Pinboard):
    def add_keywords(self, *_: object, **__: object) -> None:
        """As if."""

    def remove_keywords(self, *_: object, **__: object) -> None:
        """As if."""


class NamesAnotherAccount(Pinboard):
    def media(self, media_id: str) -> ShelterAsset | None:
        told = super().media(media_id)
        return told and replace(told, account="other")


class AnswersWhenClosed(Pinboard):
    def close(self) -> None:
        """It goes on."""


ONE_BY_ONE = "test_every_master_is_listed_once_with_its_name_place_and_size"
AWAY = "test_a_library_that_cannot_be_reached_says_so_and_is_never_empty"
FAULTS = [
    (ListsTwice, ONE_BY_ONE),
    (IsEmptyWhenAway, "test_out_of_reach_no_question_is_answered"),
    (IsGoneWhenAway, AWAY),
    (NeverEnds, ONE_BY_ONE),
    (ForgetsWindows, "test_a_window_holds_what_lies_in_its_galleries"),
    (ForgetsWindows, "test_a_window_of_time_holds_what_was_changed_within_it"),
    (RemembersTheDead, "test_a_master_that_was_removed_is_certainly_not_there"),
    (KeepsHalves, "test_a_download_appears_whole_or_not_at_all"),
    (GivesHugePictures, "test_a_picture_is_a_jpeg_that_fits"),
    (SaysItWroteButDidNot, "test_keywords_are_added_once_and_removed"),
    (NamesAnotherAccount, "test_every_master_is_told_as_one_of_the_account"),
    (AnswersWhenClosed, "test_a_closed_library_answers_nothing_more"),
]


@pytest.mark.parametrize(("kind", "rule"), FAULTS)
def test_what_is_wrong_with_a_library_is_found(
    kind: type[Pinboard], rule: str, tmp_path: Path
) -> None:
    needs_folder = rule == "test_a_download_appears_whole_or_not_at_all"
    given = (tmp_path,) if needs_folder else ()
    with pytest.raises(AssertionError):
        getattr(RemoteContract(), rule)(subject_of(kind), *given)


def writing(library: RemoteLibrary) -> Iterator[Callable[[], object]]:
    yield lambda: library.write_iptc("pin-1", {"title": "x"}, base_modified="")
    yield lambda: library.add_keywords("pin-1", ("x",))
    yield lambda: library.remove_keywords("pin-1", ("x",))
    yield lambda: library.write_custom("pin-1", {"x": "y"})
    yield lambda: library.upload("box-1", "x.jpg", b"", replace=True, key="x")
    yield lambda: library.links("pin-1")
    yield lambda: library.put_links("pin-1", (), instead_of=frozenset())
    yield lambda: library.create_gallery("x", ())
    yield lambda: library.create_collection("x", None)
    yield lambda: library.move("box-1", None)


def test_a_library_that_is_only_read_says_so_of_whatever_would_write() -> None:
    library: RemoteLibrary = Pinboard(Board(), "board")
    for act in writing(library):
        with pytest.raises(NotOfferedError, match="Pinboard does not offer this"):
            act()
    assert library.custom_fields() == ()
