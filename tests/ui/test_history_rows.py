"""Rows of an asset's history, in a panel that may be narrow."""

from itertools import pairwise

from PySide6.QtWidgets import QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.delegates.history_row import HistoryRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.history import History, HistoryEntry
from bridge_app.ui.theme import Theme


def test_who_decided_and_when_takes_another_line_where_one_is_too_short(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    history, view = History(None), QListView()
    qtbot.addWidget(view)
    row = HistoryRow(theme, icons, view)
    entry = HistoryEntry(
        title="Rejected",
        who="PhotoShelter · custom field",
        at="2026-11-23T00:18:00+00:00",
        texts=(),
        approval=Approval.REJECTED,
    )
    history.show([entry])
    heights = []
    for width in (500, 180):
        view.resize(width, 300)
        heights.append(row.sizeHint(QStyleOptionViewItem(), history.index(0, 0)).height())
    wide, narrow = heights
    assert narrow >= wide + 12


def test_rows_lie_below_one_another_when_a_scroll_bar_takes_some_of_their_room(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    history, view = History(None), QListView()
    qtbot.addWidget(view)
    view.setModel(history)
    view.setItemDelegate(HistoryRow(theme, icons, view))
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.resize(280, 200)
    view.show()
    qtbot.waitExposed(view)
    for letters in range(24, 34):
        history.show(())
        qtbot.waitUntil(lambda: not view.verticalScrollBar().isVisible())
        entry = HistoryEntry(
            title="", who="w" * letters, at="2026-11-23T00:18:00+00:00", texts=("o " * letters,)
        )
        history.show([entry] * 4)
        qtbot.waitUntil(view.verticalScrollBar().isVisible)
        rows = [view.visualRect(history.index(row, 0)) for row in range(4)]
        assert all(above.bottom() < below.top() for above, below in pairwise(rows))
