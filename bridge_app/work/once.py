"""Parts that are made when they are first asked for: what nobody asks for costs a start nothing."""

import threading
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class OnDemand:
    """A whole whose parts are made when they are first asked for, each once; any thread may ask.

    Parts that need one another are made in the thread that asks. They never wait for another
    thread while they are made.
    """

    def __init__(self) -> None:
        self._making = threading.RLock()

    def part(self, name: str, make: Callable[[], T]) -> T:
        """The part of this name, made now if nobody has asked for it before."""
        with self._making:
            if name not in self.__dict__:
                self.__dict__[name] = make()
            part: T = self.__dict__[name]
            return part


class once(Generic[T]):  # noqa: N801 - a decorator, as `property` is one
    """Makes a method of an `OnDemand` one of its parts."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, whole: None, kind: type[object]) -> Self: ...

    @overload
    def __get__(self, whole: OnDemand, kind: type[object]) -> T: ...

    def __get__(self, whole: OnDemand | None, kind: type[object]) -> Self | T:
        """The part; from now on it is an attribute of the whole, and costs no more than that."""
        if whole is None:
            return self
        return whole.part(self._name, lambda: self._make(whole))
