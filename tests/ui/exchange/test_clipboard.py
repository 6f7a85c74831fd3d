"""The clipboard and links of the window: what leaves, what comes in, and what is only shown."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.app_links import AssetLink, LibraryLink, link_to
from bridge_app.domain.approvals import Approval
from bridge_app.domain.policies import Policy
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.exchange.clipboard import GNOME
from bridge_app.ui.incoming import incoming
from bridge_app.ui.main_window import MainWindow
from bridge_app.work.exchange.departure import RenderedWish
from tests.desk import Desk, picture
from tests.ui.windows import choose, dialog, shown

PICTURE = b'<meta charset="utf-8"><img alt="" src="https://a.example/img/Coast%20road.jpg?w=9">'


def clipboard() -> QMimeData:
    # Where nothing was ever copied there is none.
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if mime is None else mime


def files() -> list[Path]:
    return [Path(url.toLocalFile()) for url in clipboard().urls()]


def put(**data: bytes) -> None:
    mime = QMimeData()
    for kind, value in data.items():
        mime.setData(kind.replace("_", "/", 1).replace("_", "-"), value)
    QGuiApplication.clipboard().setMimeData(mime)


def told(window: MainWindow, words: str) -> bool:
    return any(words in text for text in window.middle.browser.messages.texts)


def chosen(window: MainWindow) -> list[str]:
    return sorted(one.name for one in window.middle.selection.assets())


def test_what_is_chosen_is_copied_as_files_as_a_picture_and_as_a_link(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    actions = window.core.actions.exchange
    assert not actions.copy.isEnabled()
    choose(qtbot, window, "beach.jpg")
    actions.copy.trigger()
    qtbot.waitUntil(lambda: files() == [desk.folder / "coast" / "beach.jpg"])
    assert bytes(clipboard().data(GNOME).data()).startswith(b"copy\nfile://")
    assert clipboard().imageData().width() == 320
    assert clipboard().text() == str(desk.folder / "coast" / "beach.jpg")
    actions.copy_link.trigger()
    assert clipboard().text() == link_to(AssetLink(asset=desk.asset("beach.jpg").id))
    choose(qtbot, window, "aurora.jpg", "dune.jpg")
    assert not actions.copy_link.isEnabled()
    actions.copy.trigger()
    qtbot.waitUntil(lambda: [one.name for one in files()] == ["aurora.jpg", "dune.jpg"])
    assert not clipboard().hasImage()
    # A rendition is made first.
    wish = RenderedWish(asset=desk.asset("beach.jpg"), transformation="w_40/f_png", title="tiny")
    window.middle.studio.copyWanted.emit([wish])
    qtbot.waitUntil(lambda: [one.name for one in files()] == ["beach-tiny.png"])
    assert clipboard().imageData().width() == 40


def test_what_the_gate_has_against_a_file_is_said_in_the_menu_and_once_it_was_copied(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    desk.parts.worker.decide([desk.asset("beach.jpg").id], Approval.REJECTED)
    choose(qtbot, window, "beach.jpg")
    copy, menu = window.core.actions.exchange.copy, window.middle.asset_menu
    menu.aboutToShow.emit()
    why = menu.actions()[menu.actions().index(copy) + 1]
    qtbot.waitUntil(why.isVisible)
    assert why.text() == "it was rejected"
    assert copy.isEnabled()
    menu.aboutToHide.emit()
    assert not why.isVisible()
    copy.trigger()
    qtbot.waitUntil(lambda: told(window, "may not be published: it was rejected."))
    assert files() == [desk.folder / "coast" / "beach.jpg"]


def test_a_policy_keeps_files_here(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDrag, "exec", lambda *_: Qt.DropAction.CopyAction)
    QGuiApplication.clipboard().clear()
    desk.parts.worker.policies.put([Policy(name="files", files=True)])
    choose(qtbot, window, "beach.jpg")
    copy, menu = window.core.actions.exchange.copy, window.middle.asset_menu
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not copy.isEnabled())
    assert "nobody has approved it yet" in copy.toolTip()
    # Nor where it lies; whoever has to work on it opens it.
    actions = window.core.actions
    assert not actions.copy_path.isEnabled()
    assert not actions.reveal.isEnabled()
    assert "nobody has approved it yet" in actions.reveal.toolTip()
    assert actions.open_original.isEnabled()
    menu.aboutToHide.emit()
    copy.trigger()
    refusal = "A policy keeps the file of beach.jpg here: nobody has approved it yet."
    qtbot.waitUntil(lambda: told(window, refusal))
    assert files() == []
    grid = window.middle.browser.grid
    qtbot.waitUntil(lambda: grid.asks_before_drag)
    desk.parts.worker.decide([desk.asset("beach.jpg").id], Approval.REJECTED)
    grid.grid.startDrag(Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: told(window, "it was rejected"))
    assert desk.parts.worker.places.all() == ()


def test_the_buttons_beside_a_path_say_what_the_gate_says_before_they_are_pressed(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    tools = window.sides.inspector.files
    choose(qtbot, window, "beach.jpg")
    qtbot.waitUntil(lambda: tools.note.text() == "Nobody has approved it yet")
    assert tools.copy.isEnabled()
    # The window stands on the same asset while all this happens.
    desk.parts.worker.policies.put([Policy(name="files", files=True)])
    qtbot.waitUntil(lambda: not tools.copy.isEnabled())
    assert not tools.reveal.isEnabled()
    assert "keeps the file of beach.jpg here: nobody has approved it" in tools.reveal.toolTip()
    # Whoever has to work on it opens it.
    assert tools.open.isEnabled()
    ended = RightsClaim(window=RightsWindow(ends=datetime(2020, 1, 1, tzinfo=UTC)))
    desk.parts.worker.rights.claim([desk.asset("beach.jpg").id], ended)
    qtbot.waitUntil(lambda: not tools.open.isEnabled())
    assert "its rights have ended" in tools.open.toolTip()
    desk.parts.worker.policies.put([])
    qtbot.waitUntil(tools.open.isEnabled)
    assert tools.copy.toolTip() == "Copy the path"
    assert not tools.note.isHidden()
    choose(qtbot, window, "aurora.jpg")
    qtbot.waitUntil(lambda: tools.note.text() == "Nobody has approved it yet")


def test_a_policy_keeps_from_being_opened_what_no_review_can_mend(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    QGuiApplication.clipboard().clear()
    desk.parts.worker.policies.put([Policy(name="files", files=True)])
    desk.parts.worker.rights.claim([desk.asset("beach.jpg").id], RightsClaim(model_released=False))
    choose(qtbot, window, "beach.jpg")
    actions, menu = window.core.actions, window.middle.asset_menu
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not actions.open_original.isEnabled())
    assert not actions.exchange.open_with.isEnabled()
    assert "model release is missing" in actions.open_original.toolTip()
    menu.aboutToHide.emit()
    pressed = (actions.copy_path, actions.reveal, actions.open_original)
    assert all(action.isEnabled() for action in pressed)
    for action in pressed:
        action.trigger()
        qtbot.waitUntil(lambda: told(window, "model release is missing"))
        for close in window.middle.browser.messages.findChildren(QToolButton):
            close.click()
        qtbot.waitUntil(lambda: not told(window, "model release is missing"))
    assert QGuiApplication.clipboard().text() == ""
    assert opened == []


def test_files_and_pictures_are_pasted_into_a_library(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    actions = window.core.actions.exchange
    put(text_plain=b"only words")
    actions.paste.trigger()
    assert told(window, "no files and no picture")

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "new.jpg", 77)))])
    QGuiApplication.clipboard().setMimeData(mime)
    actions.paste.trigger()
    taking = dialog(qtbot, window, TakeInDialog)
    assert taking._wish.sources == (tmp_path / "new.jpg",)
    taking.reject()

    # A picture from a browser is kept as it came, under the name it has there.
    data = picture(tmp_path / "other.png", 78).read_bytes()
    put(image_png=data, text_html=PICTURE)
    actions.paste.trigger()
    qtbot.waitUntil(lambda: dialog(qtbot, window, TakeInDialog) is not taking)
    taking = dialog(qtbot, window, TakeInDialog)
    (source,) = taking._wish.sources
    assert (source.name, source.read_bytes()) == ("Coast road.png", data)
    taking._take.click()
    desk.until(lambda: "Coast road.png" in desk.names())


def test_a_picture_without_a_name_gets_the_moment(desk: Desk) -> None:
    mime = QMimeData()
    mime.setData("image/jpeg", b"x")
    assert incoming(mime).file_name("Pasted", desk.clock()).startswith("Pasted 20")
    mime.setData("text/html", b'<img src="https://a.example/..%2F..%2Fetc">')
    assert "/" not in incoming(mime).file_name("Pasted", desk.clock())
    mime.setData("text/html", b'<img src="http://[bad/a.jpg">')
    assert incoming(mime).name == ""


def test_links_show_and_change_nothing(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    exchange = window.exchange
    window.showMinimized()
    exchange.open([link_to(AssetLink(asset=desk.asset("cliff.jpg").id))], token="token")
    qtbot.waitUntil(lambda: chosen(window) == ["cliff.jpg"])
    assert not window.isMinimized()
    exchange.open(["asset-bridge://search?q=dune"])
    qtbot.waitUntil(lambda: shown(window) == ["dune.jpg"])
    (library,) = desk.parts.worker.libraries()
    exchange.open([link_to(LibraryLink(library=library.name.upper(), folder="coast"))])
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])
    exchange.open(["asset-bridge://asset/0123456789abcdef"])
    qtbot.waitUntil(lambda: told(window, "not in any library"))
    exchange.open(["asset-bridge://push/everything"])
    assert told(window, "cannot be followed")
    exchange.open(["asset-bridge://library/nowhere"])
    assert told(window, "no library “nowhere”")
    # Files are shown where they lie; folders, too, or it is asked what to do with them.
    exchange.open([str(desk.folder / "hills" / "ember.jpg")])
    qtbot.waitUntil(lambda: chosen(window) == ["ember.jpg"])
    exchange.open([str(desk.folder / "hills")])
    qtbot.waitUntil(lambda: shown(window) == ["aurora.jpg", "cliff.jpg", "ember.jpg"])
    (tmp_path / "Elsewhere").mkdir()
    exchange.open([str(tmp_path / "Elsewhere")])
    qtbot.waitUntil(lambda: told(window, "is in no library yet"))
    assert len(desk.parts.worker.libraries()) == 1
    exchange.open([str(picture(tmp_path / "unknown.jpg", 99))])
    dialog(qtbot, window, TakeInDialog).reject()
    exchange.open([str(tmp_path / "gone.jpg")])
    qtbot.waitUntil(lambda: told(window, "not there any more"))


@pytest.mark.parametrize("address", ["https://res.example/image/upload/v1/hero.jpg"])
def test_a_pasted_address_is_looked_for(qtbot: QtBot, window: MainWindow, address: str) -> None:
    put(text_plain=address.encode())
    window.core.actions.exchange.paste.trigger()
    qtbot.waitUntil(lambda: window.middle.browser.query.text == address)
