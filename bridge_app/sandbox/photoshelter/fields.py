"""What a request says: its query and its body, be that JSON, a form or multipart.

Source: reference/photoshelter.md 16: writes are taken in any of these shapes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from bridge_app.sandbox.cloudinary.multipart import LINE, BrokenMultipartError, MultipartSplitter
from bridge_app.sandbox.files import Incoming, Received
from bridge_app.sandbox.photoshelter.errors import bad_request

TRUE = frozenset({"1", "true", "yes", "t", "on"})
MAX_TEXT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The file part of a multipart body."""

    field: str
    name: str
    content: Received


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Texts by name, of the query and of a form; the JSON body as it is; a file.

    `query` holds the names that stood in the address.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    query: frozenset[str] = frozenset()
    body: Any = None
    upload: Upload | None = None

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def text(self, name: str, default: str = "") -> str:
        """A text; where the same name came twice, the last one."""
        return self.texts.get(name, default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no: `true`, `1`, or version 3's `t`."""
        given = self.text(name)
        return given.lower() in TRUE if given else default

    def words(self, name: str) -> tuple[str, ...]:
        """Texts that are separated by commas; no empty ones."""
        return tuple(one for part in self.text(name).split(",") if (one := part.strip()))

    def attributes(self) -> dict[str, Any]:
        """What is to be written: `data.attributes` of a JSON body, or all of it, or the texts.

        Raises:
            ShelterError: 400, the body is JSON of another shape.
        """
        if self.body is None:
            return dict(self.texts)
        inner = self.body.get("data", self.body) if isinstance(self.body, dict) else None
        inner = inner.get("attributes", inner) if isinstance(inner, dict) else None
        if not isinstance(inner, dict):
            raise bad_request("The body has to be a JSON object")
        return inner


async def read_fields(request: Request, incoming: Incoming) -> Fields:
    """Read all of a request. A file part goes to `incoming`.

    Raises:
        ShelterError: 400, the body cannot be understood.
    """
    query = dict(parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True))
    kind, options = parse_options_header(request.headers.get("content-type"))
    named = frozenset(query)
    if kind == b"multipart/form-data":
        form = _Form(incoming)
        await _split(request, options.get(b"boundary", b""), form)
        return Fields(texts={**query, **form.texts}, query=named, upload=form.upload())
    body = await request.body()
    if kind == b"application/x-www-form-urlencoded":
        texts = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return Fields(texts={**query, **dict(texts)}, query=named)
    return Fields(texts=query, query=named, body=_json(body))


def _json(body: bytes) -> Any:
    """The JSON of a body; None of an empty one."""
    if not body.strip():
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise bad_request("Invalid JSON in the request body") from error


async def _split(request: Request, boundary: bytes, form: "_Form") -> None:
    """Take a multipart body apart while it comes."""
    if not boundary:
        raise bad_request("The multipart body names no boundary")
    splitter = MultipartSplitter(boundary, form)
    try:
        async for data in request.stream():
            if data:
                splitter.write(data)
        splitter.finish()
    except BrokenMultipartError as error:
        raise bad_request("Invalid multipart body") from error


class _Form:
    """Gathers the parts of a multipart body; the first file is the file."""

    def __init__(self, incoming: Incoming) -> None:
        self.texts: dict[str, str] = {}
        self._incoming = incoming
        self._file: tuple[str, str] | None = None
        self._field = ""
        self._text: bytearray | None = None

    def upload(self) -> Upload | None:
        """The file that came."""
        if self._file is None:
            return None
        field_name, name = self._file
        return Upload(field=field_name, name=name, content=self._incoming.received())

    def begin(self, headers: bytes) -> None:
        """A field, or the file."""
        _, options = parse_options_header(_disposition(headers))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        file_name = options.get(b"filename")
        self._text = bytearray()
        if file_name is not None and self._file is None:
            self._file = self._field, file_name.decode("utf-8", "replace")
            self._text = None

    def data(self, data: bytes | memoryview) -> None:
        """Some of a field's text or of the file's content."""
        if self._text is None:
            self._incoming.write(data)
            return
        self._text += data
        if len(self._text) > MAX_TEXT_BYTES:
            raise BrokenMultipartError("a field is too long")

    def end(self) -> None:
        """The part is whole."""
        if self._text is not None:
            self.texts[self._field] = self._text.decode("utf-8", "replace")


def _disposition(headers: bytes) -> bytes:
    """What a part says of itself."""
    for line in headers.split(LINE):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            return value.strip()
    return b""
