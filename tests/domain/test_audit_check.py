"""The audit trail: whatever is done to it, the check finds it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import NO_PREVIOUS
from bridge_app.domain.audit import (
    AuditEntry,
    AuditKind,
    Head,
    head_from,
    head_text,
    link_digest,
    record_texts,
)
from bridge_app.domain.audit_check import Damage, Heads, TrailCheck, TrailReading, TrailRow

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
WORDS = st.sampled_from(["", "Kim", "hero.jpg", '=é"{', "\ud800", "a\0b"])
KINDS = st.sampled_from([kind for kind in AuditKind if kind is not AuditKind.OTHER])


def entries() -> st.SearchStrategy[AuditEntry]:
    return st.builds(
        AuditEntry,
        at=st.just(NOW.isoformat()),
        kind=KINDS,
        who=WORDS,
        asset=WORDS,
        name=WORDS,
        detail=st.dictionaries(WORDS, st.one_of(WORDS, st.booleans()), max_size=2),
    )


def trail(told: list[AuditEntry]) -> list[TrailRow]:
    rows: list[TrailRow] = []
    previous = NO_PREVIOUS
    for seq, entry in enumerate(told, 1):
        texts = record_texts(entry)
        digest = link_digest(seq, texts, previous)
        rows.append(TrailRow(seq=seq, texts=texts, previous=previous, digest=digest))
        previous = digest
    return rows


def head(rows: list[TrailRow]) -> Head:
    return Head(count=len(rows), digest=str(rows[-1].digest)) if rows else Head()


def check(rows: list[TrailRow], *, kept: Head, file: Head | None = None) -> TrailCheck:
    reading = TrailReading(heads=Heads(table=kept, file=file or kept, file_expected=True))
    for row in rows:
        reading.take(row)
    return reading.check(())


SOME = st.lists(entries(), min_size=1, max_size=5)


@given(SOME)
def test_a_trail_that_nobody_touched_is_sound(told: list[AuditEntry]) -> None:
    rows = trail(told)
    found = check(rows, kept=head(rows))
    assert found.is_sound
    assert found.head == head(rows)


@given(SOME, st.data())
def test_an_altered_entry_is_found(told: list[AuditEntry], data: st.DataObject) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, 8))
    other: object = data.draw(st.one_of(WORDS, st.binary(max_size=4), st.none(), st.integers()))
    texts = list(rows[place].texts)
    if texts[column] == other:
        other = f"{other}?"
    texts[column] = other
    changed = [*rows]
    changed[place] = replace(rows[place], texts=tuple(texts))
    found = check(changed, kept=head(rows))
    assert (Damage.ALTERED, place + 1) in [(one.damage, one.first) for one in found.findings]


@given(SOME, st.data())
def test_an_entry_altered_with_a_new_digest_breaks_the_chain_or_the_head(
    told: list[AuditEntry], data: st.DataObject
) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    forged = replace(told[place], who=told[place].who + "!")
    texts = record_texts(forged)
    digest = link_digest(place + 1, texts, str(rows[place].previous))
    changed = [*rows]
    changed[place] = replace(rows[place], texts=texts, digest=digest)
    assert not check(changed, kept=head(rows)).is_sound


@given(SOME, st.data())
def test_all_of_it_rewritten_is_found_by_the_heads(
    told: list[AuditEntry], data: st.DataObject
) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    forged = [*told]
    forged[place] = replace(told[place], who=told[place].who + "!")
    found = check(trail(forged), kept=head(rows))
    assert {one.damage for one in found.findings} == {Damage.HEAD_DIFFERS, Damage.FILE_DIFFERS}
    # Whoever rewrites the ledger's own head as well does not change the file, or a printed head.
    half = check(trail(forged), kept=head(trail(forged)), file=head(rows))
    assert [one.damage for one in half.findings] == [Damage.FILE_DIFFERS]


@given(st.lists(entries(), min_size=2, max_size=5), st.data())
def test_a_dropped_entry_is_found(told: list[AuditEntry], data: st.DataObject) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows) - 2))
    found = check([*rows[:place], *rows[place + 1 :]], kept=head(rows))
    assert [(one.damage, one.first, one.last) for one in found.findings] == [
        (Damage.MISSING, place + 1, place + 1)
    ]


@given(st.lists(entries(), min_size=2, max_size=5), st.data())
def test_a_dropped_entry_is_found_though_the_rest_is_numbered_anew(
    told: list[AuditEntry], data: st.DataObject
) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows) - 2))
    rest = [*rows[:place], *rows[place + 1 :]]
    again = [replace(row, seq=number) for number, row in enumerate(rest, 1)]
    assert not check(again, kept=head(rows)).is_sound


@given(SOME, st.data())
def test_a_cut_off_end_is_found_by_either_head(told: list[AuditEntry], data: st.DataObject) -> None:
    rows = trail(told)
    left = data.draw(st.integers(0, len(rows) - 1))
    short = rows[:left]
    for table, file in ((head(rows), head(short)), (head(short), head(rows))):
        found = check(short, kept=table, file=file)
        assert [(one.damage, one.first, one.last) for one in found.findings] == [
            (Damage.CUT_OFF, left + 1, len(rows))
        ]


@given(st.lists(entries(), min_size=2, max_size=5), st.data())
def test_another_order_is_found(told: list[AuditEntry], data: st.DataObject) -> None:
    rows = trail(told)
    order = data.draw(st.permutations(range(len(rows))))
    moved = [replace(rows[old], seq=new) for new, old in enumerate(order, 1)]
    assert check(moved, kept=head(rows)).is_sound == (list(order) == sorted(order))


@given(SOME, st.data())
def test_an_entry_that_was_put_in_is_found(told: list[AuditEntry], data: st.DataObject) -> None:
    rows = trail(told)
    place = data.draw(st.integers(0, len(rows)))
    more = trail([*told[:place], AuditEntry(at="", kind=AuditKind.DECISION), *told[place:]])
    assert not check(more, kept=head(rows)).is_sound


def test_a_lost_head_is_found() -> None:
    rows = trail([AuditEntry(at=NOW.isoformat(), kind=AuditKind.PUSH)])
    for heads, damage in (
        (Heads(table=None), Damage.HEAD_LOST),
        (Heads(table=head(rows), file_expected=True), Damage.FILE_LOST),
        (Heads(table=Head(count=0, digest=NO_PREVIOUS)), Damage.HEAD_DIFFERS),
    ):
        reading = TrailReading(heads=heads)
        reading.take(rows[0])
        (found,) = reading.check(()).findings
        assert found.damage is damage
        assert found.sentence()


def test_a_head_that_was_kept_on_paper_is_compared() -> None:
    rows = trail([AuditEntry(at="", kind=AuditKind.PUSH, who=name) for name in "abc"])
    written = head_from(head_text(head(rows[:2])))
    forged = trail([AuditEntry(at="", kind=AuditKind.PUSH, who=name) for name in "xbc"])
    for told, sound in ((rows, True), (forged, False)):
        reading = TrailReading(heads=Heads(table=head(told), elsewhere=written))
        for row in told:
            reading.take(row)
        assert reading.check(()).is_sound is sound


@pytest.mark.parametrize("text", ["", "3", "x:" + "0" * 64, "3:abc", ":" + "0" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no head"):
        head_from(text)


def test_a_decision_without_its_entry_and_an_entry_without_its_decision_are_found() -> None:
    (row,) = trail([AuditEntry(at="", kind=AuditKind.DECISION)])
    reading = TrailReading(heads=Heads(table=head([row])))
    reading.take(row, decision="told")
    found = reading.check({"untold"})
    assert {one.damage for one in found.findings} == {
        Damage.DECISION_LOST,
        Damage.DECISION_UNTOLD,
    }


def test_damage_that_was_taken_note_of_is_known_and_the_rest_is_new() -> None:
    rows = trail([AuditEntry(at="", kind=AuditKind.PUSH, who=name) for name in "abcd"])
    rows[0] = replace(rows[0], texts=("altered", *rows[0].texts[1:]))
    reading = TrailReading(heads=Heads(table=head(rows)))
    reading.take(rows[0])
    reading.take(rows[1])
    reading.take(rows[3], accepted=["altered:1-1:"])
    found = reading.check(())
    assert [one.damage for one in found.known] == [Damage.ALTERED]
    assert [one.damage for one in found.findings] == [Damage.MISSING]


def test_a_forged_note_makes_nothing_known() -> None:
    rows = trail([AuditEntry(at="", kind=AuditKind.PUSH, who=name) for name in "ab"])
    rows[0] = replace(rows[0], texts=("altered", *rows[0].texts[1:]))
    forged = replace(rows[1], texts=("", "acceptance", *rows[1].texts[2:]))
    reading = TrailReading(heads=Heads(table=head(rows)))
    reading.take(rows[0])
    reading.take(forged, accepted=["altered:1-1:", "altered:2-2:"])
    assert len(reading.check(()).findings) == 2


def test_a_clock_that_was_set_back_is_told_and_is_no_damage() -> None:
    times = [NOW, NOW + timedelta(seconds=2), NOW - timedelta(seconds=30), NOW - timedelta(hours=3)]
    told = [AuditEntry(at=at.isoformat(), kind=AuditKind.PUSH) for at in times]
    rows = trail([*told, AuditEntry(at="no time", kind=AuditKind.PUSH)])
    found = check(rows, kept=head(rows))
    assert found.is_sound
    assert found.set_back == (4,)


@given(st.text(), st.text())
def test_parts_cannot_be_shifted_between_fields(one: str, other: str) -> None:
    whole = record_texts(AuditEntry(at="", kind=AuditKind.PUSH, who=one, asset=other))
    moved = record_texts(AuditEntry(at="", kind=AuditKind.PUSH, who=one + other))
    assert (link_digest(1, whole, "") == link_digest(1, moved, "")) == (whole == moved)
