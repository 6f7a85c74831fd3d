"""The audit trail in the window: found, checked, exported; damage cannot be overlooked."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.audit import AuditFilter
from bridge_app.domain.query import Query
from bridge_app.ui.asker import Asker
from bridge_app.ui.audit_errands import AuditErrands
from bridge_app.ui.audit_pdf import pdf_bytes
from bridge_app.ui.dialogs.audit import AuditDialog
from bridge_app.ui.dialogs.audit_filters import Scope
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.audit_report import ReportFormat
from tests.desk import Desk, picture
from tests.ui.windows import Opener

PATIENCE_MS = 30_000


@pytest.fixture
def hero(desk: Desk) -> Asset:
    for number, name in enumerate(("hero.jpg", "logo.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    worker = desk.parts.worker
    worker.decide([desk.asset("logo.jpg").id], Approval.APPROVED, comment="on brand")
    worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED, comment="too dark")
    return desk.asset("hero.jpg")


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons) -> Looks:
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview)
    return Looks(theme, icons, pixels, desk.clock)


@pytest.fixture
def dialog(
    qtbot: QtBot, desk: Desk, hero: Asset, asker: Asker, looks: Looks, english: None
) -> Iterator[AuditDialog]:
    worker = desk.parts.worker
    scope = Scope(chosen=(hero.id,), listed=Query(text="logo"))
    made = AuditDialog(worker.audit, asker, looks, scope)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.lines.rowCount() == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(made.again.isEnabled, timeout=PATIENCE_MS)
    yield made
    made.close()


def shown(dialog: AuditDialog) -> list[Line]:
    rows = range(dialog.lines.rowCount())
    return [dialog.lines.index(row, 0).data(LineRole.LINE) for row in rows]


def choose(qtbot: QtBot, box: QComboBox, value: str) -> None:
    """As a person does: with the keyboard."""
    box.setFocus()
    for _ in range(box.count()):
        if box.currentData() != value:
            qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == value


def tamper(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.home / "profile" / "ledger.db")) as connection:
        for guard in ("audit_stays", "audit_is_final"):
            connection.execute(f"DROP TRIGGER IF EXISTS {guard}")
        connection.execute(statement)
        connection.commit()


def test_entries_say_what_was_done_by_whom_and_why(dialog: AuditDialog) -> None:
    newest, oldest = shown(dialog)
    assert (newest.title, newest.mark, newest.tone) == ("hero.jpg", "Rejected", "negative")
    assert (oldest.title, oldest.mark) == ("logo.jpg", "Approved")
    assert "too dark" in newest.text
    assert "2 of 2 entries" in dialog.count.text()
    assert not dialog.more.isVisible()


def test_what_is_asked_for_is_shown(qtbot: QtBot, dialog: AuditDialog) -> None:
    filters = dialog.filters
    for box, text, name in (
        (filters.assets, "chosen", "hero.jpg"),
        (filters.assets, "listed", "logo.jpg"),
    ):
        choose(qtbot, box, text)
        qtbot.waitUntil(
            lambda name=name: [line.title for line in shown(dialog)] == [name],  # type: ignore[misc]
            timeout=PATIENCE_MS,
        )
    choose(qtbot, filters.kind, "push")
    qtbot.waitUntil(lambda: shown(dialog) == [], timeout=PATIENCE_MS)
    assert filters.asked().about == "What the window lists; Push"


def test_words_are_looked_for_while_one_types(qtbot: QtBot, dialog: AuditDialog) -> None:
    qtbot.keyClicks(dialog.filters.words, "DARK")
    qtbot.waitUntil(lambda: len(shown(dialog)) == 1, timeout=PATIENCE_MS)
    assert shown(dialog)[0].title == "hero.jpg"


def test_a_report_of_what_is_asked_for_is_written(
    qtbot: QtBot, dialog: AuditDialog, tmp_path: Path
) -> None:
    choose(qtbot, dialog.filters.assets, "chosen")
    for form in ReportFormat:
        target = tmp_path / f"audit.{form.value}"
        with qtbot.waitSignal(dialog.exported, timeout=PATIENCE_MS):
            dialog.save(form, target)
    table = (tmp_path / "audit.csv").read_text("utf-8-sig")
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == ["hero.jpg"]
    with closing(pypdfium2.PdfDocument(tmp_path / "audit.pdf")) as document:
        text = document[0].get_textpage().get_text_range()
    assert "too dark" in text
    assert "Head of the trail: 2:" in text
    assert "audit.pdf is written" in dialog.said.text


def test_a_report_that_cannot_be_written_is_told(
    qtbot: QtBot, dialog: AuditDialog, tmp_path: Path
) -> None:
    dialog.save(ReportFormat.CSV, tmp_path / "nowhere" / "audit.csv")
    qtbot.waitUntil(lambda: "audit.csv was not written" in dialog.said.text, timeout=PATIENCE_MS)
    assert dialog.export.isEnabled()


def test_damage_is_named_and_taken_note_of_with_a_reason(
    qtbot: QtBot, desk: Desk, dialog: AuditDialog
) -> None:
    assert not dialog.reason.isVisible()
    tamper(desk, "UPDATE audit SET who = 'Somebody else' WHERE seq = 1")
    dialog.again.click()
    qtbot.waitUntil(lambda: "Entry 1 was altered" in dialog.said.text, timeout=PATIENCE_MS)
    assert dialog.reason.isVisible()
    assert not dialog.accept_damage.isEnabled()
    qtbot.keyClicks(dialog.reason, "Restored a backup")
    dialog.accept_damage.click()
    qtbot.waitUntil(lambda: not dialog.reason.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3, timeout=PATIENCE_MS)
    assert shown(dialog)[0].mark == "Note of damage"
    assert desk.parts.worker.audit.check().known


def test_the_window_tells_of_damage_and_shows_it(
    qtbot: QtBot, desk: Desk, hero: Asset, opener: Opener
) -> None:
    tamper(desk, "DELETE FROM audit WHERE seq = 1")
    window = opener()
    window.findChildren(AuditErrands)[0].check()
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: len(messages.texts) == 1, timeout=PATIENCE_MS)
    assert "number 1 to number 1" in messages.texts[0]
    window.core.actions.audit_trail.trigger()
    (found,) = window.findChildren(AuditDialog)
    qtbot.waitUntil(lambda: "missing" in found.said.text, timeout=PATIENCE_MS)
    found.close()


def test_a_long_report_goes_over_pages(desk: Desk, hero: Asset, qapp: QApplication) -> None:
    worker = desk.parts.worker
    for _ in range(30):
        worker.decide([hero.id], Approval.IN_REVIEW, comment="a long reason " * 12)
    report = worker.audit.report(AuditFilter(), "everything")
    with closing(pypdfium2.PdfDocument(pdf_bytes(report))) as document:
        assert len(document) > 1
        # A page with many short words in a column is read back as if it were written downwards.
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert all("Ofwhat" in text and "Headofthetrail" in text for text in texts)
    assert sum(text.count("alongreasonalong") for text in texts) >= 30


def test_a_clock_that_stands_before_what_was_recorded_is_told_and_taken_note_of(
    qtbot: QtBot, desk: Desk, hero: Asset, opener: Opener
) -> None:
    desk.clock.forward(timedelta(days=5))
    desk.parts.worker.decide([hero.id], Approval.IN_REVIEW)
    desk.clock.forward(timedelta(days=-5))
    window = opener()
    window.findChildren(AuditErrands)[0].check()
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: len(messages.texts) == 1, timeout=PATIENCE_MS)
    assert "clock stands before what was recorded" in messages.texts[0]
    window.core.actions.audit_trail.trigger()
    (found,) = window.findChildren(AuditDialog)
    qtbot.waitUntil(found.reason.isVisible, timeout=PATIENCE_MS)
    qtbot.keyClicks(found.reason, "The battery was empty")
    found.accept_damage.click()
    qtbot.waitUntil(lambda: not found.reason.isVisible(), timeout=PATIENCE_MS)
    assert desk.parts.worker.audit.check().ahead is None
    found.close()
