"""The demo's journey without a window: browse, approve, push, and deliver, then say so."""

from collections.abc import Callable

from bridge_app.app.build import Parts, build, utc_now
from bridge_app.app.demo import Demo
from bridge_app.app.demo_profile import demo_home, recipes
from bridge_app.app.headless_shelter import shelter_journey, until
from bridge_app.app.profile import key_store, profile_home, sole_worker
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, LibraryId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.push_plan import PushAction, PushPlan, PushTarget
from bridge_app.domain.query import Query

Say = Callable[[str], None]
SHOWN = 3
TARGET = PushTarget(folder="sample-campaign", tags=("demo",))


def run_headless(say: Say) -> int:
    """Run the whole journey in the demo's profile; 0 if everything was delivered."""
    home = demo_home(profile_home())
    with sole_worker(home), build(home, open_store=key_store(home)) as parts:
        demo = Demo(parts, recipes=recipes(), now=utc_now)
        demo.connect()
        parts.worker.start()
        try:
            return _journey(parts, demo, say)
        finally:
            demo.close()


def _journey(parts: Parts, demo: Demo, say: Say) -> int:
    say(f"Sandbox: {demo.sandbox.url}")
    record = demo.fill(lambda _done, _total: None, lambda: False)
    until(lambda: not parts.worker.is_scanning())
    assets = _assets(parts, record.id)
    say(f"Sample library: {record.location} ({len(assets)} assets)")
    _approve_one_more(parts, assets, say)
    plan = parts.worker.plan_push([asset.id for asset in assets], TARGET)
    _tell_plan(plan, say)
    batch = parts.worker.push(plan)
    until(lambda: all(job.state.is_finished for job in parts.worker.batch(batch)))
    jobs = parts.worker.batch(batch)
    done = sum(job.state is JobState.DONE for job in jobs)
    say(f"Delivered: {done} of {len(jobs)}")
    for job in jobs:
        if job.error is not None:
            say(f"  {job.error.sentence()}")
    fetched = _tell_renditions(parts, record.id, say)
    governed = shelter_journey(parts, demo, say)
    return 0 if done == len(jobs) and fetched and governed else 1


def _approve_one_more(parts: Parts, assets: list[Asset], say: Say) -> None:
    """A reviewer's act, so that the journey has one."""
    waiting = [asset for asset in assets if asset.approval is Approval.IN_REVIEW]
    if waiting:
        parts.worker.decide([waiting[0].id], Approval.APPROVED, comment="Fits the campaign.")
        say(f"Approved: {waiting[0].name}")


def _tell_plan(plan: PushPlan, say: Say) -> None:
    for action in PushAction:
        if plan.count(action):
            say(f"Plan: {plan.count(action)} {action.value.replace('_', ' ')}")
    say(f"Plan: {plan.bytes} bytes to {plan.environment}/{plan.target.folder}")


def _tell_renditions(parts: Parts, library: LibraryId, say: Say) -> bool:
    """Fetch a few renditions from their delivery URLs; were there any?"""
    pushed = [asset for asset in _assets(parts, library) if asset.cloud is not None]
    fetched = 0
    for asset in [asset for asset in pushed if asset.kind == "image"][:SHOWN]:
        for preset in READY_PRESETS:
            try:
                delivered = parts.worker.rendition(asset.id, preset)
            except BridgeError as error:
                say(f"{asset.name}: {error}")
                continue
            fetched += 1
            size = f"{delivered.width}×{delivered.height} {delivered.format}"
            say(f"{preset.name}: {size}, {delivered.bytes} bytes: {delivered.link.url}")
    return fetched > 0


def _assets(parts: Parts, library: LibraryId) -> list[Asset]:
    account = parts.worker.current_account()
    query = Query(library=library, environment=account.environment if account else None)
    with parts.stock.readers.lent() as reader:
        return reader.page(query, offset=0, limit=500, now=utc_now())
