"""Cloudinary's own command line searching the sandbox and defining its metadata."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cloudinary import api, uploader

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain
from tests.sandbox.loaded_cld import LoadedCld

Cld = Callable[..., str]


@pytest.fixture
def cld(sdk: Sandbox, loaded_cld: LoadedCld, tmp_path: Path) -> Cld:
    """Runs the command, which must succeed; what it prints."""
    environment = {
        "CLOUDINARY_CLOUD_NAME": "demo",
        "CLOUDINARY_API_KEY": "1234",
        "CLOUDINARY_API_SECRET": "s3cr3t",
        "CLOUDINARY_UPLOAD_PREFIX": sdk.url,
        "CLOUDINARY_CNAME": urlsplit(sdk.url).netloc,
        "CLOUDINARY_SECURE": "false",
        "CLOUDINARY_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
    }

    def run(*arguments: str) -> str:
        done = loaded_cld(*arguments, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def reply(said: str) -> Any:
    """The JSON in what the command prints."""
    return json.loads(said[said.index("{") :])


@pytest.fixture
def many(sdk: Sandbox, png: bytes) -> None:
    """Assets `p0` … `p3`, the even ones in the folder `even`."""
    for number in range(4):
        folder = "even" if number % 2 == 0 else ""
        uploader.upload(io.BytesIO(png), public_id=f"p{number}", tags=["cat"], asset_folder=folder)


@pytest.mark.usefixtures("many")
def test_search_sorts_counts_and_tells_what_is_asked_for(cld: Cld) -> None:
    asked = ("-s", "public_id", "asc", "-f", "tags", "-a", "format", "-n", "2")
    found = reply(cld("search", "cat AND bytes>1", *asked))
    assert [one["public_id"] for one in found["resources"]] == ["p0", "p1"]
    assert found["resources"][0]["tags"] == ["cat"]
    assert found["aggregations"] == {"format": {"png": 4}}
    assert found["total_count"] == 4


@pytest.mark.usefixtures("many")
def test_search_builds_a_url_that_works(cld: Cld) -> None:
    url = cld("search", "asset_folder:even/*", "-u").strip()
    assert {one["public_id"] for one in plain.get(url).json()["resources"]} == {"p0", "p2"}


@pytest.mark.usefixtures("many")
def test_search_folders_finds_what_sync_asks_for(cld: Cld) -> None:
    assert reply(cld("search_folders", 'path="even"'))["total_count"] == 1
    assert reply(cld("search_folders", "name:odd"))["folders"] == []


@pytest.mark.usefixtures("many")
def test_admin_and_uploader_define_and_set_metadata(cld: Cld) -> None:
    field = {"external_id": "title", "label": "Title", "type": "string", "default_value": "none"}
    assert reply(cld("admin", "add_metadata_field", json.dumps(field)))["label"] == "Title"
    cld("uploader", "update_metadata", json.dumps({"title": "new"}), "p1")
    assert api.resource("p1")["metadata"] == {"title": "new"}
    found = reply(cld("search", "metadata.title:none", "-fi", "metadata"))
    assert {one["public_id"] for one in found["resources"]} == {"p0", "p2", "p3"}
