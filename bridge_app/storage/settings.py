"""What the window remembers between two starts: one small file, typed."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bridge_app.storage.json_file import read_json, write_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every preference, with its default.

    `thumbnail_px` is the width of a grid cell's picture in logical pixels (96-320);
    `window_geometry` and `window_state` are Qt's own, base64; `language` "" follows the system;
    `who` signs decisions, "" means the name of the system's account; `brand_fonts` has one family
    in each line, `brand_colours` six hexadecimal digits for each, "" means the usual ones;
    `rendition_set` is the set that the inspector shows, "" for all presets; `export_folder` and
    `export_template` are where and how renditions were written the last time; `grid_columns` are
    the fields that the metadata grid shows, one in each line, "" for the usual ones;
    `metadata_groups` are the groups of fields that are open in the inspector, likewise;
    `insights_geometry` is Qt's own for the window of reports, base64, and `insights_report` what
    was asked there last;
    `shortcuts` are the keys that differ from the usual ones, as JSON, and `recent_commands` what
    was run from the palette, the newest first, one in each line; `kept_places` are smart
    folders and
    favourites, as JSON;
    `keep_originals` keeps a copy of a file before metadata is written into it for the first time;
    `opened_with` has a kind of file and the program chosen for it in each line, and `drop_target`
    where that small window stands; `keeps_running` stays in the tray when the window is closed, and
    `notices` tells the desktop what happened meanwhile;
    `approvals_in_files` writes decisions on masters into their files, and hears what these say;
    `still` lets nothing move on the screen, whatever the system says; `compact` sets everything
    closer together, which is offered once; `text_size` is how large letters are, in percent, 0 as
    the desktop has it, and `desktop_text_size` what that asked for last; `layouts` has, as JSON,
    where the panels were on which screens;
    `welcome` is how somebody began (demo, folder, shelter, account or closed), "" before that;
    `updates` is daily where somebody agreed that news of releases are looked for, `updates_url`
    where they lie if not in the usual place, `updates_looked_at` when that was last (ISO 8601);
    `tour` is the step of the tour that comes next, -1 if it is not wanted any more; `hints` are the
    names of the hints that were dismissed, with spaces between;
    `windows` is, as JSON, what each further window that was open had of its own (`OF_A_WINDOW`).
    """

    scheme: str = "system"
    view: str = "grid"
    thumbnail_px: int = 176
    window_geometry: str = ""
    window_state: str = ""
    splitter: tuple[int, ...] = ()
    who: str = ""
    work_offline: bool = False
    paused: bool = False
    push_folder: str = ""
    push_tags: str = ""
    sort: str = "name"
    descending: bool = False
    language: str = ""
    last_library: str = ""
    last_folder: str = ""
    transfers_open: bool = False
    brand_fonts: str = ""
    brand_colours: str = ""
    rendition_set: str = "ready"
    export_folder: str = ""
    export_template: str = ""
    grid_columns: str = ""
    metadata_groups: str = ""
    insights_geometry: str = ""
    insights_report: str = ""
    shortcuts: str = ""
    recent_commands: str = ""
    kept_places: str = ""
    keep_originals: bool = False
    approvals_in_files: bool = False
    opened_with: str = ""
    keeps_running: bool = False
    notices: bool = True
    drop_target: str = ""
    still: bool = False
    compact: bool = False
    compact_offered: bool = False
    text_size: int = 0
    desktop_text_size: int = 100
    layouts: str = ""
    welcome: str = ""
    updates: str = ""
    updates_url: str = ""
    updates_looked_at: str = ""
    tour: int = 0
    hints: str = ""
    windows: str = ""


OF_A_WINDOW = (
    *("view", "thumbnail_px", "sort", "descending", "last_library", "last_folder"),
    *("window_geometry", "window_state", "splitter", "layouts", "transfers_open"),
)
"""What each window has of its own; in `Settings` itself stand those of the first."""


class SettingsFile:
    """The settings on disk; keys of newer versions are kept, unusable values ignored."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def folder(self) -> Path:
        """The profile they belong to."""
        return self._path.parent

    def load(self) -> Settings:
        """The settings, with the defaults for what is not there."""
        return _settings(self._read())

    def save(self, settings: Settings) -> None:
        """Write the settings atomically. Raises DiskFullError or StorageTroubleError."""
        write_json(self._path, self._read() | asdict(settings))

    def _read(self) -> dict[str, object]:
        try:
            return read_json(self._path)
        except ValueError:
            return {}


def _settings(found: dict[str, object]) -> Settings:
    defaults = asdict(Settings())
    known = {
        field.name: tuple(value) if isinstance(value, list) else value
        for field in fields(Settings)
        if (value := found.get(field.name)) is not None
        and isinstance(value, list if field.name == "splitter" else type(defaults[field.name]))
        and isinstance(value, bool) is isinstance(defaults[field.name], bool)
        and (not isinstance(value, list) or all(type(part) is int for part in value))
    }
    return Settings(**known)  # type: ignore[arg-type]
