"""Files that an upload names instead of bringing: data URIs, and URLs on this machine.

A sandbox can be told which file stands for an address elsewhere; it never asks anybody for it.
"""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.webhooks import LOOPBACK
from bridge_app.sandbox.files import Incoming

DATA_URI = re.compile(r"data:[^,]*;base64,(.*)", re.DOTALL)
TIMEOUT_S = 60.0
READ_BYTES = 1 << 20


async def fetch(cloud: Cloud, source: str, incoming: Incoming) -> str:
    """Write what `source` names to `incoming`; the file's name, empty if it has none.

    Files that stand for addresses elsewhere come first.

    Raises:
        CloudinaryError: 400, there is no such file.
    """
    data = DATA_URI.fullmatch(source)
    if data is not None:
        incoming.write(_decoded(data[1]))
        return ""
    parts = urlsplit(source)
    name = unquote(parts.path.rpartition("/")[2])
    if (file := cloud.settings.remote_files.get(source)) is not None:
        _read(file, incoming)
        return name
    parts = urlsplit(cloud.reachable(source))
    if parts.scheme not in {"http", "https"} or parts.hostname not in LOOPBACK:
        raise bad_request(f"Error in loading {source} - the sandbox loads from this machine only")
    await _download(parts.geturl(), incoming)
    return name


def _read(path: Path, incoming: Incoming) -> None:
    """The bytes of a file that stands for an address."""
    with path.open("rb") as file:
        while data := file.read(READ_BYTES):
            incoming.write(data)


def _decoded(text: str) -> bytes:
    """The bytes of a base64 text, which may be broken into lines."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise bad_request("Invalid data URI") from error


async def _download(url: str, incoming: Incoming) -> None:
    """Stream a URL; redirects are not followed, so that it stays on this machine."""
    # It may be this sandbox itself, with a certificate that only its clients were told to trust.
    client = httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S, verify=False)  # noqa: S501
    try:
        async with client, client.stream("GET", url) as response:
            if response.status_code != httpx.codes.OK:
                reason = f"{response.status_code} {response.reason_phrase}"
                raise bad_request(f"Error in loading {url} - {reason}")
            async for data in response.aiter_bytes():
                incoming.write(data)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise bad_request(f"Error in loading {url} - {type(error).__name__}") from error
