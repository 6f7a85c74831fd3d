"""JSON that is no answer about an asset decides nothing, and nothing goes because of it."""

import hashlib
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import uploader
from cloudinary.api_client import call_api

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.answers import NotUnderstoodError
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.delivered import delivered_copy
from bridge_app.delivery.large_uploads import Escort
from bridge_app.delivery.listing import Listing
from bridge_app.delivery.named_transformations import NamedTransformations
from bridge_app.delivery.operations import Operations
from bridge_app.delivery.reference_uploads import CONTENT_KEY, ReferenceOrder, ReferenceUploads
from bridge_app.delivery.upload_presets import UploadPresets
from bridge_app.delivery.uploads import CloudinaryEnvironment, UploadOrder
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.errors import ServiceTroubleError
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.uploads import UnfinishedUploads
from tests.delivery.test_answers import NOW, Service

DATA = b"a master"
ASSET = {
    "asset_id": "1",
    "public_id": "hero",
    "resource_type": "raw",
    "type": "upload",
    "version": 1,
    "bytes": len(DATA),
    "etag": hashlib.md5(DATA, usedforsecurity=False).hexdigest(),
}
NO_ASSETS = [
    {},
    {"portal": "please log in"},
    {**ASSET, "public_id": ["hero"]},
    {**ASSET, "asset_id": None},
    {"public_id": "hero"},
]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    connections = Connections(now=lambda: NOW)
    install(connections)
    made = Service()
    yield made
    connections.clear()
    made.close()


@pytest.fixture
def credentials(service: Service) -> Credentials:
    new = NewAccount.from_url(f"cloudinary://1:s@studio?upload_prefix={service.url}")
    return Credentials(account=new.record(), secret=new.secret)


@pytest.fixture
def escort(tmp_path: Path) -> Iterator[Escort]:
    ledger = open_ledger(tmp_path / "ledger.db")
    yield Escort(
        report=lambda _, __: None,
        before_last=lambda: None,
        advanced=lambda: None,
        log=UnfinishedUploads(ledger),
        now=lambda: NOW,
    )
    ledger.close()


@pytest.fixture
def order(tmp_path: Path) -> UploadOrder:
    path = tmp_path / "hero"
    path.write_bytes(DATA)
    return UploadOrder(
        path=path,
        name="hero",
        public_id="hero",
        resource_type="raw",
        sha256=hashlib.sha256(DATA).hexdigest(),
        md5=str(ASSET["etag"]),
        bytes=len(DATA),
    )


REFERENCE = ReferenceOrder(
    name="hero", content="c", bytes=len(DATA), stated="", public_id="hero", resource_type="raw"
)
LOOKS: dict[str, Callable[[Credentials, UploadOrder], object]] = {
    "is it there": lambda keys, order: CloudinaryEnvironment(keys).holds(order),
    "what is there": lambda keys, order: CloudinaryEnvironment(keys).content_at(order),
    "is the reference there": lambda keys, _: ReferenceUploads(keys).found(REFERENCE),
    "whose is what is there": lambda keys, _: ReferenceUploads(keys).content_at(REFERENCE),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("body", NO_ASSETS, ids=json.dumps)
def test_what_is_no_asset_does_not_count_as_somebody_elses(
    service: Service,
    credentials: Credentials,
    order: UploadOrder,
    look: Callable[[Credentials, UploadOrder], object],
    body: dict[str, Any],
) -> None:
    service.says(200, body)
    with pytest.raises(ServiceTroubleError):
        look(credentials, order)


@pytest.mark.parametrize(
    "change",
    [
        {"version": "newest"},
        {"version": 10**30},
        {"version": math.inf},
        {"version": -1},
        {"version": True},
        {"bytes": [8]},
        {"bytes": math.nan},
        {"resource_type": None},
        {"resource_type": ["raw"]},
        {"etag": {"a": 1}},
    ],
    ids=json.dumps,
)
def test_an_upload_with_an_answer_that_makes_no_sense_is_looked_at_again(
    service: Service,
    credentials: Credentials,
    order: UploadOrder,
    escort: Escort,
    change: dict[str, Any],
) -> None:
    service.says(200, {name: value for name, value in {**ASSET, **change}.items() if value})
    with pytest.raises(ServiceTroubleError):
        CloudinaryEnvironment(credentials).upload(order, escort)


PAGES: dict[str, Callable[[Credentials], object]] = {
    "all": lambda keys: list(Listing(keys).pages("", FolderMode.DYNAMIC)),
    "folders": lambda keys: list(Listing(keys).folders()),
    "IDs": lambda keys: list(Listing(keys).all_ids([("raw", "upload")])),
    "subfolders": lambda keys: Operations(keys).leave_folder("a", "b"),
    "relations": lambda keys: Operations(keys).related("1", FolderMode.DYNAMIC),
    "presets": lambda keys: UploadPresets(credentials=lambda _: keys).listed("studio"),
    "transformations": lambda keys: NamedTransformations(keys).names(),
}


@pytest.mark.parametrize("listed", PAGES.values(), ids=PAGES)
def test_pages_that_lead_back_to_themselves_are_not_read_for_ever(
    service: Service, credentials: Credentials, listed: Callable[[Credentials], object]
) -> None:
    empty = ("resources", "folders", "presets", "transformations", "related_assets")
    answer = {**{name: [] for name in empty}, "resource_types": ["raw"], "total_count": 0}
    cursors = {"next_cursor": "again", "related_next_cursor": "again"}
    service.says(200, {**answer, **cursors})
    with pytest.raises(NotUnderstoodError, match="pages do not end"):
        listed(credentials)
    assert len(service.asked) <= 3


def test_settings_of_another_kind_are_no_upload_preset(
    service: Service, credentials: Credentials
) -> None:
    service.says(200, {"presets": [{"name": "web", "settings": "folder"}]})
    with pytest.raises(NotUnderstoodError):
        UploadPresets(credentials=lambda _: credentials).listed("studio")


def test_what_no_database_keeps_is_left_out_of_what_an_upload_answers() -> None:
    told = {**ASSET, "public_id": "he\0ro \ud83d", "secure_url": "https://x/\udc00"}
    copy = delivered_copy(told, environment="studio", content="c")
    assert (copy.public_id, copy.url) == ("hero ?", "https://x/?")


def test_an_answer_about_another_asset_has_nothing_deleted(
    service: Service, credentials: Credentials, order: UploadOrder, escort: Escort
) -> None:
    service.says(200, {**ASSET, "public_id": "of/somebody/else", "etag": "0" * 32})
    with pytest.raises(ServiceTroubleError):
        CloudinaryEnvironment(credentials).upload(order, escort)
    assert [path for path, _ in service.asked if "destroy" in path] == []


@pytest.mark.parametrize("rules", ["token", 7, ["token"], {"access_type": "token"}], ids=str)
def test_rules_of_another_kind_do_not_say_who_may_see_it(
    service: Service, credentials: Credentials, rules: object
) -> None:
    custom = {CONTENT_KEY: REFERENCE.content}
    service.says(200, {**ASSET, "context": {"custom": custom}, "access_control": rules})
    with pytest.raises(ServiceTroubleError):
        ReferenceUploads(credentials).found(REFERENCE)
