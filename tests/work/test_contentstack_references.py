"""Fields that refer to entries with a picture, and ends of rights that the stack keeps alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import Desk, licensed_picture, picture, states
from tests.stacks import connect, entry, field, is_public, stack_sandbox, stacks, versions

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def stack(sandbox: Sandbox) -> Stack:
    return sandbox.stack


def delivered(desk: Desk) -> str:
    """The hero as it is now, approved, delivered and rendered; where."""
    desk.approve()
    desk.push()
    renditions = desk.parts.worker.renditions
    plan = renditions.plan([desk.asset("hero.jpg").id], RenditionWish(presets=(SQUARE,)))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}
    made = renditions.made_of(desk.asset("hero.jpg").id)
    return max(made, key=lambda one: one.version).url


def publish(desk: Desk, one: Entry, name: str, locale: str = MASTER) -> None:
    wish = PublishWish(
        content_type="article", entry=one.uid, field=name, preset=SQUARE.name, locale=locale
    )
    (job,) = desk.finished(stacks(desk).publish("Site", [(desk.asset("hero.jpg"), wish)]))
    assert job.state is JobState.DONE


def carriers(stack: Stack) -> list[Entry]:
    return [one for one in stack.branches["main"].entries.values() if one.content_type == "picture"]


def test_a_reference_leads_to_an_entry_with_the_picture_that_follows_its_master(
    desk: Desk, stack: Stack
) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    first = delivered(desk)
    connect(desk)
    summer = entry(stack, "Summer")
    publish(desk, summer, "teaser")
    (carrier,) = carriers(stack)
    assert field(summer, "teaser") == [{"uid": carrier.uid, "_content_type_uid": "picture"}]
    assert (field(carrier, "address"), is_public(carrier), is_public(summer)) == (first, True, True)
    before = versions(summer)

    content = desk.asset("hero.jpg").content
    picture(desk.folder / "hero.jpg", 2)
    desk.until(lambda: desk.asset("hero.jpg").content != content, what="the new version")
    second = delivered(desk)
    desk.until(lambda: field(carrier, "address") == second, what="the new picture")
    desk.until(lambda: carrier.published["production", MASTER][0] == 2, what="its publication")
    assert (len(carriers(stack)), versions(summer)) == (1, before)

    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    desk.until(lambda: not is_public(carrier) and not is_public(summer), what="the retraction")


def test_an_editors_reference_is_left_alone(desk: Desk, stack: Stack) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    delivered(desk)
    connect(desk)
    summer = entry(stack, "Summer")
    publish(desk, summer, "teaser")
    main = stack.branches["main"]
    theirs = stack.add_entry(main, "picture", {"title": "Theirs", "address": "https://x"}, MASTER)
    said = [{"uid": theirs.uid, "_content_type_uid": "picture"}]
    stack.change_entry(summer, {"teaser": said}, MASTER)
    (one,) = stacks(desk).publications("Site")
    desk.finished(stacks(desk).again([one]))
    assert field(summer, "teaser") == said
    assert stacks(desk).publications("Site")[0].state.value == "conflict"


@pytest.mark.parametrize("name", ["attachment", "teaser"])
def test_what_was_made_for_an_entry_leaves_with_its_rights_though_nobody_is_here(
    desk: Desk, stack: Stack, name: str
) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    delivered(desk)
    connect(desk)
    summer = entry(stack, "Summer")
    publish(desk, summer, name)
    by_carrier = [at for one in carriers(stack) for at in one.ends.values()]
    told = [*stack.asset_ends.values(), *by_carrier]
    assert told == [summer.ends["production", MASTER]]
    # The moment comes.
    past = "2020-01-01T00:00:00+00:00"
    stack.asset_ends = dict.fromkeys(stack.asset_ends, past)
    for one in (summer, *carriers(stack)):
        one.ends = dict.fromkeys(one.ends, past)
    stack.take_off()
    copies = [one for one in stack.branches["main"].assets.values() if not one["is_dir"]]
    assert [one for copy in copies for one in copy["publish_details"]] == []
    assert not any(is_public(one) for one in (summer, *carriers(stack)))
