"""Large files in parts: what is sent, what is sent again, and what never becomes an asset."""

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import uploader
from cloudinary.api_client import call_api
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.large_uploads import Escort, LargeFile, send_in_parts
from bridge_app.domain.errors import (
    BridgeError,
    FileChangedError,
    GateRefusalError,
    RefusedByServiceError,
    ServiceTroubleError,
)
from bridge_app.storage.database import Writer
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.uploads import UnfinishedUploads, UploadState
from tests.delivery.parts_service import PartsService

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
PART = 1000
WHOLE = bytes(number % 251 for number in range(4 * PART + 321))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Upload:
    """One master, its ledger, and a service; every `run` is another start of the program."""

    def __init__(self, folder: Path, service: PartsService) -> None:
        self.service = service
        self.path = folder / "film.bin"
        self.path.write_bytes(WHOLE)
        self.ledger: Writer = open_ledger(folder / "ledger.db")
        self.log = UnfinishedUploads(self.ledger)
        self.parameters: dict[str, Any] = {"public_id": "film", "resource_type": "raw"}
        self.refusal: BridgeError | None = None
        self.advances = 0
        self.asked: list[int] = []

    def run(self) -> dict[str, Any]:
        return dict(send_in_parts(self.file(), self.escort()))

    def file(self) -> LargeFile:
        return LargeFile(
            path=self.path,
            name="film.bin",
            sha256=digest(WHOLE),
            bytes=len(WHOLE),
            environment="studio",
            parameters=self.parameters,
            options=lambda: {
                "cloud_name": "studio",
                "api_key": "1",
                "api_secret": "s",
                "upload_prefix": self.service.url,
                "timeout": 5,
            },
            part_bytes=PART,
        )

    def escort(self) -> Escort:
        def before_last() -> None:
            self.asked.append(len(self.service.story.parts))
            if self.refusal is not None:
                raise self.refusal

        def advanced() -> None:
            self.advances += 1

        return Escort(
            report=lambda _, __: None,
            before_last=before_last,
            advanced=advanced,
            log=self.log,
            now=lambda: NOW,
        )

    @property
    def state(self) -> UploadState | None:
        return self.log.find(self.file().key)

    @property
    def starts(self) -> list[int]:
        return [part.start for part in self.service.story.parts]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PartsService]:
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    connections = Connections(now=lambda: NOW)
    install(connections)
    made = PartsService()
    yield made
    connections.clear()
    made.close()


@pytest.fixture
def upload(tmp_path: Path, service: PartsService) -> Iterator[Upload]:
    made = Upload(tmp_path, service)
    yield made
    made.ledger.close()


def breaks_at(*numbers: int) -> Any:
    """A story in which these requests are not answered."""

    def before(number: int) -> None:
        if number in numbers:
            raise ConnectionError

    return before


def test_all_parts_but_the_last_are_equal_and_carry_one_id(upload: Upload) -> None:
    reply = upload.run()
    parts = upload.service.story.parts
    assert reply["etag"] == hashlib.md5(WHOLE, usedforsecurity=False).hexdigest()
    assert [part.end - part.start for part in parts] == [PART] * 4 + [321]
    assert b"".join(part.data for part in parts) == WHOLE
    assert {part.total for part in parts} == {len(WHOLE)}
    assert len({part.upload_id for part in parts}) == 1


def test_every_part_is_signed_and_says_the_same(upload: Upload) -> None:
    upload.run()
    for part in upload.service.story.parts:
        assert b'name="signature"' in part.fields
        assert b'name="public_id"\r\n\r\nfilm\r\n' in part.fields


@pytest.mark.parametrize("number", [1, 2, 4, 5])
def test_an_interruption_costs_one_part_sent_again(upload: Upload, number: int) -> None:
    upload.service.story.before = breaks_at(number)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    state = upload.state
    assert (state.sent if state else 0) == (number - 1) * PART
    assert upload.run()["done"]
    assert upload.starts == [0, PART, 2 * PART, 3 * PART, 4 * PART]
    assert upload.service.story.begun == 6


def test_another_start_days_later_goes_on_with_the_same_id(upload: Upload, tmp_path: Path) -> None:
    upload.service.story.before = breaks_at(4)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    upload.ledger.close()
    upload.ledger = open_ledger(tmp_path / "ledger.db")
    upload.log = UnfinishedUploads(upload.ledger)
    assert upload.run()["done"]
    assert len({part.upload_id for part in upload.service.story.parts}) == 1
    assert upload.starts == [0, PART, 2 * PART, 3 * PART, 4 * PART]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(numbers=st.sets(st.integers(1, 12), max_size=6))
def test_whatever_breaks_the_whole_arrives_once_and_right(
    upload: Upload, numbers: set[int]
) -> None:
    upload.service.story = type(upload.service.story)(before=breaks_at(*numbers))
    upload.log.forget(upload.file().key)
    reply: dict[str, Any] = {}
    for _ in range(len(numbers) + 1):
        with contextlib.suppress(ServiceTroubleError):
            reply = reply or upload.run()
    assert reply["etag"] == hashlib.md5(WHOLE, usedforsecurity=False).hexdigest()
    assert upload.starts == [0, PART, 2 * PART, 3 * PART, 4 * PART]


def test_an_upload_the_service_has_forgotten_begins_anew_with_another_id(upload: Upload) -> None:
    upload.service.story.before = breaks_at(4)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    upload.service.story.forget()
    assert upload.run()["done"]
    assert upload.starts == [0, 1000, 2000, 3000, 4000, 0, 1000, 2000, 3000, 4000]
    assert len({part.upload_id for part in upload.service.story.parts}) == 2


def test_an_upload_the_service_does_not_want_to_go_on_with_begins_anew(upload: Upload) -> None:
    upload.service.story.before = breaks_at(4)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    missing = (400, {"error": {"message": "Missing required parameter - public_id"}})
    upload.service.story.before = lambda number: missing if number == 5 else None
    assert upload.run()["done"]
    assert upload.starts == [0, 1000, 2000, 0, 1000, 2000, 3000, 4000]


def test_a_refusal_of_what_goes_on_well_is_final(upload: Upload) -> None:
    refused = (400, {"error": {"message": "File size too large. Got 9. Maximum is 8."}})
    upload.service.story.before = lambda number: refused if number == 3 else None
    with pytest.raises(RefusedByServiceError, match="larger than the plan"):
        upload.run()
    assert upload.service.story.begun == 3


def test_the_gate_is_asked_before_the_last_part_leaves(upload: Upload) -> None:
    upload.refusal = GateRefusalError(name="film.bin", reasons="its rights have ended")
    with pytest.raises(GateRefusalError):
        upload.run()
    assert upload.asked == [4]
    assert upload.starts == [0, 1000, 2000, 3000]
    upload.refusal = None
    assert upload.run()["done"]
    assert upload.starts == [0, 1000, 2000, 3000, 4000]


@pytest.mark.parametrize("at", [5, 2 * PART, len(WHOLE) - 1], ids=["sent", "middle", "last"])
def test_a_file_that_changes_between_two_runs_never_becomes_an_asset(
    upload: Upload, at: int
) -> None:
    upload.service.story.before = breaks_at(3)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    with upload.path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([WHOLE[at] ^ 1]))
    with pytest.raises(FileChangedError):
        upload.run()
    assert not any(part.end == len(WHOLE) for part in upload.service.story.parts)
    assert upload.state is None


@pytest.mark.parametrize("change", [WHOLE + b"x", WHOLE[:-1], b""], ids=["more", "less", "none"])
def test_a_file_of_another_size_is_not_even_begun(upload: Upload, change: bytes) -> None:
    upload.path.write_bytes(change)
    with pytest.raises(FileChangedError):
        upload.run()
    assert upload.service.story.begun == 0


def test_other_words_are_another_upload(upload: Upload) -> None:
    upload.service.story.before = breaks_at(3)
    with pytest.raises(ServiceTroubleError):
        upload.run()
    upload.parameters["tags"] = ["spring"]
    assert upload.run()["done"]
    assert upload.starts == [0, 1000, 0, 1000, 2000, 3000, 4000]


def test_each_acknowledged_part_is_progress(upload: Upload) -> None:
    upload.run()
    assert upload.advances == 4


def test_an_answer_that_does_not_finish_is_not_taken_for_one(upload: Upload) -> None:
    upload.service.story.before = lambda number: (200, {"done": False}) if number == 5 else None
    assert "asset_id" not in upload.run()
