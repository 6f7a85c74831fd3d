"""The second half of the demo's journey: masters at PhotoShelter, published and recorded there."""

import threading
from collections.abc import Callable, Sequence
from itertools import islice

from bridge_app.app.build import Parts, utc_now
from bridge_app.app.demo import Demo
from bridge_app.app.demo_shelter import ACCOUNT
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.domain.query import Query
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.shelter import shelter_library
from bridge_app.work.kinds import WRITE_APPROVAL, WRITE_BACK

Say = Callable[[str], None]
LOOK_EVERY_S = 0.1
PUBLISHED = 3
"""So many masters are published in the first presets; more would show nothing new."""
PRESETS = READY_PRESETS[:2]
TARGET = PushTarget(folder="cold-water", tags=("demo",))


def until(holds: Callable[[], bool]) -> None:
    """Look at a condition until it holds."""
    pause = threading.Event()
    while not holds():
        pause.wait(LOOK_EVERY_S)


def shelter_journey(parts: Parts, demo: Demo, say: Say) -> bool:
    """Sync, approve, push by reference, publish, and record that; was all of it done?"""
    demo.fill_shelter(lambda _done, _total: None, lambda: False)
    _tell_library(parts, say)
    _approve_one_more(parts, say)
    _tell_refusals(parts, say)
    pushed = _push(parts, say)
    return _publish(parts, say) and pushed


def _tell_library(parts: Parts, say: Say) -> None:
    desk = parts.worker.shelters
    until(lambda: desk.is_idle() and desk.state(ACCOUNT).complete)
    state = desk.state(ACCOUNT)
    size = f"{state.assets} assets in {state.galleries} galleries"
    say(f"PhotoShelter library: {desk.record(ACCOUNT).name} ({size})")
    parts.worker.intake.look(ACCOUNT)
    say(f"Waiting for a review: {len(parts.worker.intake.waiting(ACCOUNT))} from outside")


def _approve_one_more(parts: Parts, say: Say) -> None:
    """What the campaign itself laid before somebody; that is told to the service too."""
    outside = set(parts.worker.intake.waiting(ACCOUNT))
    waiting = (one for one in _masters(parts) if one.approval is Approval.IN_REVIEW)
    for asset in islice((one for one in waiting if one.id not in outside), 1):
        parts.worker.decide([asset.id], Approval.APPROVED, comment="Goes with the launch.")
        until(lambda: not parts.stock.jobs.unfinished(WRITE_APPROVAL))
        told = parts.worker.shelters.refresh_now(asset.id)
        states = ", ".join(told.custom.values()) if told is not None else "it is gone"
        say(f"Approved: {asset.name}; at PhotoShelter: {states}")


def _tell_refusals(parts: Parts, say: Say) -> None:
    for asset in _masters(parts):
        said = parts.worker.standing(asset.id).verdict
        if not said.allows and asset.approval is Approval.APPROVED:
            say(f"Approved, but held back: {asset.name} ({said.sentence()})")


def _push(parts: Parts, say: Say) -> bool:
    plan = parts.worker.plan_push([asset.id for asset in _masters(parts)], TARGET)
    for action in PushAction:
        if plan.count(action):
            say(f"PhotoShelter plan: {plan.count(action)} {action.value.replace('_', ' ')}")
    jobs = _ended(parts, parts.worker.push(plan))
    done = sum(job.state is JobState.DONE for job in jobs)
    say(f"Pushed by reference, no byte through this machine: {done} of {len(jobs)}")
    _tell_errors(jobs, say)
    return done == len(jobs)


def _publish(parts: Parts, say: Say) -> bool:
    """Have renditions of the first masters made; that they are recorded follows of itself."""
    pushed = (one for one in _masters(parts) if one.cloud is not None and one.kind is Kind.IMAGE)
    chosen = list(islice(pushed, PUBLISHED))
    ids = [asset.id for asset in chosen]
    plan = parts.worker.renditions.plan(ids, RenditionWish(presets=PRESETS))
    jobs = _ended(parts, parts.worker.renditions.carry_out(plan))
    _tell_errors(jobs, say)
    made = {asset.id: parts.worker.renditions.made_of(asset.id) for asset in chosen}
    for asset in chosen:
        for rendition in made[asset.id]:
            say(f"Published: {asset.name} as {rendition.preset}")
    return _record(parts, ids, say) and all(made.values())


def _record(parts: Parts, masters: Sequence[AssetId], say: Say) -> bool:
    """Wait until the masters' records at PhotoShelter tell what was published."""
    batch = parts.worker.write_back.queue(masters)
    jobs = parts.stock.jobs
    until(lambda: not (jobs.is_open(batch) or jobs.unfinished(WRITE_BACK)))
    found = parts.worker.write_back.preview(masters)
    for one in found:
        if one.written is not None:
            names = ", ".join(entry.preset for entry in one.record.published)
            say(f"Recorded at PhotoShelter: {one.written.document_name} ({names})")
    return all(one.written is not None and not one.is_due for one in found)


def _ended(parts: Parts, batch: str) -> list[JobRecord]:
    until(lambda: all(job.state.is_finished for job in parts.worker.batch(batch)))
    return parts.worker.batch(batch)


def _tell_errors(jobs: Sequence[JobRecord], say: Say) -> None:
    for job in jobs:
        if job.error is not None:
            say(f"  {job.name}: {job.error.sentence()}")


def _masters(parts: Parts) -> list[Asset]:
    account = parts.worker.current_account()
    query = Query(
        library=shelter_library(ACCOUNT), environment=account.environment if account else None
    )
    with parts.stock.readers.lent() as reader:
        return reader.page(query, offset=0, limit=500, now=utc_now())
