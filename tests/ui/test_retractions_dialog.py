"""What is taken back from delivery: shown name by name before it happens."""

from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.retractions import RetractionsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk, picture

PATIENCE_MS = 30_000
MUCH = 21


def lines(shown: LineList) -> list[Line]:
    found = [shown.index(row, 0).data(LineRole.LINE) for row in range(shown.rowCount())]
    assert all(isinstance(one, Line) for one in found)
    return found


def test_much_is_taken_away_only_after_a_look_at_the_names(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> None:
    for number in range(MUCH):
        picture(desk.folder / f"photo-{number:02}.jpg", number)
    desk.library()
    desk.push(desk.approve())
    worker = desk.parts.worker
    worker.decide([asset.id for asset in desk.assets()], Approval.REJECTED)
    desk.until(lambda: bool(worker.retractions.waiting()), what="the plan")
    dialog = RetractionsDialog(worker, asker, theme, icons, ACCOUNT.cloud_name)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(lines(dialog.steps)) == MUCH, timeout=PATIENCE_MS)
    assert {line.text for line in lines(dialog.steps)} == {"it was rejected"}
    assert "looked at the names" in " ".join(one.text for one in dialog.findChildren(Banner))
    assert worker.retractions.record(ACCOUNT.cloud_name) == ()
    with qtbot.waitSignal(dialog.queued, timeout=PATIENCE_MS) as told:
        dialog.act.click()
    assert told.args == [MUCH]
    record = worker.retractions.record
    desk.until(lambda: len(record(ACCOUNT.cloud_name)) == MUCH, what="the retractions")
    desk.until(lambda: all(job.state.is_finished for job in worker.transfers()), what="their end")
