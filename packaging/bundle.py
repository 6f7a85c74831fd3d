"""Makes the bundle: one folder with the program, its decoder and all they need, the same each time.

    build/env/bin/python packaging/bundle.py OUT

Runs PyInstaller in the environment that it is started in, where the wheel has to be installed, and
leaves OUT/asset-bridge. A list of the bundle's own files is in it, by which it can be taken away.
"""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "asset-bridge"
HERE = Path(__file__).resolve().parent
SPECIFICATION = HERE / "pyinstaller" / "asset_bridge.spec"
LIST = "asset-bridge-files.txt"
"""As `bridge_app.app.installation` reads it."""

INSIDE = "_internal"
STRIPPED = ("libpython3*.so*", "python3*/lib-dynload/*.so")
"""Of Python itself, as it was built here; wheels are left as their makers made them."""


def make(out: Path) -> Path:
    """The bundle's folder below `out`, made anew."""
    check_sources()
    work = out / "work"
    bundle = out / NAME
    shutil.rmtree(bundle, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(out), "--workpath", str(work), str(SPECIFICATION)]
    # The order of sets would else be another each time; and started in a checkout, Python would
    # find its sources, beside which no resources lie, in the wheel's place.
    settings = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}
    subprocess.run(command, check=True, env=settings)  # noqa: S603
    if sys.platform == "linux":
        strip(bundle / INSIDE)
    check_resources(bundle)
    write_list(bundle)
    return bundle


def check_sources() -> None:
    """Raise SyntaxError for a module of ours that PyInstaller would leave out without a word."""
    [folder] = importlib.import_module("bridge_app").__path__
    for source in Path(folder).rglob("*.py"):
        compile(source.read_bytes(), str(source), "exec")


def check_resources(bundle: Path) -> None:
    """Raise FileNotFoundError for a bundle that has not got what the window and its help show."""
    for name in ("_resources", "_docs", "_i18n"):
        if next(bundle.glob(f"**/bridge_app/{name}"), None) is None:
            raise FileNotFoundError(name)


def strip(folder: Path) -> None:
    """Take out what only a debugger reads."""
    program = shutil.which("strip")
    files = [str(path) for pattern in STRIPPED for path in folder.glob(pattern)]
    if program is not None and files:
        subprocess.run([program, "--strip-unneeded", *files], check=True)  # noqa: S603


def write_list(bundle: Path) -> None:
    """Write down the files that are the bundle's own."""
    place = bundle / INSIDE if (bundle / INSIDE).is_dir() else bundle
    files = (path for path in bundle.rglob("*") if path.is_file() or path.is_symlink())
    names = sorted(path.relative_to(bundle).as_posix() for path in files)
    (place / LIST).write_text("".join(f"{name}\n" for name in names), "utf-8", newline="\n")


if __name__ == "__main__":
    sys.stdout.write(f"{make(Path(sys.argv[1]).absolute())}\n")
