"""Metadata at the service: definitions, what assets say, and the calls that change either."""

from dataclasses import replace
from typing import Any

import cloudinary.uploader
import pytest

from bridge_app.delivery.metadata import MetadataDesk
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_plan import Target, plan_writes
from bridge_app.domain.edits import TAGS, TITLE, FieldPath, Record, Subject, record_of
from bridge_app.domain.errors import CredentialsError, RefusedByServiceError
from bridge_app.domain.metadata_fields import Bound, Entry, FieldType, Length, MetadataField
from bridge_app.domain.metadata_rules import Equals, MetadataRule
from bridge_app.domain.read_plan import Listing
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, picture

CLOUD = ACCOUNT.cloud_name
COLOURS = (Entry(external_id="r", value="Red"), Entry(external_id="g", value="Green"))
LOOK = FieldPath(Subject.METADATA, "look")


@pytest.fixture
def service(desk: Desk) -> MetadataDesk:
    return MetadataDesk(desk.parts.environments.credentials(CLOUD))


def upload(desk: Desk, name: str, **said: Any) -> str:
    options = desk.parts.environments.credentials(CLOUD).options()
    path = picture(desk.home / "there" / f"{name}.jpg", len(name))
    reply = cloudinary.uploader.upload(str(path), public_id=name, **said, **options)
    return str(reply["asset_id"])


def look(*entries: Entry) -> MetadataField:
    return MetadataField(
        external_id="look", label="Look", type=FieldType.SET, entries=entries or COLOURS
    )


def write(service: MetadataDesk, asset_id: str, wanted: Record) -> None:
    found = service.read([asset_id], FolderMode.DYNAMIC)[asset_id]
    target = Target(
        asset_id=asset_id,
        public_id=found.public_id,
        resource_type=found.resource_type,
        delivery_type=found.delivery_type,
        there=record_of(found, whole=True),
        wanted=wanted,
    )
    for one in plan_writes([target]):
        service.write(one)


@pytest.mark.parametrize(
    "field",
    [
        look(),
        MetadataField(external_id="n", label="N", type=FieldType.INTEGER, default=3),
        MetadataField(
            external_id="d",
            label="D",
            type=FieldType.DATE,
            validation=Bound(value="2026-01-01", above=True, equals=True),
        ),
        MetadataField(
            external_id="s",
            label="S",
            type=FieldType.STRING,
            mandatory=True,
            default="ab",
            validation=Length(least=1, most=9),
        ),
        MetadataField(
            external_id="e", label="E", type=FieldType.ENUM, entries=COLOURS, default="r"
        ),
    ],
    ids=lambda field: field.type.value,
)
def test_a_field_of_each_type_comes_back_as_it_was_defined(
    service: MetadataDesk, field: MetadataField
) -> None:
    service.add_field(field)
    assert service.definitions().schema().fields == (field,)


def test_entries_are_added_renamed_and_taken_away(service: MetadataDesk) -> None:
    before = service.add_field(look())
    fresh = (Entry(external_id="r", value="Ruby"), Entry(external_id="b", value="Blue"))
    service.change_field(replace(look(*fresh), label="Looks"), before)
    (after,) = service.definitions().schema().fields
    active = {entry.external_id: entry.value for entry in after.entries if entry.active}
    assert (after.label, active) == ("Looks", {"r": "Ruby", "b": "Blue"})


def test_an_entry_that_was_taken_away_is_brought_back(service: MetadataDesk) -> None:
    before = service.add_field(look())
    service.change_field(look(*COLOURS[:1]), before)
    (fewer,) = service.definitions().schema().fields
    assert fewer.active_ids() == {COLOURS[0].external_id}
    service.change_field(look(), fewer)
    (after,) = service.definitions().schema().fields
    assert after == before


def test_rules_are_defined_changed_and_deleted(service: MetadataDesk) -> None:
    service.add_field(look())
    service.add_field(MetadataField(external_id="t", label="T", type=FieldType.STRING))
    condition = Equals(field="look", value=("g", "r"))
    rule = MetadataRule(
        external_id="", target="t", name="needed", condition=condition, mandatory=True
    )
    made = service.put_rule(rule)
    assert service.definitions().schema().rules == (made,)
    assert (made.condition, made.mandatory) == (condition, True)
    service.put_rule(replace(made, active=False))
    assert [one.active for one in service.definitions().schema().rules] == [False]
    service.delete_rule(made.external_id)
    service.delete_field("t")
    assert service.definitions().schema().rules == ()


def test_rules_change_places(service: MetadataDesk) -> None:
    service.add_field(look())
    service.add_field(MetadataField(external_id="t", label="T", type=FieldType.STRING))
    for name in ("one", "two", "three"):
        rule = MetadataRule(
            external_id="",
            target="t",
            name=name,
            condition=Equals(field="look", value=("g",)),
            enable=True,
        )
        service.put_rule(rule)
    before = service.definitions().schema()
    assert [one.position for one in before.rules] == [0, 1, 2]
    assert before.rules_beside(before.rules[0].external_id) == (None, before.rules[1])
    assert before.rules_beside("nobody") == (None, None)
    service.place_rule(before.rules[2].external_id, 1)
    assert [one.name for one in service.definitions().schema().rules] == ["one", "three", "two"]


def test_a_listing_tells_what_reads_by_id_tell(desk: Desk, service: MetadataDesk) -> None:
    service.add_field(look())
    said = {"tags": "sea", "context": "alt=Waves", "metadata": 'look=["r"]'}
    inside = upload(desk, "inside", asset_folder="spring", **said)
    upload(desk, "outside", **said)
    found = service.read([inside], FolderMode.DYNAMIC)
    assert service.listed(Listing(folder="spring"), FolderMode.DYNAMIC) == found
    whole = Listing(resource_type="image", delivery_type="upload")
    listed = service.listed(whole, FolderMode.DYNAMIC)
    assert (len(listed), listed[inside]) == (2, found[inside])
    below = service.listed(replace(whole, prefix="ins"), FolderMode.DYNAMIC)
    assert below == found


def test_awkward_values_arrive_as_they_were_written(desk: Desk, service: MetadataDesk) -> None:
    service.add_field(look())
    asset = upload(desk, "hero", context={"alt": "x", "kept": "1"})
    title = 'A = B | C, "quoted" and\nmore: ü 海'
    write(service, asset, {TITLE: title, TAGS: ("a b", "ü"), LOOK: ("g", "r")})
    said = record_of(service.read([asset], FolderMode.DYNAMIC)[asset])
    assert (said[TITLE], said[TAGS], said[LOOK]) == (title, ("a b", "ü"), ("g", "r"))
    write(service, asset, {TITLE: None, LOOK: None, TAGS: None})
    gone = service.read([asset], FolderMode.DYNAMIC)[asset]
    assert (dict(gone.context), dict(gone.metadata), gone.tags) == (
        {"alt": "x", "kept": "1"},
        {},
        (),
    )


def test_assets_are_read_a_hundred_at_a_time_and_missing_ones_are_left_out(
    desk: Desk, service: MetadataDesk
) -> None:
    assets = [upload(desk, name) for name in ("a", "b")]
    asked = [*assets, *(f"{number:032x}" for number in range(120))]
    assert set(service.read(asked, FolderMode.DYNAMIC)) == set(assets)
    assert service.calls == 2


def test_what_the_service_refuses_is_told_in_its_words(desk: Desk, service: MetadataDesk) -> None:
    asset = upload(desk, "hero")
    with pytest.raises(RefusedByServiceError, match="nowhere"):
        write(service, asset, {FieldPath(Subject.METADATA, "nowhere"): "x"})
    with pytest.raises(RefusedByServiceError):
        service.add_field(MetadataField(external_id="e", label="", type=FieldType.STRING))


def test_a_wrong_key_is_said_to_be_one(desk: Desk, sandbox: Sandbox) -> None:
    desk.use_wrong_secret()
    with pytest.raises(CredentialsError):
        MetadataDesk(desk.parts.environments.credentials(CLOUD)).definitions()
