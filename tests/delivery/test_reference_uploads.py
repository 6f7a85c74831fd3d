"""Masters that Cloudinary fetches by itself, or that stream through: against the sandbox."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.errors import WrongBytesArrivedError
from bridge_app.delivery.large_uploads import Escort
from bridge_app.delivery.reference_uploads import (
    LinkNotLoadedError,
    ReferenceOrder,
    ReferenceUploads,
)
from bridge_app.delivery.streamed_masters import OtherBytesCameError, StreamedMaster
from bridge_app.domain.cloud import AccessRule
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.uploads import UnfinishedUploads
from tests.delivery.masters_host import MastersHost, stream
from tests.desk import ACCOUNT, Clock, picture
from tests.plain_http import plain


@pytest.fixture
def host() -> Iterator[MastersHost]:
    made = MastersHost()
    yield made
    made.close()


class Cloud:
    """The sandbox's environment, and a master to bring there."""

    def __init__(self, sandbox: Sandbox, home: Path) -> None:
        new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
        self.uploads = ReferenceUploads(Credentials(account=new.record(), secret=new.secret))
        self.sandbox = sandbox
        self.data = picture(home / "hero.jpg").read_bytes()
        self.order = self.ordered(self.data)
        self.ledger = open_ledger(home / "ledger.db")
        self.gate: list[str] = []

    def ordered(self, data: bytes) -> ReferenceOrder:
        return ReferenceOrder(
            name="hero.jpg",
            content="c" * 64,
            bytes=len(data),
            stated="",
            public_id="hero",
            resource_type="image",
            tags=("running", "dawn"),
            context={"title": "Hero | = one"},
        )

    @property
    def escort(self) -> Escort:
        return Escort(
            report=lambda _done, _total: None,
            before_last=lambda: self.gate.append("asked"),
            advanced=lambda: None,
            log=UnfinishedUploads(self.ledger),
            now=Clock(),
        )

    @property
    def stored(self) -> StoredAsset:
        (found,) = self.sandbox.stored(ACCOUNT.cloud_name)
        return found


@pytest.fixture
def cloud(sandbox: Sandbox, tmp_path: Path) -> Iterator[Cloud]:
    connections = Connections(now=Clock())
    install(connections)
    made = Cloud(sandbox, tmp_path)
    yield made
    made.ledger.close()
    connections.clear()


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def test_a_master_is_fetched_by_its_link_and_seen_once_it_was_verified(
    cloud: Cloud, host: MastersHost
) -> None:
    link = host.put("/hero?sig=secret", cloud.data)
    arrived = cloud.uploads.by_link(cloud.order, link, md5=md5(cloud.data))
    assert arrived is not None
    assert (arrived.locked, arrived.verified_by) == (True, "md5")
    assert plain.get(arrived.copy.url).status_code == 401
    copy = cloud.uploads.settled(cloud.order, arrived)
    assert plain.get(copy.url).content == cloud.data
    assert cloud.stored.context["title"] == "Hero | = one"
    assert set(cloud.stored.tags) == {"running", "dawn"}
    assert copy.sha256 == cloud.order.content


def test_without_a_stated_checksum_the_size_alone_speaks_for_it(
    cloud: Cloud, host: MastersHost
) -> None:
    arrived = cloud.uploads.by_link(cloud.order, host.put("/hero", cloud.data))
    assert arrived is not None
    assert arrived.verified_by == "size"
    assert arrived.is_right(cloud.order)


@pytest.mark.parametrize("lie", ["size", "md5"])
def test_other_bytes_than_the_service_stated_are_never_seen(
    cloud: Cloud, host: MastersHost, tmp_path: Path, lie: str
) -> None:
    other = picture(tmp_path / "other.jpg", seed=5).read_bytes()
    stated = md5(cloud.data) if lie == "md5" else ""
    order = cloud.order if lie == "size" else replace(cloud.order, bytes=len(other))
    assert lie == "md5" or len(other) != order.bytes
    arrived = cloud.uploads.by_link(order, host.put("/hero", other), md5=stated)
    assert arrived is not None
    with pytest.raises(WrongBytesArrivedError):
        cloud.uploads.settled(order, arrived)
    assert plain.get(arrived.copy.url).status_code == 401


def test_a_new_version_that_arrives_damaged_is_locked_at_once(
    cloud: Cloud, host: MastersHost, tmp_path: Path
) -> None:
    first = cloud.uploads.by_link(cloud.order, host.put("/hero", cloud.data))
    assert first is not None
    cloud.uploads.settled(cloud.order, first)
    other = picture(tmp_path / "other.jpg", seed=5).read_bytes()
    order = replace(cloud.order, content="d" * 64, replaces=True, overwrite=True)
    arrived = cloud.uploads.by_link(order, host.put("/hero", other), md5=md5(cloud.data))
    assert arrived is not None
    assert not arrived.locked
    with pytest.raises(WrongBytesArrivedError):
        cloud.uploads.settled(order, arrived)
    assert plain.get(arrived.copy.url).status_code == 401
    again = cloud.uploads.found(order, md5(cloud.data))
    assert again is not None
    assert not again.is_right(order)


def test_no_error_repeats_the_link(cloud: Cloud, host: MastersHost) -> None:
    link = f"{host.url}/gone?sig=very-secret"
    with pytest.raises(LinkNotLoadedError) as caught:
        cloud.uploads.by_link(cloud.order, link)
    told = [str(caught.value), repr(caught.value.facts), repr(caught.value.__cause__)]
    assert not any("very-secret" in text for text in told)
    assert caught.value.__suppress_context__
    assert cloud.sandbox.stored(ACCOUNT.cloud_name) == []


def test_a_master_streams_through_memory_and_is_checked_by_its_own_md5(cloud: Cloud) -> None:
    arrived = cloud.uploads.streamed(cloud.order, stream(cloud.data), cloud.escort)
    assert arrived is not None
    assert arrived.verified_by == "md5"
    copy = cloud.uploads.settled(cloud.order, arrived)
    assert plain.get(copy.url).content == cloud.data


@pytest.mark.parametrize("change", ["short", "long", "checksum"])
def test_a_stream_that_is_not_what_was_stated_becomes_no_asset(cloud: Cloud, change: str) -> None:
    data = {"short": cloud.data[:-1], "long": cloud.data + b"!", "checksum": cloud.data}[change]
    order = replace(cloud.order, stated="sha1:" + "0" * 40 if change == "checksum" else "")
    with pytest.raises(OtherBytesCameError):
        cloud.uploads.streamed(order, stream(data), cloud.escort)
    assert cloud.sandbox.stored(ACCOUNT.cloud_name) == []


def test_others_content_is_never_replaced(cloud: Cloud, host: MastersHost) -> None:
    link = host.put("/hero", cloud.data)
    other = replace(cloud.order, content="d" * 64)
    assert cloud.uploads.by_link(cloud.order, link) is not None
    assert cloud.uploads.by_link(other, link) is None
    assert cloud.uploads.streamed(other, stream(cloud.data), cloud.escort) is None
    assert cloud.uploads.content_at(other) == cloud.order.content
    assert cloud.uploads.found(other) is None


def test_what_an_earlier_run_brought_is_found_and_opened(cloud: Cloud, host: MastersHost) -> None:
    assert cloud.uploads.by_link(cloud.order, host.put("/hero", cloud.data)) is not None
    again = cloud.uploads.found(cloud.order)
    assert again is not None
    assert again.locked
    cloud.uploads.settled(cloud.order, again)
    assert plain.get(again.copy.url).status_code == 200
    assert cloud.stored.uploads == 1


def test_a_dated_licence_becomes_the_services_own_access_control(
    cloud: Cloud, host: MastersHost
) -> None:
    window = (
        AccessRule(access_type="token"),
        AccessRule(access_type="anonymous", end="2001-01-01T00:00:00Z"),
    )
    order = replace(cloud.order, access=window)
    arrived = cloud.uploads.by_link(order, host.put("/hero", cloud.data))
    assert arrived is not None
    copy = cloud.uploads.settled(order, arrived)
    assert [dict(rule) for rule in cloud.stored.access_control] == [
        {"access_type": "token"},
        {"access_type": "anonymous", "end": "2001-01-01T00:00:00Z"},
    ]
    assert plain.get(copy.url).status_code == 401


def test_a_large_master_streams_in_parts_and_asks_the_gate_before_the_last(
    cloud: Cloud,
) -> None:
    data = bytes(range(256)) * 100_000
    order = replace(cloud.ordered(data), resource_type="raw", public_id="film.bin", name="film.bin")
    arrived = cloud.uploads.streamed(order, stream(data, 1 << 20), cloud.escort)
    assert order.is_large
    assert arrived is not None
    assert arrived.copy.etag == md5(data)
    assert cloud.gate == ["asked"]
    assert arrived.is_right(order)


def test_a_stream_passes_over_what_was_sent_before_and_hashes_all_of_it() -> None:
    data = bytes(range(256)) * 1_000
    with StreamedMaster(
        "film", len(data), stream(data, 999), stated="", report=lambda _done, _total: None
    ) as content:
        content.pass_over(100_000)
        rest = b"".join(bytes(block) for block in content.part(len(data) - 100_000).blocks())
    assert rest == data[100_000:]
    assert content.md5 == md5(data)
