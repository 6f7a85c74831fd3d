"""Undo and a stopped delivery: on record as a whole, and never left as if on their way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import TITLE, EditState, NewEdit
from bridge_app.storage.edits import Edits
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.stopped_edits import EditStoppedError
from bridge_app.work.edit_record import EditRecord
from bridge_app.work.jobs import WRITE_SHELTER
from tests.desk import Clock
from tests.work.campaign import Campaign
from tests.work.test_master_edits import delivered, set_to

NO_MORE = """
    CREATE TEMP TRIGGER no_more BEFORE INSERT ON edit BEGIN SELECT RAISE(FAIL, 'disk I/O'); END
"""


def edit_of(name: str) -> NewEdit:
    return NewEdit(
        environment="studio",
        asset=AssetId(name),
        asset_id=name,
        name=name,
        path=TITLE,
        base=None,
        value="Dawn",
    )


def test_an_undo_that_cannot_be_recorded_wholly_undoes_nothing(tmp_path: Path) -> None:
    with closing(open_ledger(tmp_path / "ledger.db")) as writer:
        edits = Edits(writer)
        record = EditRecord(edits, emit=lambda _: None, who=lambda: "Mara", now=Clock())
        batch = record.say([edit_of("sent"), edit_of("waiting")])
        edits.take("studio", assets=1)
        with writer.atomic() as connection:
            connection.execute(NO_MORE)

        with pytest.raises(sqlite3.IntegrityError, match="disk I/O"):
            record.take_back(batch)

        states = [edit.state for edit in edits.batch(batch)]
        assert states == [EditState.SENDING, EditState.PENDING]


def test_what_a_stopped_delivery_was_to_write_can_be_tried_again(campaign: Campaign) -> None:
    desk, worker = campaign.desk, campaign.desk.parts.worker
    hero = campaign.asset("hero.jpg").id
    worker.set_work_offline(on=True)
    worker.masters.say([hero], [set_to("title", "Morning")])

    worker.cancel(desk.parts.stock.jobs.unfinished(WRITE_SHELTER))

    (edit,) = worker.masters.history(hero)
    assert edit.state is EditState.FAILED
    assert edit.error is not None
    assert edit.error.kind == EditStoppedError.__name__
    worker.masters.try_again([hero])
    worker.set_work_offline(on=False)
    delivered(desk, [hero])
    assert campaign.brand.of("hero.jpg").iptc["title"] == "Morning"
