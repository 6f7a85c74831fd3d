"""What an asset says with its open edits, while one of them is being delivered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.domain.edits import TAGS, EditState, NewEdit
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.database import InterruptedQueryError
from bridge_app.storage.edits import Edits, Ending
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.said import ledger_first
from tests.storage.test_cloud_mirror import NOW, PLAIN, STATE
from tests.storage.test_edits import job

WORDS = ("spring", "fjord")


class Delivering:
    """An asset of which an edit waits; it is delivered right before a statement of the reader."""

    def __init__(self, folder: Path) -> None:
        self.ledger = open_ledger(folder / "ledger.db")
        self.edits = Edits(self.ledger)
        self.catalog = Catalog.open(folder / "catalog.db", ledger=folder / "ledger.db")
        self.mirror = CloudMirror(self.catalog.writer)
        self.mirror.put([PLAIN], STATE)
        edit = NewEdit(
            environment=PLAIN.environment,
            asset=PLAIN.id,
            asset_id=PLAIN.asset_id,
            name="hero.jpg",
            path=TAGS,
            base=PLAIN.tags,
            value=WORDS,
        )
        self.edits.add([("a", edit)], batch="a", who="Mara", at=NOW, jobs=[job()])
        self.reader = self.catalog.reader()

    def asked(self, *, before: int) -> object:
        """The tags that the reader tells, if the edit arrives before its statement `before`."""
        statements = 0

        def traced(_: str) -> None:
            nonlocal statements
            if statements == before:
                self.mirror.put([replace(PLAIN, tags=WORDS)], STATE)
                self.edits.end([Ending(changes=("a",), state=EditState.DELIVERED)], at=NOW)
            statements += 1

        self.reader.ask(lambda connection: connection.set_trace_callback(traced))
        (said,) = self.reader.said([PLAIN.id])
        assert statements > before
        return said.record()[TAGS]


@pytest.fixture
def delivering(tmp_path: Path) -> Iterator[Delivering]:
    made = Delivering(tmp_path)
    yield made
    made.reader.close()
    made.catalog.close()
    made.ledger.close()


@pytest.mark.parametrize("before", range(4))
def test_what_is_delivered_while_it_is_asked_for_is_said_all_along(
    delivering: Delivering, before: int
) -> None:
    assert delivering.asked(before=before) == ("fjord", "spring")


def test_what_goes_wrong_in_the_ledger_is_told_and_ends_the_look_at_it(
    delivering: Delivering,
) -> None:
    reader = delivering.reader
    reader.ask(lambda connection: connection.set_progress_handler(lambda: 1, 1))
    with pytest.raises(InterruptedQueryError), ledger_first(reader.ask):
        pass
    reader.ask(lambda connection: connection.set_progress_handler(None, 1))
    assert not reader.ask(lambda connection: connection.in_transaction)
    assert [one.record()[TAGS] for one in reader.said([PLAIN.id])] == [("fjord", "spring")]
