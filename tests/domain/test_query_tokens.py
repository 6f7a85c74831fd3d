"""Filters that are typed as words."""

from datetime import date

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind, LibraryId
from bridge_app.domain.query import Orientation, Query
from bridge_app.domain.query_tokens import (
    OFFERED,
    Key,
    as_typed,
    completions,
    read_query,
    tokens_in,
    unfinished,
)
from bridge_app.domain.rights import RightsState

TODAY = date(2026, 5, 20)


def read(text: str, base: Query | None = None) -> Query:
    reading = read_query(text, base or Query(), today=TODAY)
    assert reading.wrong == ()
    return reading.query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("type:image", Query(kinds=frozenset({Kind.IMAGE}))),
        ("TYPE:Image,video", Query(kinds=frozenset({Kind.IMAGE, Kind.VIDEO}))),
        ("approval:in-review", Query(approvals=frozenset({Approval.IN_REVIEW}))),
        ("rights:not-yet", Query(rights=frozenset({RightsState.NOT_YET}))),
        ("shape:portrait", Query(orientations=frozenset({Orientation.PORTRAIT}))),
        ("rating:>=3", Query(min_rating=3)),
        ("rating:4", Query(min_rating=4)),
        ("rating:>3", Query(min_rating=4)),
        ("rating:3+", Query(min_rating=3)),
        ("pushed:no", Query(pushed=False)),
        ("readable:no", Query(unreadable=True)),
        ('keyword:"old town"', Query(keywords=frozenset({"old town"}))),
        ("keyword:fog keyword:sea", Query(keywords=frozenset({"fog", "sea"}))),
        ('in:"01 Hero"', Query(inside="01 Hero")),
        ("expires:<30d", Query(ends_within_days=30)),
        ("taken:2026-02", Query(taken_from="2026-02-01", taken_until="2026-02-28")),
        ("taken:2025..2026-01-15", Query(taken_from="2025-01-01", taken_until="2026-01-15")),
        ("taken:<7d", Query(taken_from="2026-05-13", taken_until="2026-05-20")),
        ("fog type:image sea", Query(text="fog sea", kinds=frozenset({Kind.IMAGE}))),
        ("https://x.example/a:b note:this", Query(text="https://x.example/a:b note:this")),
    ],
)
def test_a_token_becomes_a_filter_and_the_words_stay(text: str, query: Query) -> None:
    assert read(text) == query


def test_what_is_filtered_already_stays_and_the_newest_word_about_it_holds() -> None:
    base = Query(library=LibraryId("here"), min_rating=2, kinds=frozenset({Kind.VIDEO}))
    assert read("type:image", base) == Query(
        library=LibraryId("here"), min_rating=2, kinds=frozenset({Kind.IMAGE})
    )


@pytest.mark.parametrize(
    "text",
    [
        "type:hologram",
        "type:image,hologram",
        "rating:>5",
        "rating:many",
        "taken:2026-13",
        "taken:2026..2025",
        "taken:soon",
        "expires:0d",
        "pushed:perhaps",
        "in:/",
        "keyword:",
    ],
)
def test_what_means_nothing_is_told_with_its_place_and_stays(text: str) -> None:
    reading = read_query(f"fog {text} sea", Query(), today=TODAY)
    assert [(one.start, one.end) for one in reading.wrong] == [(4, 4 + len(text))]
    assert reading.query == Query(text=f"fog {text} sea")


def test_a_token_that_is_being_typed_is_not_finished() -> None:
    token = unfinished("fog type:im")
    assert token is not None
    assert (token.key, token.value) == (Key.TYPE, "im")
    assert unfinished("fog type:image ") is None
    assert unfinished("fog") is None
    assert [one.value for one in tokens_in('keyword:"old to')] == ["old to"]


def test_keys_and_values_are_completed() -> None:
    assert completions("fog ty") == ["fog type:"]
    assert completions("ra") == ["rating:"]
    assert completions("f") == []
    assert completions("fog type:i") == ["fog type:image "]
    assert completions("type:") == [f"type:{value} " for value in OFFERED[Key.TYPE]]
    assert completions("type:image") == []


def test_every_value_that_is_offered_means_something() -> None:
    for key, values in OFFERED.items():
        for value in values:
            assert read(f"{key.value}:{value}") != Query() or (key, value) == (Key.READABLE, "yes")


def test_a_shell_may_have_taken_the_quotes_away() -> None:
    assert as_typed("keyword:old town") == 'keyword:"old town"'
    assert as_typed('keyword:"old town"') == 'keyword:"old town"'
    assert as_typed("old town") == "old town"


@pytest.mark.parametrize("whole", ["in:coast type:image", "type:image coast", "in:a b rating:>=3"])
def test_several_filters_that_a_shell_has_kept_together_stay_several(whole: str) -> None:
    assert as_typed(whole) == whole
