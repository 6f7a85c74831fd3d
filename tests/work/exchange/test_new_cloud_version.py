"""What another program makes of a master at Cloudinary takes its place there, past the gate."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudinary.api
import pytest

from bridge_app.delivery.uploads import CloudinaryEnvironment
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.errors import InvalidInputError, ServiceTroubleError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.policies import Policy
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.exchange.edited_files import EditedFile
from bridge_app.work.exchange.opening import OpeningDesk
from bridge_app.work.kinds import NEW_VERSION
from tests.clouds import ENVIRONMENT, cloud_desk, mirrored, remote, sync, upload
from tests.desk import Desk, picture
from tests.work.campaign import drawn

SAID: dict[str, Any] = {
    "public_id": "summer/hero",
    "display_name": "Hero",
    "asset_folder": "summer",
    "tags": ["spring", "beach"],
    "context": {"alt": "A lighthouse | by night = dark"},
    "access_control": [{"access_type": "anonymous", "end": "2030-01-01T00:00:00Z"}],
}


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """A desk beside an environment in which somebody else keeps a master."""
    with cloud_desk(tmp_path, decoder) as made:
        upload(made, picture(tmp_path / "hero.jpg", 1), **SAID)
        sync(made)
        yield made


def opening(desk: Desk) -> OpeningDesk:
    return desk.parts.worker.opening


def hero(desk: Desk) -> Asset:
    (found,) = mirrored(desk)
    return found


def there(desk: Desk) -> dict[str, Any]:
    reply: dict[str, Any] = cloudinary.api.resource("summer/hero", versions=True, **remote(desk))
    return reply


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def edited(desk: Desk, content: bytes, *, approve: bool = True) -> EditedFile:
    """A program saved something else into the copy that it was given; a person approves it."""
    asset, asked = hero(desk), opening(desk)
    original, _ = desk.parts.worker.pull(asset.id, desk.home / "out")
    copy = asked.edited.begin(asset, original, desk.clock(), asked.versions.target(asset))
    copy.file.write_bytes(content)
    (found,) = asked.changed()
    if approve:
        desk.parts.worker.approvals.approve_content(asset.id, found.now)
    return found


def made(desk: Desk, copy: EditedFile) -> JobRecord:
    (job,) = desk.finished(opening(desk).make_version(copy))
    desk.until(desk.parts.worker.cloud.is_idle, what="the mirror")
    return job


def test_it_takes_the_masters_place_with_all_that_is_said_of_it(desk: Desk) -> None:
    before, was = there(desk), hero(desk)
    copy = edited(desk, drawn(70))
    assert (copy.service, copy.environment) == ("Cloudinary", ENVIRONMENT)
    assert made(desk, copy).state is JobState.DONE
    now = there(desk)
    assert now["etag"] == md5(drawn(70))
    assert now["version"] > before["version"]
    for kept in ("asset_id", "public_id", "display_name", "asset_folder", "access_control"):
        assert now[kept] == before[kept], kept
    assert sorted(now["tags"]) == sorted(before["tags"])
    assert now["context"]["custom"]["alt"] == SAID["context"]["alt"]
    # The catalog knows these bytes, and that they are approved.
    asset = hero(desk)
    assert (asset.id, asset.sha256) == (was.id, copy.now)
    assert asset.approval is Approval.APPROVED
    assert opening(desk).changed() == []
    page = desk.parts.worker.audit.page(AuditFilter(kinds=frozenset({AuditKind.PUSH})), limit=9)
    (told,) = [one.entry for one in page.records]
    assert (told.asset, told.content) == (was.id, copy.now)
    # The program is still open, and saves once more.
    copy.file.write_bytes(drawn(71))
    (again,) = opening(desk).changed()
    desk.parts.worker.approvals.approve_content(asset.id, again.now)
    assert made(desk, again).state is JobState.DONE
    assert there(desk)["etag"] == md5(drawn(71))


def test_what_nobody_approved_stays_here(desk: Desk) -> None:
    was = there(desk)
    desk.parts.worker.decide([hero(desk).id], Approval.APPROVED)
    copy = edited(desk, drawn(70), approve=False)
    assert "approved" in opening(desk).against(copy)
    assert opening(desk).against(copy, approved=True) == ""
    job = made(desk, copy)
    assert (job.state, job.error and job.error.kind) == (JobState.FAILED, "GateRefusalError")
    assert there(desk)["etag"] == was["etag"]
    # It is still there, and offered.
    assert len(opening(desk).changed()) == 1


def test_a_stage_that_a_policy_asks_for_is_asked_of_the_new_content(desk: Desk) -> None:
    desk.parts.worker.policies.put([Policy(name="claims", stages=("legal",))])
    copy = edited(desk, drawn(70))
    assert "legal" in opening(desk).against(copy, approved=True)
    assert made(desk, copy).state is JobState.FAILED


def test_what_belongs_to_a_shops_plug_in_is_left_alone(desk: Desk) -> None:
    was = there(desk)
    shop = ChannelSettings(channel="shop", plugin_folders=("summer",))
    desk.parts.worker.kits.save_channel(shop)
    job = made(desk, edited(desk, drawn(70)))
    assert (job.state, job.error and job.error.kind) == (JobState.FAILED, "PluginFolderError")
    assert there(desk)["etag"] == was["etag"]


def saved_again(_: Desk, copy: EditedFile) -> None:
    copy.file.write_bytes(drawn(72))


def replaced_there(desk: Desk, _: EditedFile) -> None:
    upload(desk, picture(desk.home / "other.jpg", 3), **SAID, overwrite=True)


def deleted_there(desk: Desk, _: EditedFile) -> None:
    cloudinary.api.delete_resources(["summer/hero"], **remote(desk))


@pytest.mark.parametrize("happens", [saved_again, replaced_there, deleted_there])
def test_what_was_not_meant_is_neither_sent_nor_overwritten(
    desk: Desk, happens: Callable[[Desk, EditedFile], None]
) -> None:
    copy = edited(desk, drawn(70))
    happens(desk, copy)
    seen = cloudinary.api.resources(**remote(desk))["resources"]
    (job,) = desk.finished(opening(desk).make_version(copy))
    assert job.state is JobState.FAILED
    after = cloudinary.api.resources(**remote(desk))["resources"]
    assert [one["version"] for one in after] == [one["version"] for one in seen]
    assert len(opening(desk).changed()) == 1


def test_offline_it_waits_and_goes_out_once_whatever_ends_meanwhile(desk: Desk) -> None:
    was = there(desk)
    copy = edited(desk, drawn(70))
    desk.parts.worker.set_work_offline(on=True)
    batch = opening(desk).make_version(copy)
    opening(desk).make_version(copy)
    assert len(desk.parts.stock.jobs.unfinished(NEW_VERSION)) == 1
    assert opening(desk).changed() == []
    assert there(desk)["etag"] == was["etag"]
    desk.reopen()
    assert desk.finished(batch)[0].state is JobState.DONE
    assert there(desk)["etag"] == md5(drawn(70))


def test_a_lost_answer_is_asked_after_and_nothing_is_sent_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[CloudCopy | None] = []
    send = CloudinaryEnvironment.upload

    def lost(one: CloudinaryEnvironment, *order: Any) -> CloudCopy | None:
        sent.append(send(one, *order))
        raise ServiceTroubleError(service="Cloudinary", detail="the line broke")

    monkeypatch.setattr(CloudinaryEnvironment, "upload", lost)
    copy = edited(desk, drawn(70))
    batch = opening(desk).make_version(copy)
    desk.until(lambda: bool(sent), what="the upload")
    version = there(desk)["version"]
    desk.until(lambda: desk.parts.worker.batch(batch)[0].state is not JobState.RUNNING)
    desk.parts.worker.retry([desk.parts.worker.batch(batch)[0].id])
    assert desk.finished(batch)[0].state is JobState.DONE
    assert len(sent) == 1
    assert there(desk)["version"] == version


def test_a_file_of_ones_own_can_be_brought_but_not_for_a_master_in_a_folder(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "retouched.jpg").write_bytes(drawn(80))
    copy = opening(desk).bring(hero(desk), tmp_path / "retouched.jpg")
    desk.parts.worker.approvals.approve_content(copy.asset, copy.now)
    (tmp_path / "retouched.jpg").unlink()
    assert made(desk, copy).state is JobState.DONE
    assert there(desk)["etag"] == md5(drawn(80))
    picture(desk.folder / "beach.jpg", 5)
    desk.library()
    local = desk.asset("beach.jpg")
    with pytest.raises(InvalidInputError):
        opening(desk).bring(local, desk.folder / "beach.jpg")


def test_what_was_pushed_from_here_goes_on_with_its_master(desk: Desk) -> None:
    picture(desk.folder / "beach.jpg", 5)
    desk.library()
    desk.approve("beach.jpg")
    desk.push([desk.asset("beach.jpg").id])
    sync(desk)
    (pushed,) = [one for one in mirrored(desk) if one.name == "beach.jpg"]
    assert opening(desk).versions.target(pushed).service == ""
