"""What desktops, registries and other systems' builders read is valid, and fits the program."""

# ruff: noqa: S314, S607 - our own files, and the system's own tools

import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml  # type: ignore[import-untyped]

from bridge_app import __version__
from bridge_app.domain.app_links import SCHEME
from bridge_app.domain.metadata_templates_json import KIND as TEMPLATES
from bridge_app.domain.policies_json import KIND as POLICIES
from bridge_app.domain.presets_json import KIND as PRESETS
from bridge_app.domain.review_pack_json import VERDICTS_KIND
from tests.packaging.tools import PACKAGING, ROOT, tool

LINUX = PACKAGING / "linux"
ENTRY = LINUX / "asset-bridge.desktop"
[METAINFO] = LINUX.glob("*.metainfo.xml")
LANGUAGES = {path.stem.removeprefix("asset_bridge_") for path in (ROOT / "i18n").glob("*.ts")}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SPOKEN = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", str(ENTRY)],
        ["appstreamcli", "validate", "--no-net", str(METAINFO)],
    ],
    ids=lambda command: str(command[0]),
)
def test_the_systems_own_tools_find_nothing_wrong(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, "warning" in done.stdout.lower()) == (0, False), done.stdout


def test_the_desktop_reads_them_in_every_language_of_the_window() -> None:
    entry = ENTRY.read_text("utf-8")
    root = ET.parse(METAINFO).getroot()
    others = LANGUAGES - {"en"}

    assert len(others) >= 7
    assert others == set(re.findall(r"^Comment\[(.+)\]=", entry, re.MULTILINE))
    assert others == {one.get(SPOKEN) for one in root.findall("summary")} - {None}


def test_the_entry_the_metainfo_and_the_window_have_one_name() -> None:
    root = ET.parse(METAINFO).getroot()
    window = (ROOT / "bridge_app" / "app" / "window.py").read_text("utf-8")

    assert root.findtext("launchable") == ENTRY.name
    assert METAINFO.name == f"{root.findtext('id')}.metainfo.xml"
    assert f'setDesktopFileName("{ENTRY.stem}")' in window
    assert f"MimeType=x-scheme-handler/{SCHEME};" in ENTRY.read_text("utf-8")
    [flatpak] = (PACKAGING / "flatpak").glob("*.yml")
    assert yaml.safe_load(flatpak.read_text("utf-8"))["id"] == root.findtext("id") == flatpak.stem


def test_every_definition_is_of_this_version() -> None:
    release = ET.parse(METAINFO).getroot().find("releases/release")
    properties = (PACKAGING / "windows" / "version_info.txt").read_text("utf-8")
    installer = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert release is not None
    assert release.get("version") == __version__
    assert f"## [{__version__}] - {release.get('date')}" in changelog
    assert properties.count(f'"{__version__}"') == 2
    assert f'!define VERSION "{__version__}"' in installer


ASKED = """
import sys
from PySide6.QtCore import QMimeDatabase
for name in sys.argv[1:]:
    print(QMimeDatabase().mimeTypeForFile(name).name())
"""


def test_files_of_our_own_are_known_by_what_they_say(tmp_path: Path) -> None:
    home = tmp_path / "data"
    (home / "mime" / "packages").mkdir(parents=True)
    shutil.copy(LINUX / "asset-bridge.xml", home / "mime" / "packages")
    kinds = (PRESETS, TEMPLATES, POLICIES, VERDICTS_KIND)
    files = []
    for number, kind in enumerate(kinds):
        files.append(tmp_path / f"{number}.unknown")
        files[-1].write_text(f'{{\n  "kind": "{kind}",\n  "version": 1}}', "utf-8")
    told = subprocess.run(
        [sys.executable, "-c", ASKED, *map(str, files)],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )

    expected = [f"application/vnd.{kind.replace('/', '.')}+json" for kind in kinds]
    assert told.stdout.split() == expected


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_can_be_read_and_says_whether_anybody_ran_it(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    read = yaml.safe_load(text)
    targets = (ROOT / "Makefile").read_text() + (PACKAGING / "release.mk").read_text()

    assert read["permissions"] == {"contents": "read"}
    assert all(job["steps"] and job["timeout-minutes"] for job in read["jobs"].values())
    for target in re.findall(r"- run: make (.+)", text):
        assert all(re.search(rf"^{one}:", targets, re.MULTILINE) for one in target.split())
    for path in re.findall(r"packaging[/\\][\w./\\-]+", text):
        assert (ROOT / path.replace("\\", "/")).exists(), path
    if workflow.name != "linux.yml":
        assert text.startswith("# NOT TESTED")
        assert "not tested" in read["name"]


def test_definitions_for_other_systems_are_marked_as_untested_and_can_be_read() -> None:
    windows, macos = PACKAGING / "windows", PACKAGING / "macos"
    for path in (*windows.iterdir(), *macos.iterdir()):
        assert "NOT TESTED" in path.read_text("utf-8"), path.name
    for name in ("Info.plist", "entitlements.plist"):
        assert plistlib.loads((macos / name).read_bytes())
    [flatpak] = (PACKAGING / "flatpak").iterdir()
    assert flatpak.read_text("utf-8").startswith("# NOT BUILT YET")


@pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not installed")
def test_the_installer_for_windows_compiles(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "Asset Bridge.exe").touch()
    tool("icons").write(tmp_path)
    given = {"BUNDLE": bundle, "ICONS": tmp_path, "OUT": tmp_path}
    words = ["makensis", "-V2", *(f"-D{name}={path}" for name, path in given.items())]
    words.append(str(PACKAGING / "windows" / "installer.nsi"))
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert (tmp_path / f"asset-bridge-{__version__}-setup.exe").exists()


@pytest.mark.parametrize("script", [*PACKAGING.rglob("*.sh")], ids=lambda path: path.name)
def test_scripts_can_be_read_by_the_shell(script: Path) -> None:
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_what_makes_the_bundle_is_pinned_like_everything_else() -> None:
    pins = re.split(r"\n(?=[a-z0-9])", (PACKAGING / "build.txt").read_text("utf-8"))

    assert any(one.startswith("pyinstaller==") for one in pins)
    assert all("==" in one and "--hash=sha256:" in one for one in pins)
    assert "://" not in (PACKAGING / "build.txt").read_text("utf-8")
