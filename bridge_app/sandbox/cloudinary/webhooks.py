"""Sends notices to webhooks on this machine, and again when they were not taken.

Source: reference/cloudinary.md 18: what is not answered with 200 is sent three times more.
"""

import asyncio
from collections.abc import Sequence

import httpx

from bridge_app.sandbox.cloudinary.notices import SignedNotice

RETRY_DELAYS_S = (180.0, 360.0, 540.0)
TIMEOUT_S = 30.0
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The hosts that are this machine; no other is ever asked or told."""


class Webhooks:
    """Posts in the background; used on the event loop, whose end is the end of all retries.

    Nothing leaves this machine: a webhook elsewhere is never told.
    """

    def __init__(self, retry_delays_s: Sequence[float] = RETRY_DELAYS_S) -> None:
        self._delays = tuple(retry_delays_s)
        self._under_way: set[asyncio.Task[None]] = set()

    def post(self, url: str, notice: SignedNotice) -> None:
        """Send it as soon as the loop has time, and until it is taken or given up."""
        if not _is_here(url):
            return
        task = asyncio.get_running_loop().create_task(self._deliver(url, notice))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, url: str, notice: SignedNotice) -> None:
        for delay in (0.0, *self._delays):
            await asyncio.sleep(delay)
            if await _taken(url, notice):
                return


def _is_here(url: str) -> bool:
    """Whether a URL leads to this machine; a text that is no URL leads nowhere."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return parsed.scheme in {"http", "https"} and parsed.host in LOOPBACK


async def _taken(url: str, notice: SignedNotice) -> bool:
    """Whether the webhook said 200."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Cloudinary",
        "X-Cld-Timestamp": notice.timestamp,
        "X-Cld-Signature": notice.signature,
    }
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S) as client:
            reply = await client.post(url, content=notice.body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return reply.status_code == httpx.codes.OK
