"""Leaving takes away what the plan names, and nothing else; masters are never in it."""

import ast
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import bridge_app
from bridge_app.app.desktop_entries import DesktopEntries
from bridge_app.app.installation import BUNDLED_FILES, Installation, Kind, installation
from bridge_app.app.profile import AlreadyOpenError, sole_worker
from bridge_app.app.uninstall import SECRET_NAMES, Uninstall, UnsentWorkError
from bridge_app.domain.uninstall_plan import Part
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.secrets import KeyringLockedError, MemoryStore, Secret, SecretStore

NOW = "2026-11-21T00:00:00+00:00"
CACHES = ("catalog.db", "thumbs.db", "thumbs.db-wal", "worker.lock", "logs/asset-bridge.log")
SALT = "diagnosis.salt"
NEWER = "newer-20260615T120000-catalog.db"
SAID = (
    "settings.json",
    "searches.json",
    "hot_folders.json",
    "backups/ledger-2026-11-21.db",
    "documents/ab/licence.pdf",
)
THEIRS = (
    "edited/1/hero.psd",
    "Sample campaign/a.jpg",
    "archives/2026/final.jpg",
    "notes.txt",
    "ledger.db.mine",
)


class Desk:
    """A computer with one person's profile, desktop and masters."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "profile"
        self.masters = root / "masters"
        self.keyring: SecretStore = MemoryStore()
        self.program = Installation(kind=Kind.PIPX, place=root / "venv", removed_by="pipx …")
        self.fill(self.home, *CACHES, *SAID, *THEIRS)
        self.fill(self.masters, "spring/hero.jpg", "spring/hero.jpg.xmp")
        open_ledger(self.home / "ledger.db").close()
        self.write("INSERT INTO library VALUES ('l', 'Masters', ?, ?)", bytes(self.masters), NOW)

    def fill(self, folder: Path, *names: str) -> None:
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"content of {name}\n", "utf-8")

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.home / "ledger.db")) as ledger:
            ledger.execute(statement, values)
            ledger.commit()

    def queue(self, name: str) -> None:
        self.write(
            "INSERT INTO job (kind, identity, batch, name, state, params, created_at, updated_at)"
            " VALUES ('push', ?, 'b', ?, 'waiting', '{}', ?, ?)",
            *(name, name, NOW, NOW),
        )

    @property
    def entries(self) -> DesktopEntries:
        return DesktopEntries(
            {
                "HOME": str(self.root),
                "XDG_CONFIG_HOME": str(self.root / "config"),
                "XDG_DATA_HOME": str(self.root / "data"),
            }
        )

    @property
    def leaving(self) -> Uninstall:
        return Uninstall(
            self.home, entries=self.entries, program=self.program, keyring=lambda: self.keyring
        )

    def files(self) -> set[str]:
        return {str(one.relative_to(self.root)) for one in self.root.rglob("*") if one.is_file()}

    def named(self, *, with_profile: bool = False) -> set[str]:
        plan = self.leaving.plan(with_profile=with_profile)
        return {one.name.removeprefix(f"{self.root}/") for one in plan.goes}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_plan_changes_nothing(desk: Desk) -> None:
    before = {one: (desk.root / one).read_bytes() for one in desk.files()}
    desk.leaving.plan(with_profile=True)

    assert {one: (desk.root / one).read_bytes() for one in desk.files()} == before


def test_caches_go_and_what_was_said_stays(desk: Desk) -> None:
    before = desk.files()
    assert desk.named() == {f"profile/{one}" for one in (*CACHES[:-1], "logs")}

    assert desk.leaving.carry_out(with_profile=False, despite_unsent=False) == []
    assert before - desk.files() == {f"profile/{one}" for one in CACHES}
    assert desk.named() == set()


def test_the_profile_goes_when_it_is_said_and_what_nobody_knows_stays(desk: Desk) -> None:
    desk.fill(desk.home / "demo", *CACHES, *SAID)
    open_ledger(desk.home / "demo" / "ledger.db").close()
    desk.leaving.carry_out(with_profile=True, despite_unsent=False)

    theirs = {f"profile/{one}" for one in THEIRS}
    assert desk.files() == {*theirs, "masters/spring/hero.jpg", "masters/spring/hero.jpg.xmp"}
    assert not (desk.home / "demo").exists()


def test_a_profile_of_which_everything_is_ours_goes_whole(desk: Desk) -> None:
    desk.fill(desk.home, SALT, NEWER)
    for name in THEIRS:
        (desk.home / name).unlink()
    for folder in ("edited/1", "edited", "Sample campaign", "archives/2026", "archives"):
        (desk.home / folder).rmdir()
    desk.leaving.carry_out(with_profile=True, despite_unsent=False)

    assert not desk.home.exists()
    assert (desk.masters / "spring" / "hero.jpg.xmp").exists()


def test_masters_stay_even_where_a_library_is_inside_of_what_goes(desk: Desk) -> None:
    desk.fill(desk.home / "opened" / "mine", "kept.jpg")
    location = bytes(desk.home / "opened" / "mine")
    desk.write("INSERT INTO library VALUES ('m', 'Mine', ?, ?)", location, NOW)
    (desk.home / "documents" / "link").symlink_to(desk.masters)
    plan = desk.leaving.plan(with_profile=True)
    desk.leaving.carry_out(with_profile=True, despite_unsent=False)

    assert str(desk.home / "opened") in {one.name for one in plan.stays}
    assert (desk.home / "opened" / "mine" / "kept.jpg").exists()
    assert (desk.masters / "spring" / "hero.jpg").exists()
    assert not (desk.home / "documents").exists()


def test_a_library_inside_of_what_goes_stays_when_it_is_done_twice(desk: Desk) -> None:
    desk.fill(desk.home / "opened" / "mine", "kept.jpg")
    location = bytes(desk.home / "opened" / "mine")
    desk.write("INSERT INTO library VALUES ('m', 'Mine', ?, ?)", location, NOW)
    for _ in range(2):
        desk.leaving.carry_out(with_profile=True, despite_unsent=False)

    assert (desk.home / "opened" / "mine" / "kept.jpg").exists()


def test_the_ledger_goes_last_so_that_it_can_be_gone_on_with(desk: Desk) -> None:
    inside = [one.name for one in desk.leaving.plan(with_profile=True).goes]

    assert inside[-1] == str(desk.home / "ledger.db")


def test_a_folder_that_is_no_profile_loses_nothing(desk: Desk) -> None:
    desk.home = desk.root / "project"
    desk.fill(desk.home, "out/cut.mov", "documents/a.pdf", "settings.json", "logs/a", "catalog.db")
    before = desk.files()
    desk.leaving.carry_out(with_profile=True, despite_unsent=True)

    assert before <= desk.files()


def test_folders_stay_where_nobody_can_say_whose_they_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill(desk.home, "out/cut.mov")
    monkeypatch.setattr(Path, "home", lambda: desk.home / "person")
    desk.leaving.carry_out(with_profile=True, despite_unsent=False)
    assert (desk.home / "out" / "cut.mov").exists()
    assert not (desk.home / "catalog.db").exists()

    monkeypatch.undo()
    (desk.home / "ledger.db").write_bytes(b"rubbish" * 1000)
    desk.leaving.carry_out(with_profile=True, despite_unsent=False)
    assert (desk.home / "out" / "cut.mov").exists()


def test_entries_of_the_keyring_go_by_name_and_no_value_is_told(desk: Desk) -> None:
    desk.write(
        "INSERT INTO account (environment, api_key, label, in_use, added_at)"
        " VALUES ('acme', '1', '', 1, ?)",
        NOW,
    )
    for name in ("acme", "login:acme", "other"):
        desk.keyring.put(name, Secret(f"value of {name}"))
    plan = desk.leaving.plan(with_profile=False)
    secrets = [one.name for one in plan.goes if one.part is Part.SECRET]
    desk.leaving.carry_out(with_profile=False, despite_unsent=False)

    assert secrets == ["acme", "login:acme"]
    assert "value of" not in repr(plan)
    assert desk.keyring.get("acme") is None
    assert desk.keyring.get("other") == Secret("value of other")


def test_a_locked_keyring_is_trouble_that_names_what_may_be_in_it(desk: Desk) -> None:
    class Locked(MemoryStore):
        def get(self, name: str) -> Secret | None:
            raise KeyringLockedError(detail=name)

    desk.write(
        "INSERT INTO account (environment, api_key, label, in_use, added_at)"
        " VALUES ('acme', '1', '', 1, ?)",
        NOW,
    )
    desk.keyring = Locked()
    [trouble] = desk.leaving.carry_out(with_profile=False, despite_unsent=False)

    assert "acme, login:acme" in trouble
    assert not (desk.home / "catalog.db").exists()


def test_every_name_under_which_a_secret_is_kept_is_known() -> None:
    folder = Path(bridge_app.__file__).parent / "work"
    kept = {
        re.sub(r"\{\w+\}", "{}", node.value)
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(r"[a-z]+:\{\w+\}(:[a-z]+)?", node.value)
    }
    known = {name for names in SECRET_NAMES.values() for name in names}
    assert kept - {"push:{}"} == known - {"{}"}


def test_nothing_goes_while_a_window_is_open(desk: Desk) -> None:
    before = desk.files()
    with sole_worker(desk.home), pytest.raises(AlreadyOpenError):
        desk.leaving.carry_out(with_profile=True, despite_unsent=True)

    assert desk.files() == before


def test_what_has_not_arrived_is_named_and_has_to_be_given_up_by_word(desk: Desk) -> None:
    desk.queue("hero.jpg")
    desk.queue("tall.jpg")
    before = desk.files()
    [unsent] = desk.leaving.plan(with_profile=False).unsent

    assert (unsent.what, unsent.count, unsent.example) == ("push", 2, "hero.jpg")
    with pytest.raises(UnsentWorkError, match=r"2 × push \(hero.jpg\)"):
        desk.leaving.carry_out(with_profile=False, despite_unsent=False)
    assert desk.files() == before
    assert desk.leaving.carry_out(with_profile=False, despite_unsent=True) == []
    assert not (desk.home / "catalog.db").exists()


def test_a_ledger_that_cannot_be_read_is_told(desk: Desk) -> None:
    (desk.home / "ledger.db").write_bytes(b"rubbish" * 1000)
    [trouble] = desk.leaving.plan(with_profile=False).troubles

    assert "ledger.db" in trouble


def test_the_desktop_forgets_us_and_nobody_else(desk: Desk) -> None:
    ours = (
        "config/autostart/asset-bridge.desktop",
        "data/applications/asset-bridge.desktop",
        "data/icons/hicolor/64x64/apps/asset-bridge.png",
        "data/mime/packages/asset-bridge.xml",
    )
    theirs = (
        "config/autostart/other.desktop",
        "data/applications/asset-bridge2.desktop",
        "data/icons/hicolor/64x64/apps/other.png",
    )
    desk.fill(desk.root, *ours, *theirs)
    lists = desk.root / "config" / "mimeapps.list"
    lists.write_text(
        "[Default Applications]\nimage/png=other.desktop;asset-bridge.desktop;\n"
        "x-scheme-handler/asset-bridge=asset-bridge.desktop\n# asset-bridge.desktop\n"
    )
    desk.leaving.carry_out(with_profile=False, despite_unsent=False)

    assert desk.files().isdisjoint(ours)
    assert desk.files() >= set(theirs)
    assert lists.read_text() == (
        "[Default Applications]\nimage/png=other.desktop;\n# asset-bridge.desktop\n"
    )


def test_a_bundle_takes_its_own_files_away_and_leaves_others(desk: Desk) -> None:
    place = desk.root / "programs" / "asset-bridge"
    ours = ("asset-bridge", "asset-bridge-decoder", "_internal/libqt.so", "_internal/bridge_app/x")
    desk.fill(place, *ours, "my own.txt")
    desk.fill(desk.root, "theirs.txt")
    listed = (*ours, "gone", "../../masters", str(desk.root / "theirs.txt"))
    (place / "_internal" / BUNDLED_FILES).write_text("\n".join(listed))
    desk.program = installation(
        {}, program=place / "asset-bridge", is_bundle=True, package_list=place / "none"
    )
    assert desk.program.kind is Kind.BUNDLE
    desk.leaving.carry_out(with_profile=False, despite_unsent=False)

    assert [one.name for one in place.iterdir()] == ["my own.txt"]
    assert (desk.root / "theirs.txt").exists()
    assert (desk.masters / "spring" / "hero.jpg").exists()


Made = Callable[[Path], Installation]


def in_python(mark: str) -> Made:
    def made(root: Path) -> Installation:
        (root / mark).touch()
        return installation({}, prefix=root, is_bundle=False)

    return made


def packaged(root: Path) -> Installation:
    listed = root / "list"
    listed.write_text(f"/.\n{root}/asset-bridge\n")
    return installation({}, program=root / "asset-bridge", is_bundle=True, package_list=listed)


def as_image(root: Path) -> Installation:
    told = {"APPIMAGE": str(root / "Bridge.AppImage"), "APPDIR": str(root / "mounted")}
    return installation(told, program=root / "mounted" / "asset-bridge", is_bundle=True)


@pytest.mark.parametrize(
    ("made", "kind", "removal"),
    [
        (in_python("pipx_metadata.json"), Kind.PIPX, "pipx uninstall asset-bridge"),
        (in_python("uv-receipt.toml"), Kind.UV, "uv tool uninstall asset-bridge"),
        (packaged, Kind.DEB, "sudo apt-get purge asset-bridge"),
        (as_image, Kind.APPIMAGE, ""),
        (lambda _: installation({"FLATPAK_ID": "a.b.C"}), Kind.FLATPAK, "flatpak uninstall a.b.C"),
    ],
)
def test_who_installed_the_program_is_known_by_its_marks(
    tmp_path: Path, made: Made, kind: Kind, removal: str
) -> None:
    found = made(tmp_path)

    assert (found.kind, found.removed_by) == (kind, removal)
    assert [one.name for one in found.files] == (["Bridge.AppImage"] if made is as_image else [])
