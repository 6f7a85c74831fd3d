"""Decoding a picture of ours."""

import io
import threading
import time

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from bridge_app.ui.decoded import decoded


def encoded(width: int, height: int, form: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(file, form)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_a_decoder_process_makes_is_read(form: str) -> None:
    image = decoded(encoded(40, 30, form))
    assert (image.width(), image.height()) == (40, 30)


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
