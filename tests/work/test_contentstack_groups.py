"""Fields inside groups and modular blocks: filled, followed, let go, and all else left alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from bridge_app.channels.contentstack.entries import Entries
from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import Desk, picture, states
from tests.stacks import connect, field, is_public, stack_sandbox, stacks

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
ADDRESS = {"uid": "image", "data_type": "text", "display_name": "Image"}
FILE = {"uid": "sheet", "data_type": "file", "display_name": "Sheet"}
TEXT = {"uid": "text", "data_type": "text", "display_name": "Text"}
PAGE: dict[str, Any] = {
    "uid": "page",
    "title": "Page",
    "schema": [
        {"uid": "title", "data_type": "text", "display_name": "Title", "unique": True},
        {
            "uid": "seo",
            "data_type": "group",
            "display_name": "SEO",
            "schema": [ADDRESS, FILE, TEXT],
        },
        {
            "uid": "sections",
            "data_type": "global_field",
            "display_name": "Sections",
            "multiple": True,
            "schema": [ADDRESS, TEXT],
        },
        {
            "uid": "blocks",
            "data_type": "blocks",
            "display_name": "Blocks",
            "blocks": [
                {"uid": "hero", "title": "Hero", "schema": [ADDRESS, FILE, TEXT]},
                {"uid": "quote", "title": "Quote", "schema": [TEXT]},
            ],
        },
    ],
}
HOME: dict[str, Any] = {
    "title": "Home",
    "seo": {"text": "Found", "sheet": "blt0000000000000001"},
    "sections": [
        {"text": "one", "_metadata": {"uid": "cs000001"}},
        {"text": "two", "_metadata": {"uid": "cs000002"}},
    ],
    "blocks": [
        {"hero": {"text": "first", "_metadata": {"uid": "cs000003"}}},
        {"quote": {"text": "said", "_metadata": {"uid": "cs000004"}}},
        {"hero": {"text": "second", "_metadata": {"uid": "cs000005"}}},
    ],
}


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def stack(sandbox: Sandbox) -> Stack:
    main = sandbox.stack.branches["main"]
    main.content_types["page"] = PAGE
    record = {
        "uid": "blt0000000000000001",
        "filename": "a.pdf",
        "url": "https://x",
        "is_dir": False,
    }
    main.assets["blt0000000000000001"] = record | {"publish_details": []}
    return sandbox.stack


@pytest.fixture
def home(stack: Stack) -> Entry:
    return stack.add_entry(stack.branches["main"], "page", HOME, MASTER)


def delivered(desk: Desk) -> str:
    """The hero as it is now, approved, delivered and rendered; where."""
    desk.approve()
    desk.push()
    renditions = desk.parts.worker.renditions
    plan = renditions.plan([desk.asset("hero.jpg").id], RenditionWish(presets=(SQUARE,)))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}
    made = renditions.made_of(desk.asset("hero.jpg").id)
    return max(made, key=lambda one: one.version).url


def publish(desk: Desk, one: Entry, name: str) -> JobRecord:
    wish = PublishWish(content_type="page", entry=one.uid, field=name, preset=SQUARE.name)
    (job,) = desk.finished(stacks(desk).publish("Site", [(desk.asset("hero.jpg"), wish)]))
    return job


def begun(desk: Desk) -> str:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    url = delivered(desk)
    connect(desk)
    return url


def test_a_field_of_a_group_is_filled_and_its_neighbours_stay(desk: Desk, home: Entry) -> None:
    url = begun(desk)
    assert publish(desk, home, "seo.image").state is JobState.DONE
    assert field(home, "seo") == {**HOME["seo"], "image": url}
    assert is_public(home)


def test_the_block_that_was_meant_is_followed_wherever_editors_move_it(
    desk: Desk, home: Entry, stack: Stack
) -> None:
    begun(desk)
    assert publish(desk, home, "blocks.hero#2.image").state is JobState.DONE
    (kept,) = stacks(desk).publications("Site")
    assert kept.place.field == "blocks.hero#cs000005.image"
    first, said, second = field(home, "blocks")
    stack.change_entry(home, {"blocks": [second, said, first]}, MASTER)

    content = desk.asset("hero.jpg").content
    picture(desk.folder / "hero.jpg", 2)
    desk.until(lambda: desk.asset("hero.jpg").content != content, what="the new version")
    url = delivered(desk)
    moved = [{"hero": {**second["hero"], "image": url}}, said, first]
    desk.until(lambda: field(home, "blocks") == moved, what="the new picture")

    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    desk.until(lambda: not is_public(home), what="the retraction")


def test_one_of_several_groups_is_filled(desk: Desk, home: Entry) -> None:
    url = begun(desk)
    assert publish(desk, home, "sections#1.image").state is JobState.DONE
    first, second = HOME["sections"]
    assert field(home, "sections") == [{**first, "image": url}, second]


def test_a_copy_goes_into_a_blocks_file(desk: Desk, home: Entry, stack: Stack) -> None:
    begun(desk)
    assert publish(desk, home, "blocks.hero#1.sheet").state is JobState.DONE
    copy = field(home, "blocks")[0]["hero"]["sheet"]
    assert stack.branches["main"].assets[copy]["publish_details"]


def test_a_block_that_is_not_there_is_not_made(desk: Desk, home: Entry) -> None:
    begun(desk)
    with pytest.raises(NotFoundError):
        publish(desk, home, "blocks.hero#3.image")
    with pytest.raises(BridgeError):
        publish(desk, home, "blocks.hero#1.video")
    assert field(home, "blocks") == HOME["blocks"]


def test_a_block_that_an_editor_took_away_is_not_put_back(
    desk: Desk, home: Entry, stack: Stack
) -> None:
    begun(desk)
    publish(desk, home, "blocks.hero#2.image")
    stack.change_entry(home, {"blocks": HOME["blocks"][:2]}, MASTER)
    desk.finished(stacks(desk).again(stacks(desk).publications("Site")))
    assert field(home, "blocks") == HOME["blocks"][:2]
    assert stacks(desk).publications("Site")[0].state.value == "conflict"


def test_what_is_saved_beside_it_meanwhile_stays(
    desk: Desk, home: Entry, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begun(desk)
    put = Entries._put
    theirs = [{"text": "Theirs", "sheet": None}]

    def between(self: Entries, place: Any, fields: Any) -> Any:
        if theirs:
            stack.change_entry(home, {"seo": theirs.pop()}, MASTER)
        return put(self, place, fields)

    monkeypatch.setattr(Entries, "_put", between)
    assert publish(desk, home, "seo.image").state is JobState.DONE
    assert field(home, "seo") == {"text": "Theirs", "sheet": None, "image": url}


def test_the_first_groups_and_blocks_are_offered_by_number(desk: Desk, home: Entry) -> None:
    connect(desk)
    (page,) = [one for one in stacks(desk).outline("Site").types if one.uid == "page"]
    titles = {one.uid: one.title for one in page.fields}
    assert titles["seo.sheet"] == "SEO / Sheet"
    assert titles["sections#2.image"] == "Sections 2 / Image"
    assert titles["blocks.hero#3.image"] == "Blocks / Hero 3 / Image"
