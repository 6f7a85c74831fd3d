"""Loads Qt, without what PySide does at each start and a window does not need.

PySide replaces Python's import by one that reads the source of every module that is imported from
then on, and keeps it, to see whether it wants Qt's names in snake_case. Nobody here does; it would
cost a start a quarter of a second and 16 MB.

What explains signatures, in errors and in `help()`, it carries as text and compiles at each start:
a fourth of the time in which Qt is loaded. Here that is done when a signature is asked for.
"""

import builtins
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FOLDER = "shibokensupport/signature/"
EXPLAINING = (
    *("errorhandler", "layout", "mapping", "parser"),
    *("lib/enum_sig", "lib/pyi_generator", "lib/tool"),
)
LATER = {f"{FOLDER}{name}.py" for name in EXPLAINING}
BEGINNING = f"from {__name__} import Later\n__getattr__ = Later(globals(), {{0!r}})"
"""All that is compiled of such a module at first."""

_compile = compile
_texts: dict[str, Any] = {}


def load_support() -> None:
    """Load what PySide itself needs; no other thread may load anything meanwhile.

    It goes through the modules that are there: one more in that moment, and the program is aborted
    ("could not initialize part 2"; PySide 6.11).
    """
    with _without_needless():
        import PySide6  # noqa: F401, PLC0415 - the import is what is done here


def load_qt() -> None:
    """Load Qt's core before anything else does; after `load_support` others may load as well."""
    with _without_needless():
        import PySide6.QtCore  # noqa: F401, PLC0415 - the import is what is done here


@contextmanager
def _without_needless() -> Iterator[None]:
    pythons = builtins.__import__
    builtins.compile = _compile_what_is_needed  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.__import__ = pythons
        builtins.compile = _compile


class Later:
    """The `__getattr__` of a module that is run when something in it is asked for."""

    _running = threading.RLock()

    def __init__(self, module: dict[str, Any], file: str) -> None:
        self._module = module
        self._file = file

    def __call__(self, name: str) -> object:
        """What the module names so."""
        if not name.startswith("__"):  # Python looks for those at every import
            with self._running:
                text = _texts.pop(self._file, None)
                if text is not None:
                    exec(_compile(text, self._file, "exec"), self._module)  # noqa: S102 - PySide's own
                if name in self._module:
                    return self._module[name]
        raise AttributeError(name)


def _compile_what_is_needed(text: Any, file: Any, *more: Any, **named: Any) -> Any:
    if file in LATER:
        _texts[file], text = text, BEGINNING.format(file)
    return _compile(text, file, *more, **named)
