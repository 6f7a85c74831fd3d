"""How large letters are, and everything with them: chosen in View, or as the desktop has it."""

from bridge_app.storage.settings import Settings

LIKE_THE_DESKTOP = 0
USUAL = 100
SIZES = (USUAL, 125, 150, 175, 200)
LARGEST = 300


def text_size(settings: Settings) -> int:
    """In percent: what was chosen, or else what the desktop asked for the last time."""
    wanted = settings.text_size or settings.desktop_text_size
    return wanted if USUAL // 2 <= wanted <= LARGEST else USUAL


def in_percent(factor: object) -> int:
    """A desktop's factor, which may be anything: 1.25 is 125; 100 where it is no such thing."""
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        return USUAL
    return round(factor * USUAL) if 0.5 <= factor <= LARGEST / USUAL else USUAL
