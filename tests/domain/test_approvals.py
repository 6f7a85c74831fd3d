"""The record of decisions cannot be rewritten unnoticed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import (
    NO_PREVIOUS,
    Approval,
    Decision,
    broken_link,
    chain_digest,
)

words = st.text(max_size=20)


def chain(comments: list[str]) -> list[Decision]:
    made: list[Decision] = []
    previous = NO_PREVIOUS
    for comment in comments:
        bare = Decision(
            asset="a",
            sha256="s",
            name="n",
            approval=Approval.APPROVED,
            comment=comment,
            who="w",
            at="2026-11-21",
            previous=previous,
            digest="",
        )
        made.append(replace(bare, digest=chain_digest(bare)))
        previous = made[-1].digest
    return made


@given(st.lists(words, max_size=6))
def test_an_untouched_record_holds_together(comments: list[str]) -> None:
    assert broken_link(chain(comments)) is None


@given(st.lists(words, min_size=1, max_size=6), st.data(), words)
def test_a_changed_entry_is_found(comments: list[str], data: st.DataObject, comment: str) -> None:
    record = chain(comments)
    place = data.draw(st.integers(0, len(record) - 1))
    if comment != record[place].comment:
        record[place] = replace(record[place], comment=comment)
        assert broken_link(record) == place


@given(st.lists(words, min_size=2, max_size=6, unique=True), st.data())
def test_a_removed_entry_is_found(comments: list[str], data: st.DataObject) -> None:
    record = chain(comments)
    place = data.draw(st.integers(0, len(record) - 2))
    del record[place]
    assert broken_link(record) == place


def test_text_cannot_move_from_one_field_into_the_next() -> None:
    entry = chain(["ab"])[0]
    shifted = replace(entry, comment="a", who="b" + entry.who)
    assert chain_digest(shifted) != chain_digest(entry)
