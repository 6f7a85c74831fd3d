"""Reads request bodies while they arrive: multipart, urlencoded or JSON; files go to disk."""

import json
import re
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params

PLAIN_FIELD = re.compile(rb'form-data; name="([^"\\]*)"')
"""What most parts say of themselves; the parser for all cases takes ten times as long."""
MAX_FIELD_BYTES = 96 * 1024 * 1024
"""A field may carry a file as a data URI of nearly 63 million letters."""


class Sink(Protocol):
    """Where the bytes of the file part go."""

    def write(self, data: bytes) -> None:
        """Take the next bytes."""


@dataclass(slots=True)
class Body:
    """What a request brought.

    `filename` is None when no file part came; `file_field` is the text of a field `file`, which
    names the file by URL or holds it as a data URI.
    """

    params: Params
    filename: str | None = None
    file_field: str = ""


async def read_body(request: Request, sink: Sink | None = None) -> Body:
    """Read all of a request: query, then body. A file part goes to `sink`.

    Raises:
        CloudinaryError: 400, the body cannot be understood.
    """
    query = Params.of(request.query_params.multi_items())
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"multipart/form-data":
        body = await _read_multipart(request, options.get(b"boundary", b""), sink)
    elif kind == b"application/json":
        body = Body(_json_params(await request.body()))
    else:
        text = (await request.body()).decode("utf-8", "replace")
        body = Body(Params.of(parse_qsl(text, keep_blank_values=True)))
        body.file_field = body.params.text("file")
    body.params = body.params.merged(query).without(["file"])
    return body


def _json_params(body: bytes) -> Params:
    """The parameters of a JSON body; an empty body has none."""
    if not body.strip():
        return Params({})
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise bad_request("Invalid JSON in request body") from error
    if not isinstance(parsed, dict):
        raise bad_request("Invalid JSON in request body")
    return Params.of_json(parsed)


async def _read_multipart(request: Request, boundary: bytes, sink: Sink | None) -> Body:
    """Feed the parser as the bytes come."""
    if not boundary:
        raise bad_request("Missing boundary in multipart request")
    form = _Form(sink)
    parser = form.parser(boundary)
    try:
        async for data in request.stream():
            if data:
                parser.write(data)
        parser.finalize()
    except MultipartParseError as error:
        raise bad_request("Invalid multipart request") from error
    return form.body()


@dataclass(slots=True)
class _Part:
    """One part while it is being read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    header_name: bytes = b""
    header_value: bytes = b""
    name: str = ""
    filename: str | None = None
    text: bytearray = field(default_factory=bytearray)


class _Form:
    """Gathers the parts of a multipart body."""

    def __init__(self, sink: Sink | None) -> None:
        self._sink = sink
        self._pairs: list[tuple[str, str]] = []
        self._filename: str | None = None
        self._part = _Part()

    def parser(self, boundary: bytes) -> MultipartParser:
        """A parser that reports here."""
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def body(self) -> Body:
        """Everything that came."""
        params = Params.of(self._pairs)
        return Body(params, self._filename, params.text("file"))

    def _begin(self) -> None:
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._part.header_name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.header_value += data[start:end]

    def _header_end(self) -> None:
        part = self._part
        part.headers[part.header_name.lower()] = part.header_value
        part.header_name = part.header_value = b""

    def _headers_end(self) -> None:
        part = self._part
        disposition = part.headers.get(b"content-disposition", b"")
        plain = PLAIN_FIELD.fullmatch(disposition)
        if plain is not None:
            part.name = plain[1].decode("utf-8", "replace")
            return
        _, options = parse_options_header(disposition)
        part.name = options.get(b"name", b"").decode("utf-8", "replace")
        if part.name == "file" and b"filename" in options:
            part.filename = _unescaped(options[b"filename"].decode("utf-8", "replace"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part.filename is None:
            self._part.text += data[start:end]
            if len(self._part.text) > MAX_FIELD_BYTES:
                raise MultipartParseError("a field is too long")
        elif self._sink is not None:
            self._sink.write(data[start:end])

    def _end(self) -> None:
        part = self._part
        if part.filename is None:
            self._pairs.append((part.name, part.text.decode("utf-8", "replace")))
        else:
            self._filename = part.filename


def _unescaped(filename: str) -> str:
    """A filename as it was before it went into the header (WHATWG's three escapes)."""
    return filename.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
