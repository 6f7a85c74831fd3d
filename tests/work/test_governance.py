"""The field mapping as the application uses it, against both services of the sandbox."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.field_mapping import (
    FieldMapping,
    MappingRow,
    Target,
    from_cloudinary,
    words_in,
)
from bridge_app.domain.mapping_checks import Fault
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.metadata_fields import FieldType, MetadataField
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.governance import ChangedAtBothError, FaultyMappingError, GovernanceDesk
from tests.desk import ACCOUNT, picture
from tests.work.brand import Brand, open_brand

STUDIO = ACCOUNT.cloud_name
INSTRUCTIONS = "No crop. [[rights expires=2099-03-31 regions=NO,SE channels=web]]"
IPTC = {
    "title": "Dawn",
    "caption": "At first light, a=b|c.",
    "keywords": ["sea", "campaign:spring; late", "season:cold"],
    "instructions": INSTRUCTIONS,
    "author": "Ana Example",
    "date_taken": "2026-09-14T04:51:22Z",
}


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Brand]:
    """One master with metadata, connected."""
    with open_brand(tmp_path, decoder) as made:
        made.found()
        made.add("a.jpg", iptc=IPTC, rating=4, model_released=True)
        made.connect()
        yield made


@pytest.fixture
def governance(brand: Brand) -> GovernanceDesk:
    """The desk that is asked."""
    return brand.desk.parts.worker.governance


def test_a_changed_mapping_is_kept_and_can_be_given_up(
    brand: Brand, governance: GovernanceDesk
) -> None:
    assert not governance.is_changed()
    rows = (MappingRow(source="title", targets=(Target.read("context.caption"),)),)
    governance.save(FieldMapping(rows=rows))
    brand.desk.reopen()
    again = brand.desk.parts.worker.governance
    assert again.mapping().rows == rows
    assert again.is_changed()
    again.reset()
    assert again.mapping() == default_mapping()


def test_a_mapping_with_a_fault_is_not_kept(governance: GovernanceDesk) -> None:
    wrong = FieldMapping(rows=(MappingRow(source="title", targets=(Target.read("tags"),)),))
    with pytest.raises(FaultyMappingError):
        governance.save(wrong)
    assert not governance.is_changed()


def test_fields_that_cloudinary_lacks_are_listed_and_created(
    brand: Brand, governance: GovernanceDesk
) -> None:
    editing = brand.desk.parts.worker.editing
    check = governance.check(environment=STUDIO)
    assert check.is_usable
    assert {"creator", "regions", "approval_status"} <= {one.external_id for one in check.missing}
    # A label that is taken, and a field of another type.
    for name, label in (("other", "Creator"), ("rating", "Stars")):
        field = MetadataField(external_id=name, label=label, type=FieldType.STRING)
        editing.define(STUDIO, field)
    governance.create_fields(STUDIO, governance.check(environment=STUDIO).missing)
    after = governance.check(environment=STUDIO)
    assert after.missing == ()
    assert [fault.fault for fault in after.faults] == [Fault.OTHER_TYPE]
    assert not after.is_usable


def test_a_dry_run_tells_what_would_be_sent_and_sends_nothing(
    brand: Brand, governance: GovernanceDesk
) -> None:
    picture(brand.desk.folder / "local.jpg")
    brand.desk.library()
    ids = [asset.id for asset in brand.desk.assets()]
    (run,) = governance.dry_run(ids)
    assert run.name == "a.jpg"
    assert run.words.tags == ("sea", "season:cold")
    assert run.words.context["title"] == "Dawn"
    assert run.words.metadata["ps_org_id"] == brand.organization
    assert run.words.metadata["approval_status"] == "draft"
    assert dict(run.words.access_control[1]) == {
        "access_type": "anonymous",
        "end": "2099-04-01T00:00:00Z",
    }
    assert dict(run.lost).keys() == {"caption", "date_taken", "keywords"}
    (there,) = governance.dry_run(ids, environment=STUDIO)
    assert there.words.metadata == {}
    assert {one.field for one in there.left_out} >= {"creator", "regions"}
    missing = governance.check(environment=STUDIO).missing
    governance.create_fields(STUDIO, [one for one in missing if one.external_id == "creator"])
    brand.desk.clock.forward(timedelta(minutes=16))
    (later,) = governance.dry_run(ids, environment=STUDIO)
    assert later.words.metadata == {"creator": "Ana Example"}


def test_what_is_pushed_comes_back_from_cloudinary_as_it_was(
    brand: Brand, governance: GovernanceDesk
) -> None:
    governance.create_fields(STUDIO, governance.check(environment=STUDIO).missing)
    brand.decide("a.jpg", Approval.APPROVED)
    asset = brand.asset("a.jpg")
    master = brand.desk.parts.worker.shelters.shelter_asset(asset.id)
    assert master is not None
    words = governance.words(STUDIO, asset.id, master)
    assert words.metadata["approval_status"] == "approved"
    copy = brand.deliver("a.jpg", words)
    mapping = governance.mapping()
    back = from_cloudinary(words_in(copy), mapping)
    (run,) = governance.dry_run([asset.id])
    for row in mapping.carrying:
        if row.loss is None:
            assert back.get(row.source) == run.values.get(row.source), row.source
    assert back["keyword:season"] == ("cold",)
    assert governance.dry_run([asset.id], environment=STUDIO)[0].differing == ()
    brand.at_cloudinary(cloudinary.uploader.add_context, {"title": "Dusk"}, ["copy"])
    brand.mirrored(copy.asset_id)
    (changed,) = governance.dry_run([asset.id], environment=STUDIO)
    assert changed.differing == (("title", "Dusk"),)
    brand.at_cloudinary(cloudinary.uploader.add_tag, "new", ["copy"])
    brand.at_cloudinary(cloudinary.uploader.remove_tag, "sea", ["copy"])
    brand.at_cloudinary(cloudinary.uploader.update_metadata, {"regions": ["NO"]}, ["copy"])
    brand.mirrored(copy.asset_id)
    assert set(governance.bring_back(asset.id, STUDIO)) == {"title", "keywords", "regions"}
    record = brand.there.media(master.media_id).iptc
    assert record["title"] == "Dusk"
    assert record["keywords"] == ["sea", "campaign:spring; late", "season:cold", "new"]
    assert record["instructions"] == (
        "No crop. [[rights expires=2099-03-31 regions=NO channels=web]]"
    )
    assert governance.bring_back(asset.id, STUDIO) == ()
    brand.at_cloudinary(cloudinary.uploader.add_context, {"title": "Noon"}, ["copy"])
    brand.mirrored(copy.asset_id)
    with pytest.raises(ChangedAtBothError):
        governance.bring_back(asset.id, STUDIO)
    assert brand.there.media(master.media_id).iptc["title"] == "Dusk"
