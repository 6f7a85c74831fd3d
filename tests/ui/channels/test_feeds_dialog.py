"""Feeds of products in the window: added, read, matched both ways, reported by line, pushed."""

import socket
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.product_feed import Feed
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.feed_posts import FeedPostsDialog
from bridge_app.ui.dialogs.feeds import FeedsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.product_feeds import SHOWN, FeedDesk, FeedPreview
from tests.desk import ACCOUNT, Desk, picture

PATIENCE_MS = 30_000
LEFT = Qt.MouseButton.LeftButton
ROWS = """sku,product_name,updated_at
SKU-1,Jacket,2026-11-20T08:00:00Z
SKU-2,Coat,2026-11-20T08:00:00Z
SKU-3,Hat,2026-11-20T08:00:00Z
SKU-4,Scarf,2026-11-20T08:00:00Z
SKU-5,Glove,2026-11-20
SKU-6,,2026-11-20T08:00:00Z
"""


@pytest.fixture
def shown(  # noqa: PLR0917 - fixtures
    desk: Desk,
    asker: Asker,
    bridge: WorkerBridge,
    theme: Theme,
    icons: Icons,
    qtbot: QtBot,
    english: None,
) -> FeedsDialog:
    picture(desk.folder / "SKU-1_hero.jpg", seed=1)
    picture(desk.folder / "other.jpg", seed=2)
    desk.library()
    desk.approve()
    (desk.home / "feeds").mkdir(exist_ok=True)
    (desk.home / "feeds" / "products.csv").write_text(ROWS)
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    made = FeedsDialog(worker, asker, Looks(theme, icons, pixels, desk.clock), bridge)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def kept(desk: Desk) -> Feed:
    (desk.home / "feeds").mkdir(exist_ok=True)
    source = str(desk.home / "feeds")
    told = Feed(id="", name="PIM", source=source, pushes=True, environment=ACCOUNT.cloud_name)
    return desk.parts.worker.feeds.add(told)


def lines(model: LineList) -> list[Line]:
    return [model.index(row, 0).data(LineRole.LINE) for row in range(model.rowCount())]


def test_a_feed_is_added_read_matched_and_pushed(
    shown: FeedsDialog, qtbot: QtBot, desk: Desk
) -> None:
    shown.add.click()
    qtbot.keyClicks(shown.form.name_field, "PIM")
    shown.form.source_field.setText(str(desk.home / "feeds"))
    qtbot.mouseClick(shown.form.push_box, LEFT)
    shown.form.push_box.setChecked(True)
    qtbot.mouseClick(shown.form.save_button, LEFT)
    qtbot.waitUntil(lambda: len(lines(shown.feeds)) == 1, timeout=PATIENCE_MS)
    (feed,) = desk.parts.worker.feeds.feeds()
    assert (feed.environment, feed.pushes) == (ACCOUNT.cloud_name, True)
    qtbot.waitUntil(shown.read.isEnabled, timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.read, LEFT)
    qtbot.waitUntil(lambda: len(lines(shown.tabs.found[4])) == 1, timeout=PATIENCE_MS)
    matched, _, missing, unused, report = (lines(model) for model in shown.tabs.found)
    assert "SKU-1" in matched[0].title
    assert "SKU-1_hero.jpg" in matched[0].text
    assert [one.title.partition(" ")[0] for one in missing] == ["SKU-2", "SKU-3", "SKU-4", "SKU-5"]
    assert [one.title for one in unused] == ["other.jpg"]
    assert report[0].title.startswith("Line 7  ·  SKU-6")
    qtbot.mouseClick(shown.push, LEFT)
    qtbot.waitUntil(lambda: bool(shown.findChildren(ConfirmDialog)), timeout=PATIENCE_MS)
    shown.findChildren(ConfirmDialog)[0].confirmed.emit()
    desk.until(lambda: desk.asset("SKU-1_hero.jpg").cloud is not None, what="the push")


def test_what_cannot_be_kept_is_told_and_stays_typed(
    shown: FeedsDialog, qtbot: QtBot, desk: Desk
) -> None:
    shown.add.click()
    shown.form.show_feed(Feed(id="", name="PIM", source="/nowhere/at/all"))
    qtbot.mouseClick(shown.form.save_button, LEFT)
    qtbot.waitUntil(shown.form.save_button.isEnabled, timeout=PATIENCE_MS)
    assert shown.form.name_field.text() == "PIM"
    assert desk.parts.worker.feeds.feeds() == ()


def test_without_a_feed_one_is_offered(shown: FeedsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(shown.empty.isVisible, timeout=PATIENCE_MS)
    assert not shown.tabs.isVisible()
    (add,) = shown.empty.findChildren(QPushButton)
    qtbot.mouseClick(add, LEFT)
    assert shown.form.isVisible()


def test_what_one_feed_finds_does_not_stand_below_another(
    kept: Feed,
    shown: FeedsDialog,
    qtbot: QtBot,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nowhere = desk.home / "more"
    nowhere.mkdir()
    other = desk.parts.worker.feeds.add(Feed(id="", name="ERP", source=str(nowhere)))
    qtbot.waitUntil(lambda: len(lines(shown.feeds)) == 2, timeout=PATIENCE_MS)
    shown.feed_list.setCurrentIndex(shown.feeds.place_of(kept.id))
    unused = shown.tabs.found[3]
    qtbot.waitUntil(lambda: len(lines(unused)) == 2, timeout=PATIENCE_MS)
    may_end, look = threading.Event(), FeedDesk.preview

    def slow(self: FeedDesk, name: str, *, limit: int = SHOWN) -> FeedPreview:
        may_end.wait(PATIENCE_MS / 1000)
        return look(self, name, limit=limit)

    monkeypatch.setattr(FeedDesk, "preview", slow)
    shown.feed_list.setCurrentIndex(shown.feeds.place_of(other.id))
    assert lines(unused) == []
    may_end.set()
    qtbot.waitUntil(lambda: len(lines(unused)) == 2, timeout=PATIENCE_MS)
    places = [shown.tabs.widget(at) for at in range(shown.tabs.count())]
    said = [isinstance(one, ListOrWords) and bool(one.words) for one in places]
    assert said == [True, True, True, False, True]


def test_however_much_changes_one_look_at_a_time_is_taken(
    kept: Feed,
    shown: FeedsDialog,
    bridge: WorkerBridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    qtbot.waitUntil(lambda: len(lines(shown.tabs.found[3])) == 2, timeout=PATIENCE_MS)
    may_end, looks, look = threading.Event(), list[str](), FeedDesk.preview

    def slow(self: FeedDesk, name: str, *, limit: int = SHOWN) -> FeedPreview:
        looks.append(name)
        may_end.wait(PATIENCE_MS / 1000)
        return look(self, name, limit=limit)

    monkeypatch.setattr(FeedDesk, "preview", slow)
    for _ in range(3):
        with qtbot.waitSignal(shown.feeds.modelReset, timeout=PATIENCE_MS):
            bridge.changed.emit(ChangeSet(assets=frozenset({AssetId("a")})))
        qtbot.waitUntil(lambda: len(looks) >= 1, timeout=PATIENCE_MS)
    told = list(looks)
    may_end.set()
    assert told == [kept.id]
    qtbot.waitUntil(lambda: len(looks) == 2, timeout=PATIENCE_MS)


def test_posts_are_received_with_a_secret_that_is_shown_once(
    kept: Feed, shown: FeedsDialog, qtbot: QtBot, desk: Desk
) -> None:
    feeds = desk.parts.worker.feeds
    qtbot.waitUntil(shown.posts.isEnabled, timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.posts, LEFT)
    (dialog,) = shown.findChildren(FeedPostsDialog)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        dialog.port.setValue(port)
        dialog.switch.click()
        qtbot.waitUntil(lambda: str(port) in dialog.said.text, timeout=PATIENCE_MS)
        qtbot.waitUntil(dialog.switch.isEnabled, timeout=PATIENCE_MS)
        assert not dialog.switch.isChecked()
        assert dialog.secret.isHidden()
    dialog.switch.click()
    qtbot.waitUntil(lambda: feeds.one(kept.id).port == port, timeout=PATIENCE_MS)
    qtbot.waitUntil(dialog.secret.isVisible, timeout=PATIENCE_MS)
    assert dialog.secret.text().startswith("whsec_")
    assert dialog.address.text() == f"http://127.0.0.1:{port}/feeds/products"
    qtbot.waitUntil(dialog.switch.isEnabled, timeout=PATIENCE_MS)
    dialog.switch.click()
    qtbot.waitUntil(lambda: feeds.one(kept.id).port == 0, timeout=PATIENCE_MS)
    dialog.accept()
    assert dialog.secret.text() == ""
