"""Upload presets of a push where folders are fixed: the plan says where files go."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import cloudinary.api
import pytest

from bridge_app.delivery.usage import Survey
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import FolderMode, environment_of
from bridge_app.domain.jobs import JobState
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.media.decoder_pool import DecoderPool
from tests.clouds import ENVIRONMENT, cloud_desk, remote
from tests.desk import Desk, picture, states


@pytest.fixture
def fixed(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    with cloud_desk(tmp_path, decoder, folder_mode="fixed") as desk:
        cloudinary.api.create_upload_preset(name="web", folder="campaign/web", **remote(desk))
        picture(desk.folder / "hero.jpg", seed=1)
        told = Survey(folder_mode=FolderMode.FIXED)
        desk.parts.environments.take_survey(ENVIRONMENT, told)
        desk.library()
        desk.approve()
        yield desk


def pushed(desk: Desk, target: PushTarget) -> str:
    """The public ID that the plan says."""
    worker = desk.parts.worker
    plan = worker.plan_push([hero(desk).id], target)
    (step,) = plan.sending
    batch = worker.push(plan)
    desk.until(lambda: all(job.state.is_finished for job in worker.batch(batch)), what="the push")
    assert states(worker.batch(batch)) == {JobState.DONE}
    return step.public_id


def hero(desk: Desk) -> Asset:
    """The master: its copy may be mirrored under the same name."""
    return next(one for one in desk.assets() if environment_of(one.library) is None)


def there(desk: Desk) -> Mapping[str, int]:
    reply = cloudinary.api.resources(type="upload", **remote(desk))
    return {one["public_id"]: one["bytes"] for one in reply["resources"]}


@pytest.mark.parametrize(
    ("folder", "public_id"), [("", "campaign/web/hero"), ("shop", "shop/hero")]
)
def test_a_file_arrives_where_the_plan_says(fixed: Desk, folder: str, public_id: str) -> None:
    assert pushed(fixed, PushTarget(preset="web", folder=folder)) == public_id
    assert set(there(fixed)) == {public_id}


def test_a_new_version_takes_the_place_of_the_old_one(fixed: Desk) -> None:
    target = PushTarget(preset="web")
    pushed(fixed, target)
    before = hero(fixed).content
    picture(fixed.folder / "hero.jpg", seed=2)
    fixed.until(lambda: hero(fixed).content != before, what="the new version")
    fixed.parts.worker.decide([hero(fixed).id], Approval.APPROVED)
    (step,) = fixed.parts.worker.plan_push([hero(fixed).id], target).steps
    assert step.action is PushAction.NEW_VERSION
    pushed(fixed, target)
    assert there(fixed) == {"campaign/web/hero": hero(fixed).bytes}


def test_a_new_version_that_the_preset_would_put_elsewhere_is_refused(fixed: Desk) -> None:
    pushed(fixed, PushTarget())
    (before,) = there(fixed).items()
    content = hero(fixed).content
    picture(fixed.folder / "hero.jpg", seed=2)
    fixed.until(lambda: hero(fixed).content != content, what="the new version")
    fixed.parts.worker.decide([hero(fixed).id], Approval.APPROVED)
    worker = fixed.parts.worker
    batch = worker.push(worker.plan_push([hero(fixed).id], PushTarget(preset="web")))
    fixed.until(lambda: all(job.state.is_finished for job in worker.batch(batch)), what="the end")
    assert states(worker.batch(batch)) == {JobState.FAILED}
    assert list(there(fixed).items()) == [before]


def test_what_is_not_known_of_a_preset_holds_no_plan_up(fixed: Desk) -> None:
    fixed.parts.worker.pause()
    (step,) = fixed.parts.worker.plan_push([hero(fixed).id], PushTarget(preset="nobody")).steps
    assert step.public_id == "hero"
