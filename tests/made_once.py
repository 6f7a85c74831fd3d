"""What tests would make a thousand times over, the same each time, is made once in a process."""

from functools import cache
from typing import Any

import pytest
from hypothesis.internal.conjecture import providers
from PySide6.QtGui import QColor, QIcon
from starlette import routing

from bridge_app.ui.icons import Icons


class IconsMadeOnce:
    """All windows of a process share their icons: each would draw some four hundred pixmaps."""

    def __init__(self) -> None:
        self._icons: dict[tuple[object, ...], QIcon] = {}
        self._make = Icons._made

    def begin(self, patch: pytest.MonkeyPatch) -> None:
        """From now on, until the patch goes."""

        def made(icons: Icons, name: str, **looks: Any) -> QIcon:
            shades = (one.rgba() if isinstance(one, QColor) else one for one in looks.values())
            key = (name, *looks, *shades)
            if key not in self._icons:
                self._icons[key] = self._make(icons, name, **looks)
            return self._icons[key]

        patch.setattr(Icons, "_made", made)

    def close(self) -> None:
        """Let go of them, while there still is an application."""
        self._icons.clear()


def compile_routes_once(patch: pytest.MonkeyPatch) -> None:
    """Each sandbox has the same hundred and forty paths."""
    patch.setattr(routing, "compile_path", cache(routing.compile_path))


def leave_constants_of_the_program_alone(patch: pytest.MonkeyPatch) -> None:
    """Examples are drawn without the numbers and words that stand somewhere in the program.

    Reading all its files for them takes seconds in each process; and examples that have to be the
    same in each landing must not change with any file.
    """
    patch.setattr(providers, "_get_local_constants", lambda: providers._local_constants)
