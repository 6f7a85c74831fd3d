"""Decoding a picture of ours."""

import io
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from bridge_app.ui.decoded import decoded

ROOT = Path(__file__).resolve().parents[2]


def encoded(width: int, height: int, form: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(file, form)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_a_decoder_process_makes_is_read(form: str) -> None:
    image = decoded(encoded(40, 30, form))
    assert (image.width(), image.height()) == (40, 30)


def test_a_picture_without_transparency_covers_what_is_below_it() -> None:
    ground = QImage(60, 50, QImage.Format.Format_ARGB32_Premultiplied)
    ground.fill(Qt.GlobalColor.transparent)
    with QPainter(ground) as painter:
        painter.drawImage(10, 10, decoded(encoded(40, 30, "JPEG")))
    shown = {ground.pixelColor(x, y).alpha() for x in range(10, 50) for y in range(10, 40)}
    assert shown == {255}


def test_what_is_no_picture_is_none() -> None:
    assert decoded(b"neither").isNull()
    assert decoded(b"").isNull()


def test_the_window_goes_on_while_a_picture_is_decoded(qtbot: QtBot) -> None:
    del qtbot
    picture = encoded(3000, 3000, "JPEG")
    spans: list[tuple[float, float]] = []

    def decode() -> None:
        began = time.perf_counter()
        decoded(picture)
        spans.append((began, time.perf_counter()))

    thread = threading.Thread(target=decode)
    beats = []
    thread.start()
    while thread.is_alive():
        thread.join(0.001)
        beats.append(time.perf_counter())
    ((began, ended),) = spans
    assert sum(began < beat < ended for beat in beats) > 3


# The window asks for the pictures of its style while other threads decode thumbnails.
STYLED = """
import sys, threading, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QCheckBox
from bridge_app.ui.decoded import decoded

sys.setswitchinterval(0.0001)
app = QApplication(["test"])
picture, closing = Path(sys.argv[1]).read_bytes(), threading.Event()

def decode():
    while not closing.is_set():
        assert not decoded(picture).isNull()

threads = [threading.Thread(target=decode) for _ in range(2)]
for thread in threads:
    thread.start()
until = time.monotonic() + 1
while time.monotonic() < until:
    box = QCheckBox()
    box.setStyleSheet("QCheckBox::indicator { image: url(%s) }" % sys.argv[1])
    box.sizeHint()
closing.set()
for thread in threads:
    thread.join()
"""


def test_decoding_and_a_window_that_is_styled_never_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(encoded(8, 8, "PNG"))
    command = [sys.executable, "-c", STYLED, str(file)]
    ended = subprocess.run(command, cwd=ROOT, timeout=30, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
