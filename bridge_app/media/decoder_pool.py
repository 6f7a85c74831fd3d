"""Where the rest of the program has files decoded: a few children, fed, bounded and replaced."""

import heapq
import itertools
import os
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.beside_files import NOTHING_NAMED, told_beside
from bridge_app.media.decoder_child import ChildGoneError, DecoderChild
from bridge_app.media.facts import Embedded, Facts, Inspection, Picture, RecordRead
from bridge_app.media.limits import Limits
from bridge_app.media.preview_session import PreviewSession
from bridge_app.media.replies import believed, reported
from bridge_app.media.wire import Header, WireError, from_json

if TYPE_CHECKING:
    from bridge_app.transform import Rendered
    from bridge_app.transform.layer_sources import LayerSources
    from bridge_app.transform.record import Record

__all__ = ["DecoderPool", "Limits"]

CLOSE_SECONDS = 1.5
DEFAULT_LIMITS = Limits()
Frame = tuple[Header, bytes]


class DecoderPool:
    """Reads files in child processes, so that no file can hurt this one.

    Every method blocks and may be called from any thread; callers wait for a free child, urgent
    ones first, then in the order they came. Children start with the first request and are kept.
    A child that crashes, hangs or grows too large costs its own request and is replaced.
    """

    def __init__(self, *, size: int = 2, limits: Limits = DEFAULT_LIMITS) -> None:
        self._size = size
        self._limits = limits
        self._turn = threading.Condition()
        self._tickets = itertools.count()
        self._waiting: list[tuple[bool, int]] = []
        self._idle: list[DecoderChild] = []
        self._busy: set[DecoderChild] = set()
        self._previews: weakref.WeakSet[PreviewSession] = weakref.WeakSet()
        self._closed = False

    def __enter__(self) -> "DecoderPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the living children."""
        with self._turn:
            return tuple(child.pid for child in (*self._idle, *self._busy) if child.pid)

    @property
    def waiting(self) -> int:
        """How many callers wait for a free child."""
        with self._turn:
            return len(self._waiting)

    def inspect(
        self,
        path: Path,
        *,
        edge_px: int = 512,
        urgent: bool = False,
        sidecars: Sequence[Path] = (),
    ) -> Inspection:
        """Facts, metadata and a thumbnail of at most `edge_px` a side, from one opening.

        What `sidecars` say stands over the file's own metadata, a later one over an earlier one.

        When the file ends the child halfway, what was known by then is returned, and
        `Inspection.trouble` says what happened.

        Raises:
            FileTroubleError: The file cannot be opened or read.
            DecoderLimitError: The child ended before it knew anything.
        """
        request = {"do": "inspect", "edge_px": edge_px, "sidecars": list(map(str, sidecars))}
        frames, gone = self._ask(request, path, urgent=urgent)
        return _inspection(frames, gone)

    def probe(self, path: Path, *, urgent: bool = False) -> Facts:
        """What the file is; no picture is decoded.

        Raises FileTroubleError, DecoderLimitError.
        """
        header, _ = self._one({"do": "probe"}, path, urgent=urgent)
        return believed(lambda: from_json(Facts, header.get("facts")))

    def read_record(self, path: Path, *, sidecars: Sequence[Path] = ()) -> RecordRead:
        """What the standard fields of a file say, its sidecars' over its own; no picture is made.

        Raises FileTroubleError, MediaError, DecoderLimitError.
        """
        request = {"do": "read_record", "sidecars": list(map(str, sidecars))}
        header, _ = self._one(request, path, urgent=False)
        return believed(lambda: from_json(RecordRead, header.get("read")))

    def write_metadata(
        self,
        path: Path | None,
        *,
        kind: str,
        changes: Mapping[str, FieldValue],
        blank: Sequence[str] = (),
    ) -> bytes:
        """The bytes of the file with these fields changed; the file itself is only read.

        Args:
            path: The file; None for a new sidecar.
            kind: Its format; "xmp" is a sidecar.
            changes: Key of a field's path -> value; None takes it away.
            blank: Keys that a sidecar is to say nothing of, whatever its master says.

        Raises FileTroubleError, MediaError when it cannot be written so, DecoderLimitError.
        """
        request = {"do": "write_metadata", "kind": kind, "changes": dict(changes)}
        request["blank"] = list(blank)
        return self._one(request, path, urgent=False)[1]

    def thumbnail(
        self, path: Path, *, edge_px: int, at_s: float | None = None, urgent: bool = False
    ) -> Picture:
        """An upright sRGB picture of at most `edge_px` a side; `at_s` is as in `Wanted`.

        Raises FileTroubleError, MediaError when there is none, DecoderLimitError.
        """
        request = {"do": "thumbnail", "edge_px": edge_px, "at_s": at_s}
        header, blob = self._one(request, path, urgent=urgent)
        return believed(lambda: from_json(Picture, header.get("picture"), data=blob))

    def render(  # noqa: PLR0913 - each is a fact of its own
        self,
        path: Path,
        transformation: str,
        *,
        accept: str = "",
        urgent: bool = False,
        layers: "LayerSources | None" = None,
        record: "Record | None" = None,
        named: Mapping[str, str] = NOTHING_NAMED,
    ) -> "Rendered":
        """The file through a transformation, as `bridge_app.transform.render` makes it.

        `layers`, `named` and `record` are as for `told_beside`.
        Raises FileTroubleError, MediaError, DecoderLimitError, TransformationError.
        """
        # libvips takes 0.15 s to load, and belongs into the children; few callers render.
        from bridge_app.transform import Rendered  # noqa: PLC0415

        request = {
            "do": "render",
            "transformation": transformation,
            "accept": accept,
            **told_beside(transformation, layers, named, record),
        }
        header, blob = self._one(request, path, urgent=urgent)
        return believed(lambda: from_json(Rendered, header.get("rendered"), data=blob))

    def open_preview(
        self, path: Path, *, edge_px: int, size: tuple[int, int] | None = None
    ) -> PreviewSession:
        """A child of its own that keeps this file's picture small in memory, until it is closed.

        Nothing is read before its first question. `size` is the master's, upright, where the file
        only stands in for it. Raises MediaError when the pool is closed.
        """
        session = PreviewSession(path, self._limits, edge_px=edge_px, size=size)
        with self._turn:
            if self._closed:
                raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the decoders are closed"))
            self._previews.add(session)
        return session

    def close(self) -> None:
        """End every child, within 2 s, whatever they are doing; callers get MediaError."""
        for session in tuple(self._previews):
            session.close()
        with self._turn:
            self._closed = True
            self._turn.notify_all()
            for child in (*self._idle, *self._busy):
                child.kill()
            self._turn.wait_for(lambda: not self._busy, CLOSE_SECONDS)
            idle, self._idle = self._idle, []
        for child in idle:
            child.dispose()

    def _one(self, request: Header, path: Path | None, *, urgent: bool) -> Frame:
        frames, gone = self._ask(request, path, urgent=urgent)
        if gone is not None or not frames:
            raise gone or DecoderLimitError(
                detail=QT_TRANSLATE_NOOP("facts", "the decoder gave no answer")
            )
        return frames[-1]

    def _ask(
        self, request: Header, path: Path | None, *, urgent: bool
    ) -> tuple[list[Frame], DecoderLimitError | None]:
        """The frames that arrived, and why no more did; raises what the child reports."""
        frames: list[Frame] = []
        gone = None
        with self._child(urgent=urgent) as child:
            try:
                for answer in child.ask(request, os.fsencode(path.absolute()) if path else b""):
                    frames.append(answer)  # noqa: PERF402 - those before a crash are kept
            except ChildGoneError as error:
                gone = DecoderLimitError(detail=str(error))
        if self._closed:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the decoders are closed"))
        if frames and "error" in frames[-1][0]:
            raise reported(frames[-1][0], path or Path())
        return frames, gone

    @contextmanager
    def _child(self, *, urgent: bool) -> Iterator[DecoderChild]:
        child = self._take(urgent=urgent)
        try:
            yield child
        except BaseException:
            child.is_spent = True  # whatever it still says belongs to nobody
            raise
        finally:
            if child.is_spent or self._closed:
                child.dispose()
            with self._turn:
                self._busy.discard(child)
                if not child.is_spent and not self._closed:
                    self._idle.append(child)
                self._turn.notify_all()

    def _take(self, *, urgent: bool) -> DecoderChild:
        with self._turn:
            ticket = (not urgent, next(self._tickets))
            heapq.heappush(self._waiting, ticket)
            self._turn.wait_for(
                lambda: (
                    self._closed or (self._waiting[0] == ticket and len(self._busy) < self._size)
                )
            )
            self._waiting.remove(ticket)
            heapq.heapify(self._waiting)
            self._turn.notify_all()
            if self._closed:
                raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the decoders are closed"))
            child = self._idle.pop() if self._idle else DecoderChild(self._limits)
            self._busy.add(child)
            return child


def _inspection(frames: list[Frame], gone: DecoderLimitError | None) -> Inspection:
    """What the frames say: kind, facts, metadata and picture arrive in this order."""
    facts, embedded, thumbnail = None, Embedded(), None
    trouble = str(gone) if gone else None
    try:
        for header, blob in frames:
            if "facts" in header:
                facts = from_json(Facts, header["facts"])
            if "embedded" in header:
                embedded = from_json(Embedded, header["embedded"])
            if "picture" in header:
                thumbnail = from_json(Picture, header["picture"], data=blob)
            if isinstance(header.get("trouble"), str):
                trouble = header["trouble"]
    except WireError as error:
        raise DecoderLimitError(
            detail=QT_TRANSLATE_NOOP("facts", "the decoder answered nonsense")
        ) from error
    if facts is None:
        raise gone or DecoderLimitError(
            detail=QT_TRANSLATE_NOOP("facts", "the decoder gave no answer")
        )
    return Inspection(facts=facts, embedded=embedded, thumbnail=thumbnail, trouble=trouble)
