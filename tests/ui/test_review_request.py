"""Asking for a review: what, whom, until when; on record before the dialog closes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.review_requests import ReviewItem, ReviewWish
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.review_request import ReviewRequestDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.review.subjects import rendition_text
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.stock import asset, put


@pytest.fixture
def looks(shelf: Desk, reader: Asker, theme: Theme, icons: Icons) -> Looks:
    worker = shelf.parts.worker
    pixels = Pixels(reader, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=reader)
    return Looks(theme, icons, pixels, shelf.clock)


@pytest.fixture
def pictures(shelf: Desk) -> list[Asset]:
    made = [asset(number) for number in range(3)]
    put(shelf, made)
    return made


@pytest.fixture
def dialog(
    qtbot: QtBot,
    shelf: Desk,
    reader: Asker,
    looks: Looks,
    pictures: list[Asset],
    english: None,
) -> Iterator[ReviewRequestDialog]:
    made = ReviewRequestDialog(shelf.parts.worker, reader, looks, [one.id for one in pictures])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made.items) == 3 and made.choice.presets.menu() is not None)
    yield made
    made.close()


def ask(qtbot: QtBot, dialog: ReviewRequestDialog) -> None:
    with qtbot.waitSignal(dialog.requested):
        dialog.act.click()


def test_masters_are_asked_for_with_a_title_a_note_and_reviewers(
    qtbot: QtBot, shelf: Desk, dialog: ReviewRequestDialog, pictures: list[Asset]
) -> None:
    dialog.title.setText("Spring")
    dialog.reviewers.field.setText("Legal,  brand , legal")
    dialog.note.setPlainText("Skin tones, please")
    ask(qtbot, dialog)
    (request,) = shelf.parts.worker.reviews.requests()
    assert request.title == "Spring"
    assert request.note == "Skin tones, please"
    assert request.reviewers == ("legal", "brand")
    assert [item.asset for item in request.items] == [one.id for one in pictures]
    assert {item.transformation for item in request.items} == {""}


def test_it_is_due_in_a_few_days_unless_somebody_says_otherwise(
    qtbot: QtBot, shelf: Desk, dialog: ReviewRequestDialog
) -> None:
    ask(qtbot, dialog)
    (request,) = shelf.parts.worker.reviews.requests()
    assert request.due is not None
    assert timedelta(days=1) < request.due - shelf.clock() < timedelta(days=4)


def test_a_request_may_have_no_date_and_be_for_everybody(
    qtbot: QtBot, shelf: Desk, dialog: ReviewRequestDialog
) -> None:
    dialog.is_due.click()
    assert not dialog.due.isEnabled()
    ask(qtbot, dialog)
    (request,) = shelf.parts.worker.reviews.requests()
    assert request.due is None
    assert request.reviewers == ()


def test_renditions_are_asked_for_as_approvals_know_them(
    qtbot: QtBot, shelf: Desk, dialog: ReviewRequestDialog, pictures: list[Asset]
) -> None:
    dialog.masters.click()
    dialog.renditions.click()
    dialog.choice.choose_presets(["hero"])
    ask(qtbot, dialog)
    (request,) = shelf.parts.worker.reviews.requests()
    hero = shelf.parts.worker.rendition_presets.library().preset("hero")
    said = ReviewItem(asset=pictures[0].id, transformation=rendition_text(hero), preset="hero")
    assert request.items[0] == said
    assert len(request.items) == 3


def test_without_a_title_or_a_picture_nothing_can_be_asked(dialog: ReviewRequestDialog) -> None:
    assert dialog.act.isEnabled()
    dialog.masters.click()
    assert not dialog.act.isEnabled()
    dialog.masters.click()
    dialog.title.clear()
    dialog.title.textEdited.emit("")
    assert not dialog.act.isEnabled()


def test_roles_that_were_asked_before_are_offered_and_ticked(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, pictures: list[Asset], english: None
) -> None:
    item = ReviewItem(asset=pictures[0].id)
    shelf.parts.worker.reviews.request(
        ReviewWish(title="Before", items=(item,), reviewers=("brand", "legal"))
    )
    dialog = ReviewRequestDialog(shelf.parts.worker, reader, looks, [pictures[0].id])
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: {"brand", "legal"} <= set(dialog.reviewers.chips))
    dialog.reviewers.chips["legal"].click()
    assert dialog.reviewers.roles == ("legal",)
    dialog.reviewers.field.setText("legal, brand")
    dialog.reviewers.field.textEdited.emit("legal, brand")
    assert dialog.reviewers.chips["brand"].isChecked()
    dialog.reviewers.chips["legal"].click()
    assert dialog.reviewers.roles == ("brand",)
    dialog.close()
