"""The same contract over local, PhotoShelter and Cloudinary libraries."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.listing import Listing
from bridge_app.delivery.renditions import Renditions
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.errors import NotFoundError
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.libraries.photoshelter.sign_in import SignIn, begin
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.testing import (
    FolderAdapter,
    IdentityContract,
    LibraryContract,
    Place,
    RemoteAdapter,
    RemoteContract,
    RemoteSubject,
    Seen,
    Subject,
)
from tests.desk import ACCOUNT

EMAIL, PASSWORD = "editor@example.com", "lighthouse-keeper"


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the tests' own clock


@contextmanager
def stopped(sandbox: Sandbox) -> Iterator[None]:
    """While this lasts, nobody answers."""
    sandbox.stop()
    yield
    sandbox.start()


# A folder


class FolderHands:
    """Somebody at the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, place: Place, name: str, data: bytes) -> None:
        target = self._root.joinpath(*place, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def replace(self, place: Place, name: str, data: bytes) -> None:
        self.put(place, name, data)

    def move(self, place: Place, name: str, *, to: Place) -> None:
        target = self._root.joinpath(*to, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._root.joinpath(*place, name).rename(target)

    def remove(self, place: Place, name: str) -> None:
        self._root.joinpath(*place, name).unlink()

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        aside = self._root.with_name("unplugged")
        self._root.rename(aside)
        yield
        aside.rename(self._root)


class TestALocalLibrary(LibraryContract):
    @pytest.fixture
    def subject(self, tmp_path: Path) -> Subject:
        root = tmp_path / "masters"
        root.mkdir()
        return Subject(adapter=FolderAdapter(LocalLibrary(root)), hands=FolderHands(root))


# PhotoShelter


class ShelterHands:
    """Somebody else at the service."""

    def __init__(self, sandbox: Sandbox, organization: str) -> None:
        self._sandbox = sandbox
        self._organization = organization
        self._galleries: dict[Place, str] = {}
        self._collections: dict[Place, str] = {}
        self._media: dict[tuple[Place, str], str] = {}

    @property
    def _state(self) -> ShelterState:
        return self._sandbox.shelter

    def put(self, place: Place, name: str, data: bytes) -> None:
        self._media[place, name] = self._state.add_media(
            name, galleries=[self._gallery(place)], data=data
        )

    def replace(self, place: Place, name: str, data: bytes) -> None:
        self._state.replace_file(self._media[place, name], data)

    def move(self, place: Place, name: str, *, to: Place) -> None:
        media = self._media.pop((place, name))
        self._state.move(media, to=[self._gallery(to)])
        self._media[to, name] = media

    def remove(self, place: Place, name: str) -> None:
        self._state.purge(self._media.pop((place, name)))

    def unreachable(self) -> AbstractContextManager[object]:
        return stopped(self._sandbox)

    def _gallery(self, place: Place) -> str:
        if place not in self._galleries:
            parents = [self._collection(place[:-1])] if place[:-1] else []
            self._galleries[place] = self._state.add_gallery(
                place[-1], organization=self._organization, parents=parents
            )
        return self._galleries[place]

    def _collection(self, place: Place) -> str:
        if place not in self._collections:
            parents = [self._collection(place[:-1])] if place[:-1] else []
            self._collections[place] = self._state.add_collection(
                place[-1], organization=self._organization, parents=parents
            )
        return self._collections[place]


@dataclass
class Kept:
    """A key store for one account, in memory."""

    held: ShelterCredentials | None

    def load(self) -> ShelterCredentials | None:
        return self.held

    def save(self, credentials: ShelterCredentials) -> None:
        self.held = credentials

    def exclusive(self) -> AbstractContextManager[object]:
        return nullcontext()


class TestAPhotoShelterLibrary(RemoteContract):
    @pytest.fixture(params=["all it may offer", "nothing it need not"])
    def subject(
        self, decoder: DecoderPool, request: pytest.FixtureRequest, tmp_path: Path
    ) -> Iterator[RemoteSubject]:
        bare = request.param != "all it may offer"
        usual = ShelterSettings(rate_limit=None)
        settings = ShelterSettings(rate_limit=None, capabilities=frozenset()) if bare else usual
        sandbox = Sandbox(
            accounts=(ACCOUNT,), decoder=decoder, shelter=settings, state=tmp_path / "sandbox"
        )
        sandbox.start()
        organization = sandbox.shelter.add_organization("Morrowtide")
        sandbox.shelter.add_user(EMAIL, PASSWORD, organizations=[organization])
        entered = SignIn(
            base_url=f"{sandbox.url}/psapi/v4.0",
            api_key=Secret(settings.api_key),
            email=EMAIL,
            password=Secret(PASSWORD),
        )
        kept = Kept(begin(entered, now).credentials)
        pacing = Pacing(per_s=10_000, wait=lambda _seconds: False)
        service: RemoteLibrary = ShelterService("brand", kept, now=now, pacing=pacing)
        yield RemoteSubject(
            adapter=RemoteAdapter(service),
            hands=ShelterHands(sandbox, organization),
            account="brand",
        )
        service.close()
        sandbox.stop()


# Cloudinary


class CloudAdapter:
    """An environment as contracts ask for it."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._renditions = Renditions()

    def listed(self) -> list[Seen]:
        pages = self._listing.pages("", FolderMode.DYNAMIC)
        return [_told(one) for page in pages for one in page.assets]

    def look(self, key: str) -> Seen | None:
        told = self._listing.one(key, FolderMode.DYNAMIC)
        return None if told is None else _told(told)

    def fetch(self, key: str, into: Path) -> None:
        told = self._listing.one(key, FolderMode.DYNAMIC)
        if told is None:
            raise NotFoundError(what=key)
        self._renditions.fetch(told.url, into)

    def close(self) -> None:
        self._renditions.close()


def _told(asset: CloudAsset) -> Seen:
    return Seen(
        key=asset.asset_id,
        name=asset.display_name,
        places=frozenset({tuple(asset.asset_folder.split("/"))}),
        bytes=asset.bytes,
        content=asset.etag,
    )


class CloudHands:
    """Somebody else in the environment, with the official SDK."""

    def __init__(self, sandbox: Sandbox, options: dict[str, object]) -> None:
        self._sandbox = sandbox
        self._options = options

    def put(self, place: Place, name: str, data: bytes) -> None:
        cloudinary.uploader.upload(
            data,
            public_id=_public_id(place, name),
            asset_folder="/".join(place),
            display_name=name,
            **self._options,
        )

    def replace(self, place: Place, name: str, data: bytes) -> None:
        cloudinary.uploader.upload(
            data, public_id=self._named(place, name), overwrite=True, **self._options
        )

    def move(self, place: Place, name: str, *, to: Place) -> None:
        cloudinary.api.update(self._named(place, name), asset_folder="/".join(to), **self._options)

    def remove(self, place: Place, name: str) -> None:
        cloudinary.uploader.destroy(self._named(place, name), **self._options)

    def unreachable(self) -> AbstractContextManager[object]:
        return stopped(self._sandbox)

    def _named(self, place: Place, name: str) -> str:
        """The public ID of what is shown so; it need not follow the folder."""
        found = cloudinary.api.resources_by_asset_folder("/".join(place), **self._options)
        (one,) = [one for one in found["resources"] if one["display_name"] == name]
        return str(one["public_id"])


def _public_id(place: Place, name: str) -> str:
    return f"{len(place)}-{name.encode().hex()}"


class TestACloudinaryEnvironment(IdentityContract):
    @pytest.fixture
    def subject(self, decoder: DecoderPool, tmp_path: Path) -> Iterator[Subject]:
        sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, state=tmp_path / "sandbox")
        sandbox.start()
        new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
        credentials = Credentials(account=new.record(), secret=new.secret)
        adapter = CloudAdapter(Listing(credentials))
        yield Subject(
            adapter=adapter,
            hands=CloudHands(sandbox, dict(credentials.options())),
            names=("plain", "Größe · 100 %", "日本 🌊", "CASE"),
        )
        adapter.close()
        sandbox.stop()
        shutil.rmtree(tmp_path / "sandbox")
