"""Mirrors, searches of the whole environment and downloads on the command line."""

from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.cli import mirror
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT, picture


def put(sandbox: Sandbox, file: Path) -> None:
    """Somebody puts a picture there, or another one in its place."""
    cloudinary.uploader.upload(
        str(file),
        public_id="campaign/hero",
        display_name="Cloud hero",
        tags=["spring"],
        cloud_name=ACCOUNT.cloud_name,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        upload_prefix=sandbox.url,
    )


@pytest.fixture
def mirrored(with_account: CommandLine, sandbox: Sandbox, tmp_path: Path) -> CommandLine:
    """An environment with one picture, mirrored."""
    put(sandbox, picture(tmp_path / "hero.jpg", 9))
    answer = with_account("library", "sync", ACCOUNT.cloud_name)
    assert answer.status == 0
    assert "studio: 1 assets" in answer.out
    return with_account


def test_a_mirrored_environment_is_searched_like_any_library(mirrored: CommandLine) -> None:
    (found,) = mirrored("search", "spring", "--json").lines
    assert (found["library"], found["name"]) == ("cloud:studio", "Cloud hero.jpg")
    assert found["cloud"]["public_id"] == "campaign/hero"
    libraries = mirrored("library", "list", "--json").lines
    assert "cloud:studio" in [one["id"] for one in libraries]


def test_filters_are_typed_as_words_and_a_wrong_one_is_told(mirrored: CommandLine) -> None:
    (found,) = mirrored("search", "type:image,video", "keyword:spring", "--json").lines
    assert found["name"] == "Cloud hero.jpg"
    assert mirrored("search", "keyword:spring", "type:audio").out == ""
    refused = mirrored("search", "type:hologram")
    assert refused.status != 0
    assert "type:hologram" in refused.err
    assert "image, video" in refused.err


def test_cloudinary_itself_is_searched_with_its_own_expressions(mirrored: CommandLine) -> None:
    answer = mirrored("search", "--cloud", "--json", "tags=spring AND bytes>10")
    (found,) = answer.lines
    assert (found["public_id"], found["tags"]) == ("campaign/hero", ["spring"])
    assert mirrored("search", "--cloud", "tags=autumn").out == ""


def test_an_expression_that_is_not_understood_is_refused_with_a_sentence(
    mirrored: CommandLine,
) -> None:
    answer = mirrored("search", "--cloud", "tags=(spring")
    assert answer.status == 1
    assert "Cloudinary" in answer.err
    assert "Traceback" not in answer.err


def test_a_download_says_where_it_lies_and_replaces_nothing(
    mirrored: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    answer = mirrored("pull", "Cloud hero.jpg", "--to", str(out))
    assert (answer.status, answer.out.strip()) == (0, str(out / "Cloud hero.jpg"))
    assert (out / "Cloud hero.jpg").read_bytes() == (tmp_path / "hero.jpg").read_bytes()
    assert "was there already" in mirrored("pull", "Cloud hero.jpg", "--to", str(out)).out
    (out / "Cloud hero.jpg").write_bytes(b"mine")
    refused = mirrored("pull", "Cloud hero.jpg", "--to", str(out))
    assert refused.status == 1
    assert "is there already" in refused.err
    assert (out / "Cloud hero.jpg").read_bytes() == b"mine"


def test_a_download_that_met_trouble_is_tried_again(
    mirrored: CommandLine, sandbox: Sandbox, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    sandbox.faults.answer(status=503, times=1, path_contains="/image/upload/v")
    answer = mirrored("pull", "Cloud hero.jpg", "--to", str(out))
    assert answer.status == 0
    assert sandbox.faults.pending == 0
    assert (out / "Cloud hero.jpg").read_bytes() == (tmp_path / "hero.jpg").read_bytes()


def test_trouble_that_stays_is_told_of_each_file_without_a_promise(
    mirrored: CommandLine, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "PAUSES_S", (0.0,))
    sandbox.faults.answer(status=503, times=9, path_contains="/image/upload/v")
    answer = mirrored("pull", "Cloud hero.jpg", "--to", str(tmp_path / "out"))
    assert answer.status == 1
    assert answer.err.startswith("Cloud hero.jpg was not downloaded: HTTP 503")
    assert "by itself" not in answer.err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_download_of_what_was_changed_meanwhile_says_so(
    mirrored: CommandLine, sandbox: Sandbox, tmp_path: Path
) -> None:
    put(sandbox, picture(tmp_path / "other.jpg", 10))
    answer = mirrored("pull", "Cloud hero.jpg", "--to", str(tmp_path / "out"))
    assert answer.status == 1
    assert "its content was changed there" in answer.err
    assert list((tmp_path / "out").iterdir()) == []
