"""A forward proxy on this machine: tunnels and plain requests, with or without a login."""

import base64
import socket
import threading
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer

HOST = "service.example"
"""A name that nobody but the proxy knows: it stands for this machine."""
REFUSED = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"


class ForwardProxy:
    """`asked` holds the first line of each request that it let through.

    Args:
        login: `name:password` that it wants; "" wants none.
    """

    def __init__(self, login: str = "") -> None:
        self.asked: list[str] = []
        self.refused = 0
        self._wanted = f"Basic {base64.b64encode(login.encode()).decode()}" if login else ""
        proxy = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    proxy._serve(self)

        self._server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _serve(self, handler: StreamRequestHandler) -> None:
        head = _head(handler)
        if not head:
            return
        line = head[0].decode().strip()
        if self._wanted and f"proxy-authorization: {self._wanted}".lower() not in {
            one.decode().strip().lower() for one in head
        }:
            self.refused += 1
            handler.wfile.write(REFUSED)
            return
        self.asked.append(line)
        method, target, _ = line.split(" ")
        is_tunnel = method == "CONNECT"
        port = target.rpartition(":")[2] if is_tunnel else target.split("/")[2].partition(":")[2]
        with socket.create_connection(("127.0.0.1", int(port))) as service:
            if is_tunnel:
                handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = "/" + target.split("/", 3)[3]
                kept = [one for one in head[1:] if not one.lower().startswith(b"proxy-")]
                service.sendall(f"{method} {path} HTTP/1.1\r\n".encode() + b"".join(kept) + b"\r\n")
            back = threading.Thread(target=_pump, args=(service, handler.connection))
            back.start()
            while data := handler.rfile.read1(1 << 16):
                service.sendall(data)
            service.shutdown(socket.SHUT_WR)
            back.join()


def _head(handler: StreamRequestHandler) -> list[bytes]:
    lines: list[bytes] = []
    while (line := handler.rfile.readline()) not in {b"\r\n", b""}:
        lines.append(line)
    return lines


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
