"""Actions that know what they are called in the source, so that they are found in English too."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.ui.key_texts import unmarked

ENGLISH = "english"
"""The property of an action with its name in the source, without signs of a menu."""
TIP = "tip"
"""The property of an action with the tool tip it has as long as nothing forbids it."""


class SourceNames(QObject):
    """Mixed into who makes actions with `tr`: `name_actions` then tells these who they are.

    An action gets the name of its attribute as its object name, by which keys and what was used
    last are remembered, whatever language the window speaks.
    """

    def tr(self, text: str, comment: str = "", count: int = -1) -> str:  # type: ignore[override]
        """Qt: translate; what it was in the source is remembered."""
        shown = super().tr(text, comment, count)
        if shown != text:
            self.__dict__.setdefault("_sources", {})[shown] = text
        return shown

    def name_actions(self, prefix: str = "") -> None:
        """Tell each action that is an attribute of this object what it is called."""
        sources: Mapping[str, str] = self.__dict__.pop("_sources", {})
        for name, action in _named(vars(self)):
            action.setObjectName(f"{prefix}{name}")
            source = sources.get(action.text(), "")
            action.setProperty(ENGLISH, plain(source))


def plain(text: str) -> str:
    """The text of an action as it is said: without the mark of its letter, and without dots."""
    return unmarked(text).rstrip("…")


def _named(attributes: Mapping[str, object], depth: int = 1) -> Iterator[tuple[str, QAction]]:
    for name, value in attributes.items():
        if name.startswith("_"):
            continue
        if isinstance(value, QAction):
            yield name, value
        elif isinstance(value, dict):
            inside = {str(key): one for key, one in value.items() if isinstance(one, QAction)}
            yield from ((f"{name}.{key}", one) for key, one in inside.items())
        elif depth and isinstance(value, QObject):
            yield from ((f"{name}.{key}", one) for key, one in _named(vars(value), depth - 1))
