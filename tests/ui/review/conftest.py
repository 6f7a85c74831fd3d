"""A review of real pictures in a real library, with the keyboard in front of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.review.parts import ReviewParts, ReviewSeat
from bridge_app.ui.review.subjects import Subject, subjects_of
from bridge_app.ui.review.window import ReviewWindow
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture

PATIENCE_MS = 30_000
PLAIN = Qt.KeyboardModifier.NoModifier
PRESETS = (
    RenditionPreset(
        name="square",
        title="Square",
        transformation="c_fill,h_120,w_120",
        format="jpg",
        channel="social",
        markets=("DE", "FR"),
    ),
    RenditionPreset(
        name="wide", title="Wide", transformation="c_fill,h_90,w_160", format="jpg", channel="web"
    ),
)
NAMES = ("a.jpg", "b.jpg", "c.jpg")


@dataclass
class Reviewer:
    """Somebody at the window of a review."""

    qtbot: QtBot
    window: ReviewWindow
    desk: Desk

    @property
    def parts(self) -> ReviewParts:
        return self.window.parts

    @property
    def here(self) -> tuple[str, str]:
        """What is looked at: the master's name, and the preset's."""
        subject = self.parts.sitting.subject
        assert subject is not None
        return subject.asset.name, subject.preset.name if subject.preset else ""

    @property
    def look(self) -> str:
        """How pictures are looked at."""
        return str(self.parts.stage.look.value)

    def is_asked(self) -> bool:
        """Does the line ask why?"""
        return bool(self.parts.bar.asks)

    def subject(self, name: str, preset: str = "") -> Subject:
        """A picture of the sitting."""
        return next(
            one
            for one in self.parts.sitting.subjects
            if one.asset.name == name and (one.preset.name if one.preset else "") == preset
        )

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """A key, wherever the keyboard is."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)

    def keys(self, letters: str) -> None:
        """Letters, one after another."""
        for letter in letters:
            self.key(Qt.Key(ord(letter.upper())))

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def settled(self) -> None:
        """Until everything that was said is on disk and shown."""
        self.until(lambda: self.parts.deciding.is_quiet)

    def stands(self, approval: Approval, name: str, preset: str = "") -> None:
        """Wait until a picture is shown to stand so; on record it does too."""
        subject = self.subject(name, preset)
        self.until(lambda: self.parts.sitting.approval(subject) is approval)
        worker = self.desk.parts.worker
        assert worker.standing(subject.asset.id, subject.transformation).approval is approval


Begin = Callable[..., Reviewer]
Answer = tuple[Callable[[Any], None], Any]


class HeldAsker(Asker):
    """Really asks; while `holds`, answers are kept until somebody tells them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parts.worker)
        self.holds = False
        self.asked: list[Answer] = []
        self.catalog: list[Answer] = []

    def ask(self, work: Any, done: Any, failed: Any) -> None:
        super().ask(work, self._kept(self.asked, done), failed)

    def read(self, work: Any, done: Any, failed: Any, **how: bool) -> None:
        super().read(work, self._kept(self.catalog, done), failed, **how)

    def _kept(self, place: list[Answer], done: Callable[[Any], None]) -> Callable[[Any], None]:
        if not self.holds:
            return done
        return lambda answer: place.append((done, answer))


@pytest.fixture
def held(qtbot: QtBot, desk: Desk) -> Iterator[HeldAsker]:
    made = HeldAsker(desk)
    yield made
    assert made.close(), "a thread of the asker did not end"


@pytest.fixture
def begin(  # noqa: PLR0917 - fixtures
    qtbot: QtBot,
    desk: Desk,
    asker: Asker,
    bridge: WorkerBridge,
    theme: Theme,
    icons: Icons,
    english: None,
) -> Iterator[Begin]:
    """Opens a review of three pictures with two renditions each; unless asked, none is drawn."""
    made: list[ReviewWindow] = []
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)

    def opened(*, start: int = 0, pictured: bool = False) -> Reviewer:
        for number, name in enumerate(NAMES):
            picture(desk.folder / name, number)
        desk.library()
        worker.rendition_presets.save(*PRESETS)
        seat = ReviewSeat(worker=worker, asker=asker, looks=Looks(theme, icons, pixels, desk.clock))
        window = ReviewWindow(seat, "Spring")
        bridge.changed.connect(window.take_changes)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1200, 760)
        if not pictured:
            window.parts.pictures.close()  # decoders take longer than all else
        window.show()
        window.show_subjects(subjects_of(desk.assets(), PRESETS), start)
        reviewer = Reviewer(qtbot, window, desk)
        everybody = window.parts.sitting.subjects
        reviewer.until(lambda: all(window.parts.sitting.state(one) for one in everybody))
        return reviewer

    yield opened
    for window in made:
        window.close()
