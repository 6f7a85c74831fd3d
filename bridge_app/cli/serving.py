"""Listens where a command was told to, and ends with it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from bridge_app.domain.errors import InvalidInputError
from bridge_app.work.listening import Listening


@contextmanager
def serving(
    handler: type[BaseHTTPRequestHandler], arguments: argparse.Namespace
) -> Iterator[Listening]:
    """Answers what comes to a command's host and port. Raises InvalidInputError for a bad place."""
    try:
        server = Listening(handler, host=arguments.host, port=arguments.port)
    except (OSError, OverflowError) as error:
        place = f"{arguments.host}:{arguments.port}"
        detail = getattr(error, "strerror", None) or str(error)
        raise InvalidInputError(what=place, detail=detail) from error
    server.start()
    try:
        yield server
    finally:
        server.close()
