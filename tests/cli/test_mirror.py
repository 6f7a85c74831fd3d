"""Mirrors, searches of the whole environment and downloads on the command line."""

from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT, picture


@pytest.fixture
def mirrored(with_account: CommandLine, sandbox: Sandbox, tmp_path: Path) -> CommandLine:
    """An environment with one picture, mirrored."""
    cloudinary.uploader.upload(
        str(picture(tmp_path / "hero.jpg", 9)),
        public_id="campaign/hero",
        display_name="Cloud hero",
        tags=["spring"],
        cloud_name=ACCOUNT.cloud_name,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        upload_prefix=sandbox.url,
    )
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
