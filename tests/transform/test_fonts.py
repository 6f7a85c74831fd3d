"""Which fonts are here, and what stands in for the others."""

import os
from pathlib import Path

import pytest

from bridge_app.transform.fonts import (
    bundled_file,
    families_of,
    family_in,
    installed_families,
    is_here,
    stand_in,
)


@pytest.mark.parametrize(
    ("weight", "name"),
    [(100, "Regular"), (400, "Regular"), (500, "Medium"), (600, "SemiBold"), (900, "Bold")],
)
def test_our_own_family_comes_in_four_weights(weight: int, name: str) -> None:
    path = bundled_file("inter", weight)
    assert path is not None
    assert path.name == f"Inter-{name}.ttf"
    assert family_in(path) == "Inter"
    assert "Inter" in families_of(path)


def test_our_own_family_is_here_wherever_we_run() -> None:
    assert is_here("Inter")
    assert is_here("INTER")
    assert bundled_file("Arial", 400) is None


def test_a_family_that_nobody_has_is_not_here() -> None:
    assert not is_here("No Such Family 4711")


def test_installed_families_are_those_that_their_files_name() -> None:
    folder = Path("/usr/share/fonts")
    files = [Path(at) / name for at, _, names in os.walk(folder) for name in names]
    known = [path for path in files if path.suffix == ".ttf"]
    if not known:
        pytest.skip(f"no fonts in {folder}")
    assert family_in(known[0]).casefold() in installed_families()


@pytest.mark.parametrize(
    ("family", "wanted"),
    [
        ("Roboto", "Inter"),
        ("Open Sans", "Inter"),
        ("Microsoft Sans Serif", "Inter"),
        ("Playfair Display", "serif"),
        ("Times New Roman", "serif"),
        ("Courier New", "monospace"),
        ("JetBrains Mono", "monospace"),
    ],
)
def test_what_stands_in_is_of_the_same_kind(family: str, wanted: str) -> None:
    assert stand_in(family) == wanted


def test_fonts_of_many_makers_say_their_family(corpus: Path) -> None:
    named = {path.name: family_in(path) for path in (corpus / "fonts").iterdir()}
    assert named["PhillySans.otf"] == "Philly Sans"
    assert named["fixture.woff2"] == "FontAwesome"
    assert families_of(corpus / "fonts" / "PhillySans.otf") >= {"Philly Sans"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1",
        b"ttcf\0\1\0\0\xff\xff\xff\xff",
        b"\0\1\0\0\xff\xff" + b"\0" * 60,
        b"OTTO\0\1\0\0\0\0\0\0name\0\0\0\0\0\0\0\x1c\0\0\0\x12\0\0\xff\xff\0\6" + b"\xff" * 8,
    ],
)
def test_a_broken_font_names_nothing(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(data)
    assert families_of(path) == frozenset()
    assert family_in(path) == ""


def test_a_file_that_is_not_there_names_nothing(tmp_path: Path) -> None:
    assert families_of(tmp_path / "none.ttf") == frozenset()
    assert family_in(tmp_path / "none.ttf") == ""
