"""Where the panels were on each set of screens: conversions between that and the settings."""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

MOST = 12
"""So many sets of screens are remembered; the one that was not seen for longest goes first."""


def screens_key(screens: Sequence[tuple[str, QSize]], *, rtl: bool) -> str:
    """Names one set of screens: what each is called, and how large it is; and the way one reads."""
    each = sorted(f"{name} {size.width()}x{size.height()}" for name, size in screens)
    return "; ".join(each) + (" rtl" if rtl else "")


def screens_now(*, rtl: bool) -> str:
    """The name of the set of screens that is there now."""
    screens = [(screen.name(), screen.size()) for screen in QGuiApplication.screens()]
    return screens_key(screens, rtl=rtl)


def layout_on(kept: str, key: str) -> QByteArray:
    """Qt's own of where the panels were on these screens; empty if that is not known."""
    try:
        return QByteArray(b64decode(_read(kept).get(key, ""), validate=True))
    except (Error, ValueError):
        return QByteArray()


def with_layout(kept: str, key: str, state: QByteArray) -> str:
    """What is kept, with this one as the newest."""
    known = {name: text for name, text in _read(kept).items() if name != key}
    known[key] = b64encode(bytes(state.data())).decode()
    return json.dumps(dict(list(known.items())[-MOST:]))


def _read(kept: str) -> dict[str, str]:
    try:
        found = json.loads(kept or "{}")
    except (ValueError, RecursionError):
        return {}
    known = found.items() if isinstance(found, dict) else ()
    return {name: text for name, text in known if isinstance(text, str)}
