"""The enumerations of Qt are what Python makes of them."""

import os
import re
import subprocess
import sys

import pytest

from bridge_app.app.qt_enums import KNOWN_TO

LOOKING = """
import enum, pickle
from PySide6 import QtCore, QtGui, QtWidgets

seen = set()

def walk(found, depth=0):
    if id(found) in seen or depth > 3:
        return
    seen.add(id(found))
    for name in sorted(vars(found) if depth else dir(found)):
        one = getattr(found, name, None)
        if isinstance(one, type) and one.__module__.startswith("PySide6"):
            show(one) if isinstance(one, enum.EnumType) else walk(one, depth + 1)

def show(made):
    if made in seen:
        return
    seen.add(made)
    print(made.__module__, made.__qualname__, made.__mro__, sorted(vars(made)), list(made))
    for name, kept in sorted(vars(made).items()):
        if isinstance(kept, made):
            again = pickle.loads(pickle.dumps(kept)) is kept and made(kept.value) is kept
            print(name, repr(kept), str(kept), sorted(vars(kept).items()), hash(kept), again)
        elif not hasattr(kept, "__get__"):
            print(name, kept)
    if issubclass(made, enum.Flag) and len(made) > 1:
        first, *_, last = made
        print(first | last, ~first, list(first | last), made(0))

for module in (QtCore, QtGui, QtWidgets):
    walk(module)
"""


@pytest.mark.skipif(sys.version_info[:2] != KNOWN_TO, reason="elsewhere they are Python's own")
def test_every_enumeration_is_what_python_would_have_made() -> None:
    def said(before: str) -> str:
        command = [sys.executable, "-c", before + LOOKING]
        # What is hashed by its name is hashed alike in both.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        return re.sub("0x[0-9a-f]+", "", ended.stdout)

    quick = said("from bridge_app.app.qt_enums import make_quickly\nmake_quickly()")
    assert "PySide6.QtWidgets QStyle.PixelMetric" in quick
    assert "PySide6.QtCore Qt.KeyboardModifier" in quick
    assert quick.splitlines() == said("").splitlines()


UNUSUAL = """
import enum
A = enum.Enum("A", "one two")
B = enum.IntEnum("B", {"one": 1, "uno": 1})
C = enum.Enum("C", [("name", 1), ("other", 2)])
D = enum.Flag("D", [("x", 1), ("z", 4), ("y", 2), ("all", 7), ("none", 0)])
E = enum.StrEnum("E", ["a", "b"])
F = enum.Enum("F", [("a", 1), ("b", 1), ("c", True)], module="elsewhere", qualname="G.F")
for made in (A, B, C, D, E, F):
    print(made.__module__, made.__qualname__, list(made), made.__members__, sorted(vars(made)))
try:
    enum.Enum("Twice", [("a", 1), ("a", 2)])
except TypeError as error:
    print(error)
try:
    D.x = 2
except AttributeError as error:
    print(error)
"""


def test_those_of_others_are_so_too() -> None:
    def said(script: str) -> str:
        command = [sys.executable, "-c", script]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    quick = said(f"from bridge_app.app.qt_enums import make_quickly\nmake_quickly()\n{UNUSUAL}")
    assert "__main__ A" in quick
    assert quick == said(UNUSUAL)
