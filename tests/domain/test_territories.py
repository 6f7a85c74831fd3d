"""Which markets the territories of a licence cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.territories import REGIONS, covers

COUNTRIES = sorted(frozenset().union(*REGIONS.values()))


@pytest.mark.parametrize(
    ("territories", "market", "covered"),
    [
        ((), "NO", True),
        (("NO", "SE"), "no", True),
        (("NO",), "nb-NO", True),
        (("NO",), "nb_NO", True),
        (("NO",), "SE", False),
        (("EMEA",), "SE", True),
        (("EMEA",), "EMEA", True),
        (("EMEA",), "JP", False),
        (("WORLD",), "JP", True),
        (("NO",), "EMEA", False),
        (("CA", "US", "MX"), "NA", True),
        (("CA", "US"), "NA", False),
        (("NO",), "everywhere", False),
    ],
)
def test_a_market_is_covered_by_its_country_its_region_or_the_world(
    territories: tuple[str, ...], market: str, covered: bool
) -> None:
    assert covers(territories, market) is covered


@given(st.frozensets(st.sampled_from([*COUNTRIES, *REGIONS])), st.sampled_from(COUNTRIES))
def test_more_territories_never_cover_less(territories: frozenset[str], added: str) -> None:
    if territories and covers(territories, "SE"):
        assert covers(territories | {added}, "SE")
