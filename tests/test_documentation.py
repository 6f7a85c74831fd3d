"""What the documentation promises is what the program does."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bridge_app.app.profile import HOME, PASSPHRASE
from bridge_app.cli.account import URL_VARIABLE
from bridge_app.cli.main import parser
from bridge_app.cli.output import asset_json, job_json, step_json
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.gate import Reason
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.push_plan import PushAction, PushStep
from bridge_app.domain.rights import RightsState
from bridge_app.ui.actions import Actions
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import APPROVALS, RIGHTS
from bridge_app.ui.theme import Scheme, Theme

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)

ASSET = Asset(
    id=AssetId("a"),
    library=LibraryId("l"),
    path="a.jpg",
    name="a.jpg",
    folder="",
    kind=Kind.IMAGE,
    format="jpeg",
    bytes=1,
    modified_at="2026-11-21T00:00:00+00:00",
)
STEP = PushStep(asset=AssetId("a"), name="a.jpg", action=PushAction.NEW, bytes=1)
JOB = JobRecord(
    id=1,
    kind="push",
    identity="push:1",
    batch="b",
    environment=None,
    asset=None,
    name="a.jpg",
    state=JobState.QUEUED,
    attempts=0,
    done=0,
    total=0,
    params={},
    created_at="2026-11-21T00:00:00+00:00",
    updated_at="2026-11-21T00:00:00+00:00",
)


def commands(
    top: argparse.ArgumentParser, words: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be typed, with its parser."""
    inner = [one for one in top._actions if isinstance(one, argparse._SubParsersAction)]
    if not inner and words:
        yield words, top
    for action in inner:
        for name, below in action.choices.items():
            yield from commands(below, f"{words} {name}".strip())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The names that headings can be linked by, as GitHub makes them."""
    found: set[str] = set()
    for heading in HEADING.findall(page.read_text(encoding="utf-8")):
        plain = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(plain.replace(" ", "-"))
    return found


COMMANDS = dict(commands(parser()))


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_documented_with_its_options(words: str) -> None:
    synopsis = re.compile(rf"^asset-bridge {words}\b", re.MULTILINE)
    sections = [text for text in COMMAND_LINE.split("\n## ") if synopsis.search(text)]
    assert len(sections) == 1
    missing = [
        action.option_strings
        for action in COMMANDS[words]._actions
        if action.dest != "help"
        and action.option_strings
        and not any(re.search(rf"{option}\b", sections[0]) for option in action.option_strings)
    ]
    assert missing == []


def test_json_has_the_names_that_are_documented() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    names = {*asset_json(ASSET, now), *step_json(STEP), *job_json(JOB)}
    assert [name for name in names if f"`{name}`" not in COMMAND_LINE] == []


def test_every_word_that_json_can_say_is_documented() -> None:
    words = [
        *(one.value for kind in (Kind, Approval, RightsState) for one in kind),
        *(one.value for kind in (PushAction, Reason, JobState, WaitingFor) for one in kind),
    ]
    assert [word for word in words if f"`{word}`" not in COMMAND_LINE] == []


@pytest.mark.parametrize("variable", [HOME, PASSPHRASE, URL_VARIABLE])
def test_every_variable_is_documented(variable: str) -> None:
    assert f"`{variable}`" in COMMAND_LINE


def test_every_dependency_has_a_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    decisions = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs/decisions").iterdir())
    names = {re.split(r"[<>=;\[ ]", each)[0] for each in project["dependencies"]}
    assert len(names) > 20
    assert sorted(name for name in names if f"`{name}`" not in decisions) == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(page.name for page in folder.glob("0*.md"))


def test_every_key_of_the_window_is_in_the_guide(qtbot: QtBot) -> None:
    theme = Theme(Scheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(theme, Icons(theme), window)
    keys = {
        keys.toString(QKeySequence.SequenceFormat.PortableText)
        for action in actions.findChildren(QAction)
        for keys in action.shortcuts()
    }
    keys |= {key.letter for key in actions.letters}
    assert len(keys) > 20
    assert sorted(key for key in keys if f"`{key}`" not in GUIDE) == []


def test_every_badge_and_preset_is_in_the_guide() -> None:
    badges = [*APPROVALS.values(), *(text for state, text in RIGHTS.items() if state != "open")]
    presets = [f"`{preset.name}` | `{preset.transformation}`" for preset in READY_PRESETS]
    missing = [text for text in (*badges, *presets) if f"| {text} |" not in GUIDE]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / unquote(name)) if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []
