"""What assets say together, and what a change would make of each."""

import pytest

from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.edit_sheet import Change, Said, changed, joint_states, sheet_of
from bridge_app.domain.edits import TAGS, TITLE, Edit, EditState, FieldPath, Subject
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.metadata_fields import Entry, FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Activation, Equals, MetadataRule, Schema

BRAND = FieldPath(Subject.METADATA, "brand")
LOOK = FieldPath(Subject.METADATA, "look")
COLOURS = tuple(Entry(external_id=one, value=one) for one in "rgb")
SCHEMA = Schema(
    fields=(
        MetadataField(external_id="brand", label="Brand", type=FieldType.STRING),
        MetadataField(external_id="look", label="Look", type=FieldType.SET, entries=COLOURS),
    ),
    rules=(
        MetadataRule(
            external_id="1",
            target="look",
            name="",
            condition=Equals(field="brand", value="acme"),
            activate=Activation(external_ids=("r", "g")),
        ),
    ),
)


def said(
    number: int,
    *edits: Edit,
    tags: tuple[str, ...] = (),
    metadata: dict[str, str | int | float | tuple[str, ...]] | None = None,
) -> Said:
    asset = CloudAsset(
        environment="studio",
        asset_id=f"{number:032}",
        public_id=f"p{number}",
        resource_type="image",
        delivery_type="upload",
        created_at="2026-06-15T12:00:00Z",
        updated_at="2026-06-15T12:00:00Z",
        tags=tags,
        metadata=metadata or {},
    )
    return Said(asset=asset, edits=edits)


def edit(path: FieldPath, value: FieldValue, state: EditState) -> Edit:
    return Edit(
        change=f"{path}{state}",
        batch="b",
        environment="studio",
        asset=said(1).asset.id,
        asset_id="1",
        name="x",
        path=path,
        base=None,
        value=value,
        state=state,
        who="",
        at="",
    )


def test_shared_values_are_shown_and_others_are_mixed() -> None:
    sheet = sheet_of(
        [
            said(1, tags=("a", "b"), metadata={"brand": "acme", "look": ("r",)}),
            said(2, tags=("b", "c"), metadata={"brand": "bolt", "look": ("r",)}),
        ],
        SCHEMA,
    )
    tags = sheet.field(TAGS)
    assert (tags.value, tags.some) == (("b",), ("a", "c"))
    assert (sheet.field(BRAND).mixed, sheet.field(BRAND).value) == (True, None)
    assert (sheet.field(LOOK).mixed, sheet.field(LOOK).value) == (False, ("r",))


def test_the_worst_state_of_a_field_is_shown() -> None:
    waits = edit(TITLE, "Sea", EditState.PENDING)
    failed = edit(TITLE, "Sea", EditState.FAILED)
    sheet = sheet_of([said(1, waits), said(2, failed)], SCHEMA)
    assert sheet.field(TITLE).state is EditState.FAILED
    assert sheet.field(TAGS).state is None


def test_only_what_every_asset_may_choose_can_be_chosen() -> None:
    both = [said(1, metadata={"brand": "acme"}), said(2)]
    assert joint_states(both, SCHEMA)["look"].allowed == frozenset({"r", "g"})
    assert joint_states(both[1:], SCHEMA)["look"].allowed is None


def test_a_change_is_what_differs_afterwards() -> None:
    one = said(1, tags=("a",), metadata={"brand": "acme"})
    changes = [Change(path=TAGS, add=("b",), remove=("a",)), Change(path=BRAND, value="acme")]
    assert changed(one, changes, SCHEMA) == {TAGS: ("b",)}


def test_a_change_is_judged_with_what_else_is_changed() -> None:
    one = said(1)
    blue = Change(path=LOOK, add=("b",))
    assert changed(one, [blue], SCHEMA) == {LOOK: ("b",)}
    with pytest.raises(InvalidInputError, match="cannot be chosen"):
        changed(one, [Change(path=BRAND, value="acme"), blue], SCHEMA)


def test_what_was_wrong_before_does_not_stop_another_edit() -> None:
    one = said(1, metadata={"look": ("gone",)})
    assert changed(one, [Change(path=TITLE, value="Sea")], SCHEMA) == {TITLE: "Sea"}
