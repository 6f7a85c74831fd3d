"""The rules of the house that no linter knows."""

import ast
import gc
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

import bridge_app

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = sorted((ROOT / "bridge_app").rglob("*.py"))
WINDOW = sorted((ROOT / "bridge_app" / "ui").rglob("*.py"))
STORAGE = ROOT / "bridge_app" / "storage"
LOOKS = [
    ROOT / "bridge_app" / "ui" / name for name in ("theme.py", "tokens.py", "contrast_tokens.py")
]
FOLDERS = ("bridge_app", "tests", "packaging")
EVERYTHING = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

MOST_LINES = 400
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|common|base|misc|stuff)(_|$)")
STATEMENT = re.compile(
    r"^\s*(SELECT\s.+\sFROM|SELECT \d|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TABLE|INDEX|VIRTUAL|TRIGGER|UNIQUE)|ALTER\s+TABLE|DROP\s+TABLE|PRAGMA\s)",
    re.DOTALL,
)
TRANSLATING = r"\btr\(|translate\(|QT_TRANSLATE_NOOP\("
TRANSLATED = r".*\.tr|translate|Q\w*Application\.translate|QT_TRANSLATE_NOOP"
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
DOCSTRING = re.compile(r'(?:#.*\n|\s)*r?"""\s*\S')
CLASS = re.compile(r"^\s*class (\w+)", re.MULTILINE)
WORD_OF_SQL = re.compile("SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA")
NEWEST_RELEASE = re.compile(r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def written(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def read(path: Path) -> ast.Module:
    """The file as a tree. All of them would take seconds: ask only for those that may be wrong."""
    return ast.parse(written(path))


@pytest.fixture(autouse=True, scope="module")
def _forget_what_was_read() -> Iterator[None]:
    """The trees of all files would slow every collection of garbage, here and in later tests."""
    gc.disable()
    yield
    read.cache_clear()
    written.cache_clear()
    gc.enable()


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
    """Calls whose callee, written out, matches a pattern that ends in plain names."""
    names = set(re.findall(r"\w+", callee))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        # Writing code out takes long: only what can match at all.
        last = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        if last in names and re.fullmatch(callee, ast.unparse(node.func)):
            yield node


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def wrong(files: Iterable[Path], fault: Callable[[Path], object]) -> dict[str, object]:
    """The files that break a rule, each with what is wrong in it."""
    faults = {name_of(path): fault(path) for path in files}
    return {name: found for name, found in faults.items() if found}


def test_a_file_has_at_most_400_lines() -> None:
    def lines_too_many(path: Path) -> int:
        return max(0, len(written(path).splitlines()) - MOST_LINES)

    assert wrong(EVERYTHING, lines_too_many) == {}


def test_a_file_says_why_it_exists() -> None:
    assert wrong(EVERYTHING, lambda path: not DOCSTRING.match(written(path))) == {}


def test_names_of_files_and_classes_say_what_they_are() -> None:
    def vague(path: Path) -> list[str]:
        classes = CLASS.findall(written(path))
        words = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in classes]
        return [word for word in (path.stem, *words) if VAGUE.search(word)]

    assert wrong(EVERYTHING, vague) == {}


def test_sql_lives_in_storage_alone() -> None:
    def lines(path: Path) -> list[int]:
        return [text.lineno for text in texts(read(path)) if STATEMENT.match(str(text.value))]

    elsewhere = [path for path in PROGRAM if not path.is_relative_to(STORAGE)]
    assert wrong([path for path in elsewhere if WORD_OF_SQL.search(written(path))], lines) == {}


def test_texts_are_literals_so_that_translations_are_found() -> None:
    built = (ast.JoinedStr, ast.BinOp, ast.Call)

    def lines(path: Path) -> list[int]:
        return [
            call.lineno
            for call in calls(read(path), TRANSLATED)
            if any(isinstance(argument, built) for argument in call.args[:2])
        ]

    said = [path for path in PROGRAM if re.search(TRANSLATING, written(path))]
    assert wrong(said, lines) == {}


def test_looks_live_in_the_theme_alone() -> None:
    def lines(path: Path) -> list[int]:
        tree = read(path)
        sheets = [call.lineno for call in calls(tree, r".*\.setStyleSheet")]
        colours = [text.lineno for text in texts(tree) if HEX_COLOUR.fullmatch(str(text.value))]
        return sheets + colours

    said = [
        path for path in WINDOW if re.search(f"setStyleSheet|{HEX_COLOUR.pattern}", written(path))
    ]
    assert wrong([path for path in said if path not in LOOKS], lines) == {}


def test_dialogs_are_opened_in_one_way() -> None:
    # So that Enter, letters, and screens that are too small are thought of in each.
    def lines(path: Path) -> list[int]:
        found = calls(read(path), r"(dialog|question|asking|form)\.(open|exec)")
        return [call.lineno for call in found]

    said = [path for path in WINDOW if re.search(r"\.(open|exec)\(\)", written(path))]
    assert wrong([path for path in said if path.name != "opening.py"], lines) == {}


def test_nothing_sleeps_instead_of_waiting_for_what_it_needs() -> None:
    def sleeps(path: Path) -> list[int]:
        tree = read(path)
        imported = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "time"
            if any(name.name == "sleep" for name in node.names)
        ]
        return imported + [call.lineno for call in calls(tree, r"time\.sleep")]

    said = [path for path in EVERYTHING if "sleep" in written(path)]
    assert wrong(said, sleeps) == {}


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
