"""One master open for previews: its own decoder child, asked again and again, replaced if need be.

The child is not the pool's: what is dragged in a window must not wait behind a scan.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.media.beside_files import NOTHING_NAMED, told_beside
from bridge_app.media.decoder_child import ChildGoneError, DecoderChild
from bridge_app.media.limits import Limits
from bridge_app.media.preview_memory import SharedFrame
from bridge_app.media.replies import believed, reported
from bridge_app.media.wire import Header, WireError, from_json

if TYPE_CHECKING:
    from bridge_app.media.preview import Frame
    from bridge_app.transform.layer_sources import LayerSources
    from bridge_app.transform.record import Record
    from bridge_app.transform.rendered import Rendered
    from bridge_app.transform.steps import Cut

MOST_BANDS = 4


class PreviewSession:
    """Blocking; any thread, one question at a time. `close` may come from any thread, at any time.

    A child that crashes costs its own question; the next one starts another child.
    """

    def __init__(
        self,
        path: Path,
        limits: Limits,
        *,
        edge_px: int,
        size: tuple[int, int] | None = None,
    ) -> None:
        self._path = path
        self._limits = replace(limits, nice=0)  # a person waits for every frame
        self._edge_px = edge_px
        self._size = size
        self._at_s: float | None = None
        self._asking = threading.Lock()
        self._child: DecoderChild | None = None
        self._shared: SharedFrame | None = None
        self._is_kept = False
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        child = self._child
        return child.pid if child is not None else None

    def master(self) -> "Frame":
        """The master as it is, at most `edge_px` a side.

        Raises FileTroubleError, MediaError, DecoderLimitError.
        """
        with self._asking:
            return self._opened()

    def frame(
        self,
        transformation: str,
        *,
        edge_px: int,
        at_s: float | None = None,
        layers: "LayerSources | None" = None,
        named: Mapping[str, str] = NOTHING_NAMED,
        record: "Record | None" = None,
    ) -> "Frame":
        """The master through a transformation, at most `edge_px` a side; a film at `at_s`.

        `layers`, `named` and `record` are as for `told_beside`.
        Raises as `master` does, and TransformationError.
        """
        request = {
            "do": "preview",
            "transformation": transformation,
            "edge_px": edge_px,
            **told_beside(transformation, layers, named, record),
        }
        with self._asking:
            if at_s != self._at_s:  # the same child opens the film there
                self._at_s, self._is_kept = at_s, False
            self._keep()
            return self._asked(request)

    def last_cut(
        self,
        transformation: str,
        *,
        named: Mapping[str, str] = NOTHING_NAMED,
        record: "Record | None" = None,
    ) -> "Cut | None":
        """What the last step keeps, and where its gravity found its content.

        None if it cuts nothing. Raises as `frame` does.
        """
        # Load libvips, as above.
        from bridge_app.transform.geometry import Box  # noqa: PLC0415
        from bridge_app.transform.steps import Cut  # noqa: PLC0415

        request = {
            "do": "last_cut",
            "transformation": transformation,
            "edge_px": self._edge_px,
            **told_beside(transformation, None, named, record),
        }
        with self._asking:
            self._keep()
            header, _ = self._answer(request)
        frame, content = header.get("frame"), header.get("content")
        if frame is None:
            return None
        return believed(
            lambda: Cut(
                frame=from_json(Box, frame),
                content=from_json(Box, content) if content is not None else None,
            )
        )

    def render(
        self,
        transformation: str,
        *,
        accept: str = "",
        layers: "LayerSources | None" = None,
        named: Mapping[str, str] = NOTHING_NAMED,
        record: "Record | None" = None,
    ) -> "Rendered":
        """The whole file through a transformation, as the pool's `render`.

        A session that renders should be one of its own: frames wait while it does.
        Raises FileTroubleError, MediaError, DecoderLimitError, TransformationError.
        """
        # Loads libvips, as above.
        from bridge_app.transform.rendered import Rendered  # noqa: PLC0415

        asked = {
            "do": "render",
            "transformation": transformation,
            "accept": accept,
            **told_beside(transformation, layers, named, record),
        }
        with self._asking:
            if self._child is None or self._child.is_spent:
                self._end()
                self._child = DecoderChild(self._limits)
                self._is_kept = False
            header, blob = self._answer(asked)
        return believed(lambda: from_json(Rendered, header.get("rendered"), data=blob))

    def turn_to(self, path: Path, *, size: tuple[int, int] | None = None) -> None:
        """Another file from now on, in the same child: none has to be started for it."""
        with self._asking:
            self._path, self._size, self._is_kept = path, size, False

    def close(self) -> None:
        """End the child; whoever waits for it gets MediaError."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()
        with self._asking:
            self._end()
            if self._shared is not None:
                self._shared.close()
                self._shared = None

    def _keep(self) -> None:
        """See that a child holds the file's picture."""
        if self._child is None or self._child.is_spent or not self._is_kept:
            self._opened()

    def _opened(self) -> "Frame":
        if self._shared is None and not self._closed:
            self._shared = SharedFrame.of(self._edge_px * self._edge_px * MOST_BANDS)
        if self._child is None or self._child.is_spent or self._is_kept:
            self._end()
            descriptor = self._shared.descriptor if self._shared else None
            self._child = DecoderChild(self._limits, shared=descriptor)
        self._is_kept = True
        request = {
            "do": "open_preview",
            "edge_px": self._edge_px,
            "stands_for": self._size,
            "at_s": self._at_s,
        }
        return self._asked(request)

    def _asked(self, request: Header) -> "Frame":
        # The frame's module loads libvips, which a start must not wait for.
        from bridge_app.media.preview import Frame  # noqa: PLC0415

        header, blob = self._answer(request)
        if self._shared is not None and "shared" in header:
            blob = self._shared.taken(header["shared"]) or b""
        return believed(lambda: _checked(from_json(Frame, header.get("frame"), data=blob)))

    def _answer(self, request: Header) -> tuple[Header, bytes]:
        child = self._child
        if self._closed or child is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the decoders are closed"))
        try:
            *_, (header, blob) = child.ask(request, os.fsencode(self._path.absolute()))
        except ChildGoneError as error:
            if self._closed:
                raise MediaError(
                    detail=QT_TRANSLATE_NOOP("facts", "the decoders are closed")
                ) from error
            raise DecoderLimitError(detail=str(error)) from error
        if "error" in header:
            raise reported(header, self._path)
        return header, blob

    def _end(self) -> None:
        if self._child is not None:
            self._child.dispose()
            self._child = None


def _checked(frame: "Frame") -> "Frame":
    """Whoever shows the frame reads exactly as many bytes as it says."""
    if frame.bands not in (3, 4) or frame.width * frame.height * frame.bands != len(frame.data):
        raise WireError("a frame of another size")
    return frame
