"""Which programs open a file, as the desktop's own lists say it; and how one is started."""

import sys
from pathlib import Path

import pytest

from bridge_app.work.exchange.programs import (
    Program,
    Programs,
    ProgramTroubleError,
    command_line,
    kind_of,
)
from tests.desk import Desk
from tests.ui.stock import asset

JPEG = "image/jpeg"


def entry(folder: Path, name: str, *lines: str) -> None:
    place = folder / "applications" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    told = ("[Desktop Entry]", "Type=Application", *lines)
    place.write_text("\n".join((*told, "[Desktop Action new]", "Exec=other\n")))


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    own, system = tmp_path / "own", tmp_path / "system"
    entry(own, "gimp.desktop", "Name=GIMP", "Exec=gimp %U", f"MimeType={JPEG};image/x-photoshop;")
    entry(system, "gimp.desktop", "Name=Old GIMP", "Exec=old %U", f"MimeType={JPEG};")
    entry(system, "view.desktop", "Name=View", "Name[de]=Ansicht", "Exec=v %f", f"MimeType={JPEG}")
    entry(system, "kde/krita.desktop", "Name=Krita", "Exec=krita", "MimeType=image/png")
    entry(system, "gone.desktop", "Name=X", "Exec=x", "TryExec=/no/such", f"MimeType={JPEG}")
    entry(system, "hidden.desktop", "Name=X", "Exec=x", "Hidden=true", f"MimeType={JPEG}")
    entry(system, "shell.desktop", "Name=X", "Exec=x", "Terminal=true", f"MimeType={JPEG}")
    entry(system, "removed.desktop", "Name=Removed", "Exec=r", f"MimeType={JPEG}")
    entry(system, "asset-bridge.desktop", "Name=We", "Exec=we %U", f"MimeType={JPEG}")
    (system / "applications" / "broken.desktop").write_bytes(b"\xff[\x00nothing")
    config = tmp_path / "config"
    config.mkdir()
    (config / "mimeapps.list").write_text(
        f"[Default Applications]\n{JPEG}=view.desktop;\n"
        f"[Added Associations]\n{JPEG}=kde-krita.desktop;\n"
        f"[Removed Associations]\n{JPEG}=removed.desktop;\n"
    )
    return Programs(
        {
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(own),
            "XDG_DATA_DIRS": f"{system}:relative",
            "XDG_CONFIG_HOME": str(config),
            "XDG_CONFIG_DIRS": str(tmp_path / "none"),
            "LANG": "de_DE.UTF-8",
        }
    )


def test_the_persons_choice_is_first_and_each_program_is_there_once(programs: Programs) -> None:
    assert [one.name for one in programs.for_kind(JPEG)] == ["Ansicht", "Krita", "GIMP"]
    assert [one.name for one in programs.for_kind("image/vnd.adobe.photoshop")] == ["GIMP"]
    assert programs.for_kind("text/x-nothing") == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JPG", JPEG),
        ("a.psd", "image/vnd.adobe.photoshop"),
        ("a.nef", "image/x-dcraw"),
        ("a.mp4", "video/mp4"),
        ("a", "application/octet-stream"),
    ],
)
def test_a_file_has_a_kind_by_its_name(name: str, kind: str) -> None:
    assert kind_of(asset(1, name=name)) == kind


def test_a_command_gets_the_file_as_one_word_whatever_it_is_called() -> None:
    path = Path("/tmp/a b; rm -rf '$x'.jpg")  # noqa: S108 - a name
    assert command_line("gimp-2.10 --new %U", path) == ["gimp-2.10", "--new", path.as_uri()]
    assert command_line('"/opt/My App/run" --n=100%% %f %i %c', path) == [
        "/opt/My App/run",
        "--n=100%",
        str(path),
    ]
    assert command_line("view", path) == ["view", str(path)]


def test_it_is_started_with_the_file(desk: Desk, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    script = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"
    (tmp_path / "a.jpg").write_bytes(b"x")
    command = f'{sys.executable} -c "{script}" %f {copied}'
    program = Program(id="a", name="A", command=command, kinds=frozenset())
    Programs({"PATH": ""}).start(program, tmp_path / "a.jpg")
    desk.until(lambda: copied.is_file() and copied.read_bytes() == b"x")
    for wrong in ("/no/such/program", '"unclosed', ""):
        bad = Program(id="a", name="A", command=wrong, kinds=frozenset())
        path = Path("/no/such/file") if not wrong else tmp_path / "a.jpg"
        with pytest.raises(ProgramTroubleError):
            Programs({"PATH": ""}).start(bad, path)
