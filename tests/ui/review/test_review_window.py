"""Review mode by its keys: what they decide, where they lead, and how pictures are looked at."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.marks import Label
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.review.comparing import Against, Look
from bridge_app.ui.review.entries import Grouping
from bridge_app.ui.review.guides import Guide
from bridge_app.ui.review.keys import BINDINGS, Act
from tests.desk import picture
from tests.ui.review.conftest import Begin, Reviewer

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def confirm(reviewer: Reviewer) -> None:
    """Press yes where it is asked."""
    reviewer.until(lambda: bool(reviewer.window.findChildren(ConfirmDialog)))
    reviewer.window.findChildren(ConfirmDialog)[0].act_button.click()


def test_approving_is_on_record_for_this_rendition_alone_and_goes_on_to_the_next(
    begin: Begin,
) -> None:
    reviewer = begin(start=1)
    assert reviewer.here == ("a.jpg", "square")
    reviewer.key(Qt.Key.Key_A)
    assert reviewer.here == ("a.jpg", "wide")
    reviewer.stands(Approval.APPROVED, "a.jpg", "square")
    reviewer.stands(Approval.DRAFT, "a.jpg", "wide")
    reviewer.stands(Approval.DRAFT, "a.jpg")


def test_a_rejection_asks_why_in_its_place_and_enter_confirms(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.key(Qt.Key.Key_R)
    assert reviewer.is_asked()
    reviewer.parts.bar.why.insert("the logo is cut off")
    reviewer.key(Qt.Key.Key_Return)
    assert not reviewer.is_asked()
    reviewer.stands(Approval.REJECTED, "a.jpg", "square")
    subject = reviewer.subject("a.jpg", "square")
    said = reviewer.desk.parts.worker.history(subject.asset.id)[-1]
    assert (said.comment, said.transformation) == ("the logo is cut off", subject.transformation)


def test_letters_typed_into_the_reason_are_words_and_escape_decides_nothing(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.key(Qt.Key.Key_C)
    reviewer.keys("arc")
    assert reviewer.parts.bar.why.text().casefold() == "arc"
    reviewer.key(Qt.Key.Key_Escape)
    assert reviewer.here == ("a.jpg", "square")
    assert reviewer.window.isVisible()
    assert not reviewer.desk.parts.worker.history(reviewer.subject("a.jpg").asset.id)


def test_what_was_decided_last_is_taken_back_as_a_decision_of_its_own(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.key(Qt.Key.Key_A)
    reviewer.stands(Approval.APPROVED, "a.jpg", "square")
    reviewer.key(Qt.Key.Key_Z, CONTROL)
    reviewer.stands(Approval.DRAFT, "a.jpg", "square")
    reviewer.until(lambda: reviewer.here == ("a.jpg", "square"))
    history = reviewer.desk.parts.worker.history(reviewer.subject("a.jpg").asset.id)
    assert [one.approval for one in history] == [Approval.APPROVED, Approval.DRAFT]
    assert not reviewer.parts.deciding.can_undo


def test_fast_keys_lose_no_decision_and_keep_their_order(begin: Begin) -> None:
    reviewer = begin()
    reviewer.keys("aaaaaaaaa")
    reviewer.settled()
    for one in reviewer.parts.sitting.subjects:
        reviewer.stands(Approval.APPROVED, one.asset.name, one.preset.name if one.preset else "")
    assert "9" in reviewer.parts.head.place


def test_the_rest_is_approved_after_asking_and_taken_back_in_one_step(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.key(Qt.Key.Key_R)
    reviewer.key(Qt.Key.Key_Return)
    reviewer.stands(Approval.REJECTED, "a.jpg", "square")
    reviewer.key(Qt.Key.Key_A, SHIFT)
    confirm(reviewer)
    reviewer.stands(Approval.APPROVED, "c.jpg", "wide")
    reviewer.stands(Approval.REJECTED, "a.jpg", "square")
    sitting = reviewer.parts.sitting
    reviewer.until(lambda: not sitting.undecided())
    reviewer.keys("u")
    reviewer.until(lambda: len(sitting.undecided()) == 8)


def test_arrows_lead_from_picture_to_picture_and_from_asset_to_asset(begin: Begin) -> None:
    reviewer = begin()
    for key, place in (
        (Qt.Key.Key_Right, ("a.jpg", "square")),
        (Qt.Key.Key_Down, ("b.jpg", "")),
        (Qt.Key.Key_End, ("c.jpg", "wide")),
        (Qt.Key.Key_Right, ("c.jpg", "wide")),
        (Qt.Key.Key_Up, ("b.jpg", "")),
        (Qt.Key.Key_Left, ("a.jpg", "wide")),
        (Qt.Key.Key_Home, ("a.jpg", "")),
    ):
        reviewer.key(key)
        assert reviewer.here == place


def test_where_one_reads_from_the_right_the_left_arrow_leads_on(
    begin: Begin, qapp: QApplication
) -> None:
    reviewer = begin()
    reviewer.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    reviewer.key(Qt.Key.Key_Left)
    assert reviewer.here == ("a.jpg", "square")


def test_the_next_that_nobody_decided_is_found_past_the_end(begin: Begin) -> None:
    reviewer = begin()
    reviewer.keys("aa")
    reviewer.settled()
    reviewer.stands(Approval.APPROVED, "a.jpg", "square")
    reviewer.key(Qt.Key.Key_End)
    reviewer.keys("n")
    assert reviewer.here == ("a.jpg", "wide")


def test_what_is_being_decided_is_neither_the_next_nor_one_of_the_rest(begin: Begin) -> None:
    """However slow the disk is: a refusal on its way there is not approved with the rest."""
    reviewer = begin()
    sitting = reviewer.parts.sitting
    first, second, *others = sitting.subjects
    reviewer.parts.deciding.decide([second], Approval.REJECTED)
    assert not sitting.is_decided(second)
    assert sitting.open() == [first, *others]
    assert sitting.next_open()
    assert sitting.subject == others[0]
    reviewer.settled()
    reviewer.stands(Approval.REJECTED, "a.jpg", "square")
    assert sitting.open() == [first, *others]


def test_what_somebody_refused_while_it_was_asked_is_not_approved_with_the_rest(
    begin: Begin,
) -> None:
    reviewer = begin()
    sitting = reviewer.parts.sitting
    refused = reviewer.subject("b.jpg")
    reviewer.key(Qt.Key.Key_A, SHIFT)
    reviewer.desk.parts.worker.decide([refused.asset.id], Approval.REJECTED)
    reviewer.stands(Approval.REJECTED, "b.jpg")
    confirm(reviewer)
    reviewer.until(lambda: not sitting.undecided())
    reviewer.stands(Approval.REJECTED, "b.jpg")


def test_what_could_not_be_decided_is_open_again(begin: Begin) -> None:
    reviewer = begin()
    sitting = reviewer.parts.sitting
    first = sitting.subjects[0]
    with reviewer.desk.parts.stock.decisions._writer.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    reviewer.parts.deciding.decide([first], Approval.APPROVED, "More than fits. " * 20_000)
    assert first not in sitting.open()
    reviewer.until(lambda: first in sitting.open())
    assert not sitting.is_decided(first)


def test_pictures_are_looked_at_beside_and_against_one_another(begin: Begin) -> None:
    reviewer = begin(start=1, pictured=True)
    stage = reviewer.parts.stage
    reviewer.keys("b")
    assert reviewer.look == "beside"
    assert [pane.label for pane in stage.panes] == ["Master", "Square", "Wide"]
    looks = []
    for _ in range(4):
        reviewer.keys("v")
        looks.append(reviewer.look)
    assert looks == ["split", "onion", "difference", "alone"]
    reviewer.keys("p")
    assert reviewer.parts.feed.against is Against.MASTER
    assert reviewer.look == "split"
    reviewer.until(lambda: stage.before is not None and stage.before.shown is not None)
    share = stage.share
    reviewer.key(Qt.Key.Key_Comma)
    assert stage.share > share
    reviewer.key(Qt.Key.Key_Escape)
    assert reviewer.look == "alone"
    assert reviewer.window.isVisible()


def test_a_version_before_is_compared_and_told_in_figures(begin: Begin) -> None:
    reviewer = begin()
    desk, stage = reviewer.desk, reviewer.parts.stage
    desk.approve("a.jpg")
    desk.parts.worker.preview(desk.asset("a.jpg").id)  # somebody looked at it
    reviewer.stands(Approval.APPROVED, "a.jpg")
    old = desk.asset("a.jpg").sha256
    picture(desk.folder / "a.jpg", 7)
    desk.parts.worker.scan(desk.asset("a.jpg").library)
    desk.until(lambda: desk.asset("a.jpg").sha256 not in (old, None))
    reviewer.until(lambda: reviewer.subject("a.jpg").asset.sha256 not in (old, None))
    reviewer.keys("v")
    reviewer.until(lambda: stage.before is not None and stage.before.shown is not None)
    assert stage.before is not None
    assert stage.before.label.startswith("Approved by")
    subject = reviewer.subject("a.jpg")
    scores = reviewer.parts.earlier.scores(subject)
    assert scores is not None
    assert scores[0] > 0.5


def test_a_click_on_a_picture_beside_makes_it_the_current_one(begin: Begin) -> None:
    reviewer = begin(start=1, pictured=True)
    reviewer.keys("b")
    stage = reviewer.parts.stage
    reviewer.until(lambda: all(pane.shown for pane in stage.panes))
    reviewer.qtbot.mouseClick(
        stage, Qt.MouseButton.LeftButton, pos=QPoint(stage.width() - 40, stage.height() - 40)
    )
    reviewer.until(lambda: reviewer.here == ("a.jpg", "wide"))


def test_zoom_and_pan_hold_from_picture_to_picture(begin: Begin) -> None:
    reviewer = begin(start=1, pictured=True)
    stage = reviewer.parts.stage
    reviewer.until(lambda: stage.pane is not None and stage.pane.shown is not None)
    reviewer.keys("z")
    assert stage.percent == 100
    reviewer.key(Qt.Key.Key_Plus)
    nearer = stage.percent
    assert nearer > 100
    reviewer.key(Qt.Key.Key_Right)
    assert stage.zoom_state.factor > 1
    reviewer.key(Qt.Key.Key_Minus)
    reviewer.keys("f")
    assert stage.zoom_state.factor == 1


def test_guides_come_one_after_another(begin: Begin) -> None:
    reviewer = begin()
    found = []
    for _ in range(4):
        reviewer.keys("h")
        found.append(reviewer.parts.stage.guide)
        reviewer.parts.stage.repaint()
    assert found == [Guide.SAFE, Guide.THIRDS, Guide.CROPS, Guide.NONE]


def test_stars_and_labels_are_kept_for_the_master(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.key(Qt.Key.Key_4)
    reviewer.key(Qt.Key.Key_8)
    reviewer.settled()
    sitting, subject = reviewer.parts.sitting, reviewer.subject("a.jpg")
    reviewer.until(lambda: sitting.mark(subject).rating == 4)
    reviewer.until(lambda: sitting.mark(subject).label is Label.GREEN)
    reviewer.key(Qt.Key.Key_8)
    reviewer.until(lambda: sitting.mark(subject).label is Label.NONE)


def test_a_contact_sheet_has_a_section_for_each_market_and_decides_on_what_is_chosen(
    begin: Begin,
) -> None:
    reviewer = begin()
    reviewer.keys("g")
    contact = reviewer.parts.contact
    assert reviewer.parts.is_sheet
    contact.group(Grouping.MARKET)
    headings = [
        contact.entries.entry(row).heading
        for row in range(contact.entries.rowCount())
        if contact.entries.entry(row).subject is None
    ]
    assert headings == ["Masters", "DE", "FR", "All markets"]
    reviewer.key(Qt.Key.Key_A, CONTROL)
    assert len(contact.subjects) == 9
    reviewer.keys("a")
    reviewer.stands(Approval.APPROVED, "c.jpg", "wide")
    history = reviewer.desk.parts.worker.history(reviewer.subject("a.jpg").asset.id)
    assert len(history) == 3


def test_enter_shows_what_is_chosen_on_the_sheet_large(begin: Begin) -> None:
    reviewer = begin()
    reviewer.keys("g")
    contact = reviewer.parts.contact
    contact.group(Grouping.NONE)
    contact.show_current()
    reviewer.key(Qt.Key.Key_Right)
    reviewer.key(Qt.Key.Key_Return)
    assert not reviewer.parts.is_sheet
    assert reviewer.here == ("a.jpg", "square")


def test_decisions_of_others_are_seen_without_asking(begin: Begin) -> None:
    reviewer = begin(start=1)
    subject = reviewer.subject("b.jpg", "wide")
    reviewer.desk.parts.worker.decide(
        [subject.asset.id], Approval.REJECTED, transformation=subject.transformation
    )
    reviewer.stands(Approval.REJECTED, "b.jpg", "wide")


def test_the_gate_is_told_with_what_would_lift_it(begin: Begin) -> None:
    reviewer = begin()
    card = reviewer.parts.verdict
    reviewer.until(lambda: "nobody has approved it yet" in card.text)
    assert "Somebody approves it." in card.lifts
    reviewer.keys("a")
    reviewer.key(Qt.Key.Key_Left)
    reviewer.until(lambda: card.text == "May be delivered now.")


def test_a_comment_is_begun_by_a_key_and_letters_go_into_it(begin: Begin) -> None:
    reviewer = begin(start=1)
    reviewer.keys("i")
    assert reviewer.parts.side.isHidden()
    reviewer.keys("m")
    assert reviewer.parts.side.isVisible()
    field = QApplication.focusWidget()
    assert field is not None
    assert reviewer.parts.comments.isAncestorOf(field)
    reviewer.keys("ar")
    assert not reviewer.parts.bar.asks
    assert reviewer.here == ("a.jpg", "square")


def test_the_help_tells_every_key_and_goes_with_the_next(begin: Begin) -> None:
    reviewer = begin()
    reviewer.key(Qt.Key.Key_Question)
    overlay = reviewer.parts.help
    assert overlay.isVisible()
    told = "\n".join(overlay.lines)
    for word in ("Approve the rest", "Rate with 0 to 5 stars", "Full screen", "Contact sheet"):
        assert word in told
    reviewer.keys("a")
    assert not overlay.isVisible()
    assert not reviewer.desk.parts.worker.history(reviewer.subject("a.jpg").asset.id)


def test_every_key_of_the_table_does_something(begin: Begin, qtbot: QtBot) -> None:
    reviewer = begin()
    leaving = {Act.LEAVE, Act.FULL_SCREEN, Act.APPROVE_REST}
    for binding in BINDINGS:
        if binding.act not in leaving:
            reviewer.window.do(binding.act, binding.value)
            reviewer.parts.bar.leave()
            reviewer.parts.help.hide()
    reviewer.settled()
    assert {binding.act for binding in BINDINGS} == set(Act)


def test_escape_closes_the_review_and_nothing_more_is_made(begin: Begin) -> None:
    reviewer = begin(pictured=True)
    reviewer.key(Qt.Key.Key_Escape)
    assert not reviewer.window.isVisible()
    assert reviewer.parts.pictures.kept_bytes == 0


def test_everything_has_a_name_for_those_who_cannot_see_it(begin: Begin) -> None:
    reviewer = begin()
    nameless = []
    for button in reviewer.window.findChildren(QAbstractButton):
        interface = QAccessible.queryAccessibleInterface(button)
        if not interface.text(QAccessible.Text.Name).strip():
            nameless.append(button.objectName() or type(button).__name__)
    assert nameless == []
    index = reviewer.parts.strip.model().index(1, 0)
    text = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "a.jpg" in text
    assert "Square" in text
    assert "Draft" in text


@pytest.mark.parametrize("look", list(Look))
def test_every_look_is_painted_while_pictures_are_missing(begin: Begin, look: Look) -> None:
    reviewer = begin(start=1)
    reviewer.window.acting.set_look(look)
    reviewer.parts.stage.repaint()
    assert not reviewer.window.findChildren(QDialog)
