"""What tests read from replies and send as files."""

import io
from typing import Any

import httpx
from PIL import Image

from tests.sandbox.photoshelter.conftest import Person


def refusal(reply: httpx.Response) -> tuple[int, str]:
    """The status and the identifier of a refusal."""
    return reply.status_code, reply.json()["errors"][0]["id"]


def jpeg(width: int = 120, height: int = 80, colour: str = "teal") -> bytes:
    """A picture of one colour."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "JPEG")
    return data.getvalue()


def picture(reply: httpx.Response) -> Image.Image:
    """The JPEG that came."""
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "image/jpeg"
    return Image.open(io.BytesIO(reply.content), formats=["JPEG"])


def patched(person: Person, path: str, attributes: dict[str, Any], **query: str) -> httpx.Response:
    """An edit, as JSON."""
    return person.send("PATCH", path, json={"data": {"attributes": attributes}}, params=query)
