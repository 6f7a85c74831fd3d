"""One decoder process as its parent sees it: start it, ask it, end it."""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import bridge_app
from bridge_app.media.limits import Limits
from bridge_app.media.wire import Header, WireError, frame, read_frame

START_SECONDS = 30.0
MOST_FRAMES = 8
REAP_SECONDS = 1.0
READ_BYTES = 1 << 20
BUNDLED = "asset-bridge-decoder"
"""The decoder's own program, where the application is a bundle (packaging/pyinstaller)."""

ROOT = Path(bridge_app.__file__).resolve().parents[1]
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": str(ROOT),
    "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MiB of the bounded address space
    "MALLOC_MMAP_THRESHOLD_": str(4 << 20),  # a decoded picture's memory goes back when it is done
    "MALLOC_TRIM_THRESHOLD_": str(16 << 20),
    "OPENBLAS_NUM_THREADS": "1",
    "VIPS_CONCURRENCY": "1",  # the pool is the concurrency
    "VIPS_DISC_THRESHOLD": "16g",  # the child may not write temporary files
}


class ChildGoneError(Exception):
    """The child ended or was ended; the message is a clause for people."""


class DecoderChild:
    """A child process that reads files for one caller at a time.

    `ask` belongs to the thread that holds the child; `kill` may come from any thread.
    """

    def __init__(self, limits: Limits, *, shared: int | None = None) -> None:
        """`shared` is the descriptor of a `SharedFrame`, which stays the caller's."""
        self._limits = limits
        self._shared = shared
        self._lock = threading.Lock()
        self._killed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline = 0.0
        self._seconds = limits.seconds
        self._received = bytearray()
        self.served = 0
        self.is_spent = False

    @property
    def pid(self) -> int | None:
        """The process id, or None before the first request."""
        return self._process.pid if self._process else None

    def ask(self, request: Header, blob: bytes) -> Iterator[tuple[Header, bytes]]:
        """Every frame of the answer; the last one has no `more`.

        Raises ChildGoneError when the child crashed, was killed, took too long or broke the
        protocol; it is of no use afterwards.
        """
        try:
            if self._process is None:
                self._start()
            self._allow(self._limits.seconds)
            self._write(frame(request, blob) + blob)
            yield from self._answers()
        except (WireError, ChildGoneError, OSError) as error:
            self.is_spent = True
            raise ChildGoneError(self._why(error)) from error
        self.served += 1
        self.is_spent = self.is_spent or self.served >= self._limits.requests

    def kill(self) -> None:
        """End the process at once; whoever waits for it is told."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def dispose(self) -> None:
        """Kill, reap and close; by the thread that holds the child."""
        self.kill()
        process = self._process
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        try:
            process.wait(REAP_SECONDS)
        except subprocess.TimeoutExpired:  # stuck inside the kernel: init reaps it one day
            process.returncode = -signal.SIGKILL

    def _start(self) -> None:
        with self._lock:
            if self._killed:
                raise ChildGoneError("the decoders are closed")
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *_program(),
                    json.dumps(asdict(self._limits)),
                    *([] if self._shared is None else [str(self._shared)]),
                ],
                pass_fds=() if self._shared is None else (self._shared,),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**ENVIRONMENT, "HOME": os.environ.get("HOME", "/")},  # people's own fonts
                cwd="/",
                bufsize=0,
                start_new_session=True,
            )
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
                with suppress(OSError):  # who may have no more large pipes has small ones
                    fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, READ_BYTES)
        self._deadline = time.monotonic() + START_SECONDS
        read_frame(self._read, blob_bytes=0)

    def _answers(self) -> Iterator[tuple[Header, bytes]]:
        left = self._limits.reply_bytes
        for _ in range(MOST_FRAMES):
            header, data = read_frame(self._read, blob_bytes=left)
            left -= len(data)
            self.is_spent = self.is_spent or header.get("spent") is True
            if header.get("film") is True and self._seconds < self._limits.film_seconds:
                self._allow(self._limits.film_seconds)
            yield header, data
            if header.get("more") is not True:
                return
        raise WireError("too many frames")

    def _allow(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def _write(self, data: bytes) -> None:
        pipe = self._pipe("stdin")
        while data:
            self._wait(pipe, select.POLLOUT)
            data = data[os.write(pipe, data) :]

    def _read(self, count: int) -> bytes:
        pipe = self._pipe("stdout")
        while len(self._received) < count:
            self._wait(pipe, select.POLLIN)
            chunk = os.read(pipe, READ_BYTES)
            if not chunk:
                raise ChildGoneError("the decoder stopped")
            self._received += chunk
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken

    def _pipe(self, name: str) -> int:
        pipe = getattr(self._process, name)
        descriptor: int = pipe.fileno()
        return descriptor

    def _wait(self, descriptor: int, events: int) -> None:
        poll = select.poll()
        poll.register(descriptor, events)
        left = self._deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise ChildGoneError(f"it took longer than {self._seconds:g} seconds")

    def _why(self, error: Exception) -> str:
        """The cause in words; a signal that is not ours says more than a closed pipe."""
        if isinstance(error, WireError):
            return "the decoder answered nonsense"
        if isinstance(error, ChildGoneError) and "longer" in str(error):
            return str(error)
        if self._killed:
            return "the decoders are closed"
        code = self._exit_code()
        if code is None or code >= 0:
            return "the decoder stopped"
        if -code in (signal.SIGXCPU, signal.SIGALRM):
            return f"it took longer than {self._seconds:g} seconds"
        return f"the decoder crashed ({signal.Signals(-code).name})"

    def _exit_code(self) -> int | None:
        if self._process is None:
            return None
        try:
            return self._process.wait(REAP_SECONDS)
        except subprocess.TimeoutExpired:
            return None


def _program() -> list[str]:
    """Our own interpreter and module; a bundle has neither, but a program beside its own."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name(BUNDLED))]
    return [sys.executable, "-s", "-P", "-m", "bridge_app.media.decoder_main"]
