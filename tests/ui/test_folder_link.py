"""The link that shows anybody what a folder at Cloudinary holds, and when there is none."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import catalog_id
from bridge_app.domain.cloud_changes import CloudAction, Wish
from tests.desk import Desk, picture
from tests.ui.cloud_story import STUDIO, Story
from tests.ui.windows import Opener


@pytest.fixture
def story(qtbot: QtBot, desk: Desk, opener: Opener) -> Story:
    return Story(qtbot, desk, opener)


def test_why_there_is_no_link_to_a_folder_is_said_in_its_menu(story: Story) -> None:
    desk, actions = story.desk, story.actions
    picture(desk.folder / "hero.jpg", 70)
    desk.library()
    desk.approve("hero.jpg")
    desk.push([desk.asset("hero.jpg").id])
    worker = desk.parts.worker
    worker.cloud.sync(STUDIO)
    desk.until(worker.cloud.is_idle, what="the mirror")
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    move = Wish(action=CloudAction.MOVE, value="spring")
    changes = worker.cloud_desk
    batch = changes.carry_out(changes.plan([catalog_id(STUDIO, copy.asset_id)], move))
    desk.until(lambda: changes.ended(batch) is not None, what="the move")
    worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    browser = story.window.middle.browser
    browser.ask(replace(browser.query, folder="spring"))
    story.qtbot.waitUntil(actions.folder_link.isEnabled)
    actions.place_menu.aboutToShow.emit()
    story.qtbot.waitUntil(lambda: "it was rejected" in actions.folder_link.toolTip())
    assert not actions.folder_link.isEnabled()
    actions.follow()  # as when the assets of the folder have been read
    assert not actions.folder_link.isEnabled()
    assert "it was rejected" in actions.folder_link.toolTip()
    actions.place_menu.aboutToHide.emit()
