"""What an asset of a service means to us, hostile ones included."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.rights import RightsState, RightsWindow, narrowest
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_reading import MOST_LETTERS, ReadingWarning, read

NOW = datetime(2027, 1, 15, tzinfo=UTC)
ASSET = ShelterAsset(
    account="brand", media_id="I0000abc.def_1234", kind=Kind.IMAGE, file_name="a.jpg", bytes=1
)
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


def of(iptc: Mapping[str, IptcValue], *, licence: str = "") -> ShelterAsset:
    return replace(ASSET, iptc=iptc, license_expires_at=licence)


def test_the_iptc_record_is_read() -> None:
    found = read(
        of(
            {
                "title": " Dawn ",
                "headline": "Trail runner",
                "caption": "At first light.",
                "keywords": ("running", "dawn", "running"),
                "author": "Ana Example",
                "credit": "Example Studio",
                "copyright": "© 2026 Example Brand",
                "rights": "Web only",
                "date_taken": "2026-09-14T04:51:22Z",
            }
        ),
        (),
    )
    assert (found.title, found.headline, found.caption) == (
        "Dawn",
        "Trail runner",
        "At first light.",
    )
    assert found.keywords == ("running", "dawn")
    assert (found.creator, found.credit, found.usage_terms) == (
        "Ana Example",
        "Example Studio",
        "Web only",
    )
    assert found.taken_at == "2026-09-14T04:51:22+00:00"
    assert found.warnings == ()


def test_the_earliest_end_and_the_latest_start_hold() -> None:
    block = "[[rights embargo=2026-12-01T09:00Z starts=2026-11-01 expires=2027-03-31]]"
    found = read(of({"instructions": block}, licence="2027-02-01"), ())
    assert found.rights == RightsWindow(
        starts=datetime(2026, 12, 1, 9, tzinfo=UTC), ends=datetime(2027, 2, 2, tzinfo=UTC)
    )
    later = read(of({"instructions": block}, licence="2028-01-01T00:00:00Z"), ())
    assert later.rights.ends == datetime(2027, 4, 1, tzinfo=UTC)


def test_a_block_that_cannot_be_read_holds_the_asset_back() -> None:
    found = read(of({"instructions": "[[rights expires=never]]"}, licence="2028-01-01"), ())
    assert found.rights.state(NOW) is RightsState.UNREADABLE
    assert found.block is None


def test_a_licence_date_that_cannot_be_read_holds_the_asset_back() -> None:
    assert read(of({}, licence="next spring"), ()).rights.state(NOW) is RightsState.UNREADABLE


def test_rights_that_end_before_they_begin_hold_the_asset_back() -> None:
    block = "[[rights starts=2027-06-01 expires=2027-09-01]]"
    for licence in ("2027-05-01", "2027-05-31"):
        found = read(of({"instructions": block}, licence=licence), ())
        assert found.rights.state(NOW) is RightsState.UNREADABLE
    inside = "[[rights starts=2027-06-01 expires=2027-05-01]]"
    assert read(of({"instructions": inside}), ()).rights.state(NOW) is RightsState.UNREADABLE


def test_restrictions_come_from_block_releases_and_archive() -> None:
    given_asset = replace(
        of({"instructions": "[[rights regions=EMEA,US channels=web max_px=1200 ai=no]]"}),
        model_released=False,
        custom={"Approval Status": "archived"},
    )
    found = read(given_asset, ())
    assert found.restrictions.territories == {"EMEA", "US"}
    assert found.restrictions.channels == {"web"}
    assert found.restrictions.model_released is False
    assert found.restrictions.property_released is None
    assert found.restrictions.archived
    assert set(found.warnings) == {ReadingWarning.SIZE_LIMIT, ReadingWarning.NO_AI}


def test_a_person_is_told_where_sources_disagree_or_say_nothing_known() -> None:
    odd = replace(
        of({"keywords": ("approval:approved",)}), custom={"approval_status": "Legal has it"}
    )
    assert set(read(odd, ()).warnings) == {
        ReadingWarning.SOURCES_DISAGREE,
        ReadingWarning.UNKNOWN_STATE,
    }


def test_endless_and_unstorable_texts_are_made_harmless() -> None:
    found = read(of({"caption": "x" * 10_000_000, "title": "a\0b\ud800", "rights": ("a", "b")}), ())
    assert len(found.caption) == MOST_LETTERS
    assert found.title == "ab?"
    assert found.usage_terms == "a, b"
    assert ReadingWarning.TEXT_CUT in found.warnings


@given(
    st.dictionaries(
        st.sampled_from(["title", "instructions", "keywords", "date_taken", "caption"]),
        st.text(max_size=30) | st.tuples(st.text(max_size=9), st.text(max_size=9)),
    ),
    st.text(max_size=12),
    st.none() | st.integers(),
)
def test_no_record_makes_it_fail(
    iptc: dict[str, str | tuple[str, str]], licence: str, rating: int | None
) -> None:
    found = read(replace(of(iptc, licence=licence), rating=rating), (("", "_Approved"), ()))
    assert found.rating is None or -1 <= found.rating <= 5
    for text in (found.title, found.caption, *found.keywords, found.rights.unreadable or ""):
        text.encode()


@given(st.lists(st.tuples(MOMENTS, MOMENTS), max_size=4), st.datetimes(timezones=st.just(UTC)))
def test_the_narrowest_window_opens_only_where_all_do(
    ends: list[tuple[datetime | None, datetime | None]], at: datetime
) -> None:
    windows = [
        RightsWindow(starts=start, ends=end)
        for start, end in ends
        if start is None or end is None or start < end
    ]
    assert narrowest(*windows).holds(at) <= all(one.holds(at) for one in windows)
    if all(one.holds(at) for one in windows):
        assert narrowest(*windows).holds(at)
