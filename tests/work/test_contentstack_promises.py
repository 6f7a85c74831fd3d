"""A stack that says yes to a publication: what it shows counts, and not what it said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.domain.contentstack import Publication, PublicationState
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import Desk, picture, states
from tests.stacks import connect, entry, is_public, stack_sandbox, stacks, versions

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def stack(sandbox: Sandbox) -> Stack:
    return sandbox.stack


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A hero that is approved, delivered and rendered, and a site to publish to."""
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    desk.push()
    renditions = desk.parts.worker.renditions
    plan = renditions.plan([desk.asset("hero.jpg").id], RenditionWish(presets=(SQUARE,)))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}
    connect(desk)
    return desk


def wished(one: Entry) -> PublishWish:
    return PublishWish(
        content_type="article", entry=one.uid, field="hero_image", preset=SQUARE.name
    )


def record(desk: Desk) -> Publication:
    (one,) = stacks(desk).publications("Site")
    return one


def test_a_yes_that_comes_to_nothing_is_asked_for_again(ready: Desk, stack: Stack) -> None:
    spring, before = entry(stack, "Spring"), len(stack.calls)
    stack.unkept = 2
    batch = stacks(ready).publish("Site", [(ready.asset("hero.jpg"), wished(spring))])

    def is_public_later() -> bool:
        ready.clock.forward(timedelta(minutes=2))
        return is_public(spring)

    ready.until(lambda: record(ready).asked == 2, what="the first yes")
    assert record(ready).state is PublicationState.PENDING
    ready.until(is_public_later, what="the publication")
    (job,) = ready.finished(batch)
    assert (job.state, record(ready).state) == (JobState.DONE, PublicationState.PUBLISHED)
    told = [path for _, path, _ in stack.calls[before:] if path.endswith("/publish")]
    assert (len(told), versions(spring)) == (3, 2)


def test_what_is_queued_there_is_waited_for_and_not_asked_for_twice(
    ready: Desk, stack: Stack
) -> None:
    spring, before = entry(stack, "Spring"), len(stack.calls)
    stack.unkept = 1
    batch = stacks(ready).publish("Site", [(ready.asset("hero.jpg"), wished(spring))])
    ready.until(lambda: record(ready).asked == 2, what="the first yes")
    spring.published["production", MASTER] = (2, stack.moment())

    def is_done() -> bool:
        ready.clock.forward(timedelta(minutes=2))
        return record(ready).state is PublicationState.PUBLISHED

    ready.until(is_done, what="the record")
    assert states(ready.finished(batch)) == {JobState.DONE}
    told = [path for _, path, _ in stack.calls[before:] if path.endswith("/publish")]
    assert len(told) == 1
