"""Receives the posts of feeds that are set to be posted to, as long as feeds are looked at."""

import threading
from collections.abc import Callable, Iterable

from bridge_app.channels.feed_receiver import PATH, Received, feed_receiver
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.product_feed import Feed, FeedState
from bridge_app.work.listening import Listening


class PortTakenError(BridgeError):
    """Another program has the port."""

    text = QT_TRANSLATE_NOOP(
        "errors", "Posts cannot be received on port {port}: {detail}. Choose another one."
    )


def address_of(port: int) -> str:
    """Where posts are received on this machine."""
    return f"http://127.0.0.1:{port}{PATH}"


class FeedListening:
    """Thread-safe. `received` is what a feed's posts are asked, by its ID."""

    def __init__(self, received: Callable[[str], Received]) -> None:
        self._received = received
        self._open: dict[str, tuple[int, Listening]] = {}
        self._lock = threading.Lock()
        self._is_closed = False

    def follow(self, feeds: Iterable[Feed]) -> dict[str, PortTakenError]:
        """Receive what these say, and nothing else; what stands in the way, by feed."""
        wanted = {one.id: one.port for one in feeds if one.port and one.state is not FeedState.OFF}
        troubles = {}
        with self._lock:
            for feed, (port, listening) in list(self._open.items()):
                if wanted.get(feed) != port:
                    listening.close()
                    del self._open[feed]
            for feed in wanted.keys() - self._open.keys():
                try:
                    self._listen(feed, wanted[feed])
                except OSError as error:
                    detail = error.strerror or str(error)
                    troubles[feed] = PortTakenError(port=str(wanted[feed]), detail=detail)
        return troubles

    def _listen(self, feed: str, port: int) -> None:
        if self._is_closed:
            return
        listening = Listening(feed_receiver(self._received(feed)), port=port, name="feeds-received")
        listening.start()
        self._open[feed] = (port, listening)

    def close(self) -> None:
        """Receive nothing more."""
        with self._lock:
            self._is_closed = True
            for _, listening in self._open.values():
                listening.close()
            self._open.clear()
