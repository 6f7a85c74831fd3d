"""What whoever paints assets needs, handed over together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.ui.icons import Icons
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.ui.window_keys import WindowKeys


@dataclass(frozen=True, slots=True)
class Looks:
    """Tokens and fonts, icons, pictures, the moment that rights are judged at, and keys."""

    theme: Theme
    icons: Icons
    pixels: Pixels
    now: Callable[[], datetime]
    keys: WindowKeys = field(default_factory=WindowKeys)
