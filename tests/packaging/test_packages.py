"""The wheel, the icons, the list of parts and the Debian package: whole, and the same each time."""

# ruff: noqa: S607 - the system's own tools, from its own path

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bridge_app import __version__
from bridge_app.app.installation import BUNDLED_FILES
from tests.packaging.tools import PACKAGING, ROOT, tool

RUNTIME = ROOT / "build" / "appimage-runtime"
EPOCH = "1795300000"
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0"}


def wheel_in(folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_in(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_has_every_resource_translation_and_page(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = [
        path.relative_to(ROOT).as_posix()
        for folder in ("resources", "bridge_app", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    wanted = {re.sub(r"^(resources|docs)/", r"bridge_app/_\1/", one) for one in tracked}
    translations = {f"bridge_app/_i18n/{one.stem}.qm" for one in (ROOT / "i18n").glob("*.ts")}

    assert len(translations) >= 8
    assert wanted - names == set()
    assert translations - names == set()
    assert not [one for one in names if "tests/" in one or one.endswith((".pyc", ".db"))]


def test_an_installed_wheel_finds_what_it_brought(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    asked = (
        "from bridge_app.ui.resources import help_folder, resource; "
        "from bridge_app.app.demo_profile import recipes; "
        "from bridge_app.work.review_pack_files import _SOURCES; "
        "print(resource('style.qss'), recipes(), next(p for p in _SOURCES if p.exists())); "
        "print(help_folder())"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip

    assert len(told) == 4
    assert told.pop() == f"{tmp_path}/bridge_app/_docs"
    assert all(one.startswith(f"{tmp_path}/bridge_app/_resources/") for one in told)


def test_the_icon_is_there_in_every_size(tmp_path: Path) -> None:
    icons = tool("icons")
    icons.write(tmp_path)
    for size_px in (16, 22, 24, 32, 48, 64, 96, 128, 256, 512):
        [path] = tmp_path.glob(f"hicolor/{size_px}x{size_px}/apps/asset-bridge.png")
        with Image.open(path) as picture:
            assert picture.size == (size_px, size_px)
            assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
            assert picture.getpixel((size_px // 2, size_px // 5))[3] == 255  # type: ignore[index]
    assert (tmp_path / "hicolor/scalable/apps/asset-bridge.svg").exists()
    with Image.open(tmp_path / "asset-bridge.ico") as windows:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= windows.info["sizes"]
    with Image.open(tmp_path / "asset-bridge.icns") as macos:
        assert (512, 512, 2) in macos.info["sizes"]


def test_the_list_of_parts_names_every_dependency_with_its_hashes() -> None:
    sbom = tool("sbom")
    made: dict[str, Any] = sbom.document(int(EPOCH))
    parts = {one["name"]: one for one in made["components"]}
    references = {one["bom-ref"] for one in made["components"]}

    assert {"pyside6-essentials", "av", "h2", "cryptography", "cpython", "openssl"} <= parts.keys()
    assert {"pytest", "ruff", "mypy"}.isdisjoint(parts)
    assert all(one["version"] and one["licenses"] for one in parts.values())
    assert parts["av"]["properties"][0]["value"] in (ROOT / "requirements.lock").read_text()
    assert (
        any("x265" in inner["name"] for inner in parts["av"]["components"])
        or parts["av"]["components"]
    )
    for one in made["dependencies"]:
        assert len(set(one["dependsOn"])) == len(one["dependsOn"])
        assert set(one["dependsOn"]) <= references
    assert json.dumps(made) == json.dumps(sbom.document(int(EPOCH)))


@pytest.fixture
def little_bundle(tmp_path: Path) -> Path:
    bundle = tmp_path / "bundle" / "asset-bridge"
    (bundle / "_internal" / "lib").mkdir(parents=True)
    for name in ("asset-bridge", "asset-bridge-decoder", "_internal/lib/libx.so.1"):
        (bundle / name).write_text(f"#!/bin/sh\necho {name}\n")
    (bundle / "_internal" / "libx.so").symlink_to("lib/libx.so.1")
    return bundle


def test_a_bundle_knows_its_own_files(little_bundle: Path) -> None:
    tool("bundle").write_list(little_bundle)

    assert (little_bundle / "_internal" / BUNDLED_FILES).read_text().splitlines() == [
        "_internal/lib/libx.so.1",
        "_internal/libx.so",
        "asset-bridge",
        "asset-bridge-decoder",
    ]


def test_a_bundle_without_what_the_window_shows_is_none(little_bundle: Path) -> None:
    for name in ("_resources", "_docs", "_i18n"):
        with pytest.raises(FileNotFoundError, match=name):
            tool("bundle").check_resources(little_bundle)
        (little_bundle / "_internal" / "bridge_app" / name).mkdir(parents=True)

    tool("bundle").check_resources(little_bundle)


@pytest.mark.skipif(
    not (shutil.which("mksquashfs") and RUNTIME.exists()),
    reason="mksquashfs or build/appimage-runtime is not there",
)
def test_the_appimage_runs_and_is_the_same_each_time(little_bundle: Path, tmp_path: Path) -> None:
    tool("icons").write(tmp_path / "icons")
    (little_bundle / "asset-bridge").chmod(0o755)
    script = str(PACKAGING / "linux" / "appimage.sh")
    images: list[Path] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        os.utime(little_bundle / "asset-bridge")
        words = [script, little_bundle, tmp_path / "icons", RUNTIME, tmp_path / name]
        subprocess.run(["bash", *map(str, words)], env=ENVIRONMENT, check=True)
        images += (tmp_path / name).iterdir()
    first, second = images
    told = subprocess.run(
        [str(first), "--appimage-extract-and-run"], capture_output=True, text=True, check=True
    ).stdout

    assert first.name == f"asset-bridge-{__version__}-x86_64.AppImage"
    assert told == "asset-bridge\n"
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg is not installed")
def test_the_debian_package_is_whole_and_the_same_each_time(
    little_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    parts = tmp_path / "asset-bridge.cdx.json"
    parts.write_text("{}")
    tool("icons").write(tmp_path / "icons")
    packages = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        os.utime(little_bundle / "asset-bridge")
        packages.append(
            tool("deb").build(little_bundle, tmp_path / "icons", parts, tmp_path / name)
        )
    first, second = packages
    shown = subprocess.run(
        ["dpkg-deb", "--contents", str(first)], capture_output=True, text=True, check=True
    ).stdout
    control = subprocess.run(
        ["dpkg-deb", "--field", str(first)], capture_output=True, text=True, check=True
    ).stdout

    assert first.read_bytes() == second.read_bytes()
    for place in (
        "-rwxr-xr-x root/root .* ./usr/lib/asset-bridge/asset-bridge$",
        "lrwxrwxrwx root/root .* ./usr/bin/asset-bridge -> ../lib/asset-bridge/asset-bridge$",
        "./usr/share/applications/asset-bridge.desktop$",
        "./usr/share/icons/hicolor/512x512/apps/asset-bridge.png$",
        "./usr/share/mime/packages/asset-bridge.xml$",
        "./usr/share/metainfo/.*.metainfo.xml$",
        "./usr/share/doc/asset-bridge/copyright$",
        "./usr/share/doc/asset-bridge/changelog.gz$",
    ):
        assert re.search(place, shown, re.MULTILINE), place
    runtime = (PACKAGING / "system-packages.sh").read_text().partition("runtime=(")[2]
    for package in runtime.partition(")")[0].split():
        assert re.search(rf"^Depends:.*\b{re.escape(package)}\b", control, re.MULTILINE), package
