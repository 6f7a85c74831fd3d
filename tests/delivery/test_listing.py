"""What an environment tells is taken as a value, or refused with a sentence: nothing is guessed."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.answers import NotUnderstoodError
from bridge_app.delivery.asset_answers import cloud_asset
from bridge_app.delivery.cloud_search import completion, metadata_words
from bridge_app.delivery.listing import Listing, changed_after
from bridge_app.delivery.metadata import MetadataDesk
from bridge_app.domain import read_plan
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode, Moderation
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.storage.secrets import Secret

FOUND: dict[str, Any] = {
    "asset_id": "0123456789abcdef0123456789abcdef",
    "public_id": "a/b",
    "asset_folder": "x/y",
    "display_name": "Bee",
    "format": "jpg",
    "version": 1767225600,
    "resource_type": "image",
    "type": "private",
    "created_at": "2026-01-01T00:00:00+00:00",
    "uploaded_at": "2026-01-01T00:00:00+00:00",
    "bytes": 10,
    "width": 4,
    "height": 3,
    "etag": "d41d8cd98f00b204e9800998ecf8427e",
    "access_control": [{"access_type": "anonymous", "start": "2026-02-01T00:00:00Z"}],
    "last_updated": {"updated_at": "2026-03-01T01:00:00+01:00"},
    "moderation_kind": "manual",
    "moderation_status": "pending",
    "context": {"alt": "Bee"},
    "metadata": {"season": ["a", "b"], "count": 3},
    "tags": ["t"],
    "something_new": {"deep": [1]},
}


class Scripted:
    """A service that answers every request with the same bytes."""

    def __init__(self) -> None:
        self.body = b"{}"
        self.asked: list[str] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                script.asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(script.body)))
                self.end_headers()
                self.wfile.write(script.body)

            do_GET = do_POST = _answer  # noqa: N815 - the names http.server asks for

            def log_message(self, format: str, *values: object) -> None:
                del format, values

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def service() -> Iterator[Scripted]:
    made = Scripted()
    yield made
    made.close()


@pytest.fixture
def credentials(service: Scripted) -> Credentials:
    account = NewAccount(
        cloud_name="studio", api_key="1", secret=Secret("s"), upload_prefix=service.url
    )
    return Credentials(account=account.record(), secret=account.secret)


@pytest.fixture
def listing(credentials: Credentials) -> Listing:
    return Listing(credentials)


def test_an_asset_of_a_search_is_taken_with_all_that_is_told() -> None:
    asset = cloud_asset(FOUND, "studio", FolderMode.DYNAMIC)
    assert asset.updated_at == "2026-03-01T00:00:00Z"
    assert asset.created_at == "2026-01-01T00:00:00Z"
    assert asset.context == {"alt": "Bee"}
    assert asset.metadata == {"season": ("a", "b"), "count": 3}
    assert asset.moderation == (Moderation(kind="manual", status="pending"),)
    assert asset.access_control == (
        AccessRule(access_type="anonymous", start="2026-02-01T00:00:00Z"),
    )
    assert (asset.asset_folder, asset.name) == ("x/y", "Bee.jpg")


def test_in_fixed_mode_the_public_id_says_where_it_lies() -> None:
    asset = cloud_asset(FOUND, "studio", FolderMode.FIXED)
    assert (asset.asset_folder, asset.name) == ("a", "b.jpg")


def test_details_tell_context_below_custom_and_moderation_as_a_list() -> None:
    told = FOUND | {
        "context": {"custom": {"alt": "Wasp"}},
        "moderation": [{"kind": "manual", "status": "approved"}],
    }
    asset = cloud_asset(told, "studio", FolderMode.DYNAMIC)
    assert asset.context == {"alt": "Wasp"}
    assert asset.moderation == (Moderation(kind="manual", status="approved"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("asset_id", None),
        ("asset_id", 7),
        ("public_id", ""),
        ("bytes", "many"),
        ("bytes", -1),
        ("bytes", 1 << 70),
        ("width", [4]),
        ("version", True),
        ("duration", "long"),
        ("created_at", "yesterday"),
        ("created_at", 5),
        ("tags", "t"),
        ("tags", [1]),
        ("context", ["a"]),
        ("context", {"a": {"b": 1}}),
        ("metadata", "m"),
        ("access_control", {"a": 1}),
        ("moderation", [7]),
        ("last_updated", "now"),
    ],
)
def test_a_wrong_type_is_an_error_that_names_field_and_asset(name: str, value: object) -> None:
    with pytest.raises(NotUnderstoodError) as told:
        cloud_asset(FOUND | {name: value}, "studio", FolderMode.DYNAMIC)
    assert name in str(told.value) or "context" in str(told.value) or "object" in str(told.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(told=st.dictionaries(st.sampled_from(sorted(FOUND)), JSON, max_size=6))
def test_whatever_is_told_becomes_a_value_that_can_be_stored_or_an_error(
    told: dict[str, Any],
) -> None:
    try:
        asset = cloud_asset(FOUND | told, "studio", FolderMode.DYNAMIC)
    except NotUnderstoodError:
        return
    assert isinstance(asset, CloudAsset)
    json.dumps([asset.name, *asset.tags, *asset.context.values()]).encode()
    asset.name.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"7",
        b"null",
        b'"words"',
        b"<html><title>Gateway</title></html>",
        b"{}",
        b'{"resources": {}, "total_count": 1}',
        b'{"resources": [7], "total_count": 1}',
        b'{"resources": [], "total_count": "all"}',
        b'{"resources": [], "total_count": 0, "next_cursor": 5}',
        b'{"error": "words"}',
        b'{"resources": [',
        b"\xff\xfe",
        b"[" * 5_000,
    ],
)
def test_an_answer_that_is_none_is_told_as_such(
    service: Scripted, listing: Listing, body: bytes
) -> None:
    service.body = body
    for ask in (
        lambda: listing.page("", None, FolderMode.DYNAMIC),
        lambda: list(listing.all_ids(())),
        lambda: list(listing.folders()),
    ):
        with pytest.raises(BridgeError):
            ask()


def test_more_than_one_page_is_asked_for_with_the_cursor(
    service: Scripted, listing: Listing
) -> None:
    service.body = json.dumps(
        {"resources": [FOUND], "total_count": 1, "folders": [{"path": "a/", "external_id": "e"}]}
    ).encode()
    (page,) = listing.pages(changed_after("2026-01-01T00:00:00Z"), FolderMode.DYNAMIC)
    assert [asset.public_id for asset in page.assets] == ["a/b"]
    ((total, folders),) = listing.folders()
    assert (total, [folder.path for folder in folders]) == (1, ["a"])
    assert listing.calls == 2


def test_a_place_that_holds_far_more_than_was_known_is_read_no_further_than_was_planned(
    service: Scripted, credentials: Credentials
) -> None:
    service.body = json.dumps({"resources": [FOUND], "next_cursor": "on"}).encode()
    desk = MetadataDesk(credentials)
    found = desk.listed(read_plan.Listing(folder="x/y"), FolderMode.DYNAMIC)
    assert list(found) == [FOUND["asset_id"]]
    assert desk.calls == read_plan.MOST_LISTED // read_plan.LISTED


@pytest.mark.parametrize(
    ("text", "offered", "start"),
    [
        ("as", ["asset_folder", "asset_id", "aspect_ratio"], 0),
        ("tags=a AND resource_type:", ["image", "video", "raw"], 25),
        ("-res", ["resource_type"], 1),
        ("created_at>", ["1d", "1w", "1m", "1y"], 11),
        ("tags A", ["AND"], 5),
        ('display_name="as', [], 14),
        ("", [], 0),
    ],
)
def test_words_of_expressions_are_completed(text: str, offered: list[str], start: int) -> None:
    found = completion(text, len(text), dynamic=True)
    assert sorted(found.choices) == sorted(offered) or set(offered) <= set(found.choices)
    if offered:
        assert found.start == start
    else:
        assert found.choices == ()


def test_folders_are_fields_of_their_own_in_each_mode() -> None:
    assert "folder" in completion("fol", 3, dynamic=False).choices
    assert "folder" not in completion("fol", 3, dynamic=True).choices


def test_fields_of_metadata_and_what_may_be_chosen_in_them_are_completed() -> None:
    entries = (
        Entry(external_id="sp", value="Spring"),
        Entry(external_id="su", value="Summer"),
        Entry(external_id="so", value="Soon", active=False),
    )
    season = MetadataField(
        external_id="season", label="Season", type=FieldType.ENUM, entries=entries
    )
    schema = Schema(fields=(season,))
    words = metadata_words(schema)
    for typed, offered in {
        "metadata.": ("metadata.season",),
        "tags=a AND metadata.Se": ("metadata.season",),
        "metadata.season=": ("sp", "su"),
        "-metadata.season:su": ("su",),
    }.items():
        assert completion(typed, len(typed), dynamic=True, metadata=words).choices == offered


def test_what_follows_every_comparison_is_completed() -> None:
    for operator in ("=", ":", ">", "<", ">=", "<="):
        typed = f"created_at{operator}1"
        assert completion(typed, len(typed), dynamic=True).choices == ("1d", "1w", "1m", "1y")
