"""Where the newest leads, an edit of a file that was delivered from here counts from when it was
said: the file keeps its own time of modification."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.field_mapping import FieldMapping
from tests.work.two_desks import MAPPING, START, SimDesk, World, template

HEADLINE = FieldPath(Subject.STANDARD, "headline")
LONG_AGO = (START - timedelta(days=30)).timestamp()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SimDesk]:
    file = tmp_path / "masters" / "hero.jpg"
    world = World(Random(0), file)  # noqa: S311
    os.utime(file, (LONG_AGO, LONG_AGO))
    home = template(tmp_path / "profile", tmp_path / "hero.jpg")
    desk = SimDesk(world, home, world.rng, name="Ana", skew=timedelta())
    desk.line.calm = True
    yield desk
    desk.close()


def later(desk: SimDesk) -> None:
    desk.world.at += timedelta(hours=1)


def said_at_the_master(desk: SimDesk) -> None:
    """While nothing goes to its copies yet."""
    desk.mapping = FieldMapping(rows=())
    desk.masters.say([desk.master], [Change(path=HEADLINE, value="Ours")])
    desk.deliver()
    desk.mapping = MAPPING


def said_at_the_copy(desk: SimDesk) -> None:
    desk.world.cloud.put(context={"headline": "Theirs"})


def brought_together(desk: SimDesk) -> tuple[object, object]:
    """What the master and its copy say of the headline, in the end."""
    desk.look()
    desk.carry()
    desk.deliver()
    cloud = desk.world.cloud.copy.context
    return desk.world.master.record.get("headline"), cloud.get("headline")


def test_what_was_written_into_a_file_last_goes_to_its_copy(desk: SimDesk, tmp_path: Path) -> None:
    said_at_the_copy(desk)
    later(desk)
    said_at_the_master(desk)
    assert (tmp_path / "masters" / "hero.jpg").stat().st_mtime == LONG_AGO

    assert brought_together(desk) == ("Ours", "Ours")


def test_what_was_said_at_the_copy_last_goes_into_the_file(desk: SimDesk) -> None:
    said_at_the_master(desk)
    later(desk)
    said_at_the_copy(desk)

    assert brought_together(desk) == ("Theirs", "Theirs")


def test_what_was_said_on_both_sides_at_once_is_asked_about(desk: SimDesk) -> None:
    said_at_the_master(desk)
    said_at_the_copy(desk)

    assert brought_together(desk) == ("Ours", "Theirs")
    assert [one.path for one in desk.masters.conflicts()] == [HEADLINE]
