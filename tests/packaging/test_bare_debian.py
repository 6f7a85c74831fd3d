"""The Debian package in a Debian that has nothing: it installs, works, shows its window, and goes.

`make soak` makes the bundle first. ASSET_BRIDGE_BUNDLE names one that is there already.
"""

# ruff: noqa: S607 - the system's own tools, from its own path

import filecmp
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.desktop import Desktop, running, skip_without_programs
from tests.packaging.bare_debian import SURROUNDINGS, BareDebian, what_is_missing
from tests.packaging.tools import ROOT, tool

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
MADE = ROOT / "build" / "bundle" / "asset-bridge"
EPOCH = "1795300000"


@pytest.fixture(scope="module")
def bundle() -> Path:
    there = os.environ.get("ASSET_BRIDGE_BUNDLE")
    if there:
        return Path(there)
    subprocess.run(["make", "bundle"], cwd=ROOT, check=True)
    return MADE


@pytest.fixture(scope="module")
def package(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    tool("icons").write(folder / "icons")
    parts = folder / "asset-bridge.cdx.json"
    parts.write_text(json.dumps(tool("sbom").document(int(EPOCH))))
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        # How well it is packed is no matter here, and takes minutes.
        package: Path = tool("deb").build(bundle, folder / "icons", parts, folder, effort=0)
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return package


@pytest.fixture(scope="module")
def debian(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareDebian]:
    missing = what_is_missing()
    if missing:
        pytest.skip(missing)
    root = tmp_path_factory.mktemp("bare") / "root"
    made = BareDebian(root, ROOT / "build" / "bare-debian")
    depends = subprocess.run(
        ["dpkg-deb", "--field", str(package), "Depends"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    made.install([re.split(r"[ |(]", one.strip())[0] for one in depends.split(",")])
    yield made
    subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=True)


def test_it_installs_works_and_leaves_no_file_of_ours(
    debian: BareDebian, package: Path, tmp_path: Path
) -> None:
    skip_without_programs()
    before = debian.files()
    place = debian.root / "tmp" / package.name
    place.write_bytes(package.read_bytes())
    debian.run("apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}")  # noqa: S108
    installed = debian.files().keys() - before.keys()

    for name in ("usr/bin/asset-bridge", "usr/share/applications/asset-bridge.desktop"):
        assert name in installed
    assert "ok   Secrets" in debian.run("asset-bridge", "doctor").stdout
    told = debian.run("asset-bridge", "demo", "--headless").stdout
    [(done, of)] = re.findall(r"Delivered: (\d+) of (\d+)", told)
    assert done == of != "0"
    _look_at_what_needs_much(debian)
    _open_the_window(debian, tmp_path)

    planned = debian.run("asset-bridge", "doctor", "--uninstall-plan").stdout
    assert "sudo apt-get purge asset-bridge" in planned
    debian.run("asset-bridge", "doctor", "--uninstall", "--with-profile", "--yes")
    debian.run("apt-get", "purge", "-y", "asset-bridge")
    left = set(debian.files().items()) ^ set(before.items())
    samples = "root/.local/share/asset-bridge/Sample campaign"
    ours = {name for name, _ in left if not name.startswith(samples)}
    assert ours <= {"root/.local", "root/.local/share", "root/.local/share/asset-bridge", "root"}


def _look_at_what_needs_much(debian: BareDebian) -> None:
    """Faces, films, PDF and Parquet: each needs libraries that nothing else does."""
    samples = debian.root / "root/.local/share/asset-bridge/Sample campaign"
    picture = next(samples.rglob("*.jpg")).relative_to(debian.root)
    film = next(samples.rglob("*.mp4")).relative_to(debian.root)
    document = next(samples.rglob("*.pdf")).relative_to(debian.root)
    for source, wanted in (
        (picture, "c_thumb,g_face,h_90,w_90"),
        (film, "c_fill,h_90,so_0.1,w_90"),
        (document, "c_fill,h_90,pg_1,w_90"),
    ):
        debian.run("asset-bridge", "transform", f"/{source}", wanted, "-o", "/tmp/made.png")  # noqa: S108
        assert (debian.root / "tmp" / "made.png").stat().st_size > 100
    debian.run("asset-bridge", "report", "usage", "--parquet", "/tmp/usage.parquet")  # noqa: S108
    assert (debian.root / "tmp" / "usage.parquet").read_bytes()[:4] == b"PAR1"


def _open_the_window(debian: BareDebian, folder: Path) -> None:
    """It shows on an X server outside, and ends when it is asked to."""
    with ExitStack() as closing:
        desktop = Desktop({**os.environ}, closing)
        display = desktop.call("sh", "-c", "echo $DISPLAY").strip()
        surroundings = {**SURROUNDINGS, "DISPLAY": display}
        opened = closing.enter_context(running(debian.words("asset-bridge"), surroundings))
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--class", "asset-bridge")
        # The search fails if any window goes away while it looks: then it looks again.
        assert any(desktop.call(*search, check=False).split() for _ in range(3))
        assert opened.poll() is None
        opened.terminate()
        assert opened.wait(30) == 0


def test_the_same_source_makes_the_same_bundle(bundle: Path, tmp_path: Path) -> None:
    if bundle != MADE:
        pytest.skip("only what was made here can be made again")
    python = ROOT / "build" / "env" / "bin" / "python"
    script = str(ROOT / "packaging" / "bundle.py")
    subprocess.run([str(python), script, str(tmp_path)], check=True)
    again = tmp_path / "asset-bridge"
    files = (again / "_internal" / "asset-bridge-files.txt").read_text().splitlines()
    _, different, missing = filecmp.cmpfiles(bundle, again, files, shallow=False)

    assert len(files) > 500
    assert (different, missing) == ([], [])
