"""Days of work with the `cld` command line against `asset-bridge sandbox`, both as programs.

Nothing of either is imported: the sandbox is started by its command, and `cld` is told of it by the
settings the sandbox prints.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.plain_http import plain
from tests.sandbox.loaded_cld import LoadedCld

PROGRAMS = Path(sys.executable).parent
FOR_CLD = "For the cld command line:"
LAST = "OAuth:"
ACCOUNT = "cloudinary://demo-key:demo-secret@demo"

MODES = ("fixed", "dynamic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A sandbox in a process of its own, and the settings it printed for `cld`."""

    mode: str
    settings: dict[str, str]
    home: Path
    program: LoadedCld

    def cld(self, *arguments: str) -> str:
        """All that the command says; it must succeed."""
        done = self.program(*arguments, environment={**_bare(self.home), **self.settings})
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def json(self, *arguments: str) -> dict[str, Any]:
        """The object that the command prints."""
        said = self.cld(*arguments)
        found, _ = json.JSONDecoder().raw_decode(said[said.index("{") :])
        assert isinstance(found, dict)
        return found

    def held(self, folder: str) -> list[dict[str, Any]]:
        """Every asset below a folder, as a search tells them."""
        field = "asset_folder" if self.mode == "dynamic" else "folder"
        names = ("UPLOAD_PREFIX", "CLOUD_NAME", "API_KEY", "API_SECRET")
        host, cloud, key, secret = (self.settings[f"CLOUDINARY_{name}"] for name in names)
        reply = plain.post(
            f"{host}/v1_1/{cloud}/resources/search",
            auth=(key, secret),
            json={"expression": f'{field}:"{folder}/*"', "max_results": 500},
        )
        found: list[dict[str, Any]] = reply.raise_for_status().json()["resources"]
        return found


def _bare(home: Path) -> dict[str, str]:
    """An environment that says nothing of Cloudinary."""
    return {
        "HOME": str(home),
        "CLOUDINARY_HOME": str(home / "cld"),
        "PATH": os.environ["PATH"],
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@contextmanager
def served(mode: str, home: Path, cld: LoadedCld) -> Iterator[Service]:
    """`asset-bridge sandbox` while it serves; interrupted, it ends well."""
    if not (PROGRAMS / "asset-bridge").exists():
        pytest.skip(f"there is no asset-bridge beside {sys.executable}")
    with subprocess.Popen(
        [
            *(str(PROGRAMS / "asset-bridge"), "sandbox", "--folder-mode", mode),
            # What is printed last counts.
            *("--account", "cloudinary://key:secret@branch", "--account", ACCOUNT),
        ],
        env=_bare(home),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Service(mode=mode, settings=_printed(process), home=home, program=cld)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(30)
        assert code == 0


def _printed(process: "subprocess.Popen[str]") -> dict[str, str]:
    """The variables that the sandbox says are for `cld`."""
    assert process.stdout is not None
    settings: dict[str, str] = {}
    wanted = False
    for line in process.stdout:
        wanted = (wanted or line.startswith(FOR_CLD)) and bool(line.strip())
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if wanted and equals:
            settings[name] = value.strip("'")
        if line.startswith(LAST):
            break
    return settings


Serve = Callable[[str], Service]


@pytest.fixture(scope="module")
def serve(loaded_cld: LoadedCld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """The sandbox of a folder mode, started when it is first wanted."""
    with ExitStack() as running:

        def begun(mode: str) -> Service:
            return running.enter_context(served(mode, tmp_path_factory.mktemp(mode), loaded_cld))

        yield cache(begun)


@pytest.fixture(params=MODES)
def service(request: pytest.FixtureRequest, serve: Serve) -> Service:
    """A sandbox of either folder mode."""
    return serve(request.param)


@pytest.fixture
def dynamic(serve: Serve) -> Service:
    """A sandbox as new product environments are."""
    return serve("dynamic")


def picture(path: Path, colour: str) -> Path:
    """A small picture of one colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (24, 16), colour).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures and a text in folders, with names that people give."""
    made = tmp_path / "summer"
    picture(made / "hero.jpg", "teal")
    picture(made / "sea" / "wave two.png", "navy")
    picture(made / "sea" / "deep" / "été.gif", "black")
    (made / "notes.txt").write_text("what the customer said")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is no secret of `cld`."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if not path.name.startswith(".")
    }


NAMED_BY_FILES = (
    *("-O", "use_filename", "true"),
    *("-O", "unique_filename", "false"),
    *("-O", "use_asset_folder_as_public_id_prefix", "true"),
)
"""In dynamic mode public IDs are random unless they are asked for; in fixed mode `cld` asks."""


def test_a_folder_uploaded_twice_is_there_once(service: Service, folder: Path) -> None:
    options = NAMED_BY_FILES if service.mode == "dynamic" else ()
    first, second = (
        service.cld("upload_dir", str(folder), "-f", "twice", *options) for _ in range(2)
    )
    assert "4 resources uploaded" in first
    assert "4 resources uploaded" in second
    held = service.held("twice")
    assert {one["public_id"] for one in held} == {
        "twice/summer/hero",
        "twice/summer/sea/wave_two",
        "twice/summer/sea/deep/été",
        "twice/summer/notes.txt",
    }
    assert len(held) == 4
    for one in held:
        assert plain.get(one["secure_url"]).status_code == 200


def test_in_dynamic_mode_a_folder_uploaded_twice_is_doubled_if_nobody_names_it(
    dynamic: Service, folder: Path
) -> None:
    for _ in range(2):
        dynamic.cld("upload_dir", str(folder), "-f", "double")
    held = dynamic.held("double")
    assert len({one["public_id"] for one in held}) == 8
    assert len({(one["asset_folder"], one["display_name"]) for one in held}) == 4


def test_push_sends_what_changed_and_removes_what_is_gone(service: Service, folder: Path) -> None:
    push = ("sync", "--push", "-F", str(folder), "pushed")
    assert "Synced | 4" in service.cld(*push)
    again = service.cld(*push)
    assert "Skipping 4 items" in again
    assert "Uploading" not in again

    picture(folder / "hero.jpg", "red")
    (folder / "notes.txt").unlink()
    picture(folder / "new.jpg", "white")
    said = service.cld(*push)
    assert "Skipping 2 items" in said
    assert "Synced | 2" in said
    assert "Deleted 1 resources" in said
    if service.mode == "dynamic":
        # `cld` sends a changed file as another asset, and removes the first at the next push.
        assert "Deleted 1 resources" in service.cld(*push)
    held = service.held("pushed")
    assert sorted(one["format"] for one in held) == ["gif", "jpg", "jpg", "png"]
    delivered = {plain.get(one["secure_url"]).content for one in held}
    assert delivered == set(contents(folder).values())


def test_pull_brings_every_byte_into_an_empty_folder(
    service: Service, folder: Path, tmp_path: Path
) -> None:
    service.cld("sync", "--push", str(folder), "pulled")
    empty = tmp_path / "empty"
    empty.mkdir()
    said = service.cld("sync", "--pull", str(empty), "pulled")
    assert "Synced | 4" in said
    brought, sent = contents(empty), contents(folder)
    assert sorted(brought.values()) == sorted(sent.values())
    if service.mode == "dynamic":
        assert brought == sent


def test_pull_takes_the_state_of_the_service(service: Service, folder: Path) -> None:
    service.cld("sync", "--push", str(folder), "changing")
    before = contents(folder)
    picture(folder / "hero.jpg", "yellow")
    (folder / "sea" / "wave two.png").unlink()
    picture(folder / "unknown.jpg", "white")
    service.cld("sync", "--pull", "-F", str(folder), "changing")
    assert set(contents(folder).values()) == set(before.values())


def test_a_dry_run_changes_nothing(dynamic: Service, folder: Path) -> None:
    said = dynamic.cld("sync", "--push", "--dry-run", str(folder), "never")
    assert "hero.jpg" in said
    assert dynamic.held("never") == []


def test_a_file_of_several_parts_comes_back_whole(dynamic: Service, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.mkdir()
    (large / "film.bin").write_bytes(os.urandom(1 << 20) * 21)
    assert "1 resources uploaded" in dynamic.cld("upload_dir", str(large), "-f", "parts")
    empty = tmp_path / "empty"
    dynamic.cld("sync", "--pull", str(empty), "parts/large")
    assert list(contents(empty).values()) == list(contents(large).values())


def test_admin_tells_and_changes(dynamic: Service, folder: Path) -> None:
    dynamic.cld("upload_dir", str(folder), "-f", "admin", "-o", "tags", "a,b", *NAMED_BY_FILES)
    hero = "admin/summer/hero"
    assert dynamic.json("admin", "ping")["status"] == "ok"
    assert dynamic.json("admin", "usage")["resources"] >= 4
    dynamic.json("admin", "update", hero, "-o", "context", "alt=A wave")
    told = dynamic.json("admin", "resource", hero)
    assert (told["tags"], told["context"]) == (["a", "b"], {"custom": {"alt": "A wave"}})
    dynamic.json("admin", "create_folder", "admin/empty")
    inner = dynamic.json("admin", "subfolders", "admin")["folders"]
    assert [one["name"] for one in inner] == ["empty", "summer"]
    assert dynamic.json("admin", "delete_resources", hero)["deleted"] == {hero: "deleted"}


def test_admin_pages_through_a_listing(dynamic: Service, tmp_path: Path) -> None:
    for number in range(5):
        picture(tmp_path / "many" / f"p{number}.png", "teal")
    dynamic.cld("upload_dir", str(tmp_path / "many"), "-o", "tags", "many", *NAMED_BY_FILES)
    asked = ("admin", "resources_by_tag", "many", "max_results=2", "-A", "-F")
    listed = json.loads(dynamic.cld(*asked))
    assert len({one["public_id"] for one in listed["resources"]}) == 5


def test_search_counts_and_pages(dynamic: Service, folder: Path) -> None:
    picture(folder / "second.jpg", "pink")
    dynamic.cld("upload_dir", str(folder), "-f", "found", *NAMED_BY_FILES)
    asked = ("search", "asset_folder:found/*", "-s", "public_id", "asc", "-a", "format", "-n", "2")
    pages: list[dict[str, Any]] = []
    while not pages or "next_cursor" in pages[-1]:
        more = ("-c", pages[-1]["next_cursor"]) if pages else ()
        pages.append(dynamic.json(*asked, *more))
    assert [len(page["resources"]) for page in pages] == [2, 2, 1]
    names = [one["public_id"] for page in pages for one in page["resources"]]
    assert names == sorted(names)
    assert pages[0]["total_count"] == 5
    assert pages[0]["aggregations"]["format"] == {"jpg": 2, "png": 1, "gif": 1}


def test_uploader_uploads_names_tags_and_destroys(dynamic: Service, folder: Path) -> None:
    upload = ("uploader", "upload", str(folder / "hero.jpg"), "public_id=one")
    sent = dynamic.json(*upload, "-O", "eager", '[{"width": 8, "crop": "scale"}]')
    assert plain.get(sent["eager"][0]["secure_url"]).status_code == 200
    assert dynamic.json("uploader", "add_tag", "red", "one")["public_ids"] == ["one"]
    moved = dynamic.json("uploader", "rename", "one", "two")
    assert (moved["public_id"], moved["tags"]) == ("two", ["red"])
    explicit = dynamic.json("uploader", "explicit", "two", "type=upload", "-o", "tags", "blue")
    assert explicit["tags"] == ["blue"]
    url = dynamic.cld("url", "two", "w_10,c_scale").strip()
    assert plain.get(url).status_code == 200
    assert dynamic.json("uploader", "destroy", "two")["result"] == "ok"
    assert plain.get(url).status_code == 404


def test_what_was_derived_is_made_anew(dynamic: Service, folder: Path) -> None:
    upload = ("uploader", "upload", str(folder / "hero.jpg"), "public_id=derived")
    dynamic.json(*upload, "-O", "eager", '[{"width": 9, "crop": "scale"}]')
    assert "Regenerated http" in dynamic.cld("regen_derived", "w_9,c_scale", "-F")


def test_addresses_elsewhere_move_in_by_an_upload_mapping(dynamic: Service, folder: Path) -> None:
    upload = ("uploader", "upload", str(folder / "hero.jpg"), "public_id=old/hero")
    there = dynamic.json(*upload)["url"].rpartition("/v")[0] + "/old/"
    dynamic.json("admin", "create_upload_mapping", "moved", f"template={there}")
    listed = folder.parent / "addresses.txt"
    listed.write_text(f"{there}hero.jpg\n")
    assert "Uploaded http" in dynamic.cld("migrate", "-v", "moved", str(listed))
    assert dynamic.json("admin", "resource", "moved/hero")["format"] == "jpg"


def test_an_environment_is_cloned_into_another(dynamic: Service, folder: Path) -> None:
    dynamic.cld("upload_dir", str(folder), "-f", "cloned", "-o", "tags", "clone", *NAMED_BY_FILES)
    host = dynamic.settings["CLOUDINARY_UPLOAD_PREFIX"]
    branch = f"cloudinary://key:secret@branch?upload_prefix={host}"
    dynamic.cld("clone", "-F", "-se", "tags=clone", branch)
    found = {one["public_id"] for one in dynamic.held("cloned")}
    assert len(found) == 4
    said = dynamic.json("-c", branch, "admin", "resources_by_ids", json.dumps(sorted(found)))
    names = {one["public_id"] for one in said["resources"]}
    assert names == {name for name in found if not name.endswith(".txt")}
