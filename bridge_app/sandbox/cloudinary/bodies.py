"""Reads request bodies while they arrive: multipart, urlencoded or JSON; files go to disk."""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.multipart import LINE, BrokenMultipartError, MultipartSplitter
from bridge_app.sandbox.cloudinary.params import Params

PLAIN_PART = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([^"\\\r\n]*)"(?:; filename="([^"\\\r\n]*)")?'
    rb"(?:\r\nContent-Type: [^\r\n]*)?"
)
"""What most parts say of themselves; the parser for all cases takes ten times as long."""
FILE_FIELDS = frozenset({"file", "image_file"})
"""The part with the file; visual search calls it otherwise."""
MAX_FIELD_BYTES = 96 * 1024 * 1024
"""A field may carry a file as a data URI of nearly 63 million letters."""


class Sink(Protocol):
    """Where the bytes of the file part go."""

    def write(self, data: bytes | memoryview) -> None:
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
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"multipart/form-data":
        body = await _read_multipart(request, options.get(b"boundary", b""), sink)
    elif kind == b"application/json":
        body = Body(_json_params(await request.body()))
    else:
        text = (await request.body()).decode("utf-8", "replace")
        body = Body(Params.of(parse_qsl(text, keep_blank_values=True)))
        body.file_field = body.params.text("file")
    if request.scope["query_string"]:
        body.params = body.params.merged(Params.of(request.query_params.multi_items()))
    if "file" in body.params.values:
        body.params = body.params.without(["file"])
    request.state.params = body.params
    return body


def _json_params(body: bytes) -> Params:
    """The parameters of a JSON body; an empty body has none."""
    if not body.strip():
        return Params({})
    try:
        parsed = parsed_json(body)
    except ValueError as error:
        raise bad_request("Invalid JSON in request body") from error
    if not isinstance(parsed, dict):
        raise bad_request("Invalid JSON in request body")
    return Params.of_json(parsed)


async def _read_multipart(request: Request, boundary: bytes, sink: Sink | None) -> Body:
    """Split the body as the bytes come."""
    if not boundary:
        raise bad_request("Missing boundary in multipart request")
    form = _Form(sink)
    splitter = MultipartSplitter(boundary, form)
    try:
        async for data in request.stream():
            if data:
                splitter.write(data)
        splitter.finish()
    except BrokenMultipartError as error:
        raise bad_request("Invalid multipart request") from error
    return form.body()


class _Form:
    """Gathers the parts of a multipart body."""

    def __init__(self, sink: Sink | None) -> None:
        self._sink = sink
        self._pairs: list[tuple[str, str]] = []
        self._filename: str | None = None
        self._name = ""
        self._text: bytearray | None = None

    def body(self) -> Body:
        """Everything that came."""
        params = Params.of(self._pairs)
        return Body(params, self._filename, params.text("file"))

    def begin(self, headers: bytes) -> None:
        """A field, or the file."""
        self._text = bytearray()
        plain = PLAIN_PART.fullmatch(headers)
        if plain is not None:
            name, filename = plain.groups()
        else:
            _, options = parse_options_header(_disposition(headers))
            name, filename = options.get(b"name", b""), options.get(b"filename")
        self._name = name.decode("utf-8", "replace")
        if self._name in FILE_FIELDS and filename is not None:
            self._text = None
            self._filename = _unescaped(filename.decode("utf-8", "replace"))

    def data(self, data: bytes | memoryview) -> None:
        """Some of a field's text or of the file's content."""
        if self._text is None:
            if self._sink is not None:
                self._sink.write(data)
            return
        self._text += data
        if len(self._text) > MAX_FIELD_BYTES:
            raise BrokenMultipartError("a field is too long")

    def end(self) -> None:
        """The part is whole."""
        if self._text is not None:
            self._pairs.append((self._name, self._text.decode("utf-8", "replace")))


def _disposition(headers: bytes) -> bytes:
    """What a part says of itself."""
    for line in headers.split(LINE):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            return value.strip()
    return b""


def _unescaped(filename: str) -> str:
    """A filename as it was before it went into the header (WHATWG's three escapes)."""
    return filename.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
