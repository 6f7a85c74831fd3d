"""What a question to the catalog finds, in which order, page by page."""

import string
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, Kind, LibraryId
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.query import Orientation, Query, Sort, fold
from bridge_app.domain.rights import RightsState, RightsWindow
from bridge_app.storage.catalog import SeenFile, asset_id, found_by
from bridge_app.storage.database import InterruptedQueryError
from bridge_app.storage.type_ahead import next_named
from tests.storage.shelf import HOME, NOW, Shelf, make

DAY = timedelta(days=1)
WORDS = (
    "Événement Straße.jpg",
    "ＨＥＲＯ_02 ver1.1.tif",  # noqa: RUF001 - full-width on purpose
    "東京の夜.png",
    'say "cheese" AND smile*.jpg',
    "NEAR(a b) OR NOT -c ^d.jpg",
    "100% {x}:y'.jpg",
    "a.b",
)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Names of every sort; only looked at."""
    made = Shelf(tmp_path_factory.mktemp("worded"))
    made.put(*(make(name) for name in WORDS))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("sought", "name"),
    [
        ("evenement", WORDS[0]),
        ("STRASSE", WORDS[0]),
        ("ße", WORDS[0]),
        ("hero", WORDS[1]),
        ("_02", WORDS[1]),
        ("ver1.1", WORDS[1]),
        ("r1.", WORDS[1]),
        ("02 ro_", WORDS[1]),
        ("京の", WORDS[2]),
        ("夜", WORDS[2]),
        ('"cheese"', WORDS[3]),
        ("mile*", WORDS[3]),
        ("NEAR(a", WORDS[4]),
        ("^d", WORDS[4]),
        ("0% {x}:y'", WORDS[5]),
        (".b", WORDS[6]),
    ],
)
def test_any_part_of_a_word_is_found_however_it_is_written(
    worded: Shelf, sought: str, name: str
) -> None:
    assert worded.names(text=sought) == [name]


def test_all_words_have_to_be_found(worded: Shelf) -> None:
    assert worded.names(text="hero tif") == [WORDS[1]]
    assert worded.names(text="hero jpg") == []


TYPED = st.one_of(
    st.text(alphabet=st.characters(), max_size=12),
    st.text(alphabet="\"'*^():{}+-. aeOR夜の", max_size=8),
    st.sampled_from(WORDS).flatmap(
        lambda name: st.builds(
            lambda start, length: name[start : start + length],
            st.integers(0, len(name)),
            st.integers(0, 7),
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(text=TYPED)
def test_any_text_finds_what_a_plain_look_at_the_folded_words_finds(
    worded: Shelf, text: str
) -> None:
    terms = Query(text=text).terms()
    expected = {n for n in WORDS if all(term in found_by(make(n)) for term in terms)}
    assert set(worded.names(text=text)) == expected


def test_a_lone_half_of_a_character_finds_nothing_and_breaks_nothing(worded: Shelf) -> None:
    assert worded.names(text="hero\udcff") == []


def test_a_null_character_finds_nothing_and_breaks_nothing(worded: Shelf) -> None:
    assert worded.names(text="hero\0x") == []


def test_title_caption_keywords_and_creator_are_searched_one_by_one(shelf: Shelf) -> None:
    shelf.put(make("x.jpg", title="Tall", caption="ship", keywords=("sea", "blau"), creator="Zoë"))
    for word in ("tall", "ship", "sea", "BLAU", "zoe"):
        assert shelf.names(text=word) == ["x.jpg"]
    assert shelf.names(text="seablau") == []
    shelf.put(make("x.jpg", title="Short"))
    assert (shelf.names(text="tall"), shelf.names(text="short")) == ([], ["x.jpg"])


VARIED = [
    make("top.jpg", bytes=1, rating=5, display_width=3, display_height=2),
    make("a/in.mp4", kind=Kind.VIDEO, display_width=2, display_height=3, rating=2),
    make("a/b/deep.pdf", kind=Kind.DOCUMENT, taken_at="2026-03-31T23:59:59", rating=0),
    make("a-b/near.jpg", rights=RightsWindow(ends=NOW), display_width=2, display_height=2),
    make("a0.jpg", rights=RightsWindow(starts=NOW + DAY)),
    make("bad.jpg", sha256=None, error="cut short", rights=RightsWindow(unreadable="soon")),
]
DECIDED = {"top.jpg": Approval.APPROVED, "in.mp4": Approval.REJECTED, "a0.jpg": Approval.DRAFT}


def state_of(asset: Asset) -> Approval:
    return DECIDED.get(asset.name, Approval.DRAFT)


FILTERS: list[tuple[dict[str, object], Callable[[Asset], bool]]] = [
    ({"library": HOME}, lambda _: True),
    ({"library": LibraryId("elsewhere")}, lambda _: False),
    ({"library": HOME, "folder": "a"}, lambda a: a.path.startswith("a/")),
    ({"library": HOME, "folder": "a/b"}, lambda a: a.path.startswith("a/b/")),
    ({"kinds": frozenset({Kind.VIDEO, Kind.DOCUMENT})}, lambda a: a.kind is not Kind.IMAGE),
    (
        {"approvals": frozenset({Approval.APPROVED})},
        lambda a: state_of(a) is Approval.APPROVED,
    ),
    (
        {"approvals": frozenset({Approval.DRAFT, Approval.REJECTED})},
        lambda a: state_of(a) in {Approval.DRAFT, Approval.REJECTED},
    ),
    ({"rights": frozenset({RightsState.OPEN})}, lambda a: a.rights.holds(NOW)),
    (
        {"rights": frozenset({RightsState.ENDED, RightsState.UNREADABLE})},
        lambda a: a.name in {"near.jpg", "bad.jpg"},
    ),
    (
        {"orientations": frozenset({Orientation.SQUARE, Orientation.PORTRAIT})},
        lambda a: a.name in {"in.mp4", "near.jpg"},
    ),
    ({"orientations": frozenset({Orientation.LANDSCAPE})}, lambda a: a.name == "top.jpg"),
    ({"min_rating": 2}, lambda a: (a.rating or 0) >= 2),
    ({"taken_from": "2026-04-01"}, lambda a: a.name != "deep.pdf"),
    ({"taken_until": "2026-03-31"}, lambda a: a.name == "deep.pdf"),
    ({"taken_from": "2026-03-31", "taken_until": "2026-03-31"}, lambda a: a.name == "deep.pdf"),
    ({"pushed": True, "environment": "studio"}, lambda a: a.name == "top.jpg"),
    ({"pushed": False, "environment": "studio"}, lambda a: a.name != "top.jpg"),
    ({"pushed": True, "environment": "other"}, lambda _: False),
    ({"unreadable": True}, lambda a: a.name == "bad.jpg"),
    ({"text": "jpg"}, lambda a: a.name.endswith("jpg")),
]


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("varied"))
    made.put(*VARIED)
    for asset in VARIED:
        if asset.name in DECIDED:
            made.decide(asset, DECIDED[asset.name])
    made.deliver(VARIED[0], "studio")
    yield made
    made.close()


@pytest.mark.parametrize("number", range(len(FILTERS)))
def test_each_filter_keeps_exactly_what_it_says(varied: Shelf, number: int) -> None:
    question, keeps = FILTERS[number]
    assert set(varied.names(**question)) == {a.name for a in VARIED if keeps(a)}


def test_filters_together_keep_what_each_of_them_keeps(varied: Shelf) -> None:
    for first, keeps in FILTERS:
        for second, keeps_too in FILTERS:
            if first.keys() & second.keys():
                continue
            both = {a.name for a in VARIED if keeps(a) and keeps_too(a)}
            assert set(varied.names(**first, **second)) == both, (first, second)


@given(
    starts=st.none() | st.timedeltas(-DAY, DAY),
    length=st.none() | st.timedeltas(timedelta(microseconds=1), DAY),
    at=st.timedeltas(-DAY, DAY),
)
@settings(max_examples=60, deadline=None)
def test_the_rights_filter_agrees_with_the_gate_at_every_moment(
    varied: Shelf, starts: timedelta | None, length: timedelta | None, at: timedelta
) -> None:
    opens = None if starts is None else NOW + starts
    ends = None if length is None else (opens or NOW) + length
    window = RightsWindow(starts=opens, ends=ends)
    other = LibraryId("moments")
    varied.put(make("moment.jpg", id=asset_id(other, "moment.jpg"), library=other, rights=window))
    moment = NOW + at
    found = {
        state
        for state in RightsState
        if varied.reader.count(Query(library=other, rights=frozenset({state})), now=moment)
    }
    varied.catalog.remove_library(other)
    assert found == {window.state(moment)}


def test_the_copy_of_the_environment_asked_for_is_shown(varied: Shelf) -> None:
    def copy(environment: str | None) -> str | None:
        query = Query(text="top", environment=environment)
        (asset,) = varied.reader.page(query, offset=0, limit=1, now=NOW)
        return asset.cloud.public_id if asset.cloud else None

    assert (copy("studio"), copy("other"), copy(None)) == ("top.jpg", None, None)


def test_numbers_in_names_sort_by_value(shelf: Shelf) -> None:
    shelf.put(*(make(name) for name in ("img10.jpg", "IMG9.jpg", "img010b.jpg", "Été.jpg")))
    assert shelf.names() == ["Été.jpg", "IMG9.jpg", "img10.jpg", "img010b.jpg"]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_cover_everything_once_in_one_order_even_where_all_are_equal(
    shelf: Shelf, sort: Sort, descending: bool
) -> None:
    letters = string.ascii_lowercase[:11]
    shelf.put(*(make(f"{c}/same.jpg", rating=(i % 3) or None) for i, c in enumerate(letters)))
    query = Query(sort=sort, descending=descending)
    pages = [
        asset.id
        for offset in range(0, 20, 3)
        for asset in shelf.reader.page(query, offset=offset, limit=3, now=NOW)
    ]
    assert len(pages) == len(set(pages)) == shelf.reader.count(query, now=NOW) == len(letters)
    assert pages == shelf.reader.ids(query, now=NOW)
    turned = replace(query, descending=not descending)
    assert shelf.reader.ids(turned, now=NOW) == pages[::-1]


@pytest.mark.parametrize(
    ("sort", "fact"),
    [
        (Sort.BYTES, lambda a: a.bytes),
        (Sort.RATING, lambda a: a.rating or 0),
        (Sort.TAKEN, lambda a: (a.taken_at or a.modified_at)[:10]),
        (Sort.MODIFIED, lambda a: a.modified_at),
        (Sort.KIND, lambda a: a.kind.value),
        (Sort.NAME, lambda a: fold(a.name)),
    ],
)
def test_a_sort_follows_its_fact(
    varied: Shelf, sort: Sort, fact: Callable[[Asset], str | int]
) -> None:
    found = varied.reader.page(Query(sort=sort), offset=0, limit=99, now=NOW)
    keys: list[str | int] = [fact(asset) for asset in found]
    assert all(str(a) <= str(b) for a, b in pairwise(keys))


def test_a_question_can_be_stopped_from_another_thread(shelf: Shelf) -> None:
    shelf.put(*(make(f"{n}.jpg", caption="la " * 50) for n in range(400)))
    text = " ".join(f"l{c}" for c in "a" * 20)
    stop = threading.Event()

    def interrupt() -> None:
        while not stop.is_set():
            shelf.reader.interrupt()

    other = threading.Thread(target=interrupt)
    other.start()

    def ask_until_stopped() -> None:
        for _ in range(1000):
            shelf.reader.count(Query(text=text), now=NOW)

    with pytest.raises(InterruptedQueryError):
        ask_until_stopped()
    stop.set()
    other.join()
    assert shelf.reader.count(Query(text="0.jpg"), now=NOW) == 40


def test_new_bytes_of_an_approved_asset_are_a_lapsed_draft(shelf: Shelf) -> None:
    hero = make("hero.jpg")
    shelf.put(hero)
    shelf.decide(hero, Approval.APPROVED)
    changed = replace(hero, sha256="new bytes")
    shelf.put(changed)
    (found,) = shelf.reader.assets([hero.id])
    assert (found.approval, found.lapsed) == (Approval.DRAFT, True)
    standing = shelf.reader.standing(hero.id)
    assert standing is not None
    assert (standing.approval, standing.lapsed) == (Approval.DRAFT, True)
    assert standing.sha256 == "new bytes"
    shelf.decide(changed, Approval.REJECTED)
    (found,) = shelf.reader.assets([hero.id])
    assert (found.approval, found.lapsed) == (Approval.REJECTED, False)
    shelf.put(hero)
    (found,) = shelf.reader.assets([hero.id])
    assert (found.approval, found.lapsed) == (Approval.APPROVED, False)


def test_alternative_texts_and_languages_count_as_filled_in(shelf: Shelf) -> None:
    hero = make("hero.jpg", title="Hero", caption=" ")
    record: dict[str, FieldValue] = {"alt_text[pt-BR]": "Ondas", "title": "Hero", "city": "Rio"}
    shelf.catalog.put([SeenFile(asset=hero, modified_ns=1, file_key="", record=record)])
    (found,) = shelf.reader.assets([hero.id])
    standing = shelf.reader.standing(hero.id)
    assert standing is not None
    assert found.filled == standing.filled == {"title", "alt_text[pt-br]"}


def test_an_approval_belongs_to_the_content_wherever_it_lies(shelf: Shelf) -> None:
    hero, twin = make("hero.jpg"), make("twin.jpg", sha256="sha of hero.jpg")
    shelf.put(hero, twin)
    shelf.decide(hero, Approval.APPROVED)
    assert shelf.names(approvals=frozenset({Approval.APPROVED})) == ["hero.jpg", "twin.jpg"]


def test_folders_count_what_lies_in_and_below_them(varied: Shelf) -> None:
    counts = {folder.path: folder.assets for folder in varied.reader.folders(HOME)}
    assert counts == {"": 6, "a": 2, "a/b": 1, "a-b": 1}


def test_keywords_count_whole_and_a_folder_however_deep(shelf: Shelf) -> None:
    fog = make("a/01 Hero/x/fog.jpg", keywords=("Old Town", "sea"))
    sea = make("a/01 Heroes/sea.jpg", keywords=("old towns", "sea", "Ö"))
    shelf.put(fog, sea)

    assert shelf.names(keywords=frozenset({"old town"})) == ["fog.jpg"]
    assert shelf.names(keywords=frozenset({"SEA", "Ö"})) == ["sea.jpg"]
    assert shelf.names(keywords=frozenset({"sea"}), text="fog") == ["fog.jpg"]
    assert shelf.names(inside="01 hero") == ["fog.jpg"]
    assert shelf.names(inside="01 Hero/x") == ["fog.jpg"]
    assert shelf.names(inside="%") == []


def test_rights_that_end_soon_are_found_and_those_that_ended_are_not(shelf: Shelf) -> None:
    ends = {"gone.jpg": -1, "soon.jpg": 6, "later.jpg": 40}
    for name, days in ends.items():
        shelf.put(make(name, rights=RightsWindow(ends=NOW + days * DAY)))
    shelf.put(make("open.jpg"))
    assert shelf.names(ends_within_days=7) == ["soon.jpg"]


def test_the_next_name_that_begins_like_this_is_found_in_the_order_of_the_listing(
    shelf: Shelf,
) -> None:
    names = ("ember.jpg", "Éclair.jpg", "img_2.jpg", "img_12.jpg", "7up.jpg", "zoo.jpg")
    shelf.put(*(make(name) for name in names))

    def found(typed: str, after: str = "", **question: object) -> str | None:
        last = asset_id(HOME, after) if after else None
        query = Query(**question)  # type: ignore[arg-type]
        asset = next_named(shelf.reader, typed, query, after=last, now=NOW)
        return next((name for name in names if asset_id(HOME, name) == asset), None)

    assert found("e") == "Éclair.jpg"
    assert found("e", "Éclair.jpg") == "ember.jpg"
    assert found("e", "ember.jpg") == "Éclair.jpg"
    assert found("e", descending=True) == "ember.jpg"
    assert found("img_1") == "img_12.jpg"
    assert found("img_", "img_2.jpg") == "img_2.jpg"
    assert found("7") == "7up.jpg"
    assert found("z", text="img") is None
    assert found("q") is None
