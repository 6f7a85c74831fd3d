"""What other installed packages bring: kinds of libraries and of channels, by entry points."""

import re
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

KIND = re.compile(r"[a-z][a-z0-9-]{0,30}")


def installed(group: str) -> dict[str, EntryPoint]:
    """The kinds that stand in an entry point group; nothing of theirs is loaded."""
    return {one.name: one for one in entry_points(group=group) if KIND.fullmatch(one.name)}


def loaded(group: str, kind: str, missing: type[BridgeError]) -> Any:
    """The object of a kind. Raises `missing`, told the `kind` and in `detail` what is amiss."""
    known = installed(group).get(kind)
    if known is None:
        raise missing(kind=kind, detail=QT_TRANSLATE_NOOP("facts", "is not installed"))
    try:
        return known.load()
    except (ImportError, AttributeError) as error:
        raise missing(kind=kind, detail=f"cannot be loaded ({error})") from error
