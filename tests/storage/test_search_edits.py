"""A search finds what was said here before it is delivered, and only as long as it is open."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.edits import TAGS, TITLE, EditState, FieldPath, NewEdit
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.query import Query
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.edits import Edits, Ending
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.search_edits import OPEN_EDITS, OPEN_VALUES
from tests.storage.test_edits import NOW, job

LIBRARY = LibraryId("bench")


def asset(name: str) -> Asset:
    return Asset(
        id=AssetId(asset_id(LIBRARY, name)),
        library=LIBRARY,
        path=name,
        name=name,
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at=NOW.isoformat(),
    )


HERO, LAKE = asset("hero.jpg"), asset("lake.jpg")


class Story:
    """A catalog of two assets, and what is said of them."""

    def __init__(self, folder: Path) -> None:
        self.writer = open_ledger(folder / "ledger.db")
        self.edits = Edits(self.writer)
        self.catalog = Catalog.open(folder / "catalog.db", ledger=folder / "ledger.db")
        seen = [SeenFile(asset=one, modified_ns=1, file_key=one.id) for one in (HERO, LAKE)]
        self.catalog.put(seen)
        self.reader: CatalogReader = self.catalog.reader()

    def say(
        self, change: str, value: FieldValue, *, path: FieldPath = TITLE, of: Asset = HERO
    ) -> None:
        edit = NewEdit(
            environment="studio",
            asset=of.id,
            asset_id=of.id,
            name=of.name,
            path=path,
            base=None,
            value=value,
        )
        self.edits.add([(change, edit)], batch=change, who="Mara", at=NOW, jobs=[job()])

    def found(self, text: str) -> list[str]:
        query = Query(text=text)
        page = self.reader.page(query, offset=0, limit=10, now=NOW)
        names = [one.name for one in page]
        assert self.reader.count(query, now=NOW) == len(names)
        assert [one.id for one in page] == self.reader.ids(query, now=NOW)
        return names


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.reader.close()
    made.catalog.close()
    made.writer.close()


@pytest.mark.parametrize("typed", ["été", "ETE", "été à", "7", "ete hero", "x7"])
def test_words_that_are_not_delivered_yet_are_found_like_all_others(
    story: Story, typed: str
) -> None:
    assert story.found(typed) == []
    story.say("a", "Été à la mer")
    story.say("b", ("sea", "X7"), path=TAGS)
    assert story.found(typed) == ["hero.jpg"]
    story.say("c", "Winter", of=LAKE)
    assert story.found("winter") == ["lake.jpg"]
    assert story.found("jpg") == ["hero.jpg", "lake.jpg"]


def test_what_is_withdrawn_delivered_or_emptied_is_not_found_any_more(story: Story) -> None:
    story.say("a", "Aurora")
    story.say("b", ("fjord",), path=TAGS)
    assert story.found("aurora fjord") == ["hero.jpg"]
    story.edits.withdraw("a", at=NOW)
    assert story.found("aurora") == []
    assert story.found("fjord") == ["hero.jpg"]
    story.edits.end([Ending(changes=("b",), state=EditState.DELIVERED)], at=NOW)
    assert story.found("fjord") == []
    story.say("c", None)
    assert story.found("none") == []


def test_a_search_looks_at_open_edits_alone_however_many_were_delivered(story: Story) -> None:
    with story.writer.reading() as connection:
        for sql in (OPEN_EDITS, OPEN_VALUES):
            plan = connection.execute(
                "EXPLAIN QUERY PLAN " + sql.replace("ledger.edit", "edit")
            ).fetchall()
            assert "edit_open" in json.dumps([list(row) for row in plan])
