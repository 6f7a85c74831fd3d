"""The window's questions, carried out off the GUI thread; every answer arrives in it.

The one place in the window that starts threads.
"""

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import InterruptedQueryError
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.thumbs import ThumbsReader

T = TypeVar("T")
R = TypeVar("R")
Failed = Callable[[BridgeError], None]

ASK_THREADS = 6
PIXEL_THREADS = 2
CLOSE_S = 1.8
STEP_S = 0.05
AGAIN_MS = 10


class Readers(Protocol):
    """What the asker needs of the worker: connections, one for each thread."""

    def catalog_reader(self) -> CatalogReader:
        """A connection to the catalog."""

    def thumbs_reader(self) -> ThumbsReader:
        """A connection to the thumbnails."""


@dataclass(order=True, slots=True)
class _Question(Generic[R]):
    """Work that waits in a lane; the smallest `rank` goes first."""

    rank: tuple[int, int]
    run: Callable[[R], None] = field(compare=False)
    voidable: bool = field(compare=False)
    is_void: bool = field(default=False, compare=False)


class Lane(Generic[R]):
    """Threads that each hold one resource and take the best question that waits.

    Urgent questions go before others, later ones before earlier: what was asked last is what is
    on the screen. All methods are for the GUI thread.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], None]], None],
        open_resource: Callable[[], AbstractContextManager[R]],
        *,
        name: str,
        threads: int = 1,
        interrupt: Callable[[R], None] | None = None,
    ) -> None:
        self._post = post
        self._open_resource = open_resource
        self._interrupt = interrupt
        self._lock = threading.Lock()
        self._heap: list[_Question[R]] = []
        self._running: list[tuple[_Question[R], R]] = []
        self._serial = itertools.count(1)
        self._closed = False
        # One thread each, so that a resource is opened, used and closed in its own thread.
        self._pools = [ThreadPoolExecutor(1, f"{name}-{number}") for number in range(threads)]
        self._held: list[tuple[ExitStack, list[R]]] = [(ExitStack(), []) for _ in self._pools]

    def put(
        self,
        work: Callable[[R], T],
        done: Callable[[T], None],
        failed: Failed,
        *,
        urgent: bool = False,
        voidable: bool = False,
    ) -> None:
        """Have `work` done with the resource. What is voided is not answered at all."""
        if self._closed:
            return

        def run(resource: R) -> None:
            self._post(_outcome(lambda: work(resource), done, failed))

        rank = (0 if urgent else 1, -next(self._serial))
        with self._lock:
            heapq.heappush(self._heap, _Question(rank, run, voidable))
        for number, pool in enumerate(self._pools):
            # A token for each thread; whoever is free first finds the question.
            _watched(pool.submit(self._take, number), self._post)

    def void(self) -> None:
        """Forget the voidable questions that wait; `stop_void` stops those that run."""
        with self._lock:
            self._heap = [question for question in self._heap if not question.voidable]
            heapq.heapify(self._heap)
            for question, _ in self._running:
                question.is_void = question.voidable

    def stop_void(self) -> bool:
        """Interrupt what runs and is void; is there any?

        To be called again until there is none: between two statements of a question an
        interruption has no effect.
        """
        with self._lock:
            void = [resource for question, resource in self._running if question.is_void]
            for resource in void:
                if self._interrupt is not None:
                    # Under the lock: the question cannot end and another begin meanwhile.
                    self._interrupt(resource)
        return bool(void)

    def close(self) -> list[Future[None]]:
        """Forget what waits, make void what runs, and let the threads close their resources."""
        self._closed = True
        with self._lock:
            self._heap.clear()
            for question, _ in self._running:
                question.is_void = True
        ends = [
            pool.submit(stack.close)
            for pool, (stack, _) in zip(self._pools, self._held, strict=True)
        ]
        for pool in self._pools:
            pool.shutdown(wait=False)
        return ends

    def _take(self, number: int) -> None:
        with self._lock:
            if not self._heap:
                return
            question = heapq.heappop(self._heap)
        stack, held = self._held[number]
        if not held:
            held.append(stack.enter_context(self._open_resource()))
        entry = (question, held[0])
        with self._lock:
            self._running.append(entry)
        try:
            question.run(held[0])
        finally:
            with self._lock:
                self._running.remove(entry)


class Asker(QObject):
    """Where the window asks. GUI thread only; answers come back to it, in any order.

    `ask` is for blocking calls of the worker, `read` for questions to the catalog, `pixels` for
    stored thumbnails, `decode` for previews that may have to be made first. Expected trouble
    (`BridgeError`) goes to `failed`; a bug is raised in the GUI thread, where the crash log is.
    An answer whose receiver is a deleted widget's method is dropped.
    """

    _arrived = Signal(object)  # Callable[[], None]

    def __init__(self, readers: Readers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._closed = False
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._stop_void)
        self._said: set[Future[None]] = set()
        self._pool = ThreadPoolExecutor(ASK_THREADS, "ask")
        self._catalog: Lane[CatalogReader] = Lane(
            self._post,
            lambda: closing(readers.catalog_reader()),
            name="reader",
            interrupt=CatalogReader.interrupt,
        )
        self.pixels: Lane[ThumbsReader] = Lane(
            self._post,
            lambda: closing(readers.thumbs_reader()),
            name="pixels",
            threads=PIXEL_THREADS,
        )
        self.decode: Lane[None] = Lane(
            self._post, lambda: nullcontext(None), name="decode", threads=2
        )

    def ask(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Have a blocking call made. It is carried out even if the window closes meanwhile."""
        if self._closed:
            return
        future = self._pool.submit(lambda: self._post(_outcome(work, done, failed)))
        self._said.add(future)
        future.add_done_callback(self._said.discard)
        _watched(future, self._post)

    def read(
        self,
        work: Callable[[CatalogReader], T],
        done: Callable[[T], None],
        failed: Failed,
        *,
        urgent: bool = False,
        voidable: bool = False,
    ) -> None:
        """Put a question to the catalog.

        `urgent` ones go first; `voidable` ones are forgotten or interrupted by the next `void`.
        """
        self._catalog.put(work, done, failed, urgent=urgent, voidable=voidable)

    def void(self) -> None:
        """What was asked of the catalog as voidable is not wanted any more."""
        self._catalog.void()
        self._stop_void()

    def close(self) -> bool:
        """End all threads, within 2 s; False if one is stuck. Nothing is answered afterwards.

        What was asked with `ask` is a person's wish and is finished; reading is broken off.
        """
        self._closed = True
        ends = [*self._catalog.close(), *self.pixels.close(), *self.decode.close()]
        ends += tuple(self._said)
        self._pool.shutdown(wait=False)
        for _ in range(round(CLOSE_S / STEP_S)):
            self._catalog.stop_void()
            if not wait(ends, STEP_S).not_done:
                return True
        return False

    def _stop_void(self) -> None:
        if self._catalog.stop_void():
            self._again.start()

    def _post(self, deliver: Callable[[], None]) -> None:
        if isValid(self):
            self._arrived.emit(deliver)

    def _deliver(self, deliver: Callable[[], None]) -> None:
        if not self._closed:
            deliver()


def _outcome(
    work: Callable[[], T], done: Callable[[T], None], failed: Failed
) -> Callable[[], None]:
    """Do the work, here; what to call in the GUI thread afterwards."""
    try:
        answer = work()
    except InterruptedQueryError:
        return _nothing
    except BridgeError as error:
        return _for_living(failed, error)
    return _for_living(done, answer)


def _nothing() -> None:
    """The answer to a question that was stopped."""


def _for_living(receiver: Callable[[T], None], value: T) -> Callable[[], None]:
    def call() -> None:
        owner = getattr(receiver, "__self__", None)
        if not isinstance(owner, QObject) or isValid(owner):
            receiver(value)

    return call


def _watched(future: Future[None], post: Callable[[Callable[[], None]], None]) -> None:
    """A bug in a thread is raised again in the GUI thread."""

    def look(ended: Future[None]) -> None:
        if not ended.cancelled() and ended.exception() is not None:
            post(ended.result)

    future.add_done_callback(look)
