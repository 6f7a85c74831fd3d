"""Histories of one master whose file says what was decided of it, and what others write into it."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from itertools import count

import exiv2
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bridge_app.cli.main import main
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edits import EditState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.standing import CARRIED_BY
from bridge_app.work.events import Connectivity
from bridge_app.work.kinds import TELL_FILE
from bridge_app.work.worker import Worker
from tests.desk import ACCOUNT, Desk, picture
from tests.work.gate_model import NO, WORDS, YES

CLOUD = ACCOUNT.cloud_name
SAYING = {YES: "approval:approved", NO: "approval:rejected"}

seeds = count(1)
approvals = st.sampled_from([YES, YES, *Approval])


class FileHistories(RuleBasedStateMachine):
    """One history; the desk and the service are those of all histories."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        super().__init__()
        self.desk, self.sandbox = desk, sandbox
        self.path = desk.folder / f"hero-{next(seeds)}.jpg"
        self.content = ""
        self.said: dict[str, list[Approval]] = {}
        """What was said of each content, the newest last; what our own writing made shares it."""
        self.told: list[Approval] = []
        self.seen = {(one.asset_id, one.version) for one in sandbox.stored(CLOUD)}
        self.may: set[str] = set()

    @property
    def worker(self) -> Worker:
        """The one that is open now."""
        return self.desk.parts.worker

    def hero(self) -> Asset:
        """The file here; of what was taken back the mirror may show one of the same name."""
        return next(
            one
            for one in self.desk.assets()
            if one.name == self.path.name and environment_of(one.library) is None
        )

    @initialize()
    def a_file_is_there(self) -> None:
        self.all_is_well()
        self.changes_the_picture()

    # What people do

    @rule(approval=approvals)
    def decides(self, approval: Approval) -> None:
        self.notes()
        self.settles()
        assert self.worker.decide([self.hero().id], approval) == 1
        self.decided(approval)

    @rule(word=st.sampled_from(sorted(WORDS)))
    def decides_at_the_command_line(self, word: str) -> None:
        self.notes()
        self.settles()
        assert main([word, str(self.path)]) == 0
        self.decided(WORDS[word])

    @rule()
    def pushes(self) -> None:
        self.worker.push(self.desk.plan([self.hero().id]))

    @rule(says=st.sampled_from([YES, NO]))
    def another_program_says_it(self, says: Approval) -> None:
        """Its word decides nothing, and its bytes are others."""
        self.notes()
        self.settles()
        image = exiv2.ImageFactory.open(str(self.path))
        image.readMetadata()
        data = image.xmpData()
        with suppress(KeyError):
            del data["Xmp.dc.subject"]
        data["Xmp.dc.subject"] = SAYING[says]
        data["Xmp.dc.source"] = f"{next(seeds)}"
        image.setXmpData(data)
        image.writeMetadata()
        self.looks_at_it()

    @rule()
    def changes_the_picture(self) -> None:
        self.notes()
        self.settles()
        picture(self.path, 1_000 + next(seeds), (24, 16))
        self.looks_at_it()

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

    @rule()
    def time_passes(self) -> None:
        self.desk.clock.forward(timedelta(minutes=10))
        self.worker.retry([])

    @rule(lost=st.booleans(), path=st.sampled_from(["/upload", "/resources"]))
    def trouble_comes(self, lost: bool, path: str) -> None:
        if lost:
            self.sandbox.faults.lose_reply(times=1, path_contains=path)
        else:
            self.sandbox.faults.answer(status=503, times=1, path_contains=path)

    @rule(in_order=st.booleans())
    def ends_and_begins_anew(self, in_order: bool) -> None:
        if in_order:
            self.desk.reopen()
        else:
            self.desk.dies()
        self.looks_again()

    # What has to hold

    @invariant()
    def nothing_left_that_may_not(self) -> None:
        if not self.content:
            return
        self.settles()
        self.notes()
        for one in self.sandbox.stored(CLOUD):
            if (one.asset_id, one.version) not in self.seen and one.etag in self.said:
                self.seen.add((one.asset_id, one.version))
                assert one.etag in self.may
        self.may = set()
        self.notes()

    @invariant()
    def nothing_said_is_lost_or_doubled(self) -> None:
        if not self.content:
            return
        history = self.worker.history(self.hero().id)
        people = [one.approval for one in history if one.who != CARRIED_BY]
        assert sorted(people) == sorted(self.told)
        assert self.hero().approval is (self.said[self.content] or [Approval.DRAFT])[-1]

    def teardown(self) -> None:
        """In the end the file says what holds of it, unless it speaks of other bytes."""
        if not self.content:
            return
        self.all_is_well()
        self.worker.retry([])
        self.settles()
        self.nothing_left_that_may_not()
        decided = self.said[self.content]
        if decided and decided[-1] is not Approval.DRAFT:
            assert self.keywords() == [f"approval:{decided[-1].value}"]

    # How it is asked

    def decided(self, approval: Approval) -> None:
        self.said[self.content].append(approval)
        self.told.append(approval)

    def notes(self) -> None:
        """What may leave until now."""
        self.may |= {key for key, said in self.said.items() if said and said[-1] is YES}

    def all_is_well(self) -> None:
        self.sandbox.faults.clear()
        self.worker.set_work_offline(on=False)
        self.worker.resume()

    def keywords(self) -> list[str]:
        image = exiv2.ImageFactory.open(str(self.path))
        image.readMetadata()
        data = image.xmpData()
        return [str(word) for word in data["Xmp.dc.subject"].getValue()]

    def looks_again(self) -> None:
        for library in self.worker.libraries():
            self.worker.scan(library.id)
        self.desk.settled()

    def looks_at_it(self) -> None:
        """Somebody else wrote it."""
        self.content = self.of_the_file()
        self.said.setdefault(self.content, [])
        self.looks_again()

    def settles(self) -> None:
        """Wait until nothing is on its way; what our own writing made is the same picture."""
        jobs, edits = self.desk.parts.stock.jobs, self.desk.parts.stock.edits

        def is_written() -> bool:
            if jobs.unfinished(TELL_FILE):
                return False
            return all(one.state is EditState.DELIVERED for one in edits.history(self.hero().id))

        self.desk.until(self.desk.is_calm, what="the calm")
        if self.content and not self.worker.paused:
            self.desk.until(is_written, what="the file")
            self.desk.settled()
        now = self.of_the_file() if self.content else ""
        if now != self.content:
            self.said[now], self.content = self.said[self.content], now
            self.desk.until(lambda: self.hero().content == self.sha256(), what="the catalog")

    def of_the_file(self) -> str:
        return hashlib.md5(self.path.read_bytes(), usedforsecurity=False).hexdigest()

    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()
