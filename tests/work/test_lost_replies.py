"""What becomes of an edit whose reply was lost, and of what people do before it is tried again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import TAGS, EditState, FieldPath, Subject
from bridge_app.domain.errors import ServiceTroubleError
from tests.work.two_desks import SimDesk, World, template
from tests.work.two_services import Line

T = TypeVar("T")
TITLE = FieldPath(Subject.CONTEXT, "title")


class ToldLine(Line):
    """The way to the services: each call ends as it was told to, and well after that."""

    def tell(self, *fates: str) -> None:
        """How the next calls end: `well`, `lost` (an effect without a reply), or `down`."""
        self.fates = list(fates)

    def carry(self, effect: Callable[[], T]) -> T:
        """Make a call."""
        fate = self.fates.pop(0) if self.fates else "well"
        if fate == "down":
            raise ServiceTroubleError(service="The service", detail="503")
        answer = effect()
        if fate == "lost":
            raise ServiceTroubleError(service="The service", detail="the reply was lost")
        return answer


@pytest.fixture
def line() -> ToldLine:
    line = ToldLine(Random(0))  # noqa: S311
    line.tell()
    return line


@pytest.fixture
def desk(tmp_path: Path, line: ToldLine) -> Iterator[SimDesk]:
    world = World(Random(0))  # noqa: S311
    home = template(tmp_path / "profile", None)
    desk = SimDesk(world, home, world.rng, name="Ana", skew=timedelta())
    desk.line = line
    world.cloud.put(context={"title": "Before"}, tags=("old",))
    desk.look()
    world.cloud.introduced.clear()
    yield desk
    desk.close()


def say(desk: SimDesk, *changes: Change) -> str:
    return desk.editing.say([desk.copy], list(changes))


def states(desk: SimDesk, batch: str) -> list[EditState]:
    return [edit.state for edit in desk.editing.batch(batch)]


def test_a_word_that_arrived_is_not_put_in_again_though_a_later_reply_was_lost_too(
    desk: SimDesk, line: ToldLine
) -> None:
    said = say(desk, Change(path=TAGS, add=("new",), remove=("old",)))
    line.tell("well", "lost")
    desk.deliver()
    line.tell("well", "lost")
    desk.deliver()
    assert desk.world.cloud.copy.tags == ("new",)
    desk.world.cloud.put(tags=("theirs",))
    desk.deliver()

    assert desk.world.cloud.copy.tags == ("theirs",)
    assert desk.world.cloud.introduced["new"] == 1
    assert states(desk, said) == [EditState.DELIVERED]


def test_of_words_that_may_have_arrived_a_person_is_asked(desk: SimDesk, line: ToldLine) -> None:
    said = say(desk, Change(path=TAGS, add=("new",), remove=("old",)))
    line.tell("well", "down")
    desk.deliver()
    desk.world.cloud.put(tags=("theirs",))
    desk.deliver()

    assert states(desk, said) == [EditState.CONFLICT]
    (conflict,) = desk.editing.conflicts()
    assert (conflict.ours, conflict.theirs) == (("new", "theirs"), ("theirs",))


@pytest.mark.parametrize("path", [TITLE, TAGS])
def test_undoing_what_arrived_without_a_reply_takes_it_away(
    desk: SimDesk, line: ToldLine, path: FieldPath
) -> None:
    change = Change(path=path, add=("new",)) if path == TAGS else Change(path=path, value="Ours")
    said = say(desk, change)
    line.tell("well", "lost")
    desk.deliver()
    assert {"Ours", "new"} & desk.world.cloud.words()
    desk.editing.take_back(said)
    desk.deliver()

    assert desk.world.cloud.copy.context == {"title": "Before"}
    assert desk.world.cloud.copy.tags == ("old",)


def test_what_arrived_without_a_reply_is_no_conflict_with_what_is_said_on_top_of_it(
    desk: SimDesk, line: ToldLine
) -> None:
    say(desk, Change(path=TITLE, value="Ours"))
    line.tell("well", "lost")
    desk.deliver()
    said = say(desk, Change(path=TITLE, value="Better"))
    desk.deliver()

    assert desk.world.cloud.copy.context == {"title": "Better"}
    assert states(desk, said) == [EditState.DELIVERED]


@pytest.mark.parametrize(
    ("theirs", "ends", "conflicts"),
    [("Before", EditState.CONFLICT, 1), ("Theirs", EditState.DELIVERED, 0)],
)
def test_what_the_service_took_is_never_sent_again_though_nobody_could_look_after_it(
    desk: SimDesk, line: ToldLine, theirs: str, ends: EditState, conflicts: int
) -> None:
    said = say(desk, Change(path=TITLE, value="Ours"))
    line.tell("well", "well", "down")
    desk.deliver()
    desk.world.cloud.put(context={"title": theirs})
    desk.deliver()

    assert desk.world.cloud.copy.context == {"title": theirs}
    assert desk.world.cloud.introduced["Ours"] == 1
    assert states(desk, said) == [ends]
    assert len(desk.editing.conflicts()) == conflicts


def test_a_word_that_the_service_took_is_never_put_in_again(desk: SimDesk, line: ToldLine) -> None:
    said = say(desk, Change(path=TAGS, add=("new",)))
    line.tell("well", "well", "down")
    desk.deliver()
    desk.world.cloud.put(tags=("old",))
    desk.deliver()

    assert desk.world.cloud.copy.tags == ("old",)
    assert states(desk, said) == [EditState.DELIVERED]


def test_what_never_arrived_is_sent_again(desk: SimDesk, line: ToldLine) -> None:
    said = say(desk, Change(path=TITLE, value="Ours"), Change(path=TAGS, add=("new",)))
    line.tell("well", "down")
    desk.deliver()
    desk.deliver()

    assert desk.world.cloud.copy.context == {"title": "Ours"}
    assert desk.world.cloud.copy.tags == ("new", "old")
    assert set(states(desk, said)) == {EditState.DELIVERED}
