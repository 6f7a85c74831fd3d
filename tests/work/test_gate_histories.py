"""Whatever people do in whatever order, whatever breaks: nothing leaves that the gate's rule on the
recorded facts does not allow at that moment, and no decision is lost or counted twice."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import chain, count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bridge_app.cli.main import main
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError, GateRefusalError
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker
from tests.desk import ACCOUNT, Desk, licensed_picture, picture
from tests.plain_http import plain

CLOUD = ACCOUNT.cloud_name
NAMES = ("hero", "detail", "licensed")
WORDS = {
    "approve": Approval.APPROVED,
    "reject": Approval.REJECTED,
    "request-changes": Approval.CHANGES_REQUESTED,
}
IN_CI, IN_SOAK = 12, 600
"""Histories; each has up to `STEPS` steps."""
STEPS = 12
LICENCE = timedelta(days=30)

seeds = count(1)
masters = st.sampled_from(NAMES)
approvals = st.sampled_from([Approval.APPROVED, *Approval])
"""Approved more often: what is never approved never leaves."""


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, calls_per_hour=1_000_000)
    made.start()
    yield made
    made.stop()


@dataclass(kw_only=True)
class Master:
    """What this test knows of a master by its own book-keeping."""

    path: Path
    ends: datetime | None = None
    content: str = ""
    said: dict[str, list[Approval]] = field(default_factory=dict)

    def write(self, seed: int) -> None:
        """Give the file a content that was never there."""
        if self.ends is None:
            picture(self.path, seed, size=(24, 16))
        else:
            licensed_picture(self.path, until=self.ends - timedelta(days=1), seed=seed)
        self.content = hashlib.md5(self.path.read_bytes(), usedforsecurity=False).hexdigest()
        self.said.setdefault(self.content, [])

    def allowed(self, at: datetime) -> set[str]:
        """The contents that may leave."""
        if self.ends is not None and at >= self.ends:
            return set()
        return {key for key, said in self.said.items() if said[-1:] == [Approval.APPROVED]}


class Histories(RuleBasedStateMachine):
    """One history of three masters; the desk and the service are those of all histories."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        super().__init__()
        self.desk, self.sandbox = desk, sandbox
        self.masters: dict[str, Master] = {}
        self.seen = {(one.asset_id, one.version) for one in sandbox.stored(CLOUD)}
        self.before: set[str] = set()

    @property
    def worker(self) -> Worker:
        """The one that is open now."""
        return self.desk.parts.worker

    @initialize()
    def files_are_there(self) -> None:
        number = next(seeds)
        for name in NAMES:
            path = self.desk.folder / f"{number}" / f"{name}.jpg"
            master = self.masters[name] = Master(path=path)
            if name == "licensed":
                last_day = (self.desk.clock() + LICENCE).date()
                master.ends = datetime.combine(last_day, time(), tzinfo=UTC) + timedelta(days=1)
            master.write(next(seeds))
        self.looked_through()

    def looked_through(self) -> None:
        for library in self.worker.libraries():
            self.worker.scan(library.id)
        self.desk.settled()

    def asset(self, name: str) -> Asset:
        (found,) = self.worker.locate([self.masters[name].path])
        with self.desk.parts.stock.readers.lent() as reader:
            (asset,) = reader.assets([found], environment=CLOUD)
        return asset

    def calm(self) -> None:
        """Wait until nothing is on its way; what waits for something else stays."""

        def is_calm() -> bool:
            told = self.worker.summary()
            return told.running == 0 and (told.paused or told.queued == 0)

        self.desk.until(is_calm, what="the calm")

    # What people do

    @rule(name=masters, approval=approvals)
    def decides(self, name: str, approval: Approval) -> None:
        assert self.worker.decide([self.asset(name).id], approval, comment="in the window") == 1
        self.masters[name].said[self.masters[name].content].append(approval)

    @rule(name=masters, word=st.sampled_from(sorted(WORDS)))
    def decides_at_the_command_line(self, name: str, word: str) -> None:
        assert main([word, str(self.masters[name].path)]) == 0
        self.masters[name].said[self.masters[name].content].append(WORDS[word])

    @rule()
    def approves_and_pushes_all(self) -> None:
        chosen = [self.asset(name).id for name in NAMES]
        self.worker.decide(chosen, Approval.APPROVED)
        for master in self.masters.values():
            master.said[master.content].append(Approval.APPROVED)
        self.worker.push(self.desk.plan(chosen))

    @rule(names=st.sets(masters, min_size=1))
    def pushes(self, names: set[str]) -> None:
        chosen = [self.asset(name).id for name in sorted(names)]
        self.worker.push(self.desk.plan(chosen))

    @rule(name=masters)
    def changes_the_file(self, name: str) -> None:
        self.masters[name].write(next(seeds))
        self.looked_through()

    @rule(name=masters)
    def copies_an_address(self, name: str) -> None:
        asset, master = self.asset(name), self.masters[name]
        may = master.content in master.allowed(self.desk.clock())
        try:
            self.worker.link(asset, READY_PRESETS[0])
        except GateRefusalError:
            assert not may
        except BridgeError:
            assert asset.cloud is None
        else:
            assert may

    # What happens to them

    @rule()
    def pauses_or_goes_on(self) -> None:
        if self.worker.paused:
            self.worker.resume()
        else:
            self.worker.pause()

    @rule()
    def pulls_the_plug_or_puts_it_in(self) -> None:
        self.worker.set_work_offline(on=self.worker.connectivity() is Connectivity.ONLINE)

    @rule(days=st.sampled_from([0, 1, 20]))
    def time_passes(self, days: int) -> None:
        self.desk.clock.forward(timedelta(days=days, minutes=10))
        self.worker.retry([])

    @rule(lost=st.booleans(), path=st.sampled_from(["/upload", "/resources"]))
    def trouble_comes(self, lost: bool, path: str) -> None:
        if lost:
            self.sandbox.faults.lose_reply(times=1, path_contains=path)
        else:
            self.sandbox.faults.answer(status=503, times=1, path_contains=path)

    @rule()
    def opens_anew(self) -> None:
        self.desk.reopen()

    @invariant()
    def nothing_left_that_may_not(self) -> None:
        if not self.masters:
            return
        self.calm()
        now = self.desk.clock()
        after = set().union(*(master.allowed(now) for master in self.masters.values()))
        ours = set().union(*(master.said for master in self.masters.values()))
        for one in self.sandbox.stored(CLOUD):
            if (one.asset_id, one.version) not in self.seen and one.etag in ours:
                self.seen.add((one.asset_id, one.version))
                assert one.etag in self.before | after
        self.before = after

    @invariant()
    def nothing_said_is_lost_or_doubled(self) -> None:
        for name, master in self.masters.items():
            history = self.worker.history(self.asset(name).id)
            told = sorted(one.approval for one in history)
            assert told == sorted(chain(*master.said.values()))

    def teardown(self) -> None:
        """In the end the public sees what the gate allows, and no content was stored twice."""
        if not self.masters:
            return
        self.sandbox.faults.clear()
        self.worker.set_work_offline(on=False)
        self.worker.resume()
        self.desk.clock.forward(timedelta(hours=1))
        self.worker.retry([])
        self.desk.until(lambda: self.worker.summary().active == 0, what="the end of all pushes")
        self.desk.until(self.is_settled, what="the peace")
        now = self.desk.clock()
        for name, master in self.masters.items():
            for one in self.stored(master):
                url = f"{self.sandbox.url}/{CLOUD}/image/upload/{one.public_id}.{one.format}"
                is_shown = plain.get(url).status_code == 200
                assert is_shown == (one.etag in master.allowed(now)), name
                assert one.uploads <= len(master.said)

    def is_settled(self) -> bool:
        """Is everything taken away that has to be, and given back that may?"""
        self.worker.retractions.look()
        return self.worker.retractions.plan(CLOUD).steps == ()

    def stored(self, master: Master) -> list[StoredAsset]:
        """What the service has of a master."""
        return [one for one in self.sandbox.stored(CLOUD) if one.etag in master.said]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "histories",
    [
        IN_CI,
        pytest.param(IN_SOAK, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_the_gate_is_never_got_around(
    desk: Desk, sandbox: Sandbox, histories: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSET_BRIDGE_HOME", str(desk.home / "profile"))
    desk.library()

    class Here(Histories):
        """At this desk."""

        def __init__(self) -> None:
            super().__init__(desk, sandbox)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=histories,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
