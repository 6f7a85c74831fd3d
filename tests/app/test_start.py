"""What the start of a command waits for."""

import subprocess
import sys

HEAVY = {"PySide6", "av", "cv2", "httpx", "numpy", "pyvips", "starlette", "uvicorn"}


def test_a_command_starts_without_the_window_the_renderer_and_the_sandbox() -> None:
    script = "import sys, bridge_app.cli.main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(loaded.stdout.split())
