"""What the window remembers, and what it does with a file it did not write."""

import json
from pathlib import Path

import pytest

from bridge_app.domain.errors import StorageTroubleError
from bridge_app.storage.settings import Settings, SettingsFile

ODD = [
    ("thumbnail_px", "wide"),
    ("thumbnail_px", 1.5),
    ("thumbnail_px", True),
    ("paused", 1),
    ("paused", None),
    ("who", ["Kim"]),
    ("splitter", "100"),
    ("splitter", ["100", {}]),
    ("splitter", [True]),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


def write(path: Path, text: str) -> SettingsFile:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return SettingsFile(path)


def test_without_a_file_there_are_the_defaults(path: Path) -> None:
    assert SettingsFile(path).load() == Settings()


def test_what_was_saved_is_loaded(path: Path) -> None:
    chosen = Settings(view="list", splitter=(200, 600), who="Zoë", work_offline=True)
    SettingsFile(path).save(chosen)
    assert SettingsFile(path).load() == chosen


def test_keys_of_a_newer_version_are_kept(path: Path) -> None:
    file = write(path, '{"from_the_future": [1], "view": "list"}')
    file.save(Settings(view="grid"))
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["from_the_future"], found["view"]) == ([1], "grid")


@pytest.mark.parametrize(("name", "value"), ODD, ids=repr)
def test_a_value_of_the_wrong_type_is_ignored_alone(path: Path, name: str, value: object) -> None:
    file = write(path, json.dumps({name: value, "language": "de"}))
    assert repr(file.load()) == repr(Settings(language="de"))


def test_a_folder_whose_name_is_no_text_is_remembered(path: Path) -> None:
    chosen = Settings(last_folder="caf\udce9", who="Zoë 🌊")
    SettingsFile(path).save(chosen)
    assert SettingsFile(path).load() == chosen
    assert "Zoë 🌊" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", '"x"', "[" * 100_000])
def test_a_file_that_is_no_settings_file_gives_the_defaults(path: Path, text: str) -> None:
    assert write(path, text).load() == Settings()


def test_a_save_that_fails_leaves_the_old_settings(path: Path) -> None:
    file = SettingsFile(path)
    file.save(Settings(view="list"))
    path.with_suffix(".part").mkdir()
    with pytest.raises(StorageTroubleError):
        file.save(Settings(view="grid"))
    assert file.load() == Settings(view="list")


def test_a_save_leaves_nothing_else_behind(path: Path) -> None:
    SettingsFile(path).save(Settings())
    assert list(path.parent.iterdir()) == [path]
