"""Cloudinary's own command line against the sandbox, configured by its environment alone."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bridge_app.sandbox.server import Sandbox

CLD = Path(sys.executable).with_name("cld")


def cld(sandbox: Sandbox, home: Path, *arguments: str) -> str:
    """All that the command says; it must succeed."""
    if not CLD.exists():
        pytest.skip(f"there is no {CLD}")
    environment = {
        "CLOUDINARY_CLOUD_NAME": "demo",
        "CLOUDINARY_API_KEY": "1234",
        "CLOUDINARY_API_SECRET": "s3cr3t",
        "CLOUDINARY_UPLOAD_PREFIX": sandbox.url,
        "CLOUDINARY_CNAME": urlsplit(sandbox.url).netloc,
        "CLOUDINARY_SECURE": "false",
        "CLOUDINARY_HOME": str(home),
        "HOME": str(home),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [str(CLD), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_upload_dir_and_admin_work_as_documented(
    sandbox: Sandbox, tmp_path: Path, jpeg: Path, png: bytes
) -> None:
    folder = tmp_path / "holiday pictures"
    (folder / "sea").mkdir(parents=True)
    jpeg.rename(folder / "sea" / "wave é.jpg")
    (folder / "logo.png").write_bytes(png)
    (folder / "notes.txt").write_text("hello")

    said = cld(sandbox, tmp_path, "upload_dir", str(folder), "-f", "2026")
    assert "3 resources uploaded" in said
    stored = {asset.display_name: asset for asset in sandbox.stored("demo")}
    assert set(stored) == {"wave é", "logo", "notes.txt"}
    assert stored["wave é"].asset_folder == "2026/holiday pictures/sea"
    assert stored["notes.txt"].resource_type == "raw"

    assert '"status": "ok"' in cld(sandbox, tmp_path, "admin", "ping")
    listing = cld(sandbox, tmp_path, "admin", "resources", "max_results=500")
    assert stored["logo"].public_id in listing
    url = cld(sandbox, tmp_path, "url", stored["logo"].public_id)
    assert url.strip().startswith(f"{sandbox.url}/demo/image/upload/")
