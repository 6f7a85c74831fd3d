"""Structured metadata: its fields, its rules and the values of assets, by the official SDK."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.sandbox.server import Sandbox, utc_now
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")

ENTRIES = [{"external_id": "e1", "value": "One"}, {"value": "two"}, {"value": "Three"}]


def add(external_id: str, kind: str = "string", **more: Any) -> Any:
    return api.add_metadata_field(
        {"external_id": external_id, "label": f"{external_id} label", "type": kind, **more}
    )


def ids() -> list[str]:
    return [one["external_id"] for one in api.list_metadata_fields()["metadata_fields"]]


def test_a_field_is_described_with_all_its_properties() -> None:
    assert add("title") == {
        "type": "string",
        "external_id": "title",
        "label": "title label",
        "mandatory": False,
        "default_value": None,
        "validation": None,
        "default_disabled": False,
        "restrictions": {"readonly_ui": False},
        "allow_dynamic_list_values": False,
    }
    assert (
        api.metadata_field_by_field_id("title")
        == api.list_metadata_fields()["metadata_fields"].pop()
    )


def test_an_update_changes_what_it_names_but_never_id_and_type() -> None:
    add("title", default_value="a", restrictions={"readonly_ui": True})
    changed = api.update_metadata_field(
        "title", {"external_id": "x", "type": "integer", "label": "New", "default_value": "b"}
    )
    assert (changed["external_id"], changed["type"]) == ("title", "string")
    assert (changed["label"], changed["default_value"]) == ("New", "b")
    assert changed["restrictions"] == {"readonly_ui": True}
    cleared = api.update_metadata_field("title", {"default_value": None})
    assert (cleared["default_value"], cleared["label"]) == (None, "New")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"type": "colour", "label": "x"}, "type colour is invalid"),
        ({"type": "string"}, "label is required"),
        ({"type": "enum", "label": "x"}, "datasource is required"),
        ({"type": "enum", "label": "x", "datasource": {"values": [{}]}}, "value is required"),
        ({"type": "integer", "label": "x", "default_value": "a"}, "default_value is invalid"),
        ({"type": "string", "label": "x", "mandatory": True}, "default_value is required"),
        ({"type": "string", "label": "x", "external_id": "a" * 256}, "external_id is too long"),
        ({"type": "string", "label": "x", "external_id": "old"}, "external id old already exists"),
        ({"type": "string", "label": "old label"}, "label old label already exists"),
    ],
)
def test_a_field_that_cannot_be_is_refused(body: Any, message: str) -> None:
    add("old")
    with pytest.raises(BadRequest, match=message):
        api.add_metadata_field(body)
    assert ids() == ["old"]


def test_a_deleted_field_takes_its_values_along_and_its_id_stays_taken_a_while(
    make_sandbox: Any, connect: Any, jpeg: Path
) -> None:
    times = [utc_now()]
    sandbox = make_sandbox(now=lambda: times[-1])
    sandbox.start()
    connect(sandbox)
    add("title")
    uploader.upload(str(jpeg), public_id="pic", metadata={"title": "x"})
    assert api.delete_metadata_field("title") == {"message": "ok"}
    with pytest.raises(BadRequest, match="external id title already exists"):
        add("title")
    times.append(times[-1] + timedelta(minutes=1))
    add("title")
    assert "metadata" not in api.resource("pic")
    with pytest.raises(NotFound):
        api.delete_metadata_field("nothing")


def test_a_datasource_is_appended_to_renamed_deleted_restored_and_sorted() -> None:
    add("colour", "enum", datasource={"values": ENTRIES})
    renamed = api.update_metadata_field_datasource("colour", [{"external_id": "e1", "value": "I"}])
    assert renamed["values"][0] == {"external_id": "e1", "value": "I"}
    assert len(renamed["values"]) == 3
    longer = api.update_metadata_field_datasource("colour", [{"value": "four"}])
    assert [one["value"] for one in longer["values"]] == ["I", "two", "Three", "four"]
    left = api.delete_datasource_entries("colour", ["e1"])["values"]
    assert [one["value"] for one in left] == ["two", "Three", "four"]
    states = api.metadata_field_by_field_id("colour")["datasource"]["values"]
    assert [one["state"] for one in states] == ["inactive", "active", "active", "active"]
    assert len(api.restore_metadata_field_datasource("colour", ["e1"])["values"]) == 4
    for direction, expected in ((None, "four I Three two"), ("desc", "two Three I four")):
        ordered = api.reorder_metadata_field_datasource("colour", "value", direction)["values"]
        assert [one["value"] for one in ordered] == expected.split()
    with pytest.raises(BadRequest, match="external_ids are invalid: no"):
        api.delete_datasource_entries("colour", ["no"])


def test_entries_of_all_datasources_are_searched(sandbox: Sandbox) -> None:
    add("colour", "enum", datasource={"values": ENTRIES})
    add("size", "set", datasource={"values": [{"external_id": "e3", "value": "thirty"}]})
    found = plain.post(
        f"{sandbox.url}/v1_1/demo/metadata_fields/datasource/search",
        auth=("1234", "s3cr3t"),
        json={"term": "TH"},
    ).json()
    assert [one["value"] for one in found] == ["Three", "thirty"]
    assert found[1] == {"field_id": "size", "id": "e3", "value": "thirty"}


def test_fields_are_listed_in_the_order_they_are_put_into(sandbox: Sandbox) -> None:
    for name in ("b", "c", "a"):
        add(name)
    assert ids() == ["b", "c", "a"]
    reply = api.reorder_metadata_fields("label", "desc")
    assert [one["external_id"] for one in reply["metadata_fields"]] == ["c", "b", "a"]
    api.reorder_metadata_fields("external_id")
    assert ids() == ["a", "b", "c"]
    url = f"{sandbox.url}/v1_1/demo/metadata_fields/c"
    plain.put(url, auth=("1234", "s3cr3t"), json={"position": 0}).raise_for_status()
    assert ids() == ["c", "a", "b"]
    with pytest.raises(BadRequest, match="order_by size is invalid"):
        api.reorder_metadata_fields("size")


def test_rules_are_kept_by_field_and_changed_one_by_one() -> None:
    add("category", "enum", datasource={"values": ENTRIES})
    add("team", default_disabled=True)
    add("area", default_disabled=True)
    condition = {"metadata_field_id": "category", "equals": "e1"}
    rules = [
        api.add_metadata_rule(
            {
                "metadata_field_id": target,
                "name": target,
                "condition": condition,
                "result": {"enable": True, "activate_values": "all"},
            }
        )
        for target in ("team", "area")
    ]
    assert rules[0]["state"] == "active"
    assert len(rules[0]["condition_signature"]) == 36
    listed = api.list_metadata_rules()["metadata_rules"]
    assert [one["name"] for one in listed] == ["area", "team"]
    changed = api.update_metadata_rule(rules[0]["external_id"], {"name": "n", "state": "inactive"})
    assert (changed["name"], changed["state"]) == ("n", "inactive")
    assert changed["condition"] == condition
    assert api.delete_metadata_rule(rules[0]["external_id"]) == {"success": True}
    with pytest.raises(NotFound):
        api.delete_metadata_rule(rules[0]["external_id"])
    api.delete_metadata_field("category")
    assert api.list_metadata_rules()["metadata_rules"] == []


def test_a_rule_about_an_unknown_field_is_refused() -> None:
    add("team")
    condition = {"metadata_field_id": "nothing", "populated": True}
    with pytest.raises(BadRequest, match="metadata field nothing doesn't exist"):
        api.add_metadata_rule(
            {"metadata_field_id": "team", "condition": condition, "result": {"enable": True}}
        )


def test_values_are_set_by_every_call_that_takes_them(jpeg: Path, png: bytes) -> None:
    add("title")
    add("count", "integer")
    add("colour", "set", datasource={"values": ENTRIES})
    uploaded = uploader.upload(str(jpeg), public_id="pic", metadata={"title": "a|b=ü", "count": 5})
    assert uploaded["metadata"] == {"title": "a|b=ü", "count": 5}
    explicit = uploader.explicit("pic", type="upload", metadata={"colour": ["e1"]})
    assert explicit["metadata"] == {"title": "a|b=ü", "count": 5, "colour": ["e1"]}
    assert api.update("pic", metadata={"count": 6})["metadata"]["count"] == 6
    uploader.upload(io.BytesIO(png), public_id="other")
    reply = uploader.update_metadata({"title": "both"}, ["pic", "other", "nothing"])
    assert reply["public_ids"] == ["pic", "other"]
    assert [api.resource(name)["metadata"]["title"] for name in ("pic", "other")] == ["both"] * 2
    assert "metadata_updated_at" in api.resource("other")["last_updated"]


def test_a_wrong_value_changes_nothing_anywhere(sdk: Sandbox, jpeg: Path, png: bytes) -> None:
    add("count", "integer")
    with pytest.raises(BadRequest, match="Value x is invalid for field count"):
        uploader.upload(str(jpeg), metadata={"count": "x"})
    assert sdk.stored("demo") == []
    for name in ("a", "b"):
        uploader.upload(io.BytesIO(png), public_id=name)
    with pytest.raises(BadRequest, match="field no doesn't exist"):
        uploader.update_metadata({"no": 1}, ["a", "b"])
    with pytest.raises(BadRequest, match="Value y is invalid"):
        api.update("a", metadata={"count": "y"}, tags=["new"])
    assert "tags" not in api.resource("a")


def test_metadata_is_listed_on_demand_with_its_defaults(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", tags=["t"], context={"k": "v"})
    add("state", default_value="draft")
    listings = [
        lambda metadata: api.resources(metadata=metadata),
        lambda metadata: api.resources_by_tag("t", metadata=metadata),
        lambda metadata: api.resources_by_context("k", metadata=metadata),
        lambda metadata: api.resources_by_ids("pic", metadata=metadata),
    ]
    for listing in listings:
        assert listing(True)["resources"][0]["metadata"] == {"state": "draft"}
        assert "metadata" not in listing(False)["resources"][0]


def test_fields_rules_and_values_outlive_a_restart(
    make_sandbox: Any, connect: Any, tmp_path: Path, jpeg: Path
) -> None:
    sandbox = make_sandbox(state=tmp_path / "state")
    sandbox.start()
    connect(sandbox)
    made = add("colour", "enum", datasource={"values": ENTRIES}, default_value="e1")
    uploader.upload(str(jpeg), public_id="pic", metadata={"colour": "e1"})
    sandbox.stop()
    again = make_sandbox(state=tmp_path / "state")
    again.start()
    connect(again)
    assert api.list_metadata_fields()["metadata_fields"] == [made]
    assert api.resource("pic")["metadata"] == {"colour": "e1"}
