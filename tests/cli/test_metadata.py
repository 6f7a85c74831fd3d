"""`asset-bridge edit` and `asset-bridge metadata fields`, against the sandbox over HTTP."""

from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT, picture

EDIT_FIELDS = ["asset", "name", "field", "from", "to"]


class There:
    """What stands at the service."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._folder = folder
        self._options = {
            "cloud_name": ACCOUNT.cloud_name,
            "api_key": ACCOUNT.api_key,
            "api_secret": ACCOUNT.api_secret,
            "upload_prefix": sandbox.url,
        }

    def stock(self, name: str, **said: Any) -> None:
        path = picture(self._folder / f"{name}.jpg", len(name))
        cloudinary.uploader.upload(
            str(path), public_id=name, display_name=name, **said, **self._options
        )

    def define(self) -> None:
        brand = {
            "type": "enum",
            "label": "Brand",
            "external_id": "brand",
            "datasource": {"values": [{"external_id": "a", "value": "Acme"}]},
        }
        cloudinary.api.add_metadata_field(brand, **self._options)

    def said(self, name: str) -> dict[str, Any]:
        found = dict(cloudinary.api.resource(name, **self._options))
        return {key: found.get(key) for key in ("tags", "context", "metadata")}

    def change(self, name: str, **said: Any) -> None:
        cloudinary.uploader.explicit(name, type="upload", **said, **self._options)


@pytest.fixture
def there(with_account: CommandLine, sandbox: Sandbox, tmp_path: Path) -> There:
    made = There(sandbox, tmp_path / "there")
    made.stock("sea", tags="old", context="alt=Waves")
    made.stock("dune", tags="old")
    assert with_account("library", "sync", "studio").status == 0
    return made


def test_an_edit_is_planned_without_doing_it(with_account: CommandLine, there: There) -> None:
    answer = with_account("edit", "sea.jpg", "dune.jpg", "--add-tag", "new", "--dry-run", "--json")
    assert answer.status == 0
    assert [list(line) for line in answer.lines] == [EDIT_FIELDS, EDIT_FIELDS]
    assert {tuple(line["to"]) for line in answer.lines} == {("new", "old")}
    said = with_account("edit", "sea.jpg", "dune.jpg", "--add-tag", "new", "--dry-run").out
    assert "2 changes of 2 assets: 1 calls (1 × add tags)." in said
    assert there.said("sea")["tags"] == ["old"]


def test_masters_and_assets_in_the_cloud_are_edited_together(
    with_account: CommandLine, there: There
) -> None:
    words = ["sea.jpg", "tall_02.jpg", "--add-tag", "new", "--add", "tags=wide"]
    answer = with_account("edit", *words, "--json")
    assert {line["name"]: (line["field"], line["to"]) for line in answer.lines} == {
        "sea.jpg": ("tags", ["new", "old", "wide"]),
        "tall_02.jpg": ("standard.keywords", ["new", "wide"]),
    }
    told = with_account("metadata", "history", "sea.jpg", "tall_02.jpg", "--json").lines
    assert len({line["batch"] for line in told}) == 1
    shown = with_account("metadata", "show", "sea.jpg", "--field", "tags", "--json").lines
    assert shown[0]["fields"] == {"tags": ["new", "old", "wide"]}


def test_an_edit_waits_for_its_delivery_and_ends_with_0(
    with_account: CommandLine, there: There
) -> None:
    there.define()
    assert with_account("metadata", "fields").out == "brand  Brand  enum: Acme\n"
    words = ["--set", "title=The sea", "--set", "Brand=acme", "--remove-tag", "old"]
    assert with_account("edit", "sea.jpg", *words, "--wait").status == 0
    assert there.said("sea") == {
        "tags": None,
        "context": {"custom": {"alt": "Waves", "caption": "The sea"}},
        "metadata": {"brand": "a"},
    }


def test_an_edit_without_wait_is_kept_and_goes_out_later(
    with_account: CommandLine, there: There
) -> None:
    answer = with_account("edit", "sea.jpg", "--add-tag", "new")
    assert (answer.status, there.said("sea")["tags"]) == (0, ["old"])
    assert "Recorded" in answer.err
    assert with_account("show", "sea.jpg", "--json").lines[0]["keywords"] == ["new", "old"]
    assert with_account("edit", "sea.jpg", "--add-tag", "new", "--wait").status == 0
    assert there.said("sea")["tags"] == ["new", "old"]


def test_a_conflict_ends_with_1_and_keeps_both(with_account: CommandLine, there: There) -> None:
    there.change("sea", context={"alt": "Theirs"})
    answer = with_account("edit", "sea.jpg", "--set", "caption=Ours", "--wait")
    assert answer.status == 1
    assert "Both values are kept" in answer.err
    assert there.said("sea")["context"] == {"custom": {"alt": "Theirs"}}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["sea.jpg"], "Say what to change"),
        (["sea.jpg", "--set", "title"], "FIELD=VALUE"),
        (["sea.jpg", "--add-tag", "a,b"], "comma"),
        (["sea.jpg", "--template", "Agency"], "for masters"),
        (["sea.jpg", "--add", "title=new"], "only added to tags"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(
    with_account: CommandLine, there: There, words: list[str], why: str
) -> None:
    answer = with_account("edit", *words)
    assert (answer.status, why in answer.err) == (2, True)


def test_fields_are_listed_as_json_and_offline_as_they_were(
    with_account: CommandLine, there: There, sandbox: Sandbox
) -> None:
    there.define()
    (field,) = with_account("metadata", "fields", "--json").lines
    assert (field["external_id"], field["type"]) == ("brand", "enum")
    sandbox.stop()
    answer = with_account("metadata", "fields", "--json")
    assert (answer.status, answer.lines) == (0, [field])
    assert "known last" in answer.err
    sandbox.start()
