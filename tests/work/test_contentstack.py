"""Renditions in entries of a stack: approved ones alone, once, and never over what editors say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.contentstack import OnExpiry, Publication, PublicationState
from bridge_app.domain.errors import CredentialsError, GateRefusalError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, TOKEN, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_asking import PublishWish
from bridge_app.work.contentstack_jobs import new_job
from tests.desk import ACCOUNT, Desk, licensed_picture, picture, states
from tests.stacks import (
    connect,
    entry,
    field,
    is_public,
    site,
    stack_sandbox,
    stacks,
    versions,
)

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")


SUBJECT = "c_fill,h_60,w_60/f_jpg"
EACH = Policy(name="each", renditions=True)


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
    make(desk)
    connect(desk)
    return desk


def make(desk: Desk, *presets: RenditionPreset) -> None:
    renditions = desk.parts.worker.renditions
    wish = RenditionWish(presets=presets or (SQUARE,))
    plan = renditions.plan([desk.asset("hero.jpg").id], wish)
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}


def publish(desk: Desk, one: Entry, name: str = "hero_image", **wish: str) -> JobState:
    told = {"preset": "square"} | wish
    batch = stacks(desk).publish(
        "Site",
        [
            (
                desk.asset("hero.jpg"),
                PublishWish(content_type="article", entry=one.uid, field=name, **told),
            )
        ],
    )
    (job,) = desk.finished(batch)
    return job.state


def wish(one: Entry) -> PublishWish:
    """The square for a whole field of pictures."""
    return PublishWish(content_type="article", entry=one.uid, field="hero_image", preset="square")


def record(desk: Desk) -> Publication:
    (one,) = stacks(desk).publications("Site")
    return one


def address(desk: Desk) -> str:
    made = desk.parts.worker.renditions.made_of(desk.asset("hero.jpg").id)
    return max(made, key=lambda one: one.version).url


def replace_hero(desk: Desk, seed: int = 2) -> None:
    picture(desk.folder / "hero.jpg", seed)
    before = desk.asset("hero.jpg").content
    desk.until(lambda: desk.asset("hero.jpg").content != before, what="the new version")
    desk.approve()
    desk.push()


def test_a_rendition_is_written_beside_what_is_there_and_published(
    ready: Desk, stack: Stack
) -> None:
    spring = entry(stack, "Spring")
    before = field(spring)
    assert publish(ready, spring) is JobState.DONE
    assert field(spring)[:3] == before
    added = field(spring)[3]
    assert added["secure_url"] == address(ready)
    copy = ready.asset("hero.jpg").cloud
    assert copy is not None
    assert (added["public_id"], added["version"]) == (copy.public_id, copy.version)
    assert spring.published["production", MASTER][0] == 2
    assert record(ready).state is PublicationState.PUBLISHED


@pytest.mark.parametrize("name", ["image_url", "image_link"])
def test_texts_and_links_hold_the_address(ready: Desk, stack: Stack, name: str) -> None:
    summer = entry(stack, "Summer")
    assert publish(ready, summer, name) is JobState.DONE
    told = field(summer, name)
    assert (told["href"] if isinstance(told, dict) else told) == address(ready)


def test_what_is_not_approved_is_refused_before_anything_is_called(
    ready: Desk, stack: Stack
) -> None:
    hero = ready.asset("hero.jpg").id
    spring = entry(stack, "Spring")
    ready.parts.worker.policies.put([EACH], environment=ACCOUNT.cloud_name)
    with pytest.raises(GateRefusalError):
        publish(ready, spring)
    assert versions(spring) == 1
    assert not is_public(spring)
    ready.parts.worker.decide([hero], Approval.APPROVED, transformation=SUBJECT)
    assert publish(ready, spring) is JobState.DONE


def test_the_gate_is_asked_when_the_work_is_done(ready: Desk, stack: Stack) -> None:
    spring = entry(stack, "Spring")
    worker = ready.parts.worker
    worker.set_work_offline(on=True)
    batch = stacks(ready).publish(
        "Site",
        [(ready.asset("hero.jpg"), wish(spring))],
    )
    worker.decide([ready.asset("hero.jpg").id], Approval.REJECTED)
    worker.set_work_offline(on=False)
    (job,) = ready.finished(batch)
    assert job.state is JobState.FAILED
    assert versions(spring) == 1
    assert not is_public(spring)
    assert record(ready).state is PublicationState.REFUSED


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_an_answer_that_is_lost_changes_an_entry_once(
    ready: Desk, stack: Stack, sandbox: Sandbox, method: str
) -> None:
    spring = entry(stack, "Spring")
    worker = ready.parts.worker
    worker.set_work_offline(on=True)
    batch = stacks(ready).publish(
        "Site",
        [(ready.asset("hero.jpg"), wish(spring))],
    )
    # That of reading, of writing, of publishing.
    sandbox.faults.lose_reply(times=1, path_contains="/entries/", method=method)
    worker.set_work_offline(on=False)
    (job,) = ready.finished(batch)
    assert job.state is JobState.DONE
    assert not sandbox.faults.pending
    assert versions(spring) == 2
    published = [path for method, path, _ in stack.calls if path.endswith("/publish")]
    assert len(published) == 1
    assert is_public(spring)


def test_a_program_that_ended_before_its_record_finds_what_it_had_done(
    ready: Desk, stack: Stack
) -> None:
    spring = entry(stack, "Spring")
    assert publish(ready, spring) is JobState.DONE
    # As it was before the record: the entry says it, and nobody here knows.
    done = record(ready)
    begun = replace(done, seen="", entry_version=0, state=PublicationState.PENDING)
    ready.parts.stock.stacks.put([begun], at=ready.clock())
    ready.parts.stock.jobs.add([new_job(done, "again", "")], at=ready.clock())
    ready.reopen()
    ready.finished("again")
    assert versions(spring) == 2
    assert len([path for _, path, _ in stack.calls if path.endswith("/publish")]) == 1
    assert record(ready).state is PublicationState.PUBLISHED


def test_a_rendition_that_is_rejected_takes_its_entry_off(ready: Desk, stack: Stack) -> None:
    spring, hero = entry(stack, "Spring"), ready.asset("hero.jpg").id
    worker = ready.parts.worker
    worker.policies.put([EACH], environment=ACCOUNT.cloud_name)
    worker.decide([hero], Approval.APPROVED, transformation=SUBJECT)
    publish(ready, spring)
    worker.decide([hero], Approval.REJECTED, transformation=SUBJECT)
    ready.until(lambda: record(ready).state is PublicationState.WITHDRAWN, what="the end")
    assert not is_public(spring)


def test_a_new_version_changes_each_entry_once(ready: Desk, stack: Stack) -> None:
    spring, summer = entry(stack, "Spring"), entry(stack, "Summer")
    publish(ready, spring)
    publish(ready, summer)
    publish(ready, summer, "image_url")
    before = address(ready)
    replace_hero(ready)
    assert (versions(spring), versions(summer)) == (2, 3)
    make(ready)
    after = address(ready)
    assert after != before
    ready.until(lambda: field(summer, "image_url") == after, what="the address")
    ready.until(
        lambda: all(
            one.url == after and one.state is PublicationState.PUBLISHED
            for one in stacks(ready).publications("Site")
        ),
        what="the records",
    )
    # The record tells the address before it is written, so that a crash finds it again.
    ready.until(
        lambda: spring.published["production", MASTER][0] == 3 and versions(summer) == 5,
        what="the publications",
    )
    assert (versions(spring), versions(summer)) == (3, 5)
    assert [one["secure_url"] for one in field(spring)].count(after) == 1


def test_what_an_editor_changed_is_left_as_it_is(ready: Desk, stack: Stack) -> None:
    summer = entry(stack, "Summer")
    publish(ready, summer, "image_url")
    stack.change_entry(summer, {"image_url": "https://example.com/own.jpg"}, MASTER)
    replace_hero(ready)
    make(ready)
    ready.until(lambda: record(ready).state is PublicationState.CONFLICT, what="the conflict")
    assert field(summer, "image_url") == "https://example.com/own.jpg"
    assert versions(summer) == 3
    # A person who has seen it may publish again.
    assert publish(ready, summer, "image_url") is JobState.DONE
    assert field(summer, "image_url") == address(ready)


def test_an_editors_other_work_is_no_conflict(ready: Desk, stack: Stack) -> None:
    spring = entry(stack, "Spring")
    publish(ready, spring)
    note = [*field(spring)[:3], {**field(spring)[3], "alt": "A dawn"}]
    stack.change_entry(spring, {"title": "Spring, anew", "hero_image": note[::-1]}, MASTER)
    replace_hero(ready)
    make(ready)
    ready.until(lambda: field(spring)[0]["secure_url"] == address(ready), what="the address")
    assert field(spring, "title") == "Spring, anew"
    assert field(spring)[0]["alt"] == "A dawn"
    assert len(field(spring)) == 4


def test_what_may_not_be_seen_goes_whatever_an_editor_did_beside_it(
    ready: Desk, stack: Stack
) -> None:
    spring, hero = entry(stack, "Spring"), ready.asset("hero.jpg").id
    worker = ready.parts.worker
    worker.policies.put([EACH], environment=ACCOUNT.cloud_name)
    worker.decide([hero], Approval.APPROVED, transformation=SUBJECT)
    publish(ready, spring)
    theirs = [*field(spring)[:3], {**field(spring)[3], "version": 1}]
    stack.change_entry(spring, {"hero_image": theirs}, MASTER)
    worker.decide([hero], Approval.REJECTED, transformation=SUBJECT)
    ready.until(lambda: record(ready).state is PublicationState.WITHDRAWN, what="the end")
    assert not is_public(spring)
    assert field(spring) == theirs


def test_an_entry_that_is_gone_is_told(ready: Desk, stack: Stack) -> None:
    summer = entry(stack, "Summer")
    publish(ready, summer)
    del stack.branches["main"].entries[summer.uid]
    replace_hero(ready)
    make(ready)
    ready.until(lambda: record(ready).state is PublicationState.REFUSED, what="the end")
    assert "exist" in record(ready).reason


@pytest.mark.parametrize("on_expiry", list(OnExpiry))
def test_rights_that_end_take_the_picture_back(
    desk: Desk, stack: Stack, on_expiry: OnExpiry
) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    desk.approve()
    desk.push()
    make(desk)
    connect(desk, on_expiry)
    spring = entry(stack, "Spring")
    before = field(spring)
    publish(desk, spring)
    ends = desk.asset("hero.jpg").rights.ends
    assert ends is not None
    planned = {place: datetime.fromisoformat(at) for place, at in spring.ends.items()}
    takes_off = on_expiry is OnExpiry.UNPUBLISH
    assert planned == ({("production", MASTER): ends} if takes_off else {})
    desk.clock.forward(timedelta(days=5))
    worker = desk.parts.worker
    worker.retractions.carry_out(worker.retractions.plan(ACCOUNT.cloud_name))
    desk.until(lambda: record(desk).state is PublicationState.WITHDRAWN, what="the end")
    if on_expiry is OnExpiry.UNPUBLISH:
        assert not is_public(spring)
        assert versions(spring) == 2
    else:
        assert is_public(spring)
        assert field(spring) == before
        assert spring.published["production", MASTER][0] == 3


def test_rights_that_are_prolonged_are_told_the_stack_before_the_earlier_end(
    ready: Desk, stack: Stack
) -> None:
    spring, rights = entry(stack, "Spring"), ready.parts.worker.rights
    hero = [ready.asset("hero.jpg").id]
    first = ready.clock().replace(microsecond=0) + timedelta(days=3)
    rights.claim(hero, RightsClaim(window=RightsWindow(ends=first)))
    publish(ready, spring)
    place = ("production", MASTER)
    assert datetime.fromisoformat(spring.ends[place]) == first
    draft = {"title": "Not for the public yet"}
    stack.change_entry(spring, draft, MASTER)
    later = first + timedelta(days=30)
    rights.claim(hero, RightsClaim(window=RightsWindow(ends=later)))
    ready.clock.forward(timedelta(days=2))
    ready.reopen()
    # Publishing ends the earlier schedule, a moment before the new one is said.
    ready.until(lambda: spring.ends.get(place, "")[:10] == f"{later:%Y-%m-%d}", what="the new end")
    assert datetime.fromisoformat(spring.ends[place]) == later
    assert spring.published[place][0] == 2
    assert field(spring, "title") == draft["title"]


def test_rights_that_are_said_to_end_earlier_are_told_the_stack_at_once(
    ready: Desk, stack: Stack
) -> None:
    spring, rights = entry(stack, "Spring"), ready.parts.worker.rights
    hero = [ready.asset("hero.jpg").id]
    publish(ready, spring)
    assert spring.ends == {}
    ends = ready.clock().replace(microsecond=0) + timedelta(days=30)
    rights.claim(hero, RightsClaim(window=RightsWindow(ends=ends)))
    ready.until(lambda: bool(spring.ends), what="the end to be told")
    assert datetime.fromisoformat(spring.ends["production", MASTER]) == ends
    assert is_public(spring)


def test_a_person_takes_it_back_and_publishes_it_again(ready: Desk, stack: Stack) -> None:
    spring = entry(stack, "Spring")
    publish(ready, spring)
    ready.finished(stacks(ready).unpublish(stacks(ready).publications("Site")))
    assert not is_public(spring)
    assert record(ready).state is PublicationState.WITHDRAWN
    assert publish(ready, spring) is JobState.DONE
    assert is_public(spring)
    assert versions(spring) == 2


def test_a_localized_copy_is_made_for_a_language(ready: Desk, stack: Stack) -> None:
    spring = entry(stack, "Spring")
    assert publish(ready, spring, locale="de-de") is JobState.DONE
    assert versions(spring) == 1
    assert field(spring, "title", "de-de") == "Spring"
    assert field(spring, locale="de-de")[3]["secure_url"] == address(ready)
    assert is_public(spring, "de-de")
    assert not is_public(spring)


def test_a_token_that_is_not_accepted_is_not_kept(ready: Desk, sandbox: Sandbox) -> None:
    with pytest.raises(CredentialsError):
        stacks(ready).add(replace(site(sandbox), name="Other"), Secret("wrong"))
    assert [one.name for one in stacks(ready).destinations()] == ["Site"]


def test_the_token_is_in_the_key_store_alone(ready: Desk, stack: Stack) -> None:
    publish(ready, entry(stack, "Spring"))
    for file in ready.home.rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes()
