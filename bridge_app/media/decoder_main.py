"""The child's entry point: read a request, read the file, answer, until the parent is gone.

Everything it says goes through `wire`.
"""

import json
import os
import select
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyvips

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DecoderLimitError,
    FileTroubleError,
    MediaError,
)
from bridge_app.media.confinement import confine, die_with_parent, spend
from bridge_app.media.decoding import decoding
from bridge_app.media.embedded import beside, read_embedded
from bridge_app.media.facts import RecordRead
from bridge_app.media.foreign_masters import rendered_otherwise
from bridge_app.media.limits import Limits
from bridge_app.media.preview import Frame, KeptMaster
from bridge_app.media.preview_memory import SharedFrame
from bridge_app.media.probe import Probed, probe, sketch
from bridge_app.media.source import Source, Wanted
from bridge_app.media.thumbnails import may_have_a_picture, thumbnail
from bridge_app.media.wire import Header, frame, read_frame, record_from, to_json
from bridge_app.transform import TransformationError, parse, render
from bridge_app.transform.definitions import about_definitions
from bridge_app.transform.fidelity import Assessment, worst
from bridge_app.transform.layer_files import LayerFiles
from bridge_app.transform.record import Record
from bridge_app.transform.video.rendition import is_rendered_as_film

REQUEST_BYTES = 1 << 20
BLOATED = 0.7


class Decoder:
    """Answers requests from one pipe on another."""

    def __init__(
        self, limits: Limits, request: int, reply: int, shared: SharedFrame | None = None
    ) -> None:
        self._limits = limits
        self._shared = shared
        self._request = request
        self._reply = reply
        self._kept: KeptMaster | None = None

    def serve(self) -> None:
        """Until the request pipe closes."""
        while True:
            try:
                header, blob = read_frame(self._read, blob_bytes=REQUEST_BYTES)
            except EOFError:
                return
            spend(self._limits.seconds)
            die_with_parent(self._request, armed=True)
            if _is_closed(self._request):
                return
            try:
                with decoding("the file"):
                    last = self._answer(header, Path(os.fsdecode(blob)))
            except BridgeError as error:
                last = _refusal(error), b""
            die_with_parent(self._request, armed=False)
            reply, data = last
            self.send({**reply, "spent": reply.get("spent") or _is_bloated(self._limits)}, data)

    def _answer(self, header: Header, path: Path) -> tuple[Header, bytes]:
        if header["do"] == "render":
            return _or_refused(lambda: self._rendered(header, path))
        if header["do"] == "preview":
            return _or_refused(lambda: self._previewed(header))
        if header["do"] == "last_cut":
            return _or_refused(lambda: self._cut(header))
        if header["do"] == "write_metadata":
            return _metadata_written(header, path)
        if header["do"] == "read_record":
            return _record_read(header, path)
        with Source.open(path) as source:
            return self._read_from(source, header)

    def _read_from(self, source: Source, header: Header) -> tuple[Header, bytes]:
        if header["do"] == "inspect":
            self._more({"facts": to_json(sketch(source))})
        probed = probe(source)
        if header["do"] == "probe":
            return {"facts": to_json(probed.facts)}, b""
        wanted = Wanted(
            source=source,
            edge_px=int(header["edge_px"]),
            pixels=self._limits.pixels,
            at_s=header.get("at_s"),
        )
        if header["do"] == "open_preview":
            self._kept = KeptMaster.of(wanted, probed.facts, header.get("stands_for"))
            return self._framed(self._kept.as_it_is())
        if header["do"] == "thumbnail":
            picture, _ = thumbnail(wanted, probed.facts)
            return {"picture": to_json(picture)}, picture.data
        return self._inspected(wanted, probed, header.get("sidecars", []))

    def _inspected(
        self, wanted: Wanted, probed: Probed, sidecars: list[str]
    ) -> tuple[Header, bytes]:
        self._more({"facts": to_json(probed.facts)})
        with beside(sidecars) as opened:
            embedded = read_embedded(wanted.source, probed.tags, sidecars=opened)
        self._more({"embedded": to_json(embedded)})
        if not may_have_a_picture(probed.facts):
            return {"trouble": probed.trouble and str(probed.trouble)}, b""
        try:
            with decoding("the picture"):
                picture, trouble = thumbnail(wanted, probed.facts)
        except MediaError as error:
            return {"trouble": str(probed.trouble or error)}, b""
        return {"picture": to_json(picture), "trouble": trouble}, picture.data

    def _rendered(self, header: Header, path: Path) -> tuple[Header, bytes]:
        wanted, accept = parse(header["transformation"]), header["accept"]
        if is_rendered_as_film(path, wanted):
            self._more({"film": True})
            spend(self._limits.film_seconds)
        sources = LayerFiles(paths={k: Path(v) for k, v in header["layers"].items()})
        record, named = _record(header), header["named"]
        try:
            made = render(path, wanted, accept=accept, facts=record, named=named, sources=sources)
        except DecoderLimitError:
            raise
        except MediaError:
            otherwise = rendered_otherwise(
                path,
                wanted,
                accept=accept,
                sources=sources,
                record=record,
                named=named,
                pixels=self._limits.pixels,
            )
            if otherwise is None:
                raise
            made = otherwise
        said = Assessment(fidelity=made.fidelity, reasons=made.reasons)
        truth = worst([said, *about_definitions(named)])
        made = replace(made, fidelity=truth.fidelity, reasons=truth.reasons)
        return {"rendered": to_json(made)}, made.data

    def _previewed(self, header: Header) -> tuple[Header, bytes]:
        if self._kept is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no preview is open"))
        wanted = parse(header["transformation"])
        frame = self._kept.through(
            wanted,
            edge_px=int(header["edge_px"]),
            sources=_layers(header),
            named=header["named"],
            record=_record(header),
        )
        return self._framed(frame)

    def _cut(self, header: Header) -> tuple[Header, bytes]:
        if self._kept is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no preview is open"))
        cut = self._kept.last_cut(
            parse(header["transformation"]),
            edge_px=int(header["edge_px"]),
            named=header["named"],
            record=_record(header),
        )
        content = cut.content if cut else None
        return {
            "frame": to_json(cut.frame) if cut else None,
            "content": to_json(content) if content else None,
        }, b""

    def _framed(self, frame: Frame) -> tuple[Header, bytes]:
        header: Header = {"frame": to_json(frame)}
        if self._shared and self._shared.put(frame.data):
            return {**header, "shared": len(frame.data)}, b""
        return header, frame.data

    def _more(self, header: Header) -> None:
        self.send({**header, "more": True}, b"")

    def send(self, header: Header, blob: bytes) -> None:
        """One frame to the parent."""
        data = memoryview(frame(header, blob) + blob)
        while data:
            data = data[os.write(self._reply, data) :]

    def _read(self, count: int) -> bytes:
        parts = []
        while count:
            part = os.read(self._request, count)
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def main() -> None:
    """Take the limits from the command line, give up the rest, say so, and serve."""
    limits = Limits(**json.loads(sys.argv[1]))
    os.nice(limits.nice)
    if limits.nice:
        # So that one that wakes up takes no processor from a window that is drawing.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    request, reply = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # a library that prints must not speak for us
    pyvips.cache_set_max(0)  # no decoded picture is kept between files
    shared = SharedFrame(int(sys.argv[2])) if sys.argv[2:] else None
    is_filtered = confine(limits)
    decoder = Decoder(limits, request, reply, shared)
    decoder.send({"ready": True, "filtered": is_filtered}, b"")
    decoder.serve()


def _or_refused(answer: Callable[[], tuple[Header, bytes]]) -> tuple[Header, bytes]:
    """The answer, or what is wrong with the transformation that was asked for."""
    try:
        return answer()
    except TransformationError as error:
        said = ("position", "found", "expected", "cloudinary")
        return {"error": "transformation", **{name: getattr(error, name) for name in said}}, b""


def _record_read(header: Header, path: Path) -> tuple[Header, bytes]:
    with Source.open(path) as source, beside(header["sidecars"]) as sidecars:
        probed = probe(source)
        embedded = read_embedded(source, probed.tags, sidecars=sidecars)
        read = RecordRead(
            format=probed.facts.format, record=embedded.record, differs=embedded.differs
        )
    return {"read": to_json(read)}, b""


def _metadata_written(header: Header, path: Path) -> tuple[Header, bytes]:
    from bridge_app.media.metadata_writing import rewritten  # noqa: PLC0415 - few children write

    changes, blank = record_from(header["changes"]), tuple(header["blank"])
    if path == Path():
        return {}, rewritten(b"", header["kind"], changes, blank)
    with Source.open(path) as source:
        return {}, rewritten(bytes(source.data), header["kind"], changes, blank)


def _record(header: Header) -> Record:
    """What the parent knows beside the file."""
    return Record.of(header["record"]) if header["record"] else Record()


def _layers(header: Header) -> LayerFiles:
    """Where the files of layers are, as the parent found them."""
    paths = header.get("layers", {})
    return LayerFiles(paths={name: Path(path) for name, path in paths.items()})


def _is_closed(pipe: int) -> bool:
    poll = select.poll()
    poll.register(pipe, select.POLLHUP)
    return any(event & select.POLLHUP for _, event in poll.poll(0))


def _refusal(error: BridgeError) -> Header:
    """The error as a header: its family and its facts, for the parent to raise again."""
    if isinstance(error, FileTroubleError):
        return {"error": "file", "detail": str(error.facts["detail"])}
    if isinstance(error, MediaError):
        is_limit = isinstance(error, DecoderLimitError)
        return {
            "error": "limit" if is_limit else "media",
            "detail": str(error.facts["detail"]),
            "spent": is_limit,
        }
    return {"error": "media", "detail": str(error)}


def _is_bloated(limits: Limits) -> bool:
    """Whether freed memory has left too little address space in one piece for the next file."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE") > BLOATED * limits.memory_bytes


if __name__ == "__main__":
    main()
