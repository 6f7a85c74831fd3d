"""How edits are merged with what others said: nothing that anybody said is lost."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.edits import (
    DESCRIPTION,
    DISPLAY_NAME,
    TAGS,
    TITLE,
    Action,
    Attempt,
    Edit,
    EditState,
    FieldPath,
    Subject,
    UnusableValueError,
    checked,
    fold,
    merge,
    overlaid,
    record_of,
    same,
)
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.metadata_fields import FieldValue, normalised

words = st.text("abc", min_size=1, max_size=2)
scalars = st.one_of(st.none(), words, st.integers(-3, 3))
sets = st.lists(words, max_size=4).map(lambda found: normalised(tuple(found)))
paths = st.sampled_from([TAGS, TITLE, DISPLAY_NAME, FieldPath(Subject.METADATA, "brand")])


def edit(number: int, path: FieldPath, base: FieldValue, value: FieldValue) -> Edit:
    return Edit(
        change=f"change-{number}",
        batch="batch",
        environment="studio",
        asset=AssetId("a"),
        asset_id="0" * 32,
        name="hero.jpg",
        path=path,
        base=base,
        value=value,
        state=EditState.PENDING,
        who="somebody",
        at="2026-06-15T12:00:00+00:00",
    )


def elements(value: FieldValue) -> set[str]:
    return set(value) if isinstance(value, tuple) else set()


@given(scalars, scalars, scalars)
def test_applying_an_edit_twice_is_applying_it_once(
    base: FieldValue, here: FieldValue, there: FieldValue
) -> None:
    first = merge(base, here, there, is_set=False)
    if first.action is not Action.CONFLICT:
        again = merge(base, here, first.value, is_set=False)
        assert (again.action, same(again.value, first.value)) == (Action.NOTHING, True)


@given(sets, sets, sets)
def test_a_set_never_conflicts_and_merging_it_twice_changes_nothing(
    base: FieldValue, here: FieldValue, there: FieldValue
) -> None:
    first = merge(base, here, there, is_set=True)
    assert first.action is not Action.CONFLICT
    assert merge(base, here, first.value, is_set=True).value == first.value


@given(sets, sets, sets)
def test_what_either_side_added_to_a_set_is_there_and_what_either_removed_is_not(
    base: FieldValue, here: FieldValue, there: FieldValue
) -> None:
    before, ours, theirs = elements(base), elements(here), elements(there)
    merged = elements(merge(base, here, there, is_set=True).value)
    assert (ours - before) | (theirs - before) <= merged
    assert not merged & ((before - ours) | (before - theirs))
    assert before & ours & theirs <= merged


@given(scalars, scalars, scalars)
def test_a_value_of_somebody_else_is_never_replaced_silently(
    base: FieldValue, here: FieldValue, there: FieldValue
) -> None:
    merged = merge(base, here, there, is_set=False)
    if not same(there, base) and not same(here, there) and not same(here, base):
        assert merged.action is Action.CONFLICT
        assert (same(merged.value, here), same(merged.theirs, there)) == (True, True)
    elif merged.action is Action.WRITE:
        assert same(there, base)


@given(scalars, scalars)
def test_an_edit_that_changes_nothing_leaves_the_record_alone(
    base: FieldValue, there: FieldValue
) -> None:
    assert merge(base, base, there, is_set=False).action is Action.NOTHING


@given(st.dictionaries(paths, words), paths, words)
def test_an_edit_never_touches_an_unrelated_field(
    record: dict[FieldPath, FieldValue], path: FieldPath, value: str
) -> None:
    said: FieldValue = (value,) if path is TAGS else value
    shown = overlaid(record, [edit(1, path, record.get(path), said)])
    assert {k: v for k, v in shown.items() if k != path} == {
        k: v for k, v in record.items() if k != path
    }


@given(st.lists(scalars, min_size=1, max_size=6))
def test_edits_on_top_of_one_another_are_one_wish_from_the_first_base_to_the_last_value(
    values: list[FieldValue],
) -> None:
    chain = [
        edit(number, TITLE, before, after)
        for number, (before, after) in enumerate(zip(["was", *values], values, strict=False))
    ]
    (wish,) = fold(chain).values()
    assert (wish.base, wish.value) == ("was", normalised(values[-1]))
    assert wish.changes == tuple(one.change for one in chain)


def test_changes_of_tags_from_two_places_are_both_in_the_wish() -> None:
    (wish,) = fold(
        [edit(1, TAGS, ("a", "b"), ("a", "b", "c")), edit(2, TAGS, ("a", "b"), ("b",))]
    ).values()
    assert wish.value == ("b", "c")


def test_a_conflict_shows_what_the_record_says_and_a_failure_what_was_said() -> None:
    said = edit(1, TITLE, "Sea", "Ocean")
    record: dict[FieldPath, FieldValue] = {TITLE: "Lake"}
    assert overlaid(record, [replace(said, state=EditState.CONFLICT)]) == {TITLE: "Lake"}
    assert overlaid(record, [replace(said, state=EditState.FAILED)]) == {TITLE: "Ocean"}


SENDING = EditState.SENDING
LOST = Attempt(there="", wanted="")


@pytest.mark.parametrize("gone_out", [{"state": SENDING}, {"attempt": LOST}])
@given(st.lists(scalars, min_size=2, max_size=5), st.booleans())
def test_what_is_said_after_an_edit_went_out_is_shown_whether_that_has_arrived_or_not(
    gone_out: dict[str, Any], values: list[FieldValue], has_arrived: bool
) -> None:
    chain = [edit(number, TITLE, *step) for number, step in enumerate(pairwise(values))]
    record = {TITLE: values[1] if has_arrived else values[0]}
    shown = overlaid(record, [replace(chain[0], **gone_out), *chain[1:]])
    assert same(shown.get(TITLE), values[-1])


@given(st.lists(sets, min_size=2, max_size=5), sets, st.booleans())
def test_a_word_that_is_taken_back_while_it_arrives_is_not_shown_and_those_of_others_are(
    values: list[FieldValue], theirs: FieldValue, has_arrived: bool
) -> None:
    chain = [edit(number, TAGS, *step) for number, step in enumerate(pairwise(values))]
    there = elements(values[1] if has_arrived else values[0])
    own = frozenset().union(*map(elements, values))
    others = elements(theirs) - own
    record: dict[FieldPath, FieldValue] = {TAGS: normalised(tuple(there | others))}
    shown = overlaid(record, [replace(chain[0], state=SENDING), *chain[1:]])
    assert elements(shown.get(TAGS)) == elements(values[-1]) | others


def test_numbers_and_their_digits_and_empty_and_missing_are_the_same() -> None:
    assert same(5, "5")
    assert same("", None)
    assert same((), None)
    assert not same("5", ("5",))


def test_a_record_holds_what_can_be_edited_and_not_the_digest_of_the_content() -> None:
    asset = CloudAsset(
        environment="studio",
        asset_id="0" * 32,
        public_id="a/b",
        resource_type="image",
        delivery_type="upload",
        display_name="b",
        created_at="2026-06-15T12:00:00Z",
        updated_at="2026-06-15T12:00:00Z",
        tags=("sea", "blue"),
        context={"alt": "Waves", "sha256": "0" * 64},
        metadata={"brand": "acme", "uses": 3, "looks": ("b", "a")},
    )
    assert record_of(asset) == {
        TAGS: ("blue", "sea"),
        DISPLAY_NAME: "b",
        DESCRIPTION: "Waves",
        FieldPath(Subject.METADATA, "brand"): "acme",
        FieldPath(Subject.METADATA, "uses"): 3,
        FieldPath(Subject.METADATA, "looks"): ("a", "b"),
    }
    assert FieldPath(Subject.CONTEXT, "sha256") in record_of(asset, whole=True)


@given(paths)
def test_a_path_reads_back_what_it_writes(path: FieldPath) -> None:
    assert FieldPath.read(str(path)) == path


def test_words_of_people_name_fields_and_anything_else_is_a_metadata_field() -> None:
    assert FieldPath.read("title") == TITLE
    assert FieldPath.read("caption") == DESCRIPTION
    assert FieldPath.read("brand") == FieldPath(Subject.METADATA, "brand")
    for text in ("", "nothing.at.all", "context."):
        with pytest.raises(InvalidInputError):
            FieldPath.read(text)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (TAGS, ("a,b",)),
        (TAGS, (" a",)),
        (TAGS, ("x" * 256,)),
        (TAGS, ("tab\there",)),
        (TITLE, "x" * 1025),
        (TITLE, "bell\a"),
        (TITLE, "ends with \\"),
        (FieldPath(Subject.CONTEXT, "sha256"), "0"),
        (FieldPath(Subject.CONTEXT, "a=b"), "0"),
        (FieldPath(Subject.METADATA, "brand"), "ends with \\"),
        (DISPLAY_NAME, None),
        (DISPLAY_NAME, "a/b"),
        (DISPLAY_NAME, "x" * 256),
    ],
)
def test_what_cloudinary_would_not_keep_is_refused_with_a_reason(
    path: FieldPath, value: FieldValue
) -> None:
    with pytest.raises(UnusableValueError):
        checked(path, value)


def test_ordinary_values_pass_and_are_put_in_order() -> None:
    assert checked(TAGS, ("sea", "blue", "sea")) == ("blue", "sea")
    assert checked(TITLE, "Two\nlines, a = b | c") == "Two\nlines, a = b | c"
    assert checked(TITLE, "") is None


said_by = st.dictionaries(paths.filter(lambda path: path is not TAGS), words, max_size=4)


@given(said_by, st.lists(st.tuples(paths, words), max_size=6), said_by)
def test_two_people_at_work_offline_lose_nothing_of_what_either_said(
    base: dict[FieldPath, FieldValue],
    ours: list[tuple[FieldPath, str]],
    theirs: dict[FieldPath, FieldValue],
) -> None:
    edits: list[Edit] = []
    for number, (path, text) in enumerate(ours):
        shown = overlaid(base, edits)
        value: FieldValue = (text,) if path is TAGS else text
        edits.append(edit(number, path, shown.get(path), value))
    there: dict[FieldPath, FieldValue] = {**base, **theirs}
    final, conflicts = dict(there), {}
    for path, wish in fold(edits).items():
        merged = merge(wish.base, wish.value, there.get(path), is_set=path is TAGS)
        if merged.action is Action.CONFLICT:
            conflicts[path] = {wish.value, merged.theirs}
        else:
            final[path] = merged.value
    last = {path: (text,) if path is TAGS else text for path, text in ours}
    for path, value in last.items():
        kept = conflicts.get(path, {final.get(path)})
        unchanged = same(value, base.get(path))
        assert value in kept or unchanged
    for path, value in theirs.items():
        kept = conflicts.get(path, {final.get(path)})
        assert value in kept or same(value, base.get(path))
