"""A screen for the platform that has none: as large, and as dense, as asked for."""

import json
import os
import tempfile
from pathlib import Path


def with_screen(width: int, height: int) -> None:
    """Have Qt's offscreen platform begin with a screen of that size; it is asked once, early."""
    screen = {"name": "view", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    page = Path(tempfile.mkdtemp()) / "screens.json"
    page.write_text(json.dumps({"screens": [screen]}), "utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={page}"
