"""Policies in the window: shown, edited, exchanged, and saved only when a person says so."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Kind
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.domain.policies_json import policies_in
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.let_pass import LetPassDialog
from bridge_app.ui.dialogs.policies import PoliciesDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.policies import PolicyDesk
from tests.desk import ACCOUNT, Desk, picture

PATIENCE_MS = 30_000
WEB = Policy(
    name="Web",
    match=PolicyMatch(kinds=frozenset({Kind.IMAGE}), channels=frozenset({"web"})),
    stages=("brand", "legal"),
    renditions=True,
    keeps_below=0.02,
    may_override=frozenset({"legal"}),
)


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons) -> Looks:
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    return Looks(theme, icons, pixels, desk.clock)


@pytest.fixture
def policies(desk: Desk) -> PolicyDesk:
    return desk.parts.worker.policies


@pytest.fixture
def dialog(qtbot: QtBot, policies: PolicyDesk, asker: Asker, looks: Looks) -> PoliciesDialog:
    policies.put([WEB])
    made = PoliciesDialog(policies, asker, looks, ACCOUNT.cloud_name)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.page.lines.rowCount() == 1, timeout=PATIENCE_MS)
    return made


def line(dialog: PoliciesDialog, row: int = 0) -> Line:
    found = dialog.page.lines.index(row, 0).data(LineRole.LINE)
    assert isinstance(found, Line)
    return found


def press(dialog: QDialog, text: str) -> None:
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    button = next(one for one in buttons if one.text().replace("&", "") == text)
    assert button.isEnabled()
    button.click()


def field(dialog: QDialog, name: str) -> QLineEdit:
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name)


def test_an_empty_list_says_what_holds_until_something_else_is_to_be_saved(
    qtbot: QtBot, policies: PolicyDesk, asker: Asker, looks: Looks
) -> None:
    made = PoliciesDialog(policies, asker, looks, ACCOUNT.cloud_name)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "No policy holds" in made.page.place.words, timeout=PATIENCE_MS)


def test_a_policy_says_for_what_it_holds_and_what_it_asks_for(dialog: PoliciesDialog) -> None:
    assert line(dialog).title == "Web"
    assert line(dialog).text == "image, web"
    assert line(dialog).mark == "brand → legal  ·  each rendition"
    assert not dialog.save.isEnabled()


def test_a_form_that_is_not_touched_changes_nothing(dialog: PoliciesDialog) -> None:
    press(dialog, "Change…")
    press(dialog, "Use")
    assert not dialog.save.isEnabled()
    press(dialog, "Change…")
    press(dialog, "Back")
    assert not dialog.save.isEnabled()


def test_what_is_changed_holds_once_it_is_saved(
    qtbot: QtBot, dialog: PoliciesDialog, policies: PolicyDesk
) -> None:
    press(dialog, "New Policy…")
    field(dialog, "Name").setText("All")
    field(dialog, "Stages that approve").setText("brand, ")
    field(dialog, "Folders").setText("Spring, Autumn/Press")
    next(one for one in dialog.findChildren(QCheckBox) if one.text() == "Videos").setChecked(True)
    press(dialog, "Use")
    assert [line(dialog, row).title for row in range(2)] == ["Web", "All"]
    assert policies.policies() == (WEB,)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        press(dialog, "Save")
    match = PolicyMatch(
        kinds=frozenset({Kind.VIDEO}), folders=frozenset({"Spring", "Autumn/Press"})
    )
    assert policies.policies() == (WEB, Policy(name="All", match=match, stages=("brand",)))


def test_what_cannot_be_used_is_said_and_what_was_typed_stays(dialog: PoliciesDialog) -> None:
    press(dialog, "New Policy…")
    field(dialog, "Stages that approve").setText("brand")
    press(dialog, "Use")
    assert dialog.form.isVisible()
    assert field(dialog, "Stages that approve").text() == "brand"
    field(dialog, "Name").setText("web")
    press(dialog, "Use")
    assert "two policies have this name" in dialog.page.note.text
    assert dialog.page.lines.rowCount() == 1


def test_policies_are_exchanged_as_files(
    qtbot: QtBot, dialog: PoliciesDialog, tmp_path: Path
) -> None:
    file = tmp_path / "policies.json"
    dialog.export_to(file)
    qtbot.waitUntil(lambda: "written" in dialog.page.note.text, timeout=PATIENCE_MS)
    assert policies_in(file.read_bytes()) == (WEB,)
    press(dialog, "Remove")
    assert dialog.page.lines.rowCount() == 0
    dialog.import_from(file)
    qtbot.waitUntil(lambda: dialog.page.lines.rowCount() == 1, timeout=PATIENCE_MS)
    file.write_bytes(b"{}")
    dialog.import_from(file)
    qtbot.waitUntil(lambda: "kind" in dialog.page.note.text, timeout=PATIENCE_MS)
    assert dialog.page.lines.rowCount() == 1


def test_letting_pass_says_what_holds_back_and_records_why(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks
) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    worker = desk.parts.worker
    worker.policies.put([Policy(name="all", stages=("legal",))])
    dialog = LetPassDialog(worker, asker, looks, desk.approve())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.lines.rowCount() == 1, timeout=PATIENCE_MS)
    held = dialog.lines.index(0, 0).data(LineRole.LINE)
    assert "a stage of its review is missing" in held.title
    assert "Every stage that the policy asks for approves it." in held.text
    assert not dialog.act.isEnabled()
    dialog.reason.setPlainText("The launch is tonight.")
    dialog.act.click()
    qtbot.waitUntil(lambda: "lets anybody override" in dialog.said.text, timeout=PATIENCE_MS)
    assert dialog.reason.toPlainText() == "The launch is tonight."
    who = desk.parts.worker.history(desk.asset("hero.jpg").id)[0].who
    may = frozenset({who})
    worker.policies.put([Policy(name="all", stages=("legal",), may_override=may)])
    dialog.ends.setChecked(True)
    with qtbot.waitSignal(dialog.passed, timeout=PATIENCE_MS) as told:
        dialog.act.click()
    assert told.args == [1]
    (one,) = worker.policies.overrides()
    assert (one.who, one.reason) == (who, "The launch is tonight.")
    assert one.until is not None


def test_what_is_let_pass_can_be_taken_back_in_the_window(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks
) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    worker = desk.parts.worker
    chosen = desk.approve()
    who = worker.history(chosen[0])[0].who
    worker.policies.put([Policy(name="all", stages=("legal",), may_override=frozenset({who}))])
    worker.approvals.override(chosen, OverrideWish(reason="Tonight."))
    dialog = LetPassDialog(worker, asker, looks, chosen)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.back.isVisible, timeout=PATIENCE_MS)
    assert "lets it pass" in dialog.lines.index(0, 0).data(LineRole.LINE).text
    assert not dialog.back.isEnabled()
    dialog.reason.setPlainText("The launch was yesterday.")
    with qtbot.waitSignal(dialog.heldBack, timeout=PATIENCE_MS) as told:
        dialog.back.click()
    assert told.args == [1]
    last = worker.policies.overrides()[-1]
    assert (last.lifts, last.reason) == (frozenset(), "The launch was yesterday.")


def test_who_decides_and_what_is_required_is_edited_and_comes_back(
    qtbot: QtBot, dialog: PoliciesDialog, policies: PolicyDesk
) -> None:
    press(dialog, "New Policy…")
    field(dialog, "Name").setText("Staged")
    field(dialog, "Stages that approve").setText("brand, legal")
    field(dialog, "Who decides in a stage").setText("legal: counsel, head of legal; brand:")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.text() in {"title", "credit line"})
    press(dialog, "Use")
    assert "lets nobody decide in “brand”" in dialog.form.said
    field(dialog, "Who decides in a stage").setText("legal: counsel, head of legal; brand: brand")
    field(dialog, "Required in languages").setText("Alternative text [DE], city[fr]")
    press(dialog, "Use")
    assert "no alternatives by language" in dialog.form.said
    field(dialog, "Required in languages").setText("Alternative text [DE]")
    press(dialog, "Use")
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        press(dialog, "Save")
    kept = policies.policies()[-1]
    assert dict(kept.deciders) == {"legal": {"counsel", "head of legal"}, "brand": {"brand"}}
    assert kept.required == ("title", "credit", "alt_text[de]")
    dialog.form.show_policy(kept)
    assert dialog.form.policy() == kept
