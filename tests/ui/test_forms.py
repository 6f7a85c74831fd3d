"""Forms: what is asked stands in line with where it is answered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

import bridge_app
from bridge_app.ui.parts.form import Form
from bridge_app.ui.theme import Theme


def label_of(form: Form, field: QWidget) -> QLabel:
    found = form.labelForField(field)
    assert isinstance(found, QLabel)
    return found


@pytest.mark.parametrize("compact", [False, True])
def test_a_label_stands_beside_the_words_of_its_field(
    theme: Theme, qtbot: QtBot, compact: bool
) -> None:
    theme.set_compact(on=compact)
    window = QWidget()
    qtbot.addWidget(window)
    form = Form(window)
    low = [QLineEdit("Line"), QComboBox(), QSpinBox(), QDateEdit()]
    for field in low:
        form.addRow(type(field).__name__, field)
    high = QPlainTextEdit("Many lines")
    form.insertRow(0, "Many lines", high)
    window.resize(420, 420)
    with qtbot.waitExposed(window):
        window.show()
    for field in low:
        beside = label_of(form, field).geometry().center().y()
        assert abs(beside - field.geometry().center().y()) <= 1, type(field).__name__
    cursor = high.cursorRect().translated(high.viewport().pos() + high.pos())
    assert abs(label_of(form, high).geometry().center().y() - cursor.center().y()) <= 2


def test_every_form_with_labels_beside_its_fields_is_one_of_ours() -> None:
    above = {"other_service_form.py"}  # its labels stand above the fields
    root = Path(bridge_app.__file__).parent / "ui"
    made = [
        path.name
        for path in sorted(root.rglob("*.py"))
        if f"{QFormLayout.__name__}(" in path.read_text("utf-8").replace("(QFormLayout)", "")
    ]
    assert {*made} <= above
