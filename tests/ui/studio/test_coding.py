"""What the studio says of its code before anybody copies it."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.transform.code import Code
from bridge_app.ui.asker import Asker
from bridge_app.ui.studio.window import Seat, StudioWindow
from tests.desk import Desk, picture
from tests.ui.studio.conftest import PATIENCE_MS, LastingMaster


def test_why_there_is_no_code_is_said_in_the_menu(
    qtbot: QtBot, desk: Desk, seat: Seat, asker: Asker, lasting: LastingMaster
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    chosen = desk.approve()
    desk.push()
    here = replace(seat, worker=desk.parts.worker, asker=asker)
    studio = StudioWindow(here, desk.asset("hero.jpg"), lasting)
    qtbot.addWidget(studio)
    studio.show()
    qtbot.waitUntil(lambda: studio.canvas.rendition is not None, timeout=PATIENCE_MS)
    menu, url = studio.head.copy.codes, studio.head.copy.action(Code.URL)
    desk.parts.worker.decide(chosen, Approval.REJECTED)
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not url.isEnabled())
    why = menu.actions()[-1]
    assert why.isVisible()
    assert "it was rejected" in why.text()
    desk.parts.worker.decide(chosen, Approval.APPROVED)
    menu.aboutToShow.emit()
    assert url.isEnabled()
    url.trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("http"))
    studio.close()
