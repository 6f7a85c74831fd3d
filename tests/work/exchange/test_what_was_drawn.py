"""A new version keeps the boxes that people drew where they still fit, and is moderated anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudinary.api
import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState
from bridge_app.media.decoder_pool import DecoderPool
from tests.clouds import cloud_desk, mirrored, remote, sync, upload
from tests.desk import Desk, picture

CROP, FACES = [10, 20, 100, 80], [[30, 40, 50, 60], [200, 10, 40, 40]]


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """A desk beside an environment with a master (320 x 200) that people drew on."""
    with cloud_desk(tmp_path, decoder) as made:
        upload(
            made,
            picture(tmp_path / "hero.jpg", 1),
            public_id="hero",
            custom_coordinates=[CROP],
            face_coordinates=FACES,
            moderation="manual",
        )
        cloudinary.api.update("hero", moderation_status="approved", **remote(made))
        sync(made)
        yield made


def replaced(desk: Desk, size: tuple[int, int]) -> dict[str, Any]:
    """The asset after somebody gave it a version of that size."""
    (asset,) = mirrored(desk)
    opening = desk.parts.worker.opening
    copy = opening.bring(asset, picture(desk.home / "edited.jpg", 2, size))
    desk.parts.worker.decide([asset.id], Approval.APPROVED)
    desk.parts.worker.approvals.approve_content(asset.id, copy.now)
    (job,) = desk.finished(opening.make_version(copy))
    assert job.state is JobState.DONE
    return there(desk)


def there(desk: Desk) -> dict[str, Any]:
    reply: dict[str, Any] = cloudinary.api.resource("hero", coordinates=True, **remote(desk))
    return reply


@pytest.mark.parametrize("factor", [1, 2])
def test_boxes_stay_where_they_were_on_a_picture_of_the_same_shape(desk: Desk, factor: int) -> None:
    now = replaced(desk, (320 * factor, 200 * factor))
    assert (now["width"], now["height"]) == (320 * factor, 200 * factor)
    assert now["coordinates"]["custom"] == [[side * factor for side in CROP]]
    assert now["coordinates"]["faces"] == [[side * factor for side in one] for one in FACES]


def test_boxes_mean_nothing_on_a_picture_that_was_cropped(desk: Desk) -> None:
    now = replaced(desk, (300, 200))
    assert now["width"] == 300
    assert "custom" not in now.get("coordinates", {})


def test_moderators_see_it_again_whatever_they_said_of_the_one_before(desk: Desk) -> None:
    assert [one["status"] for one in there(desk)["moderation"]] == ["approved"]
    now = replaced(desk, (320, 200))
    assert [(one["kind"], one["status"]) for one in now["moderation"]] == [("manual", "pending")]
