"""What a desktop knows of the application, in the folders of one person, looked up here to go.

Names are those of the freedesktop.org specifications. An entry is ours by its name alone: other
programs' entries are not looked at.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bridge_app.domain.uninstall_plan import Part, Removal

ENTRY = "asset-bridge.desktop"
"""The application's entry; also that of its start with the session, and of its links."""

APPLICATION_FILES = (
    f"applications/{ENTRY}",
    "applications/asset-bridge-*.desktop",
    "icons/hicolor/*/apps/asset-bridge.png",
    "icons/hicolor/scalable/apps/asset-bridge.svg",
    "mime/packages/asset-bridge.xml",
    "metainfo/*.AssetBridge.metainfo.xml",
)
ASSOCIATIONS = ("mimeapps.list", "applications/mimeapps.list")
OURS = re.compile(r"asset-bridge(-[a-z]+)*\.desktop")


class DesktopEntries:
    """The folders of one person; methods block."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        home = Path(environment.get("HOME") or Path.home())
        self._config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        self._data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")

    def found(self) -> list[Removal]:
        """Entries that are there, and the lines of ours in files that are the desktop's."""
        return [*self._autostart(), *self._files(), *self._lines()]

    def _autostart(self) -> Iterator[Removal]:
        for path in sorted((self._config / "autostart").glob("asset-bridge*.desktop")):
            if OURS.fullmatch(path.name):
                yield _file(Part.AUTOSTART, path)

    def _files(self) -> Iterator[Removal]:
        for pattern in APPLICATION_FILES:
            for path in sorted(self._data.glob(pattern)):
                yield _file(Part.LINK, path)

    def _lines(self) -> Iterator[Removal]:
        for path in (self._config / ASSOCIATIONS[0], self._data / ASSOCIATIONS[1]):
            for line in _lines(path):
                if _without_ours(line) != line:
                    yield Removal(part=Part.LINK, name=str(path), line=line)


def forget_associations(path: Path) -> None:
    """Take ourselves out of a `mimeapps.list`, and leave every other word of it as it is."""
    kept = [_without_ours(line) for line in _lines(path)]
    text = "".join(f"{line}\n" for line in kept if line is not None)
    draft = path.with_name(f".{path.name}.asset-bridge")
    draft.write_text(text, "utf-8", "surrogateescape")
    draft.chmod(path.stat().st_mode & 0o777)
    draft.replace(path)


def _without_ours(line: str) -> str | None:
    """`type=a.desktop;ours.desktop;` without ours; None where nothing is left of it."""
    kind, equals, value = line.partition("=")
    programs = [one for one in value.split(";") if one]
    others = [one for one in programs if not OURS.fullmatch(one.strip())]
    if not equals or others == programs:
        return line
    return f"{kind}={';'.join(others)};" if others else None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []


def _file(part: Part, path: Path) -> Removal:
    return Removal(part=part, name=str(path), bytes=path.lstat().st_size)
