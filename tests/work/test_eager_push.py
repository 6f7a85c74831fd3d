"""Renditions that Cloudinary makes as their master arrives, in the request that brings it."""

from pathlib import Path

import cloudinary.api

from bridge_app.domain.eager import eager_of
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, picture

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
BROKEN = RenditionPreset(name="broken", title="", transformation="t_known_nowhere", format="png")
FILM = RenditionPreset(name="small_film", title="", transformation="c_scale,w_60", format="mp4")


def pushed(desk: Desk, *presets: RenditionPreset) -> list[JobRecord]:
    desk.library()
    desk.approve()
    worker = desk.parts.worker
    worker.rendition_presets.save(*presets)
    library = worker.rendition_presets.library()
    target = PushTarget(eager=eager_of(library, [one.name for one in presets]))
    plan = worker.plan_push([asset.id for asset in desk.assets()], target)
    assert plan.derived == len(presets) * len(plan.steps)
    return desk.finished(worker.push(plan))


def derived(desk: Desk, name: str) -> list[str]:
    copy = desk.asset(name).cloud
    assert copy is not None
    options = desk.parts.environments.credentials(ACCOUNT.cloud_name).options()
    there = cloudinary.api.resource_by_asset_id(copy.asset_id, **options)
    return [one["transformation"].partition("/")[0] for one in there["derived"]]


def recorded(desk: Desk, name: str) -> list[tuple[str, int, int]]:
    made = desk.parts.worker.renditions.made_of(desk.asset(name).id)
    return [(one.preset, one.width, one.height) for one in made]


def test_a_rendition_is_made_by_the_upload_itself_and_is_on_record(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg")
    sandbox.faults.answer(status=400, times=9, path_contains="/explicit")
    (job,) = pushed(desk, SQUARE)
    assert job.state is JobState.DONE
    assert derived(desk, "hero.jpg") == ["c_fill,h_60,w_60"]
    assert recorded(desk, "hero.jpg") == [("square", 60, 60)]


def test_one_that_cannot_be_made_harms_neither_the_master_nor_the_others(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    (job,) = pushed(desk, BROKEN, SQUARE)
    assert job.state is JobState.DONE
    assert recorded(desk, "hero.jpg") == [("square", 60, 60)]


def test_nobody_waits_for_films(desk: Desk, corpus: Path) -> None:
    desk.put(corpus / "video" / "rabbit320.mp4", "film.mp4")
    (job,) = pushed(desk, FILM)
    assert job.state is JobState.DONE
    assert [preset for preset, *_ in recorded(desk, "film.mp4")] == ["small_film"]
    desk.until(lambda: derived(desk, "film.mp4") == ["c_scale,w_60"], what="the film")
