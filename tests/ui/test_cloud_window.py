"""What the window does to assets at Cloudinary, and how it hears of changes there."""

from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.delivery.notifications import Notifications
from bridge_app.domain.approvals import Approval
from bridge_app.domain.environments import Naming, Stage
from bridge_app.domain.policies import Policy
from bridge_app.domain.query import Query
from bridge_app.ui.dialogs.access import AccessDialog
from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog
from bridge_app.ui.dialogs.delivery_address import DeliveryAddressDialog
from bridge_app.ui.dialogs.fetch_originals import FetchOriginalsDialog
from bridge_app.ui.dialogs.metadata_fields import MetadataFieldsDialog
from bridge_app.ui.dialogs.relate import RelateDialog
from bridge_app.ui.dialogs.triggers import TriggersDialog
from bridge_app.ui.dialogs.versions import VersionsDialog
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.work.hearing import HearingState
from tests.desk import Desk, picture
from tests.ui.cloud_story import STUDIO, Story
from tests.ui.windows import Opener


@pytest.fixture
def story(qtbot: QtBot, desk: Desk, opener: Opener) -> Story:
    return Story(qtbot, desk, opener)


def test_the_actions_are_for_chosen_assets_at_cloudinary(story: Story) -> None:
    assert not story.window.core.actions.at_cloudinary.isEnabled()
    story.choose(0)
    assert story.actions.rename.isEnabled()
    assert story.actions.delete.isEnabled()
    story.choose(0, 1)
    assert not story.actions.rename.isEnabled()
    assert story.actions.move.isEnabled()


def test_another_name_changes_no_address_and_another_public_id_does(story: Story) -> None:
    story.choose(0)
    story.do(story.actions.rename)
    rename = story.dialog(CloudChangeDialog)
    assert rename.field.text() == "dune"
    assert not rename.act_button.isEnabled()
    story.qtbot.keyClicks(rename.field, "dunes at dawn")
    story.qtbot.waitUntil(rename.act_button.isEnabled)
    assert "No delivered address" in rename.consequence
    rename.act_button.click()
    story.said("renamed at Cloudinary")
    story.shows("dunes at dawn.jpg", "gull.jpg", "wave.jpg")
    story.choose(0)
    story.do(story.actions.public_id)
    change = story.dialog(CloudChangeDialog)
    story.qtbot.keyClicks(change.field, "gull")
    story.qtbot.waitUntil(lambda: not change._latest.waiting and not change._pause.isActive())
    assert not change.act_button.isEnabled()
    story.qtbot.keyClicks(change.field, "s")
    story.qtbot.waitUntil(change.act_button.isEnabled)
    assert "Pages that use the old" in change.consequence
    change.reject()


def test_relations_are_shown_added_and_ended_in_the_inspector(story: Story) -> None:
    story.choose(0)
    card = story.window.sides.inspector.related
    story.qtbot.waitUntil(lambda: not card.isHidden(), timeout=10_000)
    card.show_button.setFocus()
    card.show_button.click()
    story.qtbot.waitUntil(lambda: not card.add.isHidden(), timeout=10_000)
    assert card.names == []
    assert story.window.focusWidget() is card.add
    card.add.click()
    choice = story.dialog(RelateDialog)
    assert not choice.act.isEnabled()
    story.qtbot.waitUntil(lambda: choice.view.model().rowCount() == 2, timeout=10_000)
    story.qtbot.keyClicks(choice.field, "wave")
    story.qtbot.waitUntil(lambda: choice.view.model().rowCount() == 1, timeout=10_000)
    choice.view.setCurrentIndex(choice.view.model().index(0, 0))
    choice.act.click()
    story.qtbot.waitUntil(lambda: card.names == ["wave.jpg"], timeout=10_000)
    (end,) = [one for one in card.findChildren(QToolButton) if one.isEnabled()]
    assert end.accessibleName() == "End the relation to wave.jpg"
    end.setFocus()
    end.click()
    story.qtbot.waitUntil(lambda: card.names == [], timeout=10_000)
    assert story.window.focusWidget() is card.add


def test_downloads_tell_what_came_what_was_there_and_what_could_not_come(
    story: Story, tmp_path: Path
) -> None:
    out = tmp_path / "for the printer"
    out.mkdir()
    (out / "wave.jpg").write_bytes(b"my own work")
    story.choose(0, 1)
    middle = story.window.middle
    middle.errands.mirror.download_to(middle.selection.assets()[:1], out)
    story.said("1 file")
    story.choose(0, 1, 2)
    middle.errands.mirror.download_to(middle.selection.assets(), out)
    asked = story.dialog(FetchOriginalsDialog)
    said = asked.findChild(Banner)
    assert said is not None
    story.qtbot.waitUntil(lambda: "wave.jpg is there already" in said.text, timeout=10_000)
    assert asked.stop.text() == "Close"
    story.said("1 was there already")
    assert sorted(one.name for one in out.iterdir()) == ["dune.jpg", "gull.jpg", "wave.jpg"]
    assert (out / "wave.jpg").read_bytes() == b"my own work"
    asked.stop.click()


def test_what_the_gate_says_to_a_download_is_told_before_it(story: Story) -> None:
    story.choose(0)
    download, menu = story.window.core.actions.download, story.window.middle.asset_menu
    menu.aboutToShow.emit()
    why = menu.actions()[menu.actions().index(download) + 1]
    story.qtbot.waitUntil(why.isVisible)
    assert why.text() == "nobody has approved it yet"
    assert download.isEnabled()
    menu.aboutToHide.emit()
    assert not why.isVisible()
    story.desk.parts.worker.policies.put([Policy(name="files", files=True)])
    menu.aboutToShow.emit()
    story.qtbot.waitUntil(lambda: not download.isEnabled())
    assert "keeps the file of dune.jpg here" in download.toolTip()
    menu.aboutToHide.emit()
    # The keys say it when they are pressed.
    assert download.isEnabled()


def test_in_production_a_person_says_that_they_mean_it(story: Story) -> None:
    worker = story.desk.parts.worker
    worker.environments.name(STUDIO, Naming(label="The Shop", stage=Stage.PRODUCTION))
    story.choose(0)
    story.do(story.actions.delete)
    delete = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(lambda: not delete.sure_box.isHidden())
    assert "The Shop" in delete.sure_box.text()
    assert not delete.act_button.isEnabled()
    delete.sure_box.click()
    assert delete.act_button.isEnabled()
    delete.reject()


def test_versions_are_listed_and_brought_back(story: Story) -> None:
    story.upload("dune", 7)
    story.choose(0)
    story.do(story.actions.versions)
    versions = story.dialog(VersionsDialog)
    story.qtbot.waitUntil(lambda: versions.view.model().rowCount() == 2)
    versions.view.setCurrentIndex(versions.view.model().index(1, 0))
    target = story.desk.home / "saved.jpg"
    versions.save(versions._version(), target)
    story.qtbot.waitUntil(target.exists)
    story.qtbot.waitUntil(lambda: not versions._latest.waiting)
    before = cloudinary.api.resource("dune", **story.options)["version"]
    versions.restore_button.click()
    story.said("brought back")
    assert cloudinary.api.resource("dune", **story.options)["version"] >= before


def test_access_and_moderation_are_set(story: Story) -> None:
    story.choose(0)
    story.do(story.actions.access)
    access = story.dialog(AccessDialog)
    access.token.click()
    access.ends.click()
    assert [rule.access_type for rule in access.rules] == ["token", "anonymous"]
    end = access.rules[1].end
    access.act.click()
    story.said("is as you said")
    (token, window) = cloudinary.api.resource("dune", **story.options)["access_control"]
    assert (token["access_type"], window["access_type"]) == ("token", "anonymous")
    story.qtbot.waitUntil(story.desk.parts.worker.cloud.is_idle)
    story.do(story.actions.access)
    again = story.dialog(AccessDialog)
    story.qtbot.waitUntil(again.token.isChecked)
    assert again.rules[1].end == end
    again.reject()
    story.do(story.actions.refuse)
    refuse = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(refuse.act_button.isEnabled)
    assert "not delivered any more" in refuse.consequence
    refuse.act_button.click()
    story.said("moderated at Cloudinary")


def test_why_something_is_not_approved_there_is_said_before_it_could_be(story: Story) -> None:
    desk, worker = story.desk, story.desk.parts.worker
    picture(desk.folder / "hero.jpg", 70)
    desk.library()
    desk.approve("hero.jpg")
    desk.push([desk.asset("hero.jpg").id])
    worker.cloud.sync(STUDIO)
    desk.until(worker.cloud.is_idle, what="the mirror")
    worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    story.shows("dune.jpg", "gull.jpg", "hero.jpg", "wave.jpg")
    story.choose(2)
    story.do(story.actions.accept)
    dialog = story.dialog(CloudChangeDialog)
    story.qtbot.waitUntil(lambda: "it was rejected" in dialog.consequence)
    assert not dialog.act_button.isEnabled()
    dialog.reject()


def test_the_address_of_an_asset_is_copied(story: Story) -> None:
    story.choose(1)
    story.do(story.actions.copy_address)
    story.said("The address was copied")
    address = QApplication.clipboard().text()
    assert address.endswith("/gull.jpg")
    story.window.middle.browser.ask(Query(text=address, environment=STUDIO))
    story.shows("gull.jpg")


def test_why_an_address_is_not_copied_is_said_in_the_menu(story: Story) -> None:
    desk = story.desk
    picture(desk.folder / "hero.jpg", 7)
    desk.library()
    hero = desk.approve("hero.jpg")
    desk.push(hero)
    desk.parts.worker.cloud.sync(STUDIO)
    story.shows("dune.jpg", "gull.jpg", "hero.jpg", "wave.jpg")
    desk.parts.worker.decide(hero, Approval.REJECTED)
    story.choose(2)
    menu, copy = story.actions.menu, story.actions.copy_address
    menu.aboutToShow.emit()
    why = menu.actions()[menu.actions().index(copy) + 1]
    story.qtbot.waitUntil(why.isVisible)
    assert why.text() == "it was rejected"
    assert not copy.isEnabled()
    story.choose(1)
    menu.aboutToShow.emit()
    assert copy.isEnabled()
    assert not why.isVisible()


def test_an_address_is_put_together_in_any_form_and_copied(story: Story) -> None:
    story.choose(1)
    story.do(story.actions.address)
    dialog = story.dialog(DeliveryAddressDialog)

    def told(words: str) -> None:
        story.qtbot.waitUntil(lambda: words in dialog.address.toPlainText(), timeout=10_000)

    told("/gull.jpg")
    story.qtbot.keyClicks(dialog.chain, "c_fill,w_40")
    assert not dialog.act.isEnabled()
    told("/image/upload/c_fill,w_40/")
    story.qtbot.keyClicks(dialog.suffix, "at-sea")
    dialog.form.setCurrentText("webp")
    dialog.signature.setCurrentIndex(dialog.signature.findData("long"))
    story.qtbot.keyClicks(dialog.analytics, "BAMAABDW0")
    told("/gull/at-sea.webp?_a=BAMAABDW0")
    assert "/images/s--" in dialog.address.toPlainText()
    story.qtbot.keyClicks(dialog.suffix, ".no")
    (trouble,) = dialog.findChildren(Banner)
    story.qtbot.waitUntil(lambda: "holds a dot" in trouble.text, timeout=10_000)
    assert (dialog.address.toPlainText(), dialog.act.isEnabled()) == ("", False)
    dialog.suffix.setText("")
    dialog.token.click()
    story.qtbot.waitUntil(lambda: "hexadecimal" in trouble.text, timeout=10_000)
    story.qtbot.keyClicks(dialog.key, "00112233ff99")
    story.qtbot.keyClick(dialog.key, Qt.Key.Key_Return)
    told("?__cld_token__=exp=")
    story.qtbot.waitUntil(dialog.act.isEnabled)
    dialog.act.click()
    story.said("The address was copied")
    assert "__cld_token__=exp=" in QApplication.clipboard().text()


def test_changes_are_heard_of_at_once_while_the_switch_is_on(story: Story) -> None:
    switch = story.window.core.actions.hear_changes
    hearing = story.desk.parts.worker.hearing
    assert not switch.isChecked()
    switch.trigger()
    story.qtbot.waitUntil(lambda: hearing.state(STUDIO) is HearingState.ON)
    cloudinary.api.delete_resources(["gull"], **story.options)
    story.shows("dune.jpg", "wave.jpg")
    switch.trigger()
    story.qtbot.waitUntil(lambda: hearing.state(STUDIO) is HearingState.OFF)
    story.qtbot.waitUntil(lambda: not switch.isChecked())


def test_the_fields_of_the_environment_in_use_are_in_the_menu(story: Story) -> None:
    story.window.core.actions.metadata_fields.trigger()
    fields = story.dialog(MetadataFieldsDialog)
    story.qtbot.waitUntil(lambda: not fields._latest.waiting)
    assert fields.page.view.model().rowCount() == 0
    assert fields.windowTitle() == "Metadata fields"


def test_who_is_told_is_listed_added_and_removed(story: Story) -> None:
    story.window.core.actions.triggers.trigger()
    triggers = story.dialog(TriggersDialog)
    story.qtbot.waitUntil(lambda: not triggers._latest.waiting)
    assert triggers.focusWidget() is triggers.uri_field
    story.qtbot.keyClicks(triggers.uri_field, "https://hooks.example.com/x")
    triggers.add_button.click()
    story.qtbot.waitUntil(lambda: triggers.view.model().rowCount() == 1)
    triggers.view.setCurrentIndex(triggers.view.model().index(0, 0))
    triggers.remove_button.click()
    question = story.dialog(ConfirmDialog)
    assert "hooks.example.com/x" in question.windowTitle()
    question.confirmed.emit()
    story.qtbot.waitUntil(lambda: triggers.view.model().rowCount() == 0)
    credentials = story.desk.parts.environments.credentials(STUDIO)
    assert Notifications(credentials).triggers() == ()
    assert story.desk.sandbox is not None
    story.desk.sandbox.faults.answer(status=403, times=1, path_contains="triggers")
    story.qtbot.keyClicks(triggers.uri_field, "https://hooks.example.com/y")
    triggers.add_button.click()
    story.qtbot.waitUntil(lambda: "may not do this" in triggers.add_button.toolTip())
    assert not triggers.add_button.isEnabled()
    triggers.accept()
