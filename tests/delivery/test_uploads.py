"""What is said with an upload, in both folder modes, and files that the service fetches."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cloudinary.exceptions
import cloudinary.utils
import pytest
from cloudinary import api, uploader
from cloudinary.api_client import call_api

from bridge_app.delivery import uploads
from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.errors import PresetChangesFilesError
from bridge_app.delivery.large_uploads import Escort
from bridge_app.delivery.upload_presets import UploadPresets
from bridge_app.delivery.uploads import CloudinaryEnvironment, RemoteOrder, UploadOrder
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.errors import BridgeError, NotFoundError, RefusedByServiceError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.secrets import Secret
from bridge_app.storage.uploads import UnfinishedUploads
from tests.desk import ACCOUNT, picture

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
Made = Callable[[FolderMode], CloudinaryEnvironment]


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


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    made = Connections(now=lambda: NOW)
    install(made)
    yield
    made.clear()


def credentials(sandbox: Sandbox, mode: FolderMode) -> Credentials:
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    record = replace(new.record(), folder_mode=mode)
    return Credentials(account=record, secret=new.secret)


@pytest.fixture(params=list(FolderMode))
def mode(request: pytest.FixtureRequest) -> FolderMode:
    return FolderMode(request.param)


@pytest.fixture
def place(decoder: DecoderPool, tmp_path: Path, mode: FolderMode) -> Iterator[Sandbox]:
    made = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, state=tmp_path / "s", folder_mode=mode.value
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def environment(place: Sandbox, mode: FolderMode) -> CloudinaryEnvironment:
    return CloudinaryEnvironment(credentials(place, mode))


def order(path: Path) -> UploadOrder:
    data = path.read_bytes()
    return UploadOrder(
        path=path,
        name=path.name,
        public_id="spring/hero",
        resource_type="image",
        sha256=hashlib.sha256(data).hexdigest(),
        md5=hashlib.md5(data, usedforsecurity=False).hexdigest(),
        bytes=len(data),
        folder="spring",
        display_name="Hero of spring",
        context=(("campaign", "spring"),),
        tags=("a",),
    )


def test_folder_and_name_are_said_as_the_folder_mode_wants_it(
    environment: CloudinaryEnvironment,
    escort: Escort,
    place: Sandbox,
    mode: FolderMode,
    tmp_path: Path,
) -> None:
    copy = environment.upload(order(picture(tmp_path / "hero.jpg")), escort)
    (stored,) = place.stored(ACCOUNT.cloud_name)
    assert copy is not None
    assert copy.public_id == stored.public_id == "spring/hero"
    if mode is FolderMode.DYNAMIC:
        assert (stored.asset_folder, stored.display_name) == ("spring", "Hero of spring")
    assert stored.context["campaign"] == "spring"


def test_a_file_too_large_for_memory_is_streamed_in_one_request(
    environment: CloudinaryEnvironment, escort: Escort, tmp_path: Path
) -> None:
    path = tmp_path / "notes.bin"
    path.write_bytes(bytes(range(256)) * 12_000)
    wanted = replace(order(path), public_id="notes.bin", resource_type="raw")
    copy = environment.upload(wanted, escort)
    assert copy is not None
    assert copy.etag == wanted.md5
    assert environment.holds(wanted) == copy


def test_access_and_delivery_type_go_along_and_are_asked_for_again(
    environment: CloudinaryEnvironment,
    escort: Escort,
    place: Sandbox,
    mode: FolderMode,
    tmp_path: Path,
) -> None:
    closed = replace(
        order(picture(tmp_path / "hero.jpg")),
        delivery_type="authenticated",
        access=({"access_type": "token"},),
    )
    copy = environment.upload(closed, escort)
    assert copy is not None
    assert copy.delivery_type == "authenticated"
    assert environment.holds(closed) == copy
    assert environment.holds(replace(closed, delivery_type="upload")) is None
    found = api.resource("spring/hero", type="authenticated", **credentials(place, mode).options())
    assert found["access_control"] == [{"access_type": "token"}]


def test_what_the_service_fetches_passes_by_here(
    environment: CloudinaryEnvironment, escort: Escort, tmp_path: Path
) -> None:
    there = environment.upload(order(picture(tmp_path / "hero.jpg")), escort)
    assert there is not None
    wish = RemoteOrder(url=there.url, public_id="logo", resource_type="image")
    reply = environment.upload_from(wish)
    assert (reply["public_id"], reply["etag"]) == ("logo", there.etag)
    assert environment.upload_from(wish)["existing"]
    assert "existing" not in environment.upload_from(replace(wish, overwrite=True))


def test_what_is_fetched_lands_in_its_folder(
    environment: CloudinaryEnvironment,
    escort: Escort,
    place: Sandbox,
    mode: FolderMode,
    tmp_path: Path,
) -> None:
    there = environment.upload(order(picture(tmp_path / "hero.jpg")), escort)
    assert there is not None
    wish = RemoteOrder(url=there.url, public_id="logo", resource_type="image", folder="afar")
    reply = environment.upload_from(wish)
    *_, stored = place.stored(ACCOUNT.cloud_name)
    if mode is FolderMode.FIXED:
        assert reply["public_id"] == "afar/logo"
    else:
        assert (reply["public_id"], stored.asset_folder) == ("logo", "afar")


def test_a_preset_that_does_not_exist_is_called_that(
    environment: CloudinaryEnvironment, escort: Escort, tmp_path: Path
) -> None:
    wish = replace(order(picture(tmp_path / "hero.jpg")), preset="nobody")
    with pytest.raises(RefusedByServiceError, match="no upload preset of that name"):
        environment.upload(wish, escort)


def test_the_folder_of_a_push_holds_whatever_the_preset_says_of_folders(
    environment: CloudinaryEnvironment,
    escort: Escort,
    place: Sandbox,
    mode: FolderMode,
    tmp_path: Path,
) -> None:
    elsewhere = (
        {"folder": "elsewhere"}
        if mode is FolderMode.FIXED
        else {"asset_folder": "elsewhere", "use_asset_folder_as_public_id_prefix": True}
    )
    options = credentials(place, mode).options()
    api.create_upload_preset(name="web", tags="preset", **elsewhere, **options)
    wish = replace(order(picture(tmp_path / "hero.jpg")), preset="web", tags=())
    copy = environment.upload(wish, escort)
    assert copy is not None
    assert copy.public_id == "spring/hero"
    assert environment.holds(wish) == copy
    (stored,) = place.stored(ACCOUNT.cloud_name)
    assert (stored.asset_folder, stored.tags) == ("spring", ("preset",))


def test_a_preset_that_changes_files_is_refused_and_leaves_nothing_there(
    environment: CloudinaryEnvironment,
    escort: Escort,
    place: Sandbox,
    mode: FolderMode,
    tmp_path: Path,
) -> None:
    options = credentials(place, mode).options()
    api.create_upload_preset(name="small", transformation="c_limit,w_20", **options)
    wish = replace(order(picture(tmp_path / "hero.jpg")), preset="small")
    with pytest.raises(PresetChangesFilesError, match="The upload preset small changes files"):
        environment.upload(wish, escort)
    assert place.stored(ACCOUNT.cloud_name) == []


def test_presets_are_listed_page_by_page_and_kept(sandbox: Sandbox) -> None:
    opened = credentials(sandbox, FolderMode.DYNAMIC)
    for number in range(3):
        api.create_upload_preset(name=f"web-{number}", unsigned=number == 1, **opened.options())
    asked: list[str] = []

    def found(environment: str) -> Credentials:
        asked.append(environment)
        return opened

    presets = UploadPresets(credentials=found)
    assert presets.known("studio") is None
    listed = presets.listed("studio")
    assert [(preset.name, preset.unsigned) for preset in listed] == [
        ("web-0", False),
        ("web-1", True),
        ("web-2", False),
    ]
    assert presets.known("studio") == listed
    assert asked == ["studio"]


def test_without_credentials_no_presets_are_asked_for() -> None:
    def missing(environment: str) -> Credentials:
        raise NotFoundError(what=environment)

    with pytest.raises(NotFoundError):
        UploadPresets(credentials=missing).listed("nowhere")


class Post:
    """Takes what the SDK would post, instead of a network."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, object]]] = []

    def request(self, *, url: str, fields: list[tuple[str, object]], **_: object) -> None:
        self.posted.append((url, dict(fields)))
        raise ConnectionError("that was all that was wanted")


def as_the_sdk_says_it(wish: UploadOrder, options: Mapping[str, object]) -> None:
    """The SDK's own way to upload what an order says."""
    uploader.upload(
        (wish.name, wish.path.read_bytes()),
        public_id=wish.public_id,
        resource_type=wish.resource_type,
        type=wish.delivery_type,
        overwrite=wish.overwrite,
        invalidate=wish.overwrite,
        tags=list(wish.tags),
        upload_preset=wish.preset,
        use_asset_folder_as_public_id_prefix=False if wish.preset else None,
        display_name=wish.display_name,
        asset_folder=wish.folder,
        context={**dict(wish.context), "sha256": wish.sha256},
        access_control=[dict(rule) for rule in wish.access] or None,
        **options,
    )


def test_what_is_built_once_for_many_files_is_what_the_sdk_builds_for_each(
    escort: Escort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Credentials(
        account=replace(
            NewAccount.from_url("cloudinary://key:hush-and-hush@cloud").record(),
            folder_mode=FolderMode.DYNAMIC,
        ),
        secret=Secret("hush-and-hush"),
    )
    post = Post()
    monkeypatch.setattr(uploader, "_http", post)
    monkeypatch.setattr(cloudinary.utils, "now", lambda: "1")
    monkeypatch.setattr(uploads, "now", lambda: "1")
    environment = CloudinaryEnvironment(service)
    first = order(picture(tmp_path / "hero.jpg"))
    token = ({"access_type": "token"},)
    wishes = (
        first,
        replace(first, public_id="spring/é|=", display_name="Émile | =", context=(("a", "b|=c"),)),
        replace(first, overwrite=True, preset="web", tags=("a", "b,c")),
        replace(first, resource_type="raw", folder="", delivery_type="private", access=token),
        first,
    )
    for wish in wishes:
        with pytest.raises(BridgeError):
            environment.upload(wish, escort)
        with pytest.raises(cloudinary.exceptions.Error):
            as_the_sdk_says_it(wish, service.options())
        ours, theirs = post.posted[-2:]
        assert ours == theirs
        assert "signature" in ours[1]
