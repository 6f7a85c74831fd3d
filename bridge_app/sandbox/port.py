"""A loopback port that stays ours while nothing listens on it.

Between `stop()` and `start()` the port would go back to the system, which could hand it to any
client as its own end; a client that keeps trying to reach us could even meet itself. A bound
socket that does not listen refuses connections and keeps the number (Linux).
"""

import os
import socket
import weakref
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
BACKLOG = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """What to serve with TLS: a certificate for 127.0.0.1 with its chain, and its key; PEM."""

    certificate: Path
    key: Path


class Port:
    """A port of this machine, ours until this object goes; 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """

    def __init__(self, number: int, *, scheme: str = "http") -> None:
        self._scheme = scheme
        reserved = _bound(number)
        self.number: int = reserved.getsockname()[1]
        weakref.finalize(self, os.close, reserved.detach())

    @property
    def url(self) -> str:
        """Where a server on it is reached."""
        return f"{self._scheme}://{HOST}:{self.number}"

    def listen(self) -> socket.socket:
        """A socket that accepts connections until it is closed."""
        listening = _bound(self.number)
        listening.listen(BACKLOG)
        return listening


def _bound(number: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it, a reply in
    # two writes waits 40 ms for the client's delayed acknowledgement.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, number))
    except OSError:
        bound.close()
        raise
    return bound
