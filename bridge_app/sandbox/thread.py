"""uvicorn in a thread of its own, stopped like a plug that is pulled."""

import asyncio
import socket
import struct
import threading
from email.utils import formatdate

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bridge_app.sandbox.faults import RESET
from bridge_app.sandbox.port import Tls

START_SECONDS = 30.0
STOP_SECONDS = 5.0
KEEP_ALIVE_SECONDS = 75
LISTEN_BACKLOG = 512
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing discards what was not sent and resets the connection."""


class ServerThread:
    """Serves an application on a listening socket from its creation until `stop()`.

    Raises:
        RuntimeError: The server did not start.
    """

    def __init__(self, app: ASGIApp, listening: socket.socket, *, tls: Tls | None = None) -> None:
        self._app = app
        self._tls = tls
        self._listening = listening
        self._ready = threading.Event()
        self._server = _Server(self._config(), self._ready)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox-http", daemon=True)
        self._thread.start()
        if not (self._ready.wait(START_SECONDS) and self._server.started):
            raise RuntimeError("the sandbox did not start")

    def stop(self) -> None:
        """Cut every connection, refuse new ones, and give up what is under way."""
        self._loop.call_soon_threadsafe(self._server.pull_the_plug)
        self._thread.join(STOP_SECONDS)

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._serve,
            interface="asgi3",
            lifespan="off",
            http="auto",
            ws="none",
            loop="asyncio",
            access_log=False,
            log_config=None,
            log_level="error",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            backlog=LISTEN_BACKLOG,
            ssl_certfile=self._tls.certificate if self._tls else None,
            ssl_keyfile=self._tls.key if self._tls else None,
        )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application; being stopped in the middle of a request is no error.

        Under the extension `RESET` it finds a function that resets the request's connection.
        """
        client = tuple(scope["client"])
        scope.setdefault("extensions", {})[RESET] = lambda: self._reset(client)
        try:
            await self._app(scope, receive, _dated(send))
        except asyncio.CancelledError:
            if not self._server.should_exit:
                raise

    def _reset(self, client: tuple[str, int]) -> None:
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == client:
                _reset(connection.transport)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._server.serve(sockets=[self._listening]))
            self._loop.run_until_complete(self._give_up())
        finally:
            self._ready.set()
            asyncio.set_event_loop(None)
            self._loop.close()

    async def _give_up(self) -> None:
        """End every task that is left; work in threads is not waited for."""
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._loop.shutdown_asyncgens()


class _Server(uvicorn.Server):
    """Tells when it has started, and stops at once instead of within some tenths of a second."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        """Wait until it is time to stop."""
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Everything was closed when the plug was pulled."""
        del sockets

    def pull_the_plug(self) -> None:
        """Cut every connection, refuse new ones, and stop."""
        self.should_exit = True
        for listener in self.servers:
            listener.close()
        for connection in list(self.server_state.connections):
            _reset(connection.transport)
        for task in list(self.server_state.tasks):
            task.cancel()
        self._stopping.set()


def _dated(send: Send) -> Send:
    """Replies say when they were made, unless the application has a clock of its own."""

    async def dated(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if not any(name.lower() == b"date" for name, _ in headers):
                headers.append((b"date", formatdate(usegmt=True).encode()))
            message = {**message, "headers": headers}
        await send(message)

    return dated


def _reset(transport: asyncio.Transport) -> None:
    """Close a connection at once, so that the other end sees a reset."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    transport.abort()
