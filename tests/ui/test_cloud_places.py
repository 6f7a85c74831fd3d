"""Folders and environments as places of the window: shown, moved to, and left."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.query import Query
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog
from tests.desk import Desk
from tests.plain_http import plain
from tests.ui.agencies import OWNER
from tests.ui.cloud_story import STUDIO, Story
from tests.ui.windows import Opener


@pytest.fixture
def story(qtbot: QtBot, desk: Desk, opener: Opener) -> Story:
    return Story(qtbot, desk, opener)


def test_a_move_begins_in_the_folder_there_is_and_offers_the_others(story: Story) -> None:
    story.upload("dusk", 7, asset_folder="summer/sea")
    story.desk.parts.worker.cloud.sync(STUDIO)
    story.shows("dune.jpg", "dusk.jpg", "gull.jpg", "wave.jpg")
    story.choose(1)
    story.do(story.actions.move)
    move = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(lambda: not move._latest.waiting)
    assert (move.field.text(), move.field.selectedText()) == ("summer/sea", "summer/sea")
    assert move.field.offers() == ["summer", "summer/sea"]
    assert not move.act_button.isEnabled()
    story.qtbot.keyClick(move.field, Qt.Key.Key_Down)
    popup = move.field.completer().popup()
    assert popup is not None
    story.qtbot.waitUntil(popup.isVisible)
    story.qtbot.keyClick(popup, Qt.Key.Key_Down)
    story.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert move.field.text() == "summer"
    story.qtbot.waitUntil(move.act_button.isEnabled)
    move.act_button.click()
    story.said("moved")


def test_a_folder_gets_another_place_and_the_window_goes_with_it(story: Story) -> None:
    story.upload("dusk", 7, asset_folder="summer/sea")
    story.desk.parts.worker.cloud.sync(STUDIO)
    browser = story.window.middle.browser
    folder = replace(browser.query, folder="summer")
    assert not story.actions.folder.isEnabled()
    story.qtbot.waitUntil(
        lambda: story.window.sides.folders.tree.index_for(folder).isValid(), timeout=10_000
    )
    browser.ask(replace(browser.query, folder="summer/sea"))
    story.shows("dusk.jpg")
    story.do(story.actions.folder)
    change = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(lambda: not change._latest.waiting)
    assert not change.act_button.isEnabled()
    change.field.selectAll()
    story.qtbot.keyClicks(change.field, "winter/sea")
    story.qtbot.waitUntil(change.act_button.isEnabled)
    assert "No delivered address" in change.consequence
    change.act_button.click()
    story.said("new place")
    story.qtbot.waitUntil(lambda: browser.query.folder == "winter/sea", timeout=10_000)
    story.undo().click()
    story.qtbot.waitUntil(lambda: browser.query.folder == "summer/sea", timeout=10_000)
    story.shows("dusk.jpg")


def test_a_link_shows_anybody_what_a_folder_holds(story: Story) -> None:
    story.upload("dusk", 7, asset_folder="summer/sea")
    story.upload("dawn", 8, asset_folder="summer")
    story.upload("noon", 9, asset_folder="summer and more")
    story.desk.parts.worker.cloud.sync(STUDIO)
    browser = story.window.middle.browser
    assert not story.actions.folder_link.isEnabled()
    browser.ask(replace(browser.query, folder="summer"))
    story.do(story.actions.folder_link)
    story.said("The link was copied")
    reply = plain.get(QGuiApplication.clipboard().text())
    assert {one["public_id"] for one in reply.json()["resources"]} == {"dawn", "dusk"}


def test_another_environment_shows_its_own_assets(story: Story, agency_cloud: Sandbox) -> None:
    window, browser = story.window, story.window.middle.browser
    browser.ask(replace(browser.query, folder="anywhere"))
    story.shows()
    browser.ask(replace(browser.query, folder=""))
    story.shows("dune.jpg", "gull.jpg", "wave.jpg")
    environments = story.desk.parts.environments
    environments.keep(NewAccount.from_url(agency_cloud.cloudinary_url(OWNER)))
    story.desk.parts.worker.use_account(OWNER.cloud_name)
    story.shows()
    assert browser.query == Query(library=cloud_library("web"), environment="web")
    # Nor does the way back lead among those of the first one.
    window.core.actions.back.trigger()
    story.shows()
    assert browser.query.library == cloud_library("web")
    # Nothing of it has come yet: the only other library is not taken for it.
    folder = story.desk.library()
    field = browser.search_bar.field
    assert folder.name not in field.placeholderText()
    story.desk.parts.worker.cloud.sync("web")
    story.qtbot.waitUntil(lambda: field.placeholderText() == "Search in web …", timeout=10_000)


def test_offline_all_assets_are_shown_of_an_environment_nobody_has_seen(
    story: Story, agency_cloud: Sandbox
) -> None:
    browser, worker = story.window.middle.browser, story.desk.parts.worker
    environments = story.desk.parts.environments
    environments.keep(NewAccount.from_url(agency_cloud.cloudinary_url(OWNER)))
    worker.set_work_offline(on=True)
    worker.use_account(OWNER.cloud_name)
    story.qtbot.waitUntil(lambda: browser.query == Query(environment="web"), timeout=10_000)
