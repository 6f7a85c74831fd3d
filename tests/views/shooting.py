"""Takes the pictures of one run."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bridge_app.app.window import application
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.theme import Scheme
from tests.showcase import RECIPES
from tests.views.pseudo import PSEUDO
from tests.views.stage import staged
from tests.views.still import still
from tests.views.texts import bare_texts, cut_texts, doubled_letters
from tests.views.tour import Tour, View

OPEN_MS = 15_000
"""The machine may be busy, and each picture is wanted."""
QUICK = 80
"""Packed less tightly: packing took longer than drawing."""


def shoot_all(
    folder: Path,
    *,
    languages: Sequence[str],
    schemes: Sequence[str],
    only: Sequence[str],
    size_px: tuple[int, int],
) -> Iterator[Path]:
    """Take every view in all of them; each folder that is complete."""
    app = application()
    garbage = GuiGarbage()
    chosen = [Scheme(scheme) for scheme in schemes]
    with staged(app, RECIPES) as stage:
        for language in languages:
            for number, scheme in enumerate(chosen):
                place = folder / language / scheme.value
                place.mkdir(parents=True, exist_ok=True)
                with stage.window(language, size_px) as window:
                    # To change it takes longer than to open all views again.
                    stage.theme.set_scheme(scheme)
                    tour = Tour(window, only, open_ms=OPEN_MS)
                    taken = _shoot(tour, language, place, tells=not number)
                sys.stdout.write(f"{language} {scheme.value}: {taken} views\n")
                sys.stdout.flush()
                yield place
    garbage.close()


def _shoot(tour: Tour, language: str, place: Path, *, tells: bool) -> int:
    taken = 0
    for view in tour.views():
        still(view.widget).save(str(place / f"{view.name}.png"), quality=QUICK)
        for fault in _faults(view, language) if tells else ():
            sys.stdout.write(f"{language} {view.name}: {fault}\n")
        taken += 1
    for name in tour.barren if tells else ():
        sys.stdout.write(f"{language} {name}: nothing opened\n")
    return taken


def _faults(view: View, language: str) -> Iterator[str]:
    """What is wrong with the texts of a view that stands still."""
    yield from (f"cut: {text}" for text in cut_texts(view.widget))
    yield from (f"a letter twice: {text}" for text in doubled_letters(view.widget))
    if language == PSEUDO:
        yield from (f"not translated: {text!r}" for text in bare_texts(view.widget))
