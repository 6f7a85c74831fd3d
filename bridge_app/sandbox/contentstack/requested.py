"""One call as the service understands it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile

from bridge_app.sandbox.contentstack.answers import RefusedError
from bridge_app.sandbox.contentstack.stack import Branch, Row, Stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A call whose key was accepted: what it is about, and what it says.

    `names` are those in the path; `file` is the name, type and content of what was sent along.
    """

    method: str
    path: str
    stack: Stack
    branch: Branch
    names: Mapping[str, str]
    query: dict[str, str]
    body: Row = field(default_factory=dict)
    file: tuple[str, str, bytes] | None = None

    def part(self, name: str) -> Row:
        """What the body says under its one name."""
        found = self.body.get(name)
        if not isinstance(found, dict):
            raise RefusedError(400, 141, f"The {name} is missing.", {name: ["is required."]})
        return found


async def of_form(form: FormData) -> tuple[Row, tuple[str, str, bytes] | None]:
    """The texts and the file of a form, by the names that asset calls have."""
    texts: Row = {}
    file: tuple[str, str, bytes] | None = None
    for name, value in form.multi_items():
        inner = name.removeprefix("asset[").removesuffix("]")
        if isinstance(value, UploadFile):
            if name == "asset[upload]":
                kind = value.content_type or "application/octet-stream"
                file = (value.filename or "file", kind, await value.read())
        else:
            texts[inner] = value
    return {"asset": texts}, file
