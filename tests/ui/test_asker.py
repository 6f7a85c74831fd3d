"""Questions of the window: who goes first, what is dropped, and what must not be lost."""

import threading
from functools import partial

from PySide6.QtCore import QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import ASK_THREADS, Asker
from tests.desk import Desk
from tests.ui.stock import NOW, asset, put

PATIENCE_S = 30
ENDLESS = """
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n
"""


def unwanted(error: BridgeError) -> None:
    raise AssertionError(error)


class Receiver(QObject):
    """Somebody who may be gone when the answer comes."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)


def test_work_is_done_elsewhere_and_answered_in_the_gui_thread(qtbot: QtBot, reader: Asker) -> None:
    seen: list[tuple[bool, bool]] = []
    gui = threading.get_ident()
    reader.ask(
        lambda: threading.get_ident() != gui,
        lambda elsewhere: seen.append((elsewhere, threading.get_ident() == gui)),
        unwanted,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(True, True)]


def test_expected_trouble_reaches_who_asked(qtbot: QtBot, reader: Asker) -> None:
    troubles: list[BridgeError] = []

    def fail() -> None:
        raise NotFoundError(what="It")

    reader.ask(fail, lambda _: None, troubles.append)
    qtbot.waitUntil(lambda: bool(troubles))
    assert str(troubles[0]) == "It was not found."


def test_a_bug_is_raised_in_the_gui_thread(qtbot: QtBot, reader: Asker) -> None:
    with qtbot.capture_exceptions() as bugs:
        reader.ask(lambda: 1 // 0, lambda _: None, unwanted)
        reader.read(lambda _: 1 // 0, lambda _: None, unwanted)
        qtbot.waitUntil(lambda: len(bugs) == 2)
    assert {bug[0] for bug in bugs} == {ZeroDivisionError}


def test_an_answer_for_a_deleted_receiver_is_dropped(qtbot: QtBot, reader: Asker) -> None:
    go = threading.Event()
    receiver = Receiver()
    reader.ask(lambda: go.wait(5), receiver.take, unwanted)
    receiver.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(receiver))
    go.set()
    done: list[bool] = []
    reader.ask(lambda: True, done.append, unwanted)
    qtbot.waitUntil(lambda: bool(done))
    assert receiver.answers == []


def _is_alive(receiver: QObject) -> bool:
    try:
        receiver.objectName()
    except RuntimeError:
        return False
    return True


def test_a_new_search_stops_the_one_that_runs(qtbot: QtBot, shelf: Desk, reader: Asker) -> None:
    put(shelf, [asset(1)])
    running = threading.Event()
    answers: list[object] = []

    def never_ends(catalog: CatalogReader) -> object:
        running.set()
        return catalog._rows(ENDLESS, [])

    reader.read(never_ends, answers.append, unwanted, urgent=True, voidable=True)
    assert running.wait(5)
    reader.void()
    reader.read(
        lambda catalog: catalog.count(Query(), now=NOW), answers.append, unwanted, urgent=True
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [1]


def test_what_waits_to_be_read_and_is_void_is_never_read(qtbot: QtBot, reader: Asker) -> None:
    go = threading.Event()
    done: list[object] = []
    reader.read(lambda _: go.wait(5), lambda _: None, unwanted)
    reader.read(lambda _: "void", done.append, unwanted, voidable=True)
    reader.read(lambda _: "kept", done.append, unwanted)
    reader.void()
    go.set()
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["kept"]


def test_the_newest_urgent_question_goes_first(qtbot: QtBot, reader: Asker) -> None:
    go, started = threading.Event(), threading.Event()
    order: list[str] = []

    def hold(_: CatalogReader) -> None:
        started.set()
        go.wait(5)

    reader.read(hold, lambda _: None, unwanted)
    assert started.wait(5)
    reader.read(lambda _: "later", order.append, unwanted)
    reader.read(lambda _: "old page", order.append, unwanted, urgent=True)
    reader.read(lambda _: "page on screen", order.append, unwanted, urgent=True)
    go.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["page on screen", "old page", "later"]


def test_closing_finishes_what_a_person_said(qtbot: QtBot, shelf: Desk) -> None:
    asker = Asker(shelf.parts.worker)
    said: list[str] = []
    for number in range(20):
        asker.ask(partial(said.append, str(number)), lambda _: None, unwanted)
    assert asker.close()
    assert sorted(said, key=int) == [str(number) for number in range(20)]


def test_what_is_asked_in_turn_is_done_and_answered_in_order_and_keeps_nobody_else_waiting(
    qtbot: QtBot, reader: Asker
) -> None:
    go = threading.Event()
    order: list[str] = []
    answers: list[str] = []

    def first() -> str:
        assert go.wait(PATIENCE_S)
        order.append("0")
        return "0"

    def later(name: str) -> str:
        order.append(name)
        return name

    reader.ask_in_turn(first, answers.append, unwanted)
    for number in range(1, 3 * ASK_THREADS):
        reader.ask_in_turn(partial(later, str(number)), answers.append, unwanted)
    reader.ask(lambda: "asked meanwhile", answers.append, unwanted)
    try:
        qtbot.waitUntil(lambda: answers == ["asked meanwhile"], timeout=PATIENCE_S * 1000)
    finally:
        go.set()
    qtbot.waitUntil(lambda: len(answers) == 3 * ASK_THREADS + 1, timeout=PATIENCE_S * 1000)
    assert order == answers[1:] == [str(number) for number in range(3 * ASK_THREADS)]


def test_closing_finishes_what_waits_for_its_turn(qtbot: QtBot, shelf: Desk) -> None:
    asker = Asker(shelf.parts.worker)
    said: list[str] = []
    for number in range(20):
        asker.ask_in_turn(partial(said.append, str(number)), lambda _: None, unwanted)
    assert asker.close()
    assert said == [str(number) for number in range(20)]


def test_closing_breaks_off_an_endless_search_within_two_seconds(qtbot: QtBot, shelf: Desk) -> None:
    asker = Asker(shelf.parts.worker)
    running = threading.Event()

    def never_ends(catalog: CatalogReader) -> object:
        running.set()
        return catalog._rows(ENDLESS, [])

    asker.read(never_ends, lambda _: None, unwanted, voidable=True)
    assert running.wait(5)
    assert asker.close()


def test_nothing_is_answered_after_closing(qtbot: QtBot, shelf: Desk) -> None:
    asker = Asker(shelf.parts.worker)
    answers: list[int] = []
    asker.ask(lambda: 1, answers.append, unwanted)
    asker.close()
    asker.ask(lambda: 2, answers.append, unwanted)
    asker.read(lambda _: 3, answers.append, unwanted)
    later = QTimer(interval=50)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert answers == []


def test_threads_of_the_asker_are_not_the_gui_thread(qtbot: QtBot, reader: Asker) -> None:
    threads: list[object] = []
    reader.pixels.put(lambda _: QThread.currentThread(), threads.append, unwanted)
    reader.decode.put(lambda _: QThread.currentThread(), threads.append, unwanted)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert QThread.currentThread() not in threads
