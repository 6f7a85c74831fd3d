"""Of what is pasted, all is kept that can be; the other cells say why they are not."""

import pytest

from bridge_app.ui.grid_editor.acting import SHOWN_AT_ONCE
from bridge_app.ui.grid_editor.telling import CellState
from tests.ui.grid_editor.conftest import Begin, offer


@pytest.mark.parametrize("count", [6, SHOWN_AT_ONCE])
def test_of_a_pasted_block_all_is_kept_but_the_cells_that_cannot_be(
    begin: Begin, count: int
) -> None:
    editor = begin(count)
    editor.desk.parts.worker.words.import_vocabulary("Places", b"sea\nboat\n", closed=True)
    filler = [f"Berth {row}\tOne line\tboat" for row in range(3, count)]
    offer("\n".join(["Quay\tOne line\tsea", "Pier\t\tsea; mist", "Mole\tOne line", *filler]))
    editor.go(0, "title")
    editor.window.acts.paste.trigger()
    editor.settled()
    assert [editor.says(row, "title") for row in range(3)] == ["Quay", "Pier", "Mole"]
    assert editor.says(0, "keywords") == ("sea",)
    assert editor.says(1, "keywords") == ("boat", "harbour")
    assert editor.says(count - 1, "title") == f"Berth {count - 1}"
    assert editor.state(1, "keywords") is CellState.INVALID
    assert editor.text(1, "keywords") == "sea; mist"
    assert "“mist”" in editor.note(1, "keywords")
    assert [path.key for _, path in editor.window.model.drafts.faulty] == ["keywords"]
    editor.window.acts.undo.trigger()
    editor.until(lambda: editor.says(1, "title") == "Title 1")
