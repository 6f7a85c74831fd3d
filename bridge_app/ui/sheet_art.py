"""Small pictures that the style sheet names by file, painted in a scheme's colours."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QColor

from bridge_app.ui.resources import resource

ART = (
    ("check", "check", "accent_text"),
    ("partial", "minus", "accent_text"),
    ("closed", "chevron-right", "text_muted"),
    ("closed_rtl", "chevron-left", "text_muted"),
    ("open", "chevron-down", "text_muted"),
    ("down", "chevron-down", "text_muted"),
    ("up", "chevron-up", "text_muted"),
    ("down_off", "chevron-down", "text_disabled"),
    ("up_off", "chevron-up", "text_disabled"),
    ("close", "x", "text_muted"),
)
"""File name, icon, token of its colour."""


@cache
def _folder() -> QTemporaryDir:
    """One for the process; Qt takes it away at the end."""
    return QTemporaryDir()


def painted_art(scheme: str, colour: Callable[[str], QColor]) -> Path:
    """The folder of a scheme's pictures, written when first needed; `colour` is that of a token."""
    folder = Path(_folder().path()) / scheme
    if not folder.exists():
        folder.mkdir()
        for name, icon, token in ART:
            svg = resource(f"icons/{icon}.svg").read_text("utf-8")
            painted = svg.replace("currentColor", colour(token).name())
            (folder / f"{name}.svg").write_text(painted, "utf-8")
    return folder
