"""The demo's libraries in little: the real pages, their pictures a few pixels wide."""

import re
from pathlib import Path

RECIPES = Path(__file__).resolve().parents[1] / "resources" / "demo"
SIZE = re.compile(r"^size = \[(\d+), (\d+)\]$", re.MULTILINE)
SMALLER = 16
FILM_SECONDS = re.compile(r"^seconds = .*$", re.MULTILINE)


def small_recipes(folder: Path, *, short: bool = True) -> Path:
    """A folder with the pages; their pictures are drawn in a moment, and films are short."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = (RECIPES / "../fonts").resolve().as_posix()
    for recipe in RECIPES.glob("*.toml"):
        page = recipe.read_text("utf-8").replace('fonts = "../fonts"', f'fonts = "{fonts}"')
        page = SIZE.sub(lambda found: f"size = [{_small(found[1])}, {_small(found[2])}]", page)
        page = FILM_SECONDS.sub("seconds = 0.25", page) if short else page
        (folder / recipe.name).write_text(page, "utf-8")
    return folder


def _small(length: str) -> int:
    """An even number of pixels, as films have them."""
    return int(length) // SMALLER // 2 * 2
