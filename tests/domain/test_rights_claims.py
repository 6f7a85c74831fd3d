"""Rights claims: what they refuse, and that file and claim together allow only what both do."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.countries import COUNTRIES
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.gate import Use, verdict
from bridge_app.domain.rights import (
    EmptyRightsWindowError,
    Restrictions,
    RightsState,
    RightsWindow,
)
from bridge_app.domain.rights_block import CHANNELS, TERRITORIES
from bridge_app.domain.rights_claims import (
    MOST_LETTERS,
    ClaimDocument,
    ClaimTooLongError,
    DocumentKind,
    NothingLeftError,
    RightsClaim,
    UnknownChannelError,
    UnknownTerritoryError,
    UnreadableClaimError,
    channels_from,
    joined,
    leaves_nothing,
    stricter,
    territories_from,
)
from bridge_app.domain.rights_claims_json import ClaimDocumentError, claim_from, claim_json
from bridge_app.domain.territories import REGIONS, covers

NOON = datetime(2027, 3, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = RightsWindow()
FREE = Restrictions()
PLACES = st.frozensets(st.sampled_from(sorted(TERRITORIES)), max_size=4)
WAYS = st.frozensets(st.sampled_from(sorted(CHANNELS)), max_size=4)
MARKETS = st.sampled_from([*sorted(COUNTRIES), *REGIONS, "de-AT"])
RELEASES = st.sampled_from([None, True, False])
MOMENTS = st.integers(-5, 5).map(lambda hours: NOON + hours * HOUR)


@st.composite
def windows(draw: st.DrawFn) -> RightsWindow:
    starts, ends = draw(st.none() | MOMENTS), draw(st.none() | MOMENTS)
    if starts and ends and ends <= starts:
        starts, ends = ends, starts + HOUR
    return RightsWindow(starts=starts, ends=ends)


@st.composite
def claims(draw: st.DrawFn) -> RightsClaim:
    granted, excluded = draw(PLACES), draw(PLACES)
    ways, without = draw(WAYS), draw(WAYS)
    try:
        return RightsClaim(
            licence=draw(st.text(max_size=8)),
            window=draw(windows()),
            territories=granted,
            excluded_territories=excluded,
            channels=ways,
            excluded_channels=without,
            model_released=draw(RELEASES),
            property_released=draw(RELEASES),
            documents=draw(
                st.just(()) | st.just((ClaimDocument(sha256="a" * 64, name="a.pdf", bytes=3),))
            ),
        )
    except NothingLeftError:
        return RightsClaim()


def limits() -> st.SearchStrategy[Restrictions]:
    return st.builds(
        Restrictions,
        territories=PLACES,
        channels=WAYS,
        model_released=RELEASES,
        property_released=RELEASES,
        archived=st.booleans(),
        max_px=st.none() | st.integers(1, 9),
    )


def asset(window: RightsWindow, restrictions: Restrictions) -> Asset:
    return Asset(
        id=AssetId("a"),
        library=LibraryId("l"),
        path="a.jpg",
        name="a.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpg",
        bytes=1,
        modified_at="",
        approval=Approval.APPROVED,
        rights=window,
        restrictions=restrictions,
    )


@given(windows(), limits(), claims(), MARKETS, st.sampled_from(sorted(CHANNELS)), MOMENTS)
def test_the_gate_never_opens_wider_than_file_and_claim_each_allow(
    window: RightsWindow,
    said: Restrictions,
    claim: RightsClaim,
    market: str,
    channel: str,
    at: datetime,
) -> None:
    both = asset(*joined(window, said, claim))
    for use in (
        Use(),
        Use(market=market),
        Use(channel=channel),
        Use(market=market, channel=channel),
    ):
        if verdict(both, at=at, use=use).allows:
            assert verdict(asset(window, said), at=at, use=use).allows
            assert verdict(asset(claim.window, claim.limits()), at=at, use=use).allows


@given(limits(), limits())
def test_the_stricter_of_two_limits_does_not_depend_on_their_order(
    one: Restrictions, other: Restrictions
) -> None:
    there, back = stricter(one, other), stricter(other, one)
    assert there.channels == back.channels
    assert (there.model_released, there.archived) == (back.model_released, back.archived)
    for market in sorted(COUNTRIES)[::17]:
        assert covers(there.territories, market) == covers(back.territories, market)


@given(windows(), limits())
def test_a_claim_of_nothing_leaves_what_the_file_says(
    window: RightsWindow, said: Restrictions
) -> None:
    assert joined(window, said, RightsClaim()) == (window, said)


def test_windows_that_do_not_meet_are_shut() -> None:
    early = RightsWindow(ends=NOON)
    late = RightsClaim(window=RightsWindow(starts=NOON + HOUR))
    window, _ = joined(early, FREE, late)
    assert window.state(NOON) is RightsState.UNREADABLE


def test_territories_without_a_country_in_common_let_nothing_out_at_all() -> None:
    _, left = joined(
        OPEN,
        Restrictions(territories=frozenset({"NO"})),
        RightsClaim(territories=frozenset({"SE"})),
    )
    for use in (Use(), Use(market="NO"), Use(market="SE")):
        assert not verdict(asset(OPEN, left), at=NOON, use=use).allows


def test_a_claim_that_misses_what_a_file_allows_leaves_nothing() -> None:
    file = RightsWindow(ends=datetime(2027, 1, 1, tzinfo=UTC))
    later = RightsClaim(window=RightsWindow(starts=datetime(2027, 1, 1, tzinfo=UTC)))
    sooner = RightsClaim(window=RightsWindow(starts=datetime(2026, 12, 31, tzinfo=UTC)))
    assert leaves_nothing(file, Restrictions(), later)
    assert not leaves_nothing(file, Restrictions(), sooner)
    norway = Restrictions(territories=frozenset({"NO"}), channels=frozenset({"web"}))
    assert leaves_nothing(RightsWindow(), norway, RightsClaim(territories=frozenset({"US"})))
    assert leaves_nothing(RightsWindow(), norway, RightsClaim(channels=frozenset({"print"})))
    assert not leaves_nothing(RightsWindow(), norway, RightsClaim(territories=frozenset({"NO"})))
    # A file that allows nothing by itself is not the claim's doing.
    assert not leaves_nothing(RightsWindow(unreadable="?"), Restrictions(), later)


def test_channels_without_one_in_common_let_nothing_out_at_all() -> None:
    _, left = joined(
        OPEN, Restrictions(channels=frozenset({"web"})), RightsClaim(channels=frozenset({"print"}))
    )
    for use in (Use(), Use(channel="web"), Use(channel="print")):
        assert not verdict(asset(OPEN, left), at=NOON, use=use).allows


def test_what_is_excluded_is_taken_from_what_is_granted() -> None:
    claim = RightsClaim(
        territories=frozenset({"EMEA"}),
        excluded_territories=frozenset({"DE"}),
        excluded_channels=frozenset({"print"}),
    )
    said = claim.limits()
    assert covers(said.territories, "FR")
    assert not covers(said.territories, "DE")
    assert not covers(said.territories, "EMEA")
    assert said.channels == CHANNELS - {"print"}


def test_an_exclusion_alone_is_taken_from_the_whole_world() -> None:
    said = RightsClaim(excluded_territories=frozenset({"US"})).limits()
    assert covers(said.territories, "JP")
    assert not covers(said.territories, "US")


def test_a_claim_that_excludes_all_that_it_grants_is_refused() -> None:
    with pytest.raises(NothingLeftError):
        RightsClaim(territories=frozenset({"NO"}), excluded_territories=frozenset({"EMEA"}))
    with pytest.raises(NothingLeftError):
        RightsClaim(excluded_channels=CHANNELS)


def test_without_one_country_north_america_is_not_let_in_by_namibia() -> None:
    said = RightsClaim(excluded_territories=frozenset({"CA"})).limits()
    assert "NA" not in said.territories
    _, left = joined(
        OPEN,
        Restrictions(territories=frozenset({"EMEA", "JP"})),
        RightsClaim(territories=frozenset({"EMEA", "BR"})),
    )
    assert covers(left.territories, "FR")
    for market in ("NA", "US", "JP", "BR"):
        assert not covers(left.territories, market)


@pytest.mark.parametrize("word", ["Norway", "XX", "N0", "🇳🇴", "NO\x00", "EU"])
def test_an_unknown_territory_is_named_and_refused(word: str) -> None:
    with pytest.raises(UnknownTerritoryError, match="is no territory"):
        territories_from([word])


def test_an_unknown_channel_is_named_and_refused() -> None:
    with pytest.raises(UnknownChannelError, match="tv is no channel"):
        channels_from(["web", "tv"])


def test_words_are_taken_in_any_case() -> None:
    assert territories_from([" no", "emea", ""]) == {"NO", "EMEA"}
    assert channels_from(["Web"]) == {"web"}


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(EmptyRightsWindowError, match="before they begin"):
        RightsWindow(starts=NOON, ends=NOON)


def test_a_window_that_cannot_be_read_is_no_claim() -> None:
    with pytest.raises(UnreadableClaimError):
        RightsClaim(window=RightsWindow(unreadable="soon"))


def test_endless_texts_are_refused() -> None:
    with pytest.raises(ClaimTooLongError, match="The usage terms"):
        RightsClaim(usage_terms="x" * (MOST_LETTERS + 1))
    with pytest.raises(ClaimTooLongError, match="documents"):
        RightsClaim(
            documents=tuple(ClaimDocument(sha256=f"{n:064x}", name="a", bytes=1) for n in range(51))
        )


@given(claims())
def test_a_claim_comes_back_from_json_as_it_was(claim: RightsClaim) -> None:
    assert claim_from(claim_json(claim)) == claim


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"licence": 3},
        {"territories": "NO"},
        {"territories": [1]},
        {"starts": "soon"},
        {"starts": "2027-01-01T00:00:00"},
        {"model_released": "yes"},
        {"documents": [{}]},
        {"documents": [{"sha256": "..", "name": "a", "bytes": 1}]},
        {"documents": [{"sha256": "a" * 64, "name": "a", "bytes": True}]},
        {"documents": [{"sha256": "a" * 64, "name": "a", "bytes": 1, "kind": "visa"}]},
        {"later": "field"},
    ],
)
def test_json_that_describes_no_claim_is_refused_with_its_place(told: object) -> None:
    with pytest.raises(ClaimDocumentError):
        claim_from(told)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_no_json_breaks_the_reading(told: object) -> None:
    with suppress(BridgeError):
        assert isinstance(claim_from(told), RightsClaim)


def test_documents_keep_their_kind() -> None:
    one = ClaimDocument(sha256="b" * 64, name="r.pdf", bytes=9, kind=DocumentKind.MODEL)
    assert claim_from(claim_json(RightsClaim(documents=(one,)))).documents == (one,)
