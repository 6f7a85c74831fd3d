"""What whoever paints assets needs, handed over together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bridge_app.ui.icons import Icons
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Looks:
    """Tokens and fonts, icons, pictures, and the moment that rights are judged at."""

    theme: Theme
    icons: Icons
    pixels: Pixels
    now: Callable[[], datetime]
