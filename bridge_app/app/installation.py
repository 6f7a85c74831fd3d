"""How this program came here: from a package, as a bundle, with pip, or as a checkout.

It decides who may take it away or renew it: what a package manager put here is its own affair.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

NAME = "asset-bridge"
PACKAGE_LIST = Path("/var/lib/dpkg/info/asset-bridge.list")
BUNDLED_FILES = "asset-bridge-files.txt"
"""Inside a bundle: its own files, one to a line, with `/`, below the folder of the program."""


class Kind(StrEnum):
    """Who put the program here."""

    DEB = "deb"
    FLATPAK = "flatpak"
    APPIMAGE = "appimage"
    BUNDLE = "bundle"
    PIPX = "pipx"
    UV = "uv"
    PIP = "pip"
    CHECKOUT = "checkout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """`files` are those that we may take away ourselves; `removed_by` is who does it otherwise."""

    kind: Kind
    place: Path
    files: tuple[Path, ...] = ()
    removed_by: str = ""


def installation(
    environment: Mapping[str, str] = os.environ,
    *,
    program: Path = Path(sys.executable),
    prefix: Path = Path(sys.prefix),
    is_bundle: bool = bool(getattr(sys, "frozen", False)),
    package_list: Path = PACKAGE_LIST,
) -> Installation:
    """How the program that runs came here."""
    if "FLATPAK_ID" in environment:
        removal = f"flatpak uninstall {environment['FLATPAK_ID']}"
        return Installation(kind=Kind.FLATPAK, place=program, removed_by=removal)
    if not is_bundle:
        return _in_python(prefix)
    image = environment.get("APPIMAGE")
    if image and environment.get("APPDIR") and program.is_relative_to(environment["APPDIR"]):
        return Installation(kind=Kind.APPIMAGE, place=Path(image), files=(Path(image),))
    if _is_listed(program, package_list):
        removal = f"sudo apt-get purge {NAME}"
        return Installation(kind=Kind.DEB, place=program.parent, removed_by=removal)
    return Installation(
        kind=Kind.BUNDLE, place=program.parent, files=tuple(_bundled(program.parent))
    )


def _in_python(prefix: Path) -> Installation:
    """In a Python environment, by the marks that its makers leave."""
    if (prefix / "pipx_metadata.json").exists():
        return Installation(kind=Kind.PIPX, place=prefix, removed_by=f"pipx uninstall {NAME}")
    if (prefix / "uv-receipt.toml").exists():
        return Installation(kind=Kind.UV, place=prefix, removed_by=f"uv tool uninstall {NAME}")
    source = _checkout()
    if source is not None:
        return Installation(
            kind=Kind.CHECKOUT, place=source, removed_by=f"make -C {source} clean, and its folder"
        )
    removal = f"{prefix / 'bin' / 'python'} -m pip uninstall {NAME}"
    return Installation(kind=Kind.PIP, place=prefix, removed_by=removal)


def _checkout() -> Path | None:
    """The source tree, where the program runs from one."""
    here = Path(__file__).resolve().parents[2]
    try:
        found: Distribution = distribution(NAME)
    except PackageNotFoundError:
        return here
    told = json.loads(found.read_text("direct_url.json") or "{}")
    return here if told.get("dir_info", {}).get("editable") else None


def _is_listed(program: Path, package_list: Path) -> bool:
    try:
        return str(program) in package_list.read_text("utf-8").splitlines()
    except OSError:
        return False


def _bundled(folder: Path) -> Sequence[Path]:
    """The files that the bundle was made with, as far as they are there; the list itself last."""
    for inside in (folder, folder / "_internal"):
        try:
            names = (inside / BUNDLED_FILES).read_text("utf-8").splitlines()
        except OSError:
            continue
        inside_it = [Path(name) for name in names if name]
        ours = [
            folder / one for one in inside_it if not one.is_absolute() and ".." not in one.parts
        ]
        return [*(one for one in ours if one.is_symlink() or one.exists()), inside / BUNDLED_FILES]
    return []
