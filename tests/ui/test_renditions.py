"""Renditions: the picture that really comes from delivery, and its address for those allowed it."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval, subject_text
from bridge_app.domain.assets import Asset
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.rendition_card import RenditionCard
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.theme import Theme
from tests.desk import Desk, licensed_picture, picture


@pytest.fixture
def panel(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> RenditionsPanel:
    made = RenditionsPanel(desk.parts.worker, bridge, asker, theme, icons, set_name="ready")
    qtbot.addWidget(made)
    made.resize(320, 620)
    made.show()
    return made


def pushed(desk: Desk, name: str = "hero.jpg") -> Asset:
    picture(desk.folder / name, size=(2000, 1400))
    desk.library()
    desk.approve()
    desk.push()
    return desk.asset(name)


def chip(card: RenditionCard, what: str) -> QToolButton:
    return next(one for one in card.findChildren(QToolButton) if one.text() == what)


def test_the_picture_shown_is_the_one_that_came_from_the_delivery_url(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.show_asset(pushed(desk))
    hero = panel.cards[0]
    qtbot.waitUntil(lambda: hero.picture.image is not None)
    delivered = desk.rendition(desk.asset("hero.jpg"), "hero")
    assert (delivered.width, delivered.height) == (1600, 900)
    assert "1600 × 900" in hero.facts
    assert "JPEG" in hero.facts
    assert hero.link == delivered.link


def test_only_renditions_that_can_be_seen_are_fetched(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.show_asset(pushed(desk))
    first, *_, last = panel.cards
    qtbot.waitUntil(lambda: first.picture.image is not None)
    assert last.visibleRegion().isEmpty()
    assert last.picture.image is None
    panel.scroll_to_end()
    qtbot.waitUntil(lambda: last.picture.image is not None)


def is_copied(card: RenditionCard, text: str, told: str) -> bool:
    return QGuiApplication.clipboard().text() == text and card.confirmation == told


def test_address_html_and_markdown_can_be_copied_and_the_copy_is_confirmed(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.show_asset(pushed(desk))
    card = panel.cards[0]
    qtbot.waitUntil(lambda: card.link is not None)
    link = card.link
    assert link is not None
    for what, text in (("URL", link.url), ("HTML", link.html), ("Markdown", link.markdown)):
        chip(card, what).click()
        qtbot.waitUntil(partial(is_copied, card, text, f"{what} copied"))
    assert "hero" in chip(card, "URL").accessibleName().lower()


def test_the_address_opens_in_the_browser(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.show_asset(pushed(desk))
    card = panel.cards[0]
    qtbot.waitUntil(lambda: card.link is not None)
    next(one for one in card.findChildren(QToolButton) if not one.text()).click()
    assert card.link is not None
    wanted = [QUrl(card.link.url).toString()]
    qtbot.waitUntil(lambda: [url.toString() for url in opened] == wanted)


def test_an_asset_that_is_not_pushed_yet_says_so_and_offers_to_push_it(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    asset = desk.asset("hero.jpg")
    panel.show_asset(asset)
    assert panel.told.startswith("Not pushed yet")
    push = next(one for one in panel.findChildren(QPushButton) if one.text() == "Push…")
    with qtbot.waitSignal(panel.pushWanted) as wanted:
        push.click()
    assert wanted.args == [[asset.id]]


def test_an_asset_that_has_changed_since_it_was_pushed_says_so(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    was = pushed(desk)
    desk.parts.worker.masters.say([was.id], [Change(path=path_of("title"), value="Dawn")])
    desk.until(lambda: desk.asset("hero.jpg").cloud is None, what="the new bytes")
    panel.show_asset(desk.asset("hero.jpg"))
    qtbot.waitUntil(lambda: panel.told.startswith("Changed since it was pushed"))
    assert any(button.isVisible() for button in panel.findChildren(QPushButton))


def test_when_the_rights_have_ended_there_is_a_reason_and_nothing_to_copy(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=2))
    desk.library()
    desk.approve()
    desk.push()
    desk.clock.forward(timedelta(days=5))
    panel.show_asset(desk.asset("hero.jpg"))
    qtbot.waitUntil(lambda: "its rights have ended" in panel.told)
    assert all(card.link is None for card in panel.cards)
    assert not any(one.isVisible() for one in panel.findChildren(QToolButton))


def test_a_right_that_ends_while_the_address_is_on_the_screen_stops_the_copy(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=2))
    desk.library()
    desk.approve()
    desk.push()
    panel.show_asset(desk.asset("hero.jpg"))
    qtbot.waitUntil(lambda: panel.cards[0].link is not None)
    QGuiApplication.clipboard().setText("before")
    desk.clock.forward(timedelta(days=5))
    chip(panel.cards[0], "URL").click()
    qtbot.waitUntil(lambda: "its rights have ended" in panel.told)
    assert QGuiApplication.clipboard().text() == "before"


def test_a_withdrawn_approval_takes_the_addresses_away(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    asset = pushed(desk)
    panel.show_asset(asset)
    qtbot.waitUntil(lambda: panel.told == "")
    desk.parts.worker.decide([asset.id], Approval.REJECTED)
    panel.show_asset(desk.asset("hero.jpg"))
    qtbot.waitUntil(lambda: panel.told.startswith("May not be delivered"))


def test_one_rejected_rendition_says_so_in_its_place_and_the_others_stay(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    asset = pushed(desk)
    first = panel.cards[0]
    subject = subject_text(first.preset.transformation, first.preset.format)
    desk.parts.worker.decide([asset.id], Approval.REJECTED, transformation=subject)
    panel.show_asset(desk.asset("hero.jpg"))
    qtbot.waitUntil(lambda: panel.cards[1].link is not None)
    assert first.link is None
    assert "rejected" in first.picture.text
    assert panel.told == ""


def test_the_addresses_of_one_asset_are_not_those_of_the_next(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    first = pushed(desk)
    picture(desk.folder / "other.jpg", 7)
    desk.parts.worker.scan(first.library)
    desk.settled()
    desk.approve()
    desk.push()
    panel.show_asset(first)
    qtbot.waitUntil(lambda: panel.cards[0].link is not None)
    panel.show_asset(desk.asset("other.jpg"))
    assert panel.cards[0].link is None
    qtbot.waitUntil(lambda: panel.cards[0].link is not None)


def test_offline_the_address_stays_and_the_picture_comes_with_the_connection(
    panel: RenditionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    asset = pushed(desk)
    desk.parts.worker.set_work_offline(on=True)
    panel.show_asset(asset)
    card = panel.cards[0]
    qtbot.waitUntil(lambda: "when the connection is back" in card.picture.text)
    assert card.link is not None
    desk.parts.worker.set_work_offline(on=False)
    qtbot.waitUntil(lambda: card.picture.image is not None)


def test_without_a_single_asset_selected_the_panel_says_what_it_is_for(
    panel: RenditionsPanel,
) -> None:
    panel.show_asset(None)
    assert panel.told == "Renditions: Select one asset to see how it is delivered."
