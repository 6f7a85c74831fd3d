"""What the page for authors shows is run as it stands there."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bridge_app.domain.webhooks import signed_headers

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = re.compile(r"^```python\n# (\w+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOW_S = 1_800_000_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the page."""
    folder = tmp_path_factory.mktemp("author")
    page = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    for name, text in EXAMPLE.findall(page):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "least"), [("test_shoebox.py", 21), ("test_wall.py", 6), ("test_drum.py", 5)]
)
def test_what_authors_write_passes_the_contract_without_anything_of_ours_around_it(
    files: Path, name: str, least: int
) -> None:
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name]
    told = subprocess.run(
        asked, cwd=files, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout
    counted = re.search(r"(\d+) passed", told.stdout)
    assert counted is not None
    assert int(counted[1]) >= least
    assert "failed" not in told.stdout


def test_the_receiver_believes_what_was_signed_and_nothing_else(files: Path) -> None:
    spec = importlib.util.spec_from_file_location("receiver", files / "receiver.py")
    assert spec is not None
    assert spec.loader is not None
    receiver = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(receiver)
    secret, body = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0", b'{"type": "asset.pushed"}'
    headers = signed_headers([b"new", b"secretsecretsecret"], "msg_1", NOW_S, body)
    assert receiver.is_genuine(headers, body, secret, NOW_S + 5)
    assert not receiver.is_genuine(headers, body + b" ", secret, NOW_S)
    assert not receiver.is_genuine(headers, body, secret, NOW_S + 301)
    assert not receiver.is_genuine(headers, body, "whsec_b3RoZXI=", NOW_S)
