"""The rules of the house that no linter knows."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

import bridge_app

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = sorted((ROOT / "bridge_app").rglob("*.py"))
WINDOW = sorted((ROOT / "bridge_app" / "ui").rglob("*.py"))
STORAGE = ROOT / "bridge_app" / "storage"
THEME = ROOT / "bridge_app" / "ui" / "theme.py"
FOLDERS = ("bridge_app", "tests", "packaging")
EVERYTHING = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

MOST_LINES = 400
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|common|base|misc|stuff)(_|$)")
STATEMENT = re.compile(
    r"^\s*(SELECT\s.+\sFROM|SELECT \d|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TABLE|INDEX|VIRTUAL|TRIGGER|UNIQUE)|ALTER\s+TABLE|DROP\s+TABLE|PRAGMA\s)",
    re.DOTALL,
)
TRANSLATED = r".*\.tr|translate|Q\w*Application\.translate|QT_TRANSLATE_NOOP"
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
NEWEST_RELEASE = re.compile(r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_file = pytest.mark.parametrize("path", EVERYTHING, ids=name_of)
program_file = pytest.mark.parametrize("path", PROGRAM, ids=name_of)


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True, scope="module")
def _forget_what_was_read() -> Iterator[None]:
    """The trees of all files would slow every collection of garbage in the tests that follow."""
    yield
    read.cache_clear()


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text in the code, docstrings left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in docstrings:
            continue
        if isinstance(node.value, str):
            yield node


def calls(tree: ast.AST, callee: str) -> Iterator[ast.Call]:
    """Calls whose callee, written out, matches a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(callee, ast.unparse(node.func)):
            yield node


@every_file
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@every_file
def test_a_file_says_why_it_exists(path: Path) -> None:
    assert ast.get_docstring(read(path))


@every_file
def test_names_of_files_and_classes_say_what_they_are(path: Path) -> None:
    classes = [node.name for node in ast.walk(read(path)) if isinstance(node, ast.ClassDef)]
    words = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in classes]
    assert [word for word in (path.stem, *words) if VAGUE.search(word)] == []


@program_file
def test_sql_lives_in_storage_alone(path: Path) -> None:
    if path.is_relative_to(STORAGE):
        return
    found = [text.lineno for text in texts(read(path)) if STATEMENT.match(str(text.value))]
    assert not found, f"SQL at lines {found}"


@program_file
def test_texts_are_literals_so_that_translations_are_found(path: Path) -> None:
    built = (ast.JoinedStr, ast.BinOp, ast.Call)
    wrong = [
        call.lineno
        for call in calls(read(path), TRANSLATED)
        if any(isinstance(argument, built) for argument in call.args[:2])
    ]
    assert not wrong, f"text built before translation at lines {wrong}"


@pytest.mark.parametrize("path", [path for path in WINDOW if path != THEME], ids=name_of)
def test_looks_live_in_the_theme_alone(path: Path) -> None:
    tree = read(path)
    sheets = [call.lineno for call in calls(tree, r".*\bsetStyleSheet")]
    colours = [text.lineno for text in texts(tree) if HEX_COLOUR.fullmatch(str(text.value))]
    assert (sheets, colours) == ([], [])


@every_file
def test_nothing_sleeps_instead_of_waiting_for_what_it_needs(path: Path) -> None:
    tree = read(path)
    imported = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for name in node.names
    }
    slept = [call.lineno for call in calls(tree, r"time\.sleep")]
    assert (slept, "sleep" in imported) == ([], False)


def test_the_newest_release_of_the_changelog_is_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert NEWEST_RELEASE.findall(changelog)[0] == bridge_app.__version__


def test_the_lock_file_pins_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|--trusted-host", lock) == []
    pinned = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("==" in one and "--hash=sha256:" in one for one in pinned)


class Emitter(QObject):
    """Something that signals."""

    told = Signal()


def test_the_binding_does_not_eat_references() -> None:
    """PySide6 6.12 loses one reference to True with each emit on CPython before 3.12."""
    emitter = Emitter()
    before = sys.getrefcount(True)
    for _ in range(100):
        emitter.told.emit()
    assert sys.getrefcount(True) > before - 50
