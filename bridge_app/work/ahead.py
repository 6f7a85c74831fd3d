"""One question asked ahead of its time, so that waiting for it and working overlap."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Asks `question` on a thread of its own, which does not keep the program from ending."""

    def __init__(self, question: Callable[[], T]) -> None:
        self._question = question
        self._answers: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._ask, name="ahead", daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for the answer. Raises what the question raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._answers[0]

    def _ask(self) -> None:
        try:
            self._answers.append(self._question())
        except BaseException as error:  # noqa: BLE001 - raised again where the answer is wanted
            self._error = error
