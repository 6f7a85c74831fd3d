"""Puts the bundle into a Debian package; the same bundle gives the same package, bit for bit.

    python packaging/deb.py BUNDLE ICONS SBOM OUT

BUNDLE is what bundle.py made, ICONS what icons.py drew, SBOM what sbom.py wrote. The package goes
to OUT. Times in it are SOURCE_DATE_EPOCH, which has to be set. Needs dpkg-deb alone.
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAME = "asset-bridge"
PROGRAMS = (NAME, f"{NAME}-decoder")
EFFORT, THREADS = 6, 2
"""Of packing: each number of threads packs otherwise, so it is always the same one."""

TIME_64 = frozenset({"libglib2.0-0"})
"""Packages that Ubuntu 24.04 and Debian 13 have under another name (…t64)."""

RECOMMENDED = (
    "libimage-exiftool-perl",
    "libenchant-2-2",
    "xdg-utils",
    "gnome-keyring | kwalletmanager",
)
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The Asset Bridge contributors <maintainers@asset-bridge.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
Section: graphics
Priority: optional
Description: window between your masters and Cloudinary
 Browse, review and approve pictures, films and documents in folders or in a library at
 PhotoShelter, and have Cloudinary deliver them. Only what was approved, and whose rights are open,
 goes out.
 .
 Python, Qt and the decoders are part of the package.
"""


def build(bundle: Path, icons: Path, sbom: Path, out: Path, *, effort: int = EFFORT) -> Path:
    """Stage the tree, and pack it. Returns the package."""
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    tree = out / "deb-tree"
    shutil.rmtree(tree, ignore_errors=True)
    _stage(tree, bundle, icons, sbom)
    version = _version()
    architecture = _said(["dpkg", "--print-architecture"])
    _describe(tree, version, architecture)
    _settle(tree, epoch)
    package = out / f"{NAME}_{version}_{architecture}.deb"
    packing = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{effort}", f"--threads-max={THREADS}"]
    packing.append("--build")
    subprocess.run([*packing, str(tree), str(package)], check=True, stdout=sys.stderr)  # noqa: S603
    shutil.rmtree(tree)
    return package


def _stage(tree: Path, bundle: Path, icons: Path, sbom: Path) -> None:
    usr = tree / "usr"
    shutil.copytree(bundle, usr / "lib" / NAME, symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = usr / "share"
    linux = HERE / "linux"
    [metainfo] = linux.glob("*.metainfo.xml")
    for source, place in (
        (linux / f"{NAME}.desktop", share / "applications"),
        (linux / f"{NAME}.xml", share / "mime" / "packages"),
        (metainfo, share / "metainfo"),
        (linux / "copyright", share / "doc" / NAME),
        (sbom, share / "doc" / NAME),
    ):
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
    shutil.copytree(icons / "hicolor", share / "icons" / "hicolor")
    _packed(ROOT / "CHANGELOG.md", share / "doc" / NAME / "changelog.gz")
    _packed(linux / f"{NAME}.1", share / "man" / "man1" / f"{NAME}.1.gz")


def _describe(tree: Path, version: str, architecture: str) -> None:
    """What dpkg has to know: the control file, and the sums of all files."""
    files = list(_files(tree))
    text = CONTROL.format(
        name=NAME,
        version=version,
        architecture=architecture,
        kilobytes=sum(-(-path.lstat().st_size // 1024) for path in files),
        depends=", ".join(_depends()),
        recommends=", ".join(RECOMMENDED),
    )
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(tree).as_posix()}\n"
        for path in files
        if not path.is_symlink()
    ]
    debian = tree / "DEBIAN"
    debian.mkdir()
    (debian / "control").write_text(text, "utf-8")
    (debian / "md5sums").write_text("".join(sums), "utf-8")


def _depends() -> Iterator[str]:
    """What the bundle leaves to the system: the list that `make setup` goes by."""
    script = (HERE / "system-packages.sh").read_text("utf-8")
    [listed] = re.findall(r"^runtime=\(\n(.*?)^\)", script, re.MULTILINE | re.DOTALL)
    libc = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.36"
    yield f"libc6 (>= {libc.split()[1]})"
    yield from ("libstdc++6", "libgcc-s1", "zlib1g")
    for package in listed.split():
        yield f"{package} | {package}t64" if package in TIME_64 else package


def _settle(tree: Path, epoch: int) -> None:
    """Give everything the modes and the time that they always have."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            is_run = path.name in PROGRAMS and path.parent.name == NAME
            path.chmod(0o755 if path.is_dir() or is_run else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _files(tree: Path) -> Iterator[Path]:
    for path in sorted(tree.rglob("*")):
        if path.is_symlink() or path.is_file():
            yield path


def _packed(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))


def _version() -> str:
    """The program's version as Debian orders it: a candidate comes before its release."""
    source = (ROOT / "bridge_app" / "__init__.py").read_text("utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    return re.sub(r"(a|b|rc)(\d+)$", r"~\1\2", version)


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    given = [Path(word).absolute() for word in sys.argv[1:5]]
    sys.stdout.write(f"{build(*given)}\n")
