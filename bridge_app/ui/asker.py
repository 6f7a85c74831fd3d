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
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import InterruptedQueryError

if TYPE_CHECKING:
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

    def catalog_reader(self) -> "CatalogReader":
        """A connection to the catalog."""

    def thumbs_reader(self) -> "ThumbsReader":
        """A connection to the thumbnails."""


@dataclass(slots=True)
class _Task:
    """What was asked, by whom, and what came of it."""

    work: Callable[..., Any]
    done: Callable[[Any], None]
    failed: Failed
    answer: Any = None
    trouble: BaseException | None = None

    def carry_out(self, *resource: object) -> None:
        try:
            self.answer = self.work(*resource)
        except BaseException as trouble:  # noqa: BLE001 - told or raised in the GUI thread
            self.trouble = trouble

    def tell(self) -> None:
        match self.trouble:
            case None:
                _call_living(self.done, self.answer)
            case InterruptedQueryError():
                return
            case BridgeError():
                _call_living(self.failed, self.trouble)
            case bug:
                raise bug


class _Tasks:
    """All that is asked and not answered yet.

    Threads are handed numbers. The tasks themselves hold widgets' methods, and whoever lets go of
    them last deletes these widgets: that must never be a thread.
    """

    def __init__(self) -> None:
        self._tasks: dict[int, _Task] = {}
        self._serial = itertools.count(1)

    def add(self, task: _Task) -> int:
        number = next(self._serial)
        self._tasks[number] = task
        return number

    def carry_out(self, number: int, *resource: object) -> None:
        """In a thread: have it done. Nothing of it is held here when this returns."""
        self._tasks[number].carry_out(*resource)

    def take(self, number: int) -> _Task | None:
        """In the GUI thread: it is over."""
        return self._tasks.pop(number, None)

    def clear(self) -> None:
        self._tasks.clear()


@dataclass(order=True, slots=True)
class _Place:
    """A task's place in a lane; the smallest `rank` goes first."""

    rank: tuple[int, int]
    number: int = field(compare=False)
    voidable: bool = field(compare=False)
    is_void: bool = field(default=False, compare=False)


class Lane(Generic[R]):
    """Threads that each hold one resource and take the best task that waits.

    Urgent tasks go before others, later ones before earlier: what was asked last is what is on
    the screen. All public methods are for the GUI thread.
    """

    def __init__(
        self,
        tasks: _Tasks,
        tell: Callable[[int], None],
        open_resource: Callable[[], AbstractContextManager[R]],
        *,
        name: str,
        threads: int = 1,
        interrupt: Callable[[R], None] | None = None,
    ) -> None:
        self._tasks = tasks
        self._tell = tell
        self._open_resource = open_resource
        self._interrupt = interrupt
        self._lock = threading.Lock()
        self._heap: list[_Place] = []
        self._running: list[tuple[_Place, R]] = []
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
        number = self._tasks.add(_Task(work, done, failed))
        with self._lock:
            heapq.heappush(self._heap, _Place((0 if urgent else 1, -number), number, voidable))
        for thread, pool in enumerate(self._pools):
            # A token for each thread; whoever is free first finds the task.
            pool.submit(self._take, thread)

    def void(self) -> None:
        """Forget the voidable tasks that wait; `stop_void` stops those that run."""
        with self._lock:
            gone = [place for place in self._heap if place.voidable]
            self._heap = [place for place in self._heap if not place.voidable]
            heapq.heapify(self._heap)
            for place, _ in self._running:
                place.is_void = place.voidable
        for place in gone:
            self._tasks.take(place.number)

    def stop_void(self) -> bool:
        """Interrupt what runs and is void; is there any?

        To be called again until there is none: between two statements of a task an interruption
        has no effect.
        """
        with self._lock:
            void = [resource for place, resource in self._running if place.is_void]
            for resource in void:
                if self._interrupt is not None:
                    # Under the lock: the task cannot end and another begin meanwhile.
                    self._interrupt(resource)
        return bool(void)

    def close(self) -> list[Future[None]]:
        """Forget what waits, make void what runs, and let the threads close their resources."""
        self._closed = True
        with self._lock:
            self._heap.clear()
            for place, _ in self._running:
                place.is_void = True
        ends = [
            pool.submit(stack.close)
            for pool, (stack, _) in zip(self._pools, self._held, strict=True)
        ]
        for pool in self._pools:
            pool.shutdown(wait=False)
        return ends

    def _take(self, thread: int) -> None:
        with self._lock:
            if not self._heap:
                return
            place = heapq.heappop(self._heap)
        stack, held = self._held[thread]
        if not held:
            held.append(stack.enter_context(self._open_resource()))
        entry = (place, held[0])
        with self._lock:
            self._running.append(entry)
        self._tasks.carry_out(place.number, held[0])
        with self._lock:
            self._running.remove(entry)
        self._tell(place.number)


class Asker(QObject):
    """Where the window asks. GUI thread only; answers come back to it, in any order.

    `ask` is for blocking calls of the worker, `ask_in_turn` for those whose order counts, `read`
    for questions to the catalog, `pixels` for stored thumbnails, `decode` for previews that may
    have to be made first. Expected trouble
    (`BridgeError`) goes to `failed`; a bug is raised in the GUI thread, where the crash log is.
    An answer whose receiver is a deleted widget's method is dropped.
    """

    _arrived = Signal(int)  # the number of a task

    def __init__(self, readers: Readers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._closed = False
        self._tasks = _Tasks()
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._stop_void)
        self._said: set[Future[None]] = set()
        self._pool = ThreadPoolExecutor(ASK_THREADS, "ask")
        self._turns = ThreadPoolExecutor(1, "turn")
        self._catalog: Lane[CatalogReader] = Lane(
            self._tasks,
            self._tell,
            lambda: closing(readers.catalog_reader()),
            name="reader",
            interrupt=lambda reader: reader.interrupt(),
        )
        self.pixels: Lane[ThumbsReader] = Lane(
            self._tasks,
            self._tell,
            lambda: closing(readers.thumbs_reader()),
            name="pixels",
            threads=PIXEL_THREADS,
        )
        self.decode: Lane[None] = Lane(
            self._tasks, self._tell, lambda: nullcontext(None), name="decode", threads=2
        )

    def ask(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Have a blocking call made. It is carried out even if the window closes meanwhile."""
        self._submit(self._pool, _Task(work, done, failed))

    def ask_in_turn(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """The same after all that was asked in turn before; answered in that order too.

        What waits for its turn keeps no other question waiting.
        """
        self._submit(self._turns, _Task(work, done, failed))

    def read(
        self,
        work: "Callable[[CatalogReader], T]",
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

        What was asked with `ask` or `ask_in_turn` is a person's wish and is finished; reading is
        broken off.
        """
        self._closed = True
        ends = [*self._catalog.close(), *self.pixels.close(), *self.decode.close()]
        ends += tuple(self._said)
        for pool in (self._pool, self._turns):
            pool.shutdown(wait=False)
        for _ in range(round(CLOSE_S / STEP_S)):
            self._catalog.stop_void()
            if not wait(ends, STEP_S).not_done:
                self._tasks.clear()
                return True
        return False

    def _stop_void(self) -> None:
        if self._catalog.stop_void():
            self._again.start()

    def _submit(self, pool: ThreadPoolExecutor, task: _Task) -> None:
        if self._closed:
            return
        future = pool.submit(self._carry_out, self._tasks.add(task))
        self._said.add(future)
        future.add_done_callback(self._said.discard)

    def _carry_out(self, number: int) -> None:
        self._tasks.carry_out(number)
        self._tell(number)

    def _tell(self, number: int) -> None:
        if isValid(self):
            self._arrived.emit(number)

    def _deliver(self, number: int) -> None:
        task = self._tasks.take(number)
        if task is not None and not self._closed:
            task.tell()


def _call_living(receiver: Callable[[T], None], value: T) -> None:
    owner = getattr(receiver, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        receiver(value)
