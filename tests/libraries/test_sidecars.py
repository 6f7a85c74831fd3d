"""Sidecars in a library: told as part of their masters, however they come and go."""

import os
from pathlib import Path

import pytest

from bridge_app.libraries.library import Found, Gone
from tests.libraries.seen import files, looked, walked, write


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    write(tmp_path / "shoot/hero.cr2")
    write(tmp_path / "shoot/hero.xmp", b"<x/>")
    return tmp_path


def hero(root: Path) -> Found:
    [found] = [one for one in walked(root) if isinstance(one, Found) and "hero.cr2" in one.path]
    return found


def test_a_walk_tells_a_master_with_its_sidecar_and_not_the_sidecar(raw: Path) -> None:
    assert files(walked(raw)) == {"shoot/hero.cr2"}
    assert hero(raw).sidecars == ("shoot/hero.xmp",)


def test_a_changed_sidecar_is_a_changed_master(raw: Path) -> None:
    before = hero(raw)
    write(raw / "shoot/hero.xmp", b"<changed/>")

    assert hero(raw) != before
    assert hero(raw).modified_ns == before.modified_ns


@pytest.mark.parametrize("path", ["shoot/hero.cr2", "shoot/hero.xmp"])
def test_a_look_at_either_tells_the_same_as_a_walk(raw: Path, path: str) -> None:
    seen = looked(raw, path)

    assert hero(raw) in seen
    assert Gone(path="shoot/hero.xmp") in seen


def test_a_sidecar_that_went_has_its_master_read_again(raw: Path) -> None:
    (raw / "shoot/hero.xmp").unlink()

    seen = looked(raw, "shoot/hero.xmp")

    assert seen[0] == Gone(path="shoot/hero.xmp")
    assert [one.sidecars for one in seen if isinstance(one, Found)] == [()]


def test_a_sidecar_whose_master_went_stands_for_itself(raw: Path) -> None:
    (raw / "shoot/hero.cr2").unlink()

    assert files(looked(raw, "shoot/hero.cr2")) == {"shoot/hero.xmp"}
    assert files(walked(raw)) == {"shoot/hero.xmp"}


def test_a_folder_of_many_sidecars_is_paired_at_once(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{number}.nef").touch()
        (tmp_path / f"{number}.xmp").touch()
    before = os.times().user

    assert len(files(walked(tmp_path))) == 600
    assert os.times().user - before < 1.0
