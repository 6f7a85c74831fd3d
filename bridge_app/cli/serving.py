"""Listens where a command was told to, and ends with it."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from bridge_app.domain.errors import InvalidInputError


class Server(Protocol):
    """Begins when it is started; its port is taken already."""

    def start(self) -> None:
        """Begin to listen."""

    def close(self) -> None:
        """End."""


S = TypeVar("S", bound=Server)


@contextmanager
def serving(make: Callable[[str, int], S], arguments: argparse.Namespace) -> Iterator[S]:
    """What `make(host, port)` gives, listening. Raises InvalidInputError for a place it can't."""
    try:
        server = make(arguments.host, arguments.port)
    except OSError as error:
        place = f"{arguments.host}:{arguments.port}"
        raise InvalidInputError(what=place, detail=error.strerror or str(error)) from error
    server.start()
    try:
        yield server
    finally:
        server.close()
