"""The queue: what waits for whom, what is overdue, and the way into review mode."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.review_requests import (
    QueueItem,
    QueueSource,
    RequestCounts,
    ReviewItem,
    ReviewWish,
)
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.review_queue import ReviewQueueDialog
from bridge_app.ui.dialogs.review_request import ReviewRequestDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.models.review_queue import QueueList, QueueRole
from bridge_app.ui.panels.review_queue import ReviewQueuePanel
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.queue_chip import QueueChip
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.review_wording import due_text, progress_text
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.stock import asset, put
from tests.ui.windows import choose, dialog

NOON = datetime(2026, 11, 3, 12, 0).astimezone()
HERO = "c_fill,h_900,w_1600/f_jpg"


@pytest.fixture
def looks(shelf: Desk, reader: Asker, theme: Theme, icons: Icons) -> Looks:
    worker = shelf.parts.worker
    pixels = Pixels(reader, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=reader)
    return Looks(theme, icons, pixels, shelf.clock)


@pytest.fixture
def pictures(shelf: Desk) -> list[Asset]:
    made = [asset(number) for number in range(4)]
    put(shelf, made)
    return made


@pytest.fixture
def asked(shelf: Desk, pictures: list[Asset]) -> None:
    """Two requests: one that everybody sees and is overdue, and one for legal alone."""
    desk = shelf.parts.worker.reviews
    desk.request(
        ReviewWish(
            title="Late",
            due=shelf.clock() + timedelta(seconds=1),
            items=(
                ReviewItem(asset=pictures[0].id),
                ReviewItem(asset=pictures[0].id, transformation=HERO, preset="hero"),
            ),
        )
    )
    shelf.clock.forward(timedelta(hours=1))
    item = ReviewItem(asset=pictures[1].id)
    desk.request(ReviewWish(title="Contracts", items=(item,), reviewers=("legal",)))


@pytest.fixture
def panel(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, asked: None, english: None
) -> Iterator[ReviewQueuePanel]:
    made = ReviewQueuePanel(shelf.parts.worker, reader, looks)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitUntil(lambda: made.requests.rowCount() > 0)
    yield made
    made.forget()


def titles(panel: ReviewQueuePanel) -> list[str]:
    return [
        panel.requests.index(row, 0).data(LineRole.LINE).title
        for row in range(panel.requests.rowCount())
    ]


def go(panel: ReviewQueuePanel, title: str) -> None:
    panel.request_view.setCurrentIndex(panel.requests.index(titles(panel).index(title), 0))


def names(panel: ReviewQueuePanel) -> list[tuple[str, str]]:
    return [(item.name, item.transformation) for item in panel.items.items]


def test_everything_that_waits_is_shown_first(panel: ReviewQueuePanel) -> None:
    assert titles(panel) == ["Everything", "Late", "Contracts"]
    assert names(panel) == [("picture_00000.jpg", ""), ("picture_00000.jpg", HERO)]
    assert panel.requests.index(0, 0).data(LineRole.LINE).mark == "2 overdue"


def test_tab_reaches_all_of_it(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, asked: None
) -> None:
    dialog = ReviewQueueDialog(shelf.parts.worker, reader, looks)
    qtbot.addWidget(dialog)
    dialog.show()
    panel = dialog.panel
    qtbot.waitUntil(panel.review.isEnabled)
    reached = set()
    for _ in range(20):
        dialog.focusNextChild()
        reached.add(dialog.focusWidget())
    buttons = {panel.pack, panel.review}
    assert {panel.who, panel.request_view, panel.item_view, *buttons} <= reached
    dialog.done(0)


def test_what_is_for_others_can_be_followed_and_shows_nothing_to_decide(
    panel: ReviewQueuePanel,
) -> None:
    go(panel, "Contracts")
    assert names(panel) == []
    assert "legal" in panel.facts
    assert not panel.review.isEnabled()


def test_the_queue_of_a_role_is_another(qtbot: QtBot, panel: ReviewQueuePanel) -> None:
    panel.who.setCurrentIndex(panel.who.findData("legal"))
    panel.who.activated.emit(panel.who.currentIndex())
    qtbot.waitUntil(lambda: len(panel.items.items) == 3)
    go(panel, "Contracts")
    assert names(panel) == [("picture_00001.jpg", "")]


def test_review_mode_opens_on_what_is_shown_at_the_row_that_is_chosen(
    qtbot: QtBot, panel: ReviewQueuePanel, pictures: list[Asset]
) -> None:
    go(panel, "Late")
    panel.item_view.setCurrentIndex(panel.items.index(1, 0))
    with qtbot.waitSignal(panel.reviewWanted) as wanted:
        qtbot.keyClick(panel.item_view, Qt.Key.Key_Return)
    items, title, start = wanted.args
    assert [(item.asset, item.transformation, item.preset) for item in items] == [
        (pictures[0].id, "", ""),
        (pictures[0].id, HERO, "hero"),
    ]
    assert (title, start) == ("Late", 1)


def test_enter_begins_a_review_once(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, asked: None, english: None
) -> None:
    queue = ReviewQueueDialog(shelf.parts.worker, reader, looks)
    qtbot.addWidget(queue)
    queue.show()
    begun: list[str] = []
    queue.reviewWanted.connect(lambda _, title, *__: begun.append(title))
    qtbot.waitUntil(lambda: bool(queue.panel.items.items))
    qtbot.keyClick(queue.panel.item_view, Qt.Key.Key_Return)
    assert begun == ["Everything"]
    assert not queue.isVisible()


def test_what_is_decided_leaves_the_queue(
    qtbot: QtBot, shelf: Desk, panel: ReviewQueuePanel, pictures: list[Asset]
) -> None:
    go(panel, "Late")
    shelf.parts.worker.decide([pictures[0].id], Approval.APPROVED)
    panel.take_changes(ChangeSet(assets=frozenset({pictures[0].id})))
    qtbot.waitUntil(lambda: names(panel) == [("picture_00000.jpg", HERO)])
    assert "1 of 2 decided" in panel.facts


def test_a_request_is_closed_after_asking(
    qtbot: QtBot, shelf: Desk, panel: ReviewQueuePanel
) -> None:
    go(panel, "Late")
    panel.close_request.click()
    question = panel.findChildren(ConfirmDialog)[0]
    question.act_button.click()
    qtbot.waitUntil(lambda: titles(panel) == ["Everything", "Contracts"])
    assert [one.title for one in shelf.parts.worker.reviews.requests()] == ["Contracts"]


def test_a_row_tells_its_state_to_those_who_cannot_see_it(qtmodeltester: ModelTester) -> None:
    model = QueueList(lambda: NOON)
    qtmodeltester.check(model)
    item = QueueItem(
        asset=asset(1).id,
        name="hero.jpg",
        transformation=HERO,
        preset="hero",
        title="Spring",
        stage="legal",
        waits_for="brand",
        due=NOON - timedelta(days=1),
        is_overdue=True,
    )
    model.take([item])
    row = model.index(0, 0)
    sentence = row.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("hero.jpg", "hero", "Stage legal", "Spring", "Overdue since", "Waits for brand"):
        assert part in sentence
    model.take_pictures({asset(1).id: "abc"})
    assert row.data(QueueRole.PICTURE) == "abc"


def test_what_no_request_asks_for_says_where_it_comes_from() -> None:
    model = QueueList(lambda: NOON)
    model.take([QueueItem(asset=asset(1).id, name="a.jpg", source=QueueSource.MODERATION)])
    assert "Moderation at Cloudinary" in model.index(0, 0).data(QueueRole.WHERE)
    said = QueueItem(
        asset=asset(1).id, name="a.jpg", source=QueueSource.FILE, claim=Approval.REJECTED
    )
    model.take([said])
    assert "Its file says: Rejected" in model.index(0, 0).data(QueueRole.WHERE)


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(hours=-1), "Overdue since 3 Nov 2026"),
        (timedelta(hours=5), "Due today, 17:00"),
        (timedelta(hours=29), "Due tomorrow, 17:00"),
        (timedelta(days=9), "Due 12 Nov 2026"),
        # NOON to midnight: the end of a day is that day's.
        (timedelta(hours=12), "Due today, 23:59"),
        (timedelta(hours=36), "Due tomorrow, 23:59"),
        (timedelta(days=9, hours=12), "Due 12 Nov 2026"),
    ],
)
def test_a_due_date_is_told_as_people_say_it(english: None, later: timedelta, said: str) -> None:
    assert due_text((NOON + later).astimezone(UTC), NOON) == said


def test_progress_names_each_kind_of_decision_there_is() -> None:
    counts = RequestCounts(total=12, approved=6, rejected=1, changes_requested=1, gone=2)
    assert progress_text(counts) == (
        "8 of 10 decided  ·  6 approved  ·  1 with changes requested  ·  1 rejected"
        "  ·  2 not here any more"
    )


def test_the_window_asks_for_a_review_and_says_that_it_waits(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "aurora.jpg", "beach.jpg")
    window.core.actions.ask_review.trigger()
    request = dialog(qtbot, window, ReviewRequestDialog)
    assert isinstance(request, ReviewRequestDialog)
    qtbot.waitUntil(lambda: len(request.items) == 2)
    with qtbot.waitSignal(request.requested):
        request.act.click()
    (chip,) = window.findChildren(QueueChip)
    qtbot.waitUntil(chip.isVisible)
    assert "2" in chip.button.accessibleName()
    chip.button.click()
    queue = dialog(qtbot, window, ReviewQueueDialog)
    assert isinstance(queue, ReviewQueueDialog)
    qtbot.waitUntil(lambda: len(queue.panel.items.items) == 2)
    queue.reject()


def test_a_pack_is_asked_for_what_is_shown(qtbot: QtBot, panel: ReviewQueuePanel) -> None:
    panel.request_view.setCurrentIndex(panel.requests.index(1, 0))
    with qtbot.waitSignal(panel.packWanted) as told:
        panel.pack.click()
    items, title = told.args
    assert (len(items), title) == (2, "Late")


def test_moderation_is_looked_at_when_somebody_asks(
    qtbot: QtBot, panel: ReviewQueuePanel, shelf: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def look(environment: str | None = None) -> int:
        asked.append(environment)
        return 0

    monkeypatch.setattr(shelf.parts.worker.moderation, "look", look)
    panel.moderation.click()
    qtbot.waitUntil(lambda: asked == [None] and panel.moderation.isEnabled())


def test_trouble_with_moderation_is_told_and_can_be_tried_again(
    qtbot: QtBot, panel: ReviewQueuePanel, shelf: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(environment: str | None = None) -> int:
        raise OfflineError(service="Cloudinary")

    monkeypatch.setattr(shelf.parts.worker.moderation, "look", look)
    panel.moderation.click()
    qtbot.waitUntil(lambda: bool(panel.trouble) and panel.moderation.isEnabled())
