"""How exported files are named: `{name}-{preset}-{width}x{height}.{ext}`.

A template may hold slashes, which make folders; what fills a field never does.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

DEFAULT_TEMPLATE = "{name}-{preset}-{width}x{height}.{ext}"
LOCALISED_TEMPLATE = "{name}-{preset}-{market}-{language}-{width}x{height}.{ext}"
"""The same where a table makes several variants of one preset."""
FIELDS = (
    "name",
    "preset",
    "channel",
    "market",
    "language",
    "width",
    "height",
    "ext",
    "sha256",
    "folder",
)
LONGEST_PART = 255
"""Bytes of UTF-8 in one name; the limit of Linux, macOS and Windows' file systems."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|{}\ud800-\udfff]+')
_DOUBLED = re.compile(r"([-_. ])\1+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with any extension."""


class NamingTemplateError(InvalidInputError):
    """A template that names no file."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The naming template {what} cannot be used: {detail}. Nothing was written."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """What fills a template. `name` is the master's without its extension; `folder` its folder."""

    name: str
    preset: str
    width: int
    height: int
    ext: str
    channel: str = ""
    market: str = ""
    language: str = ""
    sha256: str = ""
    folder: str = ""

    def fields(self) -> Mapping[str, str]:
        """Each field as text; of the checksum the first eight digits."""
        return {
            "name": self.name,
            "preset": self.preset,
            "channel": self.channel,
            "market": self.market,
            "language": self.language,
            "width": str(self.width),
            "height": str(self.height),
            "ext": self.ext,
            "sha256": self.sha256[:8],
            "folder": self.folder,
        }


def check_template(template: str) -> None:
    """Raises NamingTemplateError for a template that could not name a file inside a folder."""
    if not template.strip():
        raise NamingTemplateError(what="“”", detail=QT_TRANSLATE_NOOP("facts", "it is empty"))
    if len(template) > LONGEST_PART:
        raise NamingTemplateError(
            what=f"{template[:30]}…", detail=QT_TRANSLATE_NOOP("facts", "it is too long")
        )
    unknown = [name for name in _FIELD.findall(template) if name not in FIELDS]
    if unknown:
        known = ", ".join(FIELDS)
        detail = f"there is no {{{unknown[0]}}}; there are {known}"
        raise NamingTemplateError(what=template, detail=detail)
    literal = _FIELD.sub("", template)
    if "{" in literal or "}" in literal:
        raise NamingTemplateError(
            what=template, detail=QT_TRANSLATE_NOOP("facts", "a brace stands alone")
        )
    parts = template.split("/")
    if "\\" in template or template.startswith("/") or any(p in ("", ".", "..") for p in parts):
        raise NamingTemplateError(
            what=template, detail=QT_TRANSLATE_NOOP("facts", "it leads out of the folder")
        )
    if any(_UNSAFE.fullmatch(character) for character in literal if character != "/"):
        raise NamingTemplateError(
            what=template,
            detail=QT_TRANSLATE_NOOP("facts", "it holds a mark that no name can have"),
        )


def file_name(template: str, facts: NameFacts) -> str:
    """The relative path that a template gives, with `/` between folders; safe on every system.

    Raises NamingTemplateError.
    """
    check_template(template)
    fields = facts.fields()
    parts = [
        _part(_FIELD.sub(lambda found: _value(fields, found[1]), part))
        for part in template.split("/")
        if part != "{folder}" or fields["folder"]
    ]
    return "/".join(_folders(fields["folder"], parts, template))


def _value(fields: Mapping[str, str], name: str) -> str:
    return _UNSAFE.sub("_", unicodedata.normalize("NFC", fields[name]))


def _folders(folder: str, parts: list[str], template: str) -> list[str]:
    """`{folder}` alone between slashes stands for the master's folders, one inside the other."""
    if "{folder}" not in template.split("/") or not folder:
        return parts
    place = template.split("/").index("{folder}")
    inner = [
        _part(_UNSAFE.sub("_", one)) for one in folder.split("/") if one not in ("", ".", "..")
    ]
    return [*parts[:place], *inner, *parts[place + 1 :]]


def _part(text: str) -> str:
    """One name: no marks doubled by empty fields, none that a system refuses, not too long."""
    tidy = _DOUBLED.sub(r"\1", text)
    tidy = re.sub(r"[-_]+\.", ".", tidy).strip(" ")
    tidy = tidy.rstrip(". ").lstrip("-") or "_"
    if tidy.startswith("."):
        tidy = f"_{tidy}"
    if _RESERVED.match(tidy):
        tidy = f"_{tidy}"
    return _shortened(tidy)


def _shortened(name: str) -> str:
    """At most 255 bytes, with the extension kept."""
    stem, dot, ext = name.rpartition(".")
    if not dot or len(ext) > 10:
        stem, dot, ext = name, "", ""
    room = LONGEST_PART - len((dot + ext).encode())
    raw = stem.encode()
    if len(raw) <= room:
        return name
    return raw[:room].decode("utf-8", "ignore").rstrip(". ") + dot + ext
