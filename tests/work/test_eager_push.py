"""Renditions that Cloudinary makes as their master arrives, in the request that brings it."""

from datetime import timedelta
from pathlib import Path

import cloudinary.api

from bridge_app.domain.eager import eager_of
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.localised import read_table
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.kinds import MAKE
from tests.desk import ACCOUNT, Desk, picture

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
BROKEN = RenditionPreset(name="broken", title="", transformation="t_known_nowhere", format="png")
WORDS = RenditionPreset(name="words", title="", transformation="c_scale,w_$size", format="jpg")
TABLE = "market,size\nDE,30\nFR,60\n"
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


def looked_for(desk: Desk) -> list[JobState]:
    return [job.state for job in desk.parts.worker.transfers() if job.kind == MAKE]


def test_a_rendition_is_made_by_the_upload_itself_and_is_on_record(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg")
    sandbox.faults.answer(status=400, times=9, path_contains="/explicit")
    (job,) = pushed(desk, SQUARE)
    assert job.state is JobState.DONE
    assert derived(desk, "hero.jpg") == ["c_fill,h_60,w_60"]
    assert recorded(desk, "hero.jpg") == [("square", 60, 60)]


def test_one_that_cannot_be_made_harms_neither_the_master_nor_the_others_and_is_told(
    desk: Desk,
) -> None:
    picture(desk.folder / "hero.jpg")
    push, rest = pushed(desk, BROKEN, SQUARE)
    assert push.state is JobState.DONE
    assert recorded(desk, "hero.jpg") == [("square", 60, 60)]
    assert (rest.kind, rest.state) == (MAKE, JobState.FAILED)
    assert rest.error is not None


def test_one_that_could_not_be_made_can_be_tried_again(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    _, rest = pushed(desk, BROKEN)
    options = desk.parts.environments.credentials(ACCOUNT.cloud_name).options()
    cloudinary.api.create_transformation("known_nowhere", "c_scale,w_40", **options)
    desk.parts.worker.retry([rest.id])
    desk.until(lambda: recorded(desk, "hero.jpg") == [("broken", 40, 25)], what="the rendition")


def test_a_table_gives_one_for_each_of_its_lines(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    library = PresetLibrary(presets={"words": WORDS})
    target = PushTarget(eager=eager_of(library, ["words"], read_table(TABLE)))
    plan = desk.parts.worker.plan_push([asset.id for asset in desk.assets()], target)
    assert plan.derived == 2
    (job,) = desk.finished(desk.parts.worker.push(plan))
    assert job.state is JobState.DONE
    made = desk.parts.worker.renditions.made_of(desk.asset("hero.jpg").id)
    assert sorted((one.market, one.width) for one in made) == [("DE", 30), ("FR", 60)]


def test_nobody_waits_for_films(desk: Desk, corpus: Path) -> None:
    desk.put(corpus / "video" / "rabbit320.mp4", "film.mp4")
    (job,) = pushed(desk, FILM)
    assert job.state is JobState.DONE
    assert [preset for preset, *_ in recorded(desk, "film.mp4")] == ["small_film"]
    desk.until(lambda: derived(desk, "film.mp4") == ["c_scale,w_60"], what="the film")
    desk.clock.forward(timedelta(seconds=6))
    desk.until(lambda: looked_for(desk) == [JobState.DONE], what="somebody to look for it")
