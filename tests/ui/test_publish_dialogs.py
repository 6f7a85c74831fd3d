"""What is made public, and what is taken back: shown name by name before it happens."""

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.publish import PublishDialog
from bridge_app.ui.dialogs.retractions import RetractionsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk, picture
from tests.ui.windows import press

PATIENCE_MS = 15_000
MUCH = 21


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons) -> Looks:
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    return Looks(theme, icons, pixels, desk.clock)


def lines(shown: LineList) -> list[Line]:
    found = [shown.index(row, 0).data(LineRole.LINE) for row in range(shown.rowCount())]
    assert all(isinstance(one, Line) for one in found)
    return found


def test_renditions_are_listed_before_they_are_made(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks
) -> None:
    for number, name in enumerate(("dune.jpg", "ember.jpg")):
        picture(desk.folder / name, number, size=(900, 600))
    desk.library()
    desk.approve("dune.jpg")
    desk.push([desk.asset("dune.jpg").id])
    chosen = [asset.id for asset in desk.assets()]
    dialog = PublishDialog(desk.parts.worker, asker, looks, chosen)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=PATIENCE_MS)
    dialog.choice.setCurrentIndex(dialog.choice.findData("thumbnail"))
    dialog.plan_anew()
    qtbot.waitUntil(lambda: len(lines(dialog.lines)) == 2, timeout=PATIENCE_MS)
    assert {line.title: line.mark for line in lines(dialog.lines)} == {
        "dune.jpg": "",
        "ember.jpg": "Held back",
    }
    dune = desk.asset("dune.jpg").id
    assert desk.parts.worker.renditions.made_of(dune) == ()
    with qtbot.waitSignal(dialog.queued, timeout=PATIENCE_MS) as told:
        press(dialog, "Publish")
    assert told.args is not None
    desk.finished(told.args[0])
    made = desk.parts.worker.renditions.made_of(dune)
    assert [one.preset for one in made] == ["thumbnail"]


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
