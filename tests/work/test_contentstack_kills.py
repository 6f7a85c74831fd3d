"""Publications and messages are killed between effect and record: each effect is there once."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.channels.contentstack.pacing import PER_S, Sort
from bridge_app.domain.approvals import Approval
from bridge_app.domain.channel_events import EventType
from bridge_app.domain.contentstack import PublicationState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.webhooks import Endpoint
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.contentstack_asking import PublishWish
from bridge_app.work.kinds import CONTENTSTACK, WEBHOOK
from tests.desk import Desk, picture
from tests.receivers import Receiver
from tests.stacks import connect, is_public, stack_sandbox, stacks, versions
from tests.told_store import ToldStore

ROOT = Path(__file__).resolve().parents[2]
SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
APPROVED = EventType.APPROVED.value
LOCALES = (MASTER, "de-de", "fr-fr")
PUBLISHED, REFUSED = NAMES = ("hero.jpg", "other.jpg")
PATIENCE_S = 30.0


class Killed:
    """A desk whose publications and messages are carried out by processes that are killed."""

    def __init__(self, desk: Desk, stack: Stack, receiver: Receiver) -> None:
        self.desk = desk
        self.stack = stack
        self.receiver = receiver
        self.store = ToldStore()
        desk.store = self.store
        self.entries: dict[str, list[Entry]] = {name: [] for name in NAMES}

    def effects(self) -> int:
        """How often something outside was changed or told."""
        writes = sum(method != "GET" for method, _, _ in self.stack.calls)
        return writes + len(self.receiver.received)

    def killed(self, times: int, seed: int) -> int:
        """Be killed so often, each time a few effects further on; how often it was."""
        chance = random.Random(seed)  # noqa: S311 - where it is killed is no secret
        self.desk.parts.close()
        deaths = 0
        for _ in range(times):
            deaths += self._killed_after(chance.randint(1, 4), later_s=chance.random() * 0.02)
        self.desk.parts = self.desk.build()
        self.desk.open()
        return deaths

    def _killed_after(self, changes: int, *, later_s: float) -> bool:
        enough = self.effects() + changes
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.work.worker_child", str(self.desk.home / "profile")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert child.stdin is not None
        child.stdin.write(json.dumps(self.store.told) + "\n")
        child.stdin.close()
        pause = threading.Event()
        for _ in range(int(PATIENCE_S / 0.001)):
            if child.poll() is not None or self.effects() >= enough:
                break
            pause.wait(0.001)
        pause.wait(later_s)
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        return child.wait() == -signal.SIGKILL


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def story(
    decoder: DecoderPool,
    sandbox: Sandbox,
    receiver: Receiver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Killed]:
    """Two delivered pictures, and a site; nothing is published there yet."""
    for sort in Sort:
        monkeypatch.setitem(PER_S, sort, 10_000.0)
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    made = Killed(desk, sandbox.stack, receiver)
    desk.open()
    for seed, name in enumerate(NAMES):
        picture(desk.folder / name, seed)
    desk.library()
    desk.approve()
    desk.push()
    renditions = desk.parts.worker.renditions
    chosen = [one.id for one in desk.assets()]
    desk.finished(renditions.carry_out(renditions.plan(chosen, RenditionWish(presets=(SQUARE,)))))
    connect(desk)
    yield made
    desk.close()


def asked(story: Killed, entries: int, messages: int) -> None:
    """So much is wanted of both pictures; then one of them is rejected, with nothing done yet."""
    desk, worker = story.desk, story.desk.parts.worker
    worker.set_work_offline(on=True)
    wishes = []
    for name in NAMES:
        for number in range(entries):
            fields = {"title": f"{name} {number}", "hero_image": []}
            made = story.stack.add_entry(story.stack.branches["main"], "article", fields, MASTER)
            story.entries[name].append(made)
            for locale in LOCALES:
                wish = PublishWish(
                    content_type="article",
                    entry=made.uid,
                    field="hero_image",
                    preset=SQUARE.name,
                    locale=locale,
                )
                wishes.append((desk.asset(name), wish))
    stacks(desk).publish("Site", wishes)
    worker.decide([desk.asset(REFUSED).id], Approval.REJECTED)
    endpoint = Endpoint(id="", name="Shop", url=story.receiver.url, private_allowed=True)
    worker.webhooks.add(endpoint)
    for number in range(messages):
        picture(desk.folder / f"more-{number}.jpg", 10 + number, (32, 20))
    worker.scan(desk.asset("hero.jpg").library)
    desk.until(lambda: len(desk.assets()) == messages + len(NAMES), what="the others")
    desk.approve(*(f"more-{number}.jpg" for number in range(messages)))
    worker.post_events()


def check(story: Killed, messages: int) -> None:
    """Each event is there at least once, under one name; each entry was changed once, or never."""
    desk = story.desk

    def left() -> int:
        return len(desk.parts.stock.jobs.unfinished(CONTENTSTACK, WEBHOOK))

    while before := left():
        # As long as it goes on, however slowly.
        desk.until(lambda before=before: left() < before, what=f"{before} jobs")  # type: ignore[misc]
    for one in story.entries[PUBLISHED]:
        assert [versions(one, locale) for locale in LOCALES] == [2, 1, 1]
        assert all(is_public(one, locale) for locale in LOCALES)
        published = [path for _, path, _ in story.stack.calls if f"{one.uid}/publish" in path]
        assert len(published) == len(LOCALES)
    for one in story.entries[REFUSED]:
        assert [versions(one, locale) for locale in LOCALES] == [1, 0, 0]
        assert not one.published
    kept = stacks(desk).publications("Site")
    assert {(one.name, one.state) for one in kept} == {
        (PUBLISHED, PublicationState.PUBLISHED),
        (REFUSED, PublicationState.REFUSED),
    }
    told = {(one.id, one.body) for one in story.receiver.received}
    assert len({identity for identity, _ in told}) == len(told)
    approved = {one.id: one.told["data"]["name"] for one in story.receiver.of_type(APPROVED)}
    assert sorted(approved.values()) == sorted(f"more-{number}.jpg" for number in range(messages))


def test_what_is_killed_between_effect_and_record_is_done_once(story: Killed) -> None:
    asked(story, entries=2, messages=3)
    assert story.killed(2, seed=1)
    check(story, messages=3)


@pytest.mark.soak
@pytest.mark.timeout(1_200)
def test_fifty_kills_change_each_entry_once_and_tell_each_event(story: Killed) -> None:
    asked(story, entries=40, messages=40)
    assert story.killed(50, seed=2) == 50
    check(story, messages=40)
