"""Histories of one master at its service: what is recorded there, and what stands in an entry."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bridge_app.cli.main import main
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.sandbox.contentstack.stack import MASTER
from bridge_app.sandbox.photoshelter.contents import pieces
from bridge_app.work.contentstack_asking import PublishWish
from bridge_app.work.events import Connectivity
from bridge_app.work.kinds import CONTENTSTACK, WRITE_BACK
from bridge_app.work.worker import Worker
from tests.desk import ACCOUNT
from tests.stacks import stacks
from tests.work.campaign import SQUARE, Campaign, drawn, is_delivered
from tests.work.gate_model import CHANGES, NO, WORDS, YES, Said

CLOUD = ACCOUNT.cloud_name
OF_SQUARE = f"{SQUARE.transformation}/f_{SQUARE.format}"
CONTENT_TYPE, FIELD = "article", "image_url"
RECORDS = "Finals · renditions"
PATHS = ("/upload", "/resources", "/explicit", "/entries/", "/publish", "/media", "/galleries")
"""Calls that get lost or are refused: at Cloudinary, at the stack, at the master's service."""

seeds = count(1)
approvals = st.sampled_from([YES, YES, *Approval])


@dataclass(kw_only=True)
class Model:
    """What is known of the master: what was said of each content it had, and its rights."""

    name: str
    content: str = ""
    ends: datetime | None = None
    is_restricted: bool = False
    said: dict[str, Said] = field(default_factory=dict)
    told: list[Approval] = field(default_factory=list)

    def changed(self, data: bytes) -> None:
        """The service has another file."""
        self.content = hashlib.md5(data, usedforsecurity=False).hexdigest()
        self.said.setdefault(self.content, Said())

    def decided(self, about: str, approval: Approval) -> None:
        """Somebody decides of what it is now."""
        self.said[self.content].rule(about, approval)
        self.told.append(approval)

    def squares(self, at: datetime) -> set[str]:
        """The contents whose squares may be known."""
        if self.is_restricted or (self.ends is not None and at >= self.ends):
            return set()
        return {
            key
            for key, said in self.said.items()
            if said.whole is YES and said.square not in (NO, CHANGES)
        }


class ChannelHistories(RuleBasedStateMachine):
    """One history; the desk and the services are those of all histories."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self.campaign = campaign
        self.desk, self.sandbox = campaign.desk, campaign.sandbox
        stack = self.sandbox.stack
        fields = {"title": "Hero", FIELD: ""}
        self.entry = stack.add_entry(stack.branches["main"], CONTENT_TYPE, fields, MASTER)
        self.model = Model(name="")
        self.may: set[str] = set()
        self.heard: set[tuple[str, str]] = set()

    @property
    def worker(self) -> Worker:
        """The one that is open now."""
        return self.desk.parts.worker

    def hero(self) -> Asset:
        return self.campaign.asset(self.model.name)

    @initialize()
    def a_master_is_there(self) -> None:
        """Each history has a master of its own; those of earlier ones are let go."""
        number = next(seeds)
        self.all_is_well()
        self.model = Model(name=f"hero-{number}.jpg")
        media = self.campaign.brand.add(self.model.name)
        self.changes_its_file(media)

    # What people do

    @rule(approval=approvals, about=st.sampled_from(["", "square"]))
    def decides(self, approval: Approval, about: str) -> None:
        self.notes()
        through = OF_SQUARE if about else ""
        assert self.worker.decide([self.hero().id], approval, transformation=through) == 1
        self.model.decided(about, approval)

    @rule(word=st.sampled_from(sorted(WORDS)))
    def decides_at_the_command_line(self, word: str) -> None:
        self.notes()
        assert main([word, self.hero().id]) == 0
        self.model.decided("", WORDS[word])

    @rule(days=st.sampled_from([0, 1, 10]), is_missing=st.booleans())
    def speaks_of_its_rights(self, days: int, is_missing: bool) -> None:
        """0: they do not end."""
        self.notes()
        ends = self.desk.clock().replace(microsecond=0) + timedelta(days=days) if days else None
        claim = RightsClaim(window=RightsWindow(ends=ends), model_released=not is_missing)
        self.worker.rights.claim([self.hero().id], claim)
        self.model.ends, self.model.is_restricted = ends, is_missing

    @rule()
    def pushes(self) -> None:
        self.worker.push(self.desk.plan([self.hero().id]))

    @rule()
    def makes_its_square(self) -> None:
        renditions = self.worker.renditions
        renditions.carry_out(renditions.plan([self.hero().id], RenditionWish(presets=(SQUARE,))))

    @rule()
    def puts_it_into_the_entry(self) -> None:
        wish = PublishWish(
            content_type=CONTENT_TYPE,
            entry=self.entry.uid,
            field=FIELD,
            preset=SQUARE.name,
        )
        with suppress(BridgeError):
            stacks(self.desk).publish("Site", [(self.hero(), wish)])

    @rule()
    def takes_it_out_again(self) -> None:
        known = stacks(self.desk).publications("Site")
        ours = [one for one in known if one.place.entry == self.entry.uid]
        stacks(self.desk).unpublish(ours)

    @rule()
    def does_all_of_it(self) -> None:
        """So that there is something that may have to go again."""
        self.all_is_well()
        self.notes()
        self.speaks_of_its_rights(days=10, is_missing=False)
        self.decides(YES, "")
        self.decides(YES, "square")
        self.pushes()
        self.calm()
        self.makes_its_square()
        self.calm()
        self.puts_it_into_the_entry()

    @rule()
    def changes_its_file(self, media: str = "") -> None:
        """The service has a new version; what was said of the one before is not said of it."""
        self.notes()
        brand = self.campaign.brand
        data = drawn(1_000 + next(seeds))
        brand.state.replace_file(media or brand.media[self.model.name], data)
        self.model.changed(data)
        self.campaign.synced()

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

    @rule(days=st.sampled_from([0, 1, 12]))
    def time_passes(self, days: int) -> None:
        self.notes()
        self.desk.clock.forward(timedelta(days=days, minutes=10))
        self.worker.retry([])

    @rule(lost=st.booleans(), path=st.sampled_from(PATHS))
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

    # What has to hold

    @invariant()
    def nothing_is_told_that_may_not_be(self) -> None:
        """Neither in a record at the service, nor in an entry."""
        if not self.model.name:
            return
        self.calm()
        self.notes()
        now = set(self.told())
        for _, content in now - self.heard:
            assert content in self.may
        self.heard |= now
        self.may = set()
        self.notes()

    @invariant()
    def nothing_said_is_lost_or_doubled(self) -> None:
        if self.model.name:
            history = self.worker.history(self.hero().id)
            assert sorted(one.approval for one in history) == sorted(self.model.told)

    def teardown(self) -> None:
        """In the end records and the entry say what the gate allows, and that alone."""
        if not self.model.name:
            return
        self.all_is_well()
        self.desk.until(self.is_settled, what="the peace")
        may = self.model.squares(self.desk.clock())
        # Channels are told once it is taken back: that may be queued a moment later.
        self.desk.until(
            lambda: all(content in may for _, content in self.shown()),
            what="records and the entry",
        )
        for url in self.addresses():
            assert not is_delivered(url) or self.content_of(url) in may

    # How it is asked

    def notes(self) -> None:
        """What may be known until now: less may be, in a moment."""
        self.may |= self.model.squares(self.desk.clock())

    def all_is_well(self) -> None:
        self.sandbox.faults.clear()
        self.worker.set_work_offline(on=False)
        self.worker.resume()

    def calm(self) -> None:
        """Wait until nothing is on its way; what waits for something else stays."""

        self.desk.until(self.desk.is_calm, what="the calm")

    def is_settled(self) -> bool:
        self.worker.retry([])
        self.worker.retractions.look()
        for waiting in self.worker.retractions.waiting():
            self.worker.retractions.carry_out(waiting)
        plan = self.worker.retractions.plan(CLOUD)
        written = self.worker.write_back.preview([self.hero().id])
        jobs = self.desk.parts.stock.jobs
        return (
            self.worker.summary().active == 0
            and not (plan.steps or plan.renditions or any(one.is_due for one in written))
            and not jobs.unfinished(WRITE_BACK, CONTENTSTACK)
        )

    def told(self) -> Iterator[tuple[str, str]]:
        """What was ever told of this master: where, and of which content it is."""
        for place, url in self.written():
            content = self.content_of(url)
            if content:
                yield place, content

    def shown(self) -> Iterator[tuple[str, str]]:
        """What records and the public say now."""
        for one in list(self.documents())[-1:]:
            for told in one["renditions"]:
                yield "record", self.content_of(told["url"])
        place = self.entry.published.get(("production", MASTER))
        if place is not None:
            url = self.version(place[0]).get(FIELD) or ""
            content = self.content_of(url)
            if content:
                yield "entry", content

    def written(self) -> Iterator[tuple[str, str]]:
        for number, one in enumerate(self.documents()):
            for told in one["renditions"]:
                yield f"record {number}", told["url"]
        for row in self.entry.versions[MASTER]:
            yield f"version {row['_version']}", row.get(FIELD) or ""
        place = self.entry.published.get(("production", MASTER))
        if place is not None:
            yield f"published {place}", self.version(place[0]).get(FIELD) or ""

    def version(self, number: int) -> dict[str, Any]:
        return next(row for row in self.entry.versions[MASTER] if row["_version"] == number)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Everything that was ever recorded of this master, the oldest first."""
        brand = self.campaign.brand
        if not brand.containers(RECORDS):
            return
        for media in brand.files(RECORDS).values():
            for version in sorted(media.versions, key=lambda one: one.number):
                content = brand.state.contents.open(media, version)
                told = json.loads(b"".join(pieces(content)))
                if told["master"]["media_id"] == brand.media[self.model.name]:
                    yield told

    def addresses(self) -> Iterator[str]:
        """The square of each content that was ever delivered."""
        for one in self.sandbox.stored(CLOUD):
            if one.etag in self.model.said:
                path = f"v{one.version}/{one.public_id}.{SQUARE.format}"
                yield f"{self.sandbox.url}/{CLOUD}/image/upload/{SQUARE.transformation}/{path}"

    def content_of(self, url: str) -> str:
        """Which content of this master an address shows; "" for none."""
        for one in self.sandbox.stored(CLOUD):
            if f"/v{one.version}/{one.public_id}." in url and one.etag in self.model.said:
                return one.etag
        return ""
