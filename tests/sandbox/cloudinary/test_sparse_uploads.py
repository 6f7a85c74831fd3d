"""Large files of nothing: uploaded in parts, they take no room."""

import hashlib
from pathlib import Path
from typing import Any

from cloudinary import uploader

from bridge_app.sandbox.server import Sandbox

MIB = 1 << 20


def test_a_sparse_file_stays_sparse_and_whole(
    make_sandbox: Any, connect: Any, tmp_path: Path
) -> None:
    source = tmp_path / "disk.img"
    with source.open("wb") as file:
        file.write(b"begin")
        file.seek(9 * MIB)
        file.write(b"middle")
        file.truncate(30 * MIB)
    sandbox: Sandbox = make_sandbox(state=tmp_path / "state")
    sandbox.start()
    connect(sandbox)
    reply = uploader.upload_large(str(source), public_id="disk.img", chunk_size=6 * MIB)
    content = source.read_bytes()
    assert reply["etag"] == hashlib.md5(content, usedforsecurity=False).hexdigest()
    (stored,) = (tmp_path / "state" / "demo" / "content").iterdir()
    assert stored.read_bytes() == content
    assert stored.stat().st_blocks * 512 < 4 * MIB
