"""The document: one chain, one text, and the way back through every change."""

import pytest
from PySide6.QtWidgets import QApplication

from bridge_app.ui.studio.chain import Chain
from bridge_app.ui.studio.document import Document


@pytest.fixture
def document(qapp: QApplication) -> Document:
    made = Document()
    made.start("c_fill,w_400/q_auto")
    return made


def problem(document: Document) -> int | None:
    """Where the text cannot be read."""
    return document.error.position if document.error else None


def test_a_change_of_the_chain_changes_the_text(document: Document) -> None:
    document.change(Chain.of("a_90"))
    assert document.text == "a_90"
    document.undo.undo()
    assert document.text == "c_fill,w_400/q_auto"
    document.undo.redo()
    assert str(document.chain) == "a_90"


def test_a_dragged_control_is_one_step_of_undo(document: Document) -> None:
    for strength in (10, 20, 30):
        document.change(Chain.of(f"e_brightness:{strength}"), hold="brightness")
        assert document.is_held
    document.release()
    document.change(Chain.of("e_brightness:40"), hold="brightness")
    assert document.undo.count() == 2
    document.undo.undo()
    assert document.text == "e_brightness:30"
    document.undo.undo()
    assert document.text == "c_fill,w_400/q_auto"


def test_what_is_typed_is_kept_although_it_is_wrong(document: Document) -> None:
    document.type("c_fill,w_4x")
    assert document.text == "c_fill,w_4x"
    assert problem(document) == 9
    assert str(document.chain) == "c_fill,w_400/q_auto"
    document.type("c_fill,w_4")
    assert problem(document) is None
    assert str(document.chain) == "c_fill,w_4"


def test_undo_brings_back_what_was_typed_wrong(document: Document) -> None:
    document.type("w_4x")
    document.release()
    document.change(Chain.of("w_4"))
    assert problem(document) is None
    document.undo.undo()
    assert (document.text, problem(document)) == ("w_4x", 2)


def test_a_change_to_the_same_is_no_change(document: Document) -> None:
    document.change(document.chain)
    assert document.undo.count() == 0


def test_steps_that_are_off_survive_typing(document: Document) -> None:
    document.change(document.chain.switched(1, on=False))
    document.type("c_fill,w_500")
    assert [step.text for step in document.chain.steps] == ["c_fill,w_500", "q_auto"]
    assert [step.on for step in document.chain.steps] == [True, False]
