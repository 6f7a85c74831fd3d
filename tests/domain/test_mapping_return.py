"""What was changed at a copy comes back to its master, and takes nothing away from it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.field_mapping import from_cloudinary, to_cloudinary
from bridge_app.domain.mapping_return import (
    NotForTheBlockError,
    can_return,
    record_changes,
    said_otherwise,
)
from bridge_app.domain.mapping_sources import Values, values_of
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.rights_block import UnreadableRightsBlockError
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_reading import read

TABLE = default_mapping()
ASSET = ShelterAsset(
    account="brand",
    media_id="I0000abc",
    kind=Kind.IMAGE,
    file_name="a.jpg",
    bytes=1,
    iptc={
        "title": "Dawn",
        "keywords": ("red, white", "Campaign: Spring", "approval:approved"),
        "instructions": "No crop. [[rights regions=NO,SE ai=no]]",
    },
)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def sent(asset: ShelterAsset) -> Values:
    """What a copy says right after a push."""
    return from_cloudinary(to_cloudinary(values_of(asset, read(asset, ())), TABLE), TABLE)


def written(asset: ShelterAsset, otherwise: Values) -> ShelterAsset:
    """The record after the changes."""
    changes = record_changes(asset, read(asset, ()), otherwise)
    iptc: dict[str, IptcValue] = {**asset.iptc}
    iptc.update({name: value or "" for name, value in changes.items()})
    return replace(asset, iptc=iptc)


def test_a_copy_that_nobody_changed_says_nothing_else() -> None:
    sources = [row.source for row in TABLE.rows]
    assert said_otherwise(sent(ASSET), sent(ASSET), sources) == {}
    assert record_changes(ASSET, read(ASSET, ()), {}) == {}


def test_what_a_copy_does_not_say_was_perhaps_never_sent() -> None:
    assert said_otherwise(sent(ASSET), {}, ["title", "keywords", "regions"]) == {}


def test_texts_and_territories_are_replaced_and_keywords_added() -> None:
    there: Values = {
        "title": "Dusk",
        "keywords": ("new", "red white"),
        "keyword:campaign": ("Late", "Spring"),
        "regions": ("DE",),
    }
    otherwise = said_otherwise(sent(ASSET), there, there)
    after = written(ASSET, otherwise)
    assert after.iptc == {
        "title": "Dusk",
        "keywords": (
            *("red, white", "Campaign: Spring", "approval:approved"),
            *("campaign:Late", "new"),
        ),
        "instructions": "No crop. [[rights regions=DE ai=no]]",
    }


@given(
    st.dictionaries(st.sampled_from(["title", "headline", "caption", "credit"]), WORDS),
    st.dictionaries(
        st.sampled_from(["keywords", "keyword:campaign", "keyword:sku"]),
        st.sets(WORDS, min_size=1, max_size=4).map(lambda words: tuple(sorted(words))),
    ),
)
def test_afterwards_the_master_says_it_too_and_nothing_is_lost(
    texts: dict[str, str], words: dict[str, tuple[str, ...]]
) -> None:
    there: Values = {**sent(ASSET), **texts, **words}
    otherwise = said_otherwise(sent(ASSET), there, filter(can_return, there))
    after = written(ASSET, otherwise)
    assert said_otherwise(sent(after), there, filter(can_return, there)) == {}
    assert set(ASSET.iptc["keywords"]) <= set(after.iptc["keywords"])
    assert read(after, ()).restrictions == read(ASSET, ()).restrictions


def test_a_territory_that_does_not_exist_is_not_written() -> None:
    with pytest.raises(NotForTheBlockError):
        record_changes(ASSET, read(ASSET, ()), {"regions": ("Atlantis",)})


def test_a_block_that_nobody_can_read_is_left_alone() -> None:
    broken = replace(ASSET, iptc={"instructions": "[[rights expires=never]]"})
    with pytest.raises(UnreadableRightsBlockError):
        record_changes(broken, read(broken, ()), {"regions": ("NO",)})


def test_decisions_and_ratings_do_not_come_back_this_way() -> None:
    assert not can_return("approval")
    assert not can_return("rating")
    assert can_return("keyword:campaign")
