"""The calls that carry edits out: few of them, and the right ones."""

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.edit_plan import MAX_OPERATIONS, Call, Target, Write, plan_writes
from bridge_app.domain.edits import DISPLAY_NAME, TAGS, TITLE, FieldPath, Record, Subject
from bridge_app.domain.metadata_fields import FieldValue, normalised

BRAND = FieldPath(Subject.METADATA, "brand")
LOOK = FieldPath(Subject.METADATA, "look")
ALT = FieldPath(Subject.CONTEXT, "alt")
DIGEST = FieldPath(Subject.CONTEXT, "sha256")

words = st.text("abc", min_size=1, max_size=2)
tags = st.lists(words, max_size=3).map(lambda found: normalised(tuple(found)))
texts = st.one_of(st.none(), words)
records = st.fixed_dictionaries(
    {}, optional={TAGS: tags, TITLE: texts, ALT: texts, BRAND: texts, DISPLAY_NAME: words}
)


def target(number: int, wanted: Record, there: Record | None = None, kind: str = "image") -> Target:
    return Target(
        asset_id=f"{number:032}",
        public_id=f"p{number}",
        resource_type=kind,
        delivery_type="upload",
        there=there or {},
        wanted=wanted,
    )


def carried_out(there: Record, writes: tuple[Write, ...]) -> dict[FieldPath, FieldValue]:
    """What a record says after the calls, by what each call is documented to do."""
    said = dict(there)
    for write in writes:
        known = said.get(TAGS)
        before = set(known) if isinstance(known, tuple) else set()
        values = dict(write.values)
        match write.call:
            case Call.ADD_TAGS:
                said[TAGS] = tuple(before | set(write.tags))
            case Call.REMOVE_TAGS:
                said[TAGS] = tuple(before - set(write.tags))
            case Call.CLEAR_CONTEXT | Call.REPLACE_CONTEXT:
                said = {k: v for k, v in said.items() if k.subject is not Subject.CONTEXT}
        if write.call in (Call.SET_CONTEXT, Call.REPLACE_CONTEXT):
            said |= {FieldPath(Subject.CONTEXT, key): value for key, value in values.items()}
        if write.call in (Call.SET_METADATA, Call.UPDATE):
            said |= {FieldPath(Subject.METADATA, key): value for key, value in values.items()}
        if write.display_name:
            said[DISPLAY_NAME] = write.display_name
    return {k: normalised(v) for k, v in said.items() if normalised(v) is not None}


@given(records, records)
def test_the_calls_make_the_record_say_what_is_wanted_and_leave_the_rest(
    there: dict[FieldPath, FieldValue], wanted: dict[FieldPath, FieldValue]
) -> None:
    there = {**there, DIGEST: "0"}
    expected = {k: v for k, v in {**there, **wanted}.items() if v is not None}
    writes = plan_writes([target(1, wanted, there)])
    assert carried_out(there, writes) == expected
    assert len(writes) <= 4


@given(records)
def test_a_record_that_says_it_already_needs_no_call(there: dict[FieldPath, FieldValue]) -> None:
    assert plan_writes([target(1, there, there)]) == ()


def test_equal_changes_of_many_assets_share_calls() -> None:
    wanted: Record = {TAGS: ("a", "b"), BRAND: "acme", TITLE: "Sea"}
    writes = plan_writes(target(number, wanted) for number in range(1_500))
    sizes = [(write.call, len(write.asset_ids)) for write in writes]
    assert sizes == [
        (Call.ADD_TAGS, 500),
        (Call.ADD_TAGS, 500),
        (Call.ADD_TAGS, 500),
        (Call.SET_CONTEXT, 1_000),
        (Call.SET_CONTEXT, 500),
        (Call.SET_METADATA, 1_000),
        (Call.SET_METADATA, 500),
    ]
    assert all(len(one.public_ids) * max(1, len(one.tags)) <= MAX_OPERATIONS for one in writes)


def test_images_and_videos_are_called_apart() -> None:
    writes = plan_writes([target(1, {TAGS: ("a",)}), target(2, {TAGS: ("a",)}, kind="video")])
    assert [write.resource_type for write in writes] == ["image", "video"]


def test_a_display_name_takes_the_metadata_along_in_one_call() -> None:
    (write,) = plan_writes([target(1, {DISPLAY_NAME: "Hero", BRAND: "acme", LOOK: None})])
    assert (write.call, write.display_name) == (Call.UPDATE, "Hero")
    assert write.values == (("brand", "acme"),)


def test_taking_a_key_away_says_all_others_again_the_digest_too() -> None:
    there: Record = {TITLE: "Sea", ALT: "Waves", DIGEST: "0"}
    (write,) = plan_writes([target(1, {TITLE: None}, there)])
    assert write.call is Call.REPLACE_CONTEXT
    assert write.values == (("alt", "Waves"), ("sha256", "0"))
    (clear,) = plan_writes([target(1, {TITLE: None}, {TITLE: "Sea"})])
    assert clear.call is Call.CLEAR_CONTEXT


def test_a_call_can_be_halved_until_each_asset_has_its_own() -> None:
    (write,) = plan_writes(target(number, {BRAND: "acme"}) for number in range(5))
    first, second = write.halves()
    assert (*first.asset_ids, *second.asset_ids) == write.asset_ids
    assert (len(first.public_ids), len(second.public_ids)) == (2, 3)
    assert first.values == write.values
