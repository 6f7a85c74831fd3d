"""Histories of three masters: what people do in any order, and what holds all the while."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
)

from bridge_app.cli.main import main
from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import BridgeError, GateRefusalError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.policies import PolicyMatch
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.storage.looks import LOOK
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.events import Connectivity
from bridge_app.work.kinds import RETRACT_RENDITION, WEBHOOK
from tests.plain_http import plain
from tests.work.gate_bench import CLOUD, Bench
from tests.work.gate_model import (
    CHANGES,
    FORBIDDEN,
    MAY_LET_PASS,
    NAMES,
    NO,
    OF_SQUARE,
    SQUARE,
    WORDS,
    YES,
    Master,
)

LICENCE, HOUR = timedelta(days=30), timedelta(hours=1)

seeds = count(1)
masters = st.sampled_from(NAMES)
approvals = st.sampled_from([YES, *Approval])
"""Approved more often: what is never approved never leaves."""


class Histories(Bench):
    """One history of three masters: what people do, what breaks, and what has to hold."""

    @initialize(in_stages=st.booleans())
    def files_are_there(self, in_stages: bool) -> None:
        """Each history begins with two things that may not be."""
        number = next(seeds)
        folder = frozenset({f"{number}"}) if in_stages else frozenset({"nowhere"})
        staged = replace(
            MAY_LET_PASS, name=f"{number}", stages=("legal",), match=PolicyMatch(folders=folder)
        )
        others = self.worker.policies.policies() or (MAY_LET_PASS,)
        self.worker.policies.put([*others, staged] if in_stages else others)
        self.legal_may_let_pass(is_so=True)
        for name in NAMES:
            path = self.desk.folder / f"{number}" / f"{name}.jpg"
            master = self.masters[name] = Master(path=path, in_stages=in_stages)
            if name == "licensed":
                last_day = (self.desk.clock() + LICENCE).date()
                master.ends = datetime.combine(last_day, time(), tzinfo=UTC) + timedelta(days=1)
            master.write(next(seeds))
        self.looked_through()
        for name, how in zip(NAMES, self.hows, strict=False):
            self.tries(name, how)

    # What people do

    @rule(name=masters, approval=approvals, about=st.sampled_from(["", "legal", "square"]))
    def decides(self, name: str, approval: Approval, about: str = "") -> None:
        """An override is taken back first: it was for the review as it stood."""
        self.notes()
        self.takes_back(name)
        master = self.masters[name]
        done = self.worker.decide(
            [self.asset(name).id],
            approval,
            comment="in the window",
            stage="legal" if about == "legal" else "",
            transformation=OF_SQUARE if about == "square" else "",
        )
        assert done == 1
        master.decided(about, approval)

    @rule(name=masters, word=st.sampled_from(sorted(WORDS)))
    def decides_at_the_command_line(self, name: str, word: str) -> None:
        self.notes()
        self.takes_back(name)
        master = self.masters[name]
        assert main([word, str(master.path)]) == 0
        master.decided("", WORDS[word])

    @rule()
    def approves_and_pushes_all(self) -> None:
        for name in NAMES:
            self.clears(name)
        self.pushes(set(NAMES))

    @rule(names=st.sets(masters, min_size=1))
    def pushes(self, names: set[str]) -> None:
        chosen = [self.asset(name).id for name in sorted(names)]
        self.worker.push(self.desk.plan(chosen))

    @rule(name=masters)
    def changes_the_file(self, name: str) -> None:
        self.notes()
        self.masters[name].write(next(seeds))
        self.looked_through()

    @rule(name=masters)
    def copies_an_address(self, name: str) -> None:
        asset, master = self.asset(name), self.masters[name]
        may = master.content in master.leaving(self.desk.clock())
        try:
            self.worker.link(asset, READY_PRESETS[0])
        except GateRefusalError:
            assert not may
        except BridgeError:
            assert asset.cloud is None
        else:
            assert may

    @rule(name=masters)
    def makes_its_square(self, name: str) -> None:
        self.calm()
        asset, master = self.asset(name), self.masters[name]
        renditions, may = self.worker.renditions, master.may_be_square(self.desk.clock())
        had = self.has_square(asset)
        plan = renditions.plan([asset.id], RenditionWish(presets=(SQUARE,)))
        batch = renditions.carry_out(plan)
        if self.worker.connectivity() is Connectivity.ONLINE:
            self.desk.finished(batch)
        assert may or had or not self.has_square(asset)

    @rule(name=masters, hours=st.sampled_from([1, 100]))
    def lets_pass(self, name: str, hours: int) -> None:
        until = self.desk.clock() + timedelta(hours=hours)
        wish = OverrideWish(reason="Tonight.", until=until)
        with suppress(GateRefusalError):
            if self.worker.approvals.override([self.asset(name).id], wish):
                self.masters[name].now.let_pass_until = until

    @rule(name=masters)
    def takes_back(self, name: str) -> None:
        self.notes()
        self.worker.approvals.take_back([self.asset(name).id], "Not tonight.")
        self.masters[name].now.let_pass_until = None

    @rule(is_so=st.booleans())
    def legal_may_let_pass(self, is_so: bool) -> None:
        """Whoever may not any more: what they let pass does not leave, but what left stays."""
        self.notes()
        roles = frozenset({"legal"}) if is_so else frozenset()
        known = self.worker.policies.policies()
        self.worker.policies.put([replace(one, may_override=roles) for one in known])
        for master in self.masters.values():
            master.may_be_let_pass = is_so

    @rule(name=masters, is_missing=st.booleans())
    def speaks_of_a_release(self, name: str, is_missing: bool) -> None:
        self.notes()
        claim = RightsClaim(model_released=not is_missing)
        self.worker.rights.claim([self.asset(name).id], claim)
        self.masters[name].is_restricted = is_missing

    @rule()
    def cancels_everything(self) -> None:
        self.worker.cancel()

    @rule(name=masters, how=st.sampled_from([how for hows in FORBIDDEN for how in hows]))
    def tries_what_is_forbidden(self, name: str, how: str) -> None:
        self.tries(name, how)

    def tries(self, name: str, how: str) -> None:
        """Something new that may leave but for one thing, while all is well around it."""
        name = "licensed" if how == "ended" else name
        self.all_is_well()
        self.legal_may_let_pass(is_so=True)
        self.changes_the_file(name)
        if how not in ("undecided", "stage", "withdrawn", "expired", "powerless"):
            self.clears(name)
        if how == "no":
            self.decides(name, NO)
        if how == "stage":
            self.decides(name, YES, "" if self.masters[name].in_stages else "legal")
        if how == "restricted":
            self.speaks_of_a_release(name, is_missing=True)
        if how in ("withdrawn", "expired", "powerless"):
            self.lets_pass(name, 1)
        if how == "powerless":
            self.legal_may_let_pass(is_so=False)
        if how == "withdrawn":
            self.takes_back(name)
        self.goes_on(name, how)
        self.pushes({name})

    def goes_on(self, name: str, how: str) -> None:
        """What comes after it might have left."""
        if how in ("square", "made"):
            self.pushes({name})
            self.calm()
            if how == "made":
                self.makes_its_square(name)
            self.decides(name, NO, "square")
            self.makes_its_square(name)
        if how in ("ended", "expired"):
            self.time_passes(LICENCE.days + 2 if how == "ended" else 1)
        if how == "told":
            self.is_told_too_late(name)

    def is_told_too_late(self, name: str) -> None:
        """It is pushed, and nobody takes the news until it was rejected."""
        with self.heard.nobody_listening():
            self.pushes({name})
            self.nothing_left_that_may_not()
            self.worker.post_events()
            jobs = self.desk.parts.stock.jobs
            states = (JobState.QUEUED, JobState.RUNNING)
            self.desk.until(lambda: not any(jobs.in_state(WEBHOOK, one) for one in states))
            self.decides(name, NO)
            self.heard.forget(self.masters.values(), self.desk.clock())
        self.time_passes(1)

    def clears(self, name: str) -> None:
        """Everybody says yes."""
        self.speaks_of_a_release(name, is_missing=False)
        self.decides(name, YES)
        if self.masters[name].in_stages:
            self.decides(name, YES, "legal")

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
        self.notes()
        self.desk.clock.forward(timedelta(days=days, minutes=10))
        self.worker.retry([])

    @rule(lost=st.booleans(), path=st.sampled_from(["/upload", "/resources"]))
    def trouble_comes(self, lost: bool, path: str) -> None:
        if lost:
            self.sandbox.faults.lose_reply(times=1, path_contains=path)
        else:
            self.sandbox.faults.answer(status=503, times=1, path_contains=path)

    @rule()
    def an_answer_is_lost_and_the_push_cancelled(self) -> None:
        self.all_is_well()
        self.sandbox.faults.lose_reply(times=1, path_contains="/image/upload")
        self.approves_and_pushes_all()
        self.desk.until(
            lambda: self.sandbox.faults.pending == 0 or self.worker.summary().active == 0
        )
        self.worker.cancel()

    @rule()
    def opens_anew(self) -> None:
        self.desk.reopen()

    # What has to hold

    @invariant()
    def nothing_left_that_may_not(self) -> None:
        if not self.masters:
            return
        self.calm()
        now = self.desk.clock()
        after = set().union(*(master.leaving(now) for master in self.masters.values()))
        ours = set().union(*(master.said for master in self.masters.values()))
        for one in self.sandbox.stored(CLOUD):
            if (one.asset_id, one.version) not in self.seen and one.etag in ours:
                self.seen.add((one.asset_id, one.version))
                assert one.etag in self.before | after
        self.before = after

    @invariant()
    def no_address_is_told_that_may_not_be(self) -> None:
        if self.masters:
            self.worker.post_events()
            self.heard.check(self.masters.values(), self.desk.clock())

    @invariant()
    def nothing_said_is_lost_or_doubled(self) -> None:
        for name, master in self.masters.items():
            history = self.worker.history(self.asset(name).id)
            assert sorted(one.approval for one in history) == sorted(master.told)

    def teardown(self) -> None:
        """In the end the public sees what the gate allows, and no content was stored twice."""
        if not self.masters:
            return
        self.all_is_well()
        self.desk.clock.forward(HOUR)
        self.worker.retry([])
        self.desk.until(lambda: self.worker.summary().active == 0, what="the end of all pushes")
        # Pushes that have only ended now are looked for again a quarter of an hour later.
        self.desk.clock.forward(HOUR)
        self.worker.retry([])
        self.desk.until(self.is_settled, what="the peace")
        self.every_approval_was_told_once()
        now = self.desk.clock()
        for name, master in self.masters.items():
            for one in self.stored(master):
                url = f"{self.sandbox.url}/{CLOUD}/image/upload/{one.public_id}.{one.format}"
                is_shown = plain.get(url).status_code == 200
                assert is_shown == (one.etag in master.staying(now)), name
                assert one.uploads <= len(master.said)
                if master.said[one.etag].square in (NO, CHANGES):
                    square = f"{self.sandbox.url}/{CLOUD}/image/upload/{SQUARE.transformation}"
                    assert plain.get(f"{square}/{one.public_id}.png").status_code != 200, name

    def every_approval_was_told_once(self) -> None:
        self.worker.post_events()
        unfinished = self.desk.parts.stock.jobs.unfinished
        self.desk.until(lambda: not unfinished(WEBHOOK), what="the messages")
        self.no_address_is_told_that_may_not_be()
        self.heard.check_approvals(self.masters.values())

    def is_settled(self) -> bool:
        """Is everything taken away that has to be, and given back that may?

        Licences of many histories end on one day: a person is asked, and says yes.
        """
        self.worker.retractions.look()
        for waiting in self.worker.retractions.waiting():
            self.worker.retractions.carry_out(waiting)
        plan = self.worker.retractions.plan(CLOUD)
        jobs = self.desk.parts.stock.jobs
        return not (plan.steps or plan.renditions or jobs.unfinished(LOOK, RETRACT_RENDITION))
