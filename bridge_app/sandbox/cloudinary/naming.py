"""Which public ID, folder and display name an upload gets, in both folder modes.

Source: reference/cloudinary.md 3.2 and 7.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params

FolderMode = Literal["fixed", "dynamic"]

MAX_LETTERS = 255
TYPES = frozenset({"upload", "private", "authenticated"})
NOT_IN_ANY = re.compile(r"[?&#\\%<>+]")
"""No public ID has these. Source: Cloudinary upload parameters, `public_id`."""
NOT_IN_IDS = re.compile(r"[^\w.~-]+")
"""What of a file name becomes an underscore in a public ID."""
VERSION = re.compile("v[0-9]+")
SUFFIX_LETTERS = 6
RANDOM_LETTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """The name a file came with: `stem` without its extension (`extension` without the dot)."""

    stem: str
    extension: str

    @classmethod
    def of(cls, filename: str) -> "FileName":
        """From what a client sent; it may be a full path of either kind."""
        last = re.split(r"[/\\]", filename)[-1]
        stem, dot, extension = last.rpartition(".")
        return cls(stem=stem, extension=extension) if dot and stem else cls(stem=last, extension="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an asset is called and where it lies."""

    public_id: str
    asset_folder: str
    display_name: str
    original_filename: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Names uploads. `random_text` makes so many letters and digits."""

    folder_mode: FolderMode
    random_text: Callable[[int], str]

    def names(self, params: Params, file: FileName, *, raw: bool) -> Names:
        """The names of an upload.

        Raises:
            CloudinaryError: 400, a name is not allowed.
        """
        shown = (
            FileName.of(params.text("filename_override")) if "filename_override" in params else file
        )
        public_id = self._prefixed(self._own_id(params, shown, raw=raw), params)
        return Names(
            public_id=checked_public_id(public_id),
            asset_folder=self.folder(public_id, params),
            display_name=self._display_name(public_id, shown, params, raw=raw),
            original_filename="" if params.flag("discard_original_filename") else shown.stem,
        )

    def folder(self, public_id: str, params: Params) -> str:
        """The folder an asset is placed in; empty for the root."""
        if self.folder_mode == "fixed":
            return public_id.rpartition("/")[0]
        return checked_folder(params.text("asset_folder") or params.text("folder"))

    def _own_id(self, params: Params, file: FileName, *, raw: bool) -> str:
        """The public ID before any folder is put in front."""
        if "public_id" in params:
            return params.text("public_id")
        ending = f".{file.extension}" if raw and file.extension else ""
        if not params.flag("use_filename") or not file.stem:
            return self.random_text(RANDOM_LETTERS) + ending
        own = NOT_IN_IDS.sub("_", file.stem).strip("_") or self.random_text(RANDOM_LETTERS)
        if params.flag("unique_filename", default=True):
            own = f"{own}_{self.random_text(SUFFIX_LETTERS)}"
        return own + ending

    def _prefixed(self, own: str, params: Params) -> str:
        """The public ID behind its folder or prefix."""
        prefix = params.text("folder")
        if self.folder_mode == "dynamic" and not prefix:
            prefix = _checked_prefix(params.text("public_id_prefix"))
            if not prefix and params.flag("use_asset_folder_as_public_id_prefix"):
                prefix = params.text("asset_folder")
        prefix = prefix.strip("/")
        return f"{prefix}/{own}" if prefix else own

    def _display_name(self, public_id: str, file: FileName, params: Params, *, raw: bool) -> str:
        """What people see; the last part of the public ID if nothing else is said."""
        if self.folder_mode == "fixed":
            return ""
        if "display_name" in params:
            return checked_display_name(params.text("display_name"))
        if params.flag("use_filename_as_display_name") and file.stem:
            ending = f".{file.extension}" if raw and file.extension else ""
            return checked_display_name(file.stem + ending)
        return public_id.rpartition("/")[2]


def checked_type(delivery_type: str) -> str:
    """The delivery type, if assets of one's own may have it."""
    if delivery_type not in TYPES:
        raise bad_request(f"Invalid delivery type {delivery_type}")
    return delivery_type


def checked_public_id(public_id: str) -> str:
    """The public ID, if it is allowed."""
    if len(public_id) > MAX_LETTERS:
        raise bad_request(f"public_id is too long ({len(public_id)} characters, maximum is 255)")
    has_bad_ends = not public_id or public_id[0] in " /" or public_id[-1] in " /"
    if has_bad_ends or NOT_IN_ANY.search(public_id):
        raise bad_request(f"public_id ({public_id}) is invalid")
    return public_id


def _checked_prefix(prefix: str) -> str:
    """The prefix, if no part of it would be read as a version in a delivery URL."""
    if any(VERSION.fullmatch(part) for part in prefix.split("/")):
        raise bad_request(f"public_id_prefix ({prefix}) is invalid")
    return prefix


def checked_display_name(name: str) -> str:
    """The display name, if it is allowed."""
    if "/" in name:
        raise bad_request(f"display_name ({name}) cannot contain forward slashes")
    if len(name) > MAX_LETTERS:
        raise bad_request("display_name is too long (maximum is 255 characters)")
    return name


def checked_folder(path: str) -> str:
    """The folder's path without slashes at its ends, if it is allowed."""
    folder = path.strip("/")
    if len(folder) > MAX_LETTERS:
        raise bad_request("asset_folder is too long (maximum is 255 characters)")
    if "//" in folder:
        raise bad_request(f"asset_folder ({path}) is invalid")
    return folder
