"""What stands in a cell for the time being: of two texts the one that was written later."""

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.grid_editor.drafts import Cell, Drafts, Sheet

CELL: Cell = (AssetId("a"), path_of("title"))
OTHER: Cell = (AssetId("b"), path_of("title"))
FAULT = InvalidInputError(what="x", detail="y")


def shown(drafts: Drafts, cell: Cell = CELL) -> str | None:
    """What stands there."""
    draft = drafts.get(cell)
    return None if draft is None else draft.text


def typed(drafts: Drafts, text: str) -> int:
    """A text is typed into the cell; the number of its write."""
    write = drafts.begin()
    drafts.put({CELL: text}, write)
    return write


def test_the_end_of_an_older_write_leaves_what_was_typed_later() -> None:
    drafts = Drafts()
    older, newer = typed(drafts, "one"), typed(drafts, "two")
    drafts.settle([CELL], older, 1)
    drafts.read(CELL[0], 1)
    assert shown(drafts) == "two"
    drafts.settle([CELL], newer, 2)
    drafts.read(CELL[0], 2)
    assert shown(drafts) is None


def test_the_end_of_an_older_write_leaves_a_large_step_that_was_begun_later() -> None:
    drafts = Drafts()
    older = typed(drafts, "one")
    sheet = Sheet({CELL: "two", OTHER: "two"}, drafts.begin())
    drafts.lay(sheet)
    drafts.settle([CELL], older, 1)
    drafts.read(CELL[0], 1)
    assert shown(drafts) == "two"
    sheet.refuse(FAULT)
    assert CELL in drafts.faulty


def test_an_older_write_that_is_refused_hides_no_later_text() -> None:
    drafts = Drafts()
    older = typed(drafts, "nine")
    typed(drafts, "9")
    drafts.refuse({CELL: ("nine", FAULT)}, older)
    assert shown(drafts) == "9"
    assert drafts.faulty == ()


def test_a_large_step_that_is_made_late_hides_nothing_that_was_typed_after_it() -> None:
    drafts = Drafts()
    write = drafts.begin()
    later = typed(drafts, "typed")
    sheet = Sheet({CELL: "filled", OTHER: "filled"}, write)
    drafts.lay(sheet)
    assert (shown(drafts), shown(drafts, OTHER)) == ("typed", "filled")
    sheet.refuse(FAULT)
    assert drafts.faulty == (OTHER,)
    drafts.settle([CELL], later, 1)
    drafts.read(CELL[0], 1)
    assert shown(drafts) is None


def test_what_could_not_be_kept_does_not_come_back_after_a_later_large_step() -> None:
    drafts = Drafts()
    refused = Sheet({CELL: "one"}, drafts.begin())
    drafts.lay(refused)
    refused.refuse(FAULT)
    later = Sheet({CELL: "two"}, drafts.begin())
    drafts.lay(later)
    assert drafts.faulty == ()
    later.settle({CELL[0]}, 1)
    drafts.read(CELL[0], 1)
    assert shown(drafts) is None
