"""A Debian with nothing in it but what every Debian has, in a folder; programs run inside of it."""

# ruff: noqa: S607 - the system's own tools, from its own path

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SUITE = "bookworm"
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
NEEDED = ("debootstrap", "unshare", "chroot", "dpkg-deb")
PASSING = ("proc", "sys", "dev", "run", "tmp")
"""What is the running system's, and no file of a package."""

CHANGING = ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "etc/ld.so.cache")
"""What the package manager itself writes down of everything it does."""

INSIDE = """
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
test ! -d /tmp/.X11-unix || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
exec chroot "$root" "$@"
"""
SURROUNDINGS = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
    "ASSET_BRIDGE_PASSPHRASE": "for this test",
}


def what_is_missing() -> str:
    """Why no bare Debian can be made here; empty if one can."""
    if os.geteuid() != 0:
        return "only root may make a bare Debian"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


class BareDebian:
    """The folder `root`, filled at the first time from `base`, which is made if it is not there."""

    def __init__(self, root: Path, base: Path) -> None:
        self.root = root
        if not (base / "etc" / "debian_version").exists():
            subprocess.run(
                ["debootstrap", "--variant=minbase", SUITE, str(base), MIRROR], check=True
            )
        subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(root)], check=True)
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")

    def words(self, *command: str) -> list[str]:
        """How a command is started inside; mounts end with it."""
        return ["unshare", "--mount", "sh", "-ec", INSIDE, "inside", str(self.root), *command]

    def run(self, *command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a command inside to its end."""
        done = subprocess.run(
            self.words(*command), env=SURROUNDINGS, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def install(self, packages: Sequence[str]) -> None:
        """Install packages, and nothing that they only recommend."""
        self.run("apt-get", "update", "-qq")
        self.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)

    def files(self) -> dict[str, str]:
        """Every file and folder by its path, with what tells it from another."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.root):
            place = Path(folder).relative_to(self.root)
            folders[:] = [
                name for name in folders if str(place / name) not in (*PASSING, *CHANGING)
            ]
            for name in (*folders, *names):
                path = Path(folder) / name
                if str(place / name) in CHANGING:
                    continue
                status = path.lstat()
                is_folder = path.is_dir() and not path.is_symlink()
                size = "" if is_folder else f"{status.st_size} {status.st_mtime_ns}"
                found[str(place / name)] = f"{status.st_mode:o} {size}"
        return found
