"""Takes the pictures of one run."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bridge_app.app.window import application
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.theme import Scheme
from tests.showcase import RECIPES
from tests.views.pseudo import PSEUDO
from tests.views.stage import Stage, staged
from tests.views.still import still
from tests.views.texts import bare_texts, cut_texts
from tests.views.tour import Tour, View


def shoot_all(
    folder: Path,
    *,
    languages: Sequence[str],
    schemes: Sequence[str],
    only: Sequence[str],
    size_px: tuple[int, int],
) -> Iterator[Path]:
    """Take every view in all of them; each folder that is complete, after its language."""
    app = application()
    garbage = GuiGarbage()
    chosen = [Scheme(scheme) for scheme in schemes]
    with staged(app, RECIPES) as stage:
        for language in languages:
            places = {scheme: folder / language / scheme.value for scheme in chosen}
            for place in places.values():
                place.mkdir(parents=True, exist_ok=True)
            taken = _shoot(stage, language, places, only=only, size_px=size_px)
            sys.stdout.write(f"{language}: {taken} views\n")
            sys.stdout.flush()
            yield from places.values()
    garbage.close()


def _shoot(
    stage: Stage,
    language: str,
    places: dict[Scheme, Path],
    *,
    only: Sequence[str],
    size_px: tuple[int, int],
) -> int:
    taken = 0
    with stage.window(language, size_px) as window:
        tour = Tour(window, only)
        for view in tour.views():
            # The scheme that is there comes first: to change it takes longest of all.
            for scheme in sorted(places, key=lambda one: one is not stage.theme.scheme):
                if stage.theme.scheme is not scheme:
                    stage.theme.set_scheme(scheme)
                still(view.widget).save(str(places[scheme] / f"{view.name}.png"))
            for fault in _faults(view, language):
                sys.stdout.write(f"{language} {view.name}: {fault}\n")
            taken += 1
    for name in tour.barren:
        sys.stdout.write(f"{language} {name}: nothing opened\n")
    return taken


def _faults(view: View, language: str) -> Iterator[str]:
    """What is wrong with the texts of a view that stands still."""
    yield from (f"cut: {text}" for text in cut_texts(view.widget))
    if language == PSEUDO:
        yield from (f"not translated: {text!r}" for text in bare_texts(view.widget))
