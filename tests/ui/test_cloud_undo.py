"""What was done at Cloudinary is taken back, and what is there is not sent there again."""

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.query import Query
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog
from tests.desk import Desk, picture
from tests.ui.cloud_story import STUDIO, Story
from tests.ui.windows import Opener


@pytest.fixture
def story(qtbot: QtBot, desk: Desk, opener: Opener) -> Story:
    return Story(qtbot, desk, opener)


def test_a_deletion_names_what_goes_and_can_be_taken_back(story: Story) -> None:
    story.choose(0, 2)
    story.do(story.actions.delete)
    delete = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(delete.act_button.isEnabled)
    assert "will show nothing in its place" in delete.consequence
    assert delete.sure_box.isHidden()
    delete.act_button.click()
    story.said("deleted at Cloudinary")
    story.shows("gull.jpg")
    messages = story.window.middle.browser.messages
    story.undo().click()
    story.shows("dune.jpg", "gull.jpg", "wave.jpg")
    story.said("2 assets brought back")
    assert messages.texts == ["2 assets brought back."]


def test_what_waits_for_the_service_says_until_when(story: Story, sandbox: Sandbox) -> None:
    headers = {"Retry-After": "90"}
    sandbox.faults.answer(status=429, times=1, path_contains="/resources/", headers=headers)
    story.choose(0)
    story.do(story.actions.move)
    change = story.dialog(CloudChangeDialog)
    story.qtbot.keyClicks(change.field, "summer")
    story.qtbot.waitUntil(change.act_button.isEnabled)
    change.act_button.click()
    chip = story.window.sides.activity.chip
    story.qtbot.waitUntil(lambda: "2 min" in chip.told, timeout=10_000)
    chip.open_list()
    told = [row.accessibleName() for row in chip.popover.rows]
    wait = "This hour's API calls are used up; goes on in \u20682 min\u2069"
    assert told == [f"Changes at Cloudinary, 0 of 1, {wait}"]


def test_undo_takes_back_what_was_done_last(story: Story) -> None:
    for row, left in ((0, ("gull.jpg", "wave.jpg")), (1, ("gull.jpg",))):
        story.choose(row)
        story.do(story.actions.delete)
        delete = story.dialog(CloudChangeDialog)
        story.qtbot.waitUntil(delete.act_button.isEnabled)
        delete.act_button.click()
        story.shows(*left)
        story.qtbot.waitUntil(story.desk.parts.worker.cloud.is_idle)
        story.said("deleted at Cloudinary")
    story.undo().click()
    story.shows("gull.jpg", "wave.jpg")


def test_what_is_at_cloudinary_is_not_pushed_again(story: Story) -> None:
    push, middle = story.window.core.actions.push, story.window.middle
    story.choose(0, 1)
    assert not push.isEnabled()
    assert push.text() == "&Push…"
    picture(story.desk.folder / "hero.jpg", 7)
    story.desk.library()
    middle.browser.ask(Query(environment=STUDIO))
    story.shows("dune.jpg", "gull.jpg", "hero.jpg", "wave.jpg")
    story.choose(1, 2)
    assert push.isEnabled()
    assert push.text() == "&Push 1 asset"
    assert len(middle.selection.masters()) == 1
