"""What a rights block says, and that what cannot be read holds the asset back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bridge_app.domain.rights_block import (
    CHANNELS,
    KEYS,
    OPENING,
    TERRITORIES,
    RightsBlock,
    UnreadableRightsBlockError,
    read_block,
    with_block,
    without_block,
)

REFERENCE = (
    "No crop above waist. [[rights embargo=2026-12-01T09:00Z expires=2027-03-31 "
    "regions=NO,SE,DE channels=web,social]]"
)
VALUES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"[]'),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip())
MOMENTS = st.none() | st.integers(0, 4 * 10**15).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
OTHERS = st.dictionaries(
    st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True), VALUES, max_size=3
)


@st.composite
def blocks(draw: st.DrawFn) -> RightsBlock:
    others = {key: value for key, value in draw(OTHERS).items() if key not in KEYS}
    return RightsBlock(
        embargo=draw(MOMENTS),
        starts=draw(MOMENTS),
        expires=draw(MOMENTS),
        regions=draw(st.frozensets(st.sampled_from(sorted(TERRITORIES)), max_size=4)),
        channels=draw(st.frozensets(st.sampled_from(sorted(CHANNELS)))),
        max_px=draw(st.none() | st.integers(1, 999_999)),
        credit_required=draw(st.booleans()),
        no_ai=draw(st.booleans()),
        others=tuple(others.items()),
    )


def test_the_block_of_the_contract_is_read() -> None:
    assert read_block(REFERENCE) == RightsBlock(
        embargo=datetime(2026, 12, 1, 9, tzinfo=UTC),
        expires=datetime(2027, 4, 1, tzinfo=UTC),
        regions=frozenset({"NO", "SE", "DE"}),
        channels=frozenset({"web", "social"}),
    )
    assert without_block(REFERENCE) == "No crop above waist."


@given(blocks(), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_block_reads_back_as_it_was_written(block: RightsBlock, text: str) -> None:
    assume(not OPENING.search(text))
    written = with_block(text, block)
    assert read_block(written) == (None if block.is_empty else block)
    assert with_block(written, block) == written or block.is_empty


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_behind_an_opening_passes_for_no_block(tail: str) -> None:
    try:
        found = read_block("[[rights" + tail)
    except UnreadableRightsBlockError:
        return
    assert found is not None


@pytest.mark.parametrize(
    "bad",
    [
        "[[rights expires=2027-02-30]]",
        "[[rights expires=soon]]",
        "[[rights expires=2027-03-31",
        "[[rights expires=]]",
        "[[rights expires]]",
        "[[rights]]",
        "[[rights:expires=2027-03-31]]",
        "[[rightsexpires=2027-03-31]]",
        "[[rights expires=2027-03-31 expires=2030-01-01]]",
        "[[rights expires=9999-12-31]]",
        "[[rights expires=0001-01-01T00:00Z]]",
        "[[rights regions=UK]]",
        "[[rights regions=NO, SE]]",
        "[[rights regions=NO,,SE]]",
        "[[rights channels=tv]]",
        "[[rights max_px=0]]",
        "[[rights max_px=1e3]]",
        "[[rights ai=maybe]]",
        "[[rights credit=no]]",
        '[[rights note="open]]',
        "[[rights starts=٢٠٢٦-01-01]]",
    ],
)
def test_what_cannot_be_understood_is_refused(bad: str) -> None:
    with pytest.raises(UnreadableRightsBlockError):
        read_block(f"Some words. {bad}")


def test_the_last_block_wins_even_over_a_broken_one() -> None:
    text = "[[rights expires=never]] then [[RIGHTS  Expires=2027-03-31T12:30+02:00 ]]"
    block = read_block(text)
    assert block is not None
    assert block.expires == datetime(2027, 3, 31, 10, 30, tzinfo=UTC)


def test_a_broken_last_block_is_not_saved_by_a_good_one_before_it() -> None:
    with pytest.raises(UnreadableRightsBlockError):
        read_block("[[rights expires=2027-03-31]] [[rights expires=never]]")


def test_a_block_that_nobody_can_read_is_not_replaced() -> None:
    with pytest.raises(UnreadableRightsBlockError):
        with_block("[[rights expires=never]] keep me", RightsBlock(no_ai=True))


def test_unknown_keys_and_quoted_lists_are_kept() -> None:
    block = read_block('[[rights licence="Ref 12 a" regions="EMEA, us" credit=required ai=no]]')
    assert block is not None
    assert block.others == (("licence", "Ref 12 a"),)
    assert block.regions == {"EMEA", "US"}
    assert block.credit_required
    assert block.no_ai
    assert str(block) == ('[[rights regions=EMEA,US credit=required ai=no licence="Ref 12 a"]]')


def test_words_in_brackets_are_no_block() -> None:
    assert read_block("[all rights reserved] [[note: crop]]") is None
    assert without_block("as  it is") == "as  it is"


def test_a_key_that_could_not_be_written_cannot_be_made() -> None:
    with pytest.raises(UnreadableRightsBlockError):
        RightsBlock(others=(("expires", "2027-01-01"),))
    with pytest.raises(UnreadableRightsBlockError):
        RightsBlock(others=(("note", 'a "quote"'),))


def test_midnights_are_written_as_days() -> None:
    midnight = datetime(2027, 1, 1, tzinfo=UTC)
    block = RightsBlock(starts=midnight, expires=midnight + timedelta(days=1, seconds=1))
    assert str(block) == "[[rights starts=2027-01-01 expires=2027-01-02T00:00:01Z]]"
