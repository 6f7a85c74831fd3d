"""Messages that wait to be polled: claimed for a while, then acknowledged or shown again.

Source: reference/cloudinary.md 18.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bridge_app.sandbox.journal import Row

TABLE = "message"
MAX_WAITING = 10_000
"""The oldest message goes when there are more."""
LOOK_AGAIN_S = 1.0
"""How often those who wait look for claimed messages that have become free again."""

Message = dict[str, Any]


class MessageRows(Protocol):
    """Where messages outlive a restart."""

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key, in order of creation."""

    def put_row(self, table: str, key: str, row: Row) -> None:
        """Create a row."""

    def delete_row(self, table: str, key: str) -> None:
        """Remove a row that exists."""


class MessageStore:
    """The messages of one cloud. Used on the event loop."""

    def __init__(
        self, rows: MessageRows, *, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._rows = rows
        self._now = now
        self._new_id = new_id
        self._claimed_until: dict[str, datetime] = {}
        self._news: set[asyncio.Event] = set()

    def put(self, address: str, message: Message) -> None:
        """Keep a message, and wake up those who wait."""
        waiting = self._rows.rows(TABLE)
        if len(waiting) >= MAX_WAITING:
            self._rows.delete_row(TABLE, next(iter(waiting)))
        self._rows.put_row(TABLE, self._new_id(), {"address": address, "message": message})
        for news in self._news:
            news.set()

    async def claim(
        self, address: str, *, most: int, wait_s: float, visibility_s: float
    ) -> list[Message]:
        """The next messages, oldest first; waits for the first of them, but not for ever.

        Nobody else gets them for the next `visibility_s`.
        """
        deadline = asyncio.get_running_loop().time() + wait_s
        news = asyncio.Event()
        self._news.add(news)
        try:
            while True:
                found = self._claimed(address, most, visibility_s)
                left = deadline - asyncio.get_running_loop().time()
                if found or left <= 0:
                    return found
                news.clear()
                await _until(news, min(left, LOOK_AGAIN_S))
        finally:
            self._news.discard(news)

    def _claimed(self, address: str, most: int, visibility_s: float) -> list[Message]:
        now = self._now()
        free = [
            (handle, row["message"])
            for handle, row in self._rows.rows(TABLE).items()
            if row["address"] == address and self._claimed_until.get(handle, now) <= now
        ][:most]
        for handle, _ in free:
            self._claimed_until[handle] = now + timedelta(seconds=visibility_s)
        return [{"receipt_handle": handle, **message} for handle, message in free]

    def acknowledge(self, handle: str) -> bool:
        """Forget a message; False when there is none with this handle."""
        if handle not in self._rows.rows(TABLE):
            return False
        self._rows.delete_row(TABLE, handle)
        self._claimed_until.pop(handle, None)
        return True


async def _until(news: asyncio.Event, seconds: float) -> None:
    """Wait for news or for the time to pass."""
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return
