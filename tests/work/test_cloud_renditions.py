"""Sets of renditions in the cloud: through the gate, made once, recorded and counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import Obstacle, RenditionPlan, RenditionWish
from bridge_app.sandbox.server import Sandbox
from bridge_app.transform.breakpoints import BreakpointRules
from bridge_app.work.renditions import RenditionDesk
from tests.desk import ACCOUNT, Desk, licensed_picture, picture, states

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="c_scale,w_80", format="png")
BOTH = (SQUARE, WIDE)
SMALL_FILM = RenditionPreset(
    name="small_film", title="", transformation="c_scale,w_60", format="mp4"
)


def renditions(desk: Desk) -> RenditionDesk:
    return desk.parts.worker.renditions


def made(desk: Desk, plan: RenditionPlan) -> list[JobRecord]:
    return desk.finished(renditions(desk).carry_out(plan))


def obstacles(plan: RenditionPlan) -> list[Obstacle | None]:
    return [step.obstacle for step in plan.steps]


def ids(desk: Desk) -> list[AssetId]:
    return [asset.id for asset in sorted(desk.assets(), key=lambda one: one.name)]


def derived(desk: Desk, name: str) -> list[str]:
    copy = desk.asset(name).cloud
    assert copy is not None
    options = desk.parts.environments.credentials(ACCOUNT.cloud_name).options()
    told = cloudinary.api.resource_by_asset_id(copy.asset_id, **options)
    return sorted(
        f"{one['transformation'].partition('/')[0]}.{one['format']}" for one in told["derived"]
    )


@pytest.fixture
def pushed(desk: Desk) -> Desk:
    picture(desk.folder / "a.jpg", 1)
    picture(desk.folder / "sub" / "b.jpg", 2, size=(200, 300))
    desk.library()
    desk.approve()
    desk.push()
    return desk


IN_CLOUD = RenditionWish(presets=BOTH)


def test_what_is_not_pushed_or_not_approved_is_held_back(pushed: Desk) -> None:
    picture(pushed.folder / "c.jpg", 3)
    pushed.parts.worker.scan(pushed.parts.worker.libraries()[0].id)
    pushed.settled()
    first, second, third = ids(pushed)
    pushed.parts.worker.decide([second], Approval.REJECTED)
    plan = renditions(pushed).plan([first, second, third], IN_CLOUD)
    assert obstacles(plan) == [None, None, *[Obstacle.GATE] * 2, *[Obstacle.NOT_PUSHED] * 2]
    assert plan.steps[2].detail == "it was rejected"
    assert (plan.costs.new, plan.costs.transformations) == (2, 2)


def test_they_are_made_recorded_and_counted(pushed: Desk) -> None:
    plan = renditions(pushed).plan(ids(pushed), IN_CLOUD)
    assert plan.costs.new == 4
    jobs = made(pushed, plan)
    assert states(jobs) == {JobState.DONE}
    assert derived(pushed, "a.jpg") == ["c_fill,h_60,w_60.jpg", "c_scale,w_80.png"]
    found = renditions(pushed).made_of(ids(pushed)[0])
    assert [(one.preset, one.width, one.height) for one in found] == [
        ("square", 60, 60),
        ("wide", 80, 50),
    ]
    again = renditions(pushed).plan(ids(pushed), IN_CLOUD)
    assert (again.costs.new, again.costs.existing) == (0, 4)
    told: Any = [job.result for job in made(pushed, again)]
    assert told == [{"made": 0, "there": 2}] * 2


def test_the_gate_is_asked_at_the_last_moment(pushed: Desk) -> None:
    plan = renditions(pushed).plan(ids(pushed)[:1], IN_CLOUD)
    pushed.parts.worker.decide(ids(pushed)[:1], Approval.REJECTED)
    (job,) = made(pushed, plan)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert derived(pushed, "a.jpg") == []


def test_a_right_that_ended_meanwhile_shuts_the_gate(desk: Desk) -> None:
    licensed_picture(desk.folder / "l.jpg", until=desk.clock() + timedelta(days=2))
    desk.library()
    desk.approve()
    desk.push()
    plan = renditions(desk).plan(ids(desk), IN_CLOUD)
    assert len(plan.doing) == 2
    desk.clock.forward(timedelta(days=5))
    (job,) = made(desk, plan)
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert derived(desk, "l.jpg") == []


def test_a_run_whose_record_was_lost_finds_what_it_made(pushed: Desk) -> None:
    copy = pushed.asset("a.jpg").cloud
    assert copy is not None
    options = pushed.parts.environments.credentials(ACCOUNT.cloud_name).options()
    wanted = {"raw_transformation": SQUARE.transformation, "format": "jpg"}
    cloudinary.uploader.explicit(copy.public_id, type="upload", eager=[wanted], **options)
    (job,) = made(pushed, renditions(pushed).plan(ids(pushed)[:1], IN_CLOUD))
    assert job.result == {"made": 1, "there": 1}
    assert [one.preset for one in renditions(pushed).made_of(ids(pushed)[0])] == ["square", "wide"]


def film(desk: Desk, corpus: Path, preset: RenditionPreset) -> tuple[str, Callable[[], JobRecord]]:
    """A pushed film of which another one is wanted, as soon as that was asked for."""
    desk.put(corpus / "video" / "rabbit320.mp4", "film.mp4")
    desk.library()
    desk.approve()
    desk.push()
    wish = RenditionWish(presets=(preset,))
    batch = renditions(desk).carry_out(renditions(desk).plan(ids(desk), wish))

    def job() -> JobRecord:
        return desk.parts.worker.batch(batch)[0]

    desk.until(lambda: job().state is JobState.WAITING, what="the wish")
    return batch, job


def test_films_are_made_in_the_background_and_wished_for_once(
    desk: Desk, sandbox: Sandbox, corpus: Path
) -> None:
    batch, job = film(desk, corpus, SMALL_FILM)
    assert job().waiting_for is WaitingFor.ARRIVAL
    desk.until(lambda: derived(desk, "film.mp4") == ["c_scale,w_60.mp4"], what="the film")
    sandbox.faults.answer(status=400, times=9, path_contains="/explicit")
    desk.clock.forward(timedelta(seconds=30))
    desk.parts.worker.retry([])
    (ended,) = desk.finished(batch)
    assert ended.result == {"made": 0, "there": 1}
    assert [one.preset for one in renditions(desk).made_of(ids(desk)[0])] == ["small_film"]


def test_a_film_that_never_comes_is_told(desk: Desk, corpus: Path) -> None:
    batch, _ = film(desk, corpus, replace(SMALL_FILM, transformation="t_known_nowhere"))
    desk.clock.forward(timedelta(hours=4))
    desk.parts.worker.retry([])
    (ended,) = desk.finished(batch)
    assert ended.error is not None
    assert ended.error.kind == "NeverMadeError"


def test_the_cloud_needs_an_account(office: Desk) -> None:
    with pytest.raises(NotFoundError):
        renditions(office).plan([], IN_CLOUD)


def test_widths_are_measured_here_and_by_the_service(pushed: Desk) -> None:
    rules = BreakpointRules(min_width=50, max_width=300, bytes_step=1500, max_images=6)
    here = renditions(pushed).breakpoints(ids(pushed)[0], "q_80", "jpg", rules)
    there = renditions(pushed).breakpoints_by_service(ids(pushed)[0], "q_80", "jpg", rules)
    for found in (here, there):
        assert (found[0].width, found[-1].width) == (300, 50)
        assert [one.bytes for one in found] == sorted((one.bytes for one in found), reverse=True)
    assert here[0].bytes == there[0].bytes
