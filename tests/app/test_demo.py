"""The demo's PhotoShelter library: signed in to for one run, the same one at every start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.app.build import DEMO_CLOUD
from bridge_app.app.demo import Demo
from bridge_app.app.demo_profile import forget_demo
from bridge_app.app.demo_shelter import ACCOUNT, BRAND, INTAKE
from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_library
from bridge_app.libraries.photoshelter.errors import SignInAgainError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import Secret
from tests.desk import Desk
from tests.showcase import small_recipes


@pytest.fixture
def own(decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """A desk that has no service but the demo's."""
    made = Desk(tmp_path, sandbox=None, decoder=decoder)
    yield made
    made.close()


def begun(own: Desk, tmp_path: Path) -> Demo:
    """The demo as a start makes it; it goes with the desk's parts."""
    demo = Demo(own.parts, recipes=small_recipes(tmp_path / "recipes"), now=own.clock)
    own.parts.closing.callback(demo.close)
    demo.connect()
    own.parts.worker.start()
    demo.fill_shelter(lambda _done, _total: None, lambda: False)
    own.until(lambda: _is_synced(own), what="the sync")
    return demo


def _is_synced(own: Desk) -> bool:
    desk = own.parts.worker.shelters
    return desk.is_idle() and desk.state(ACCOUNT).complete


def masters(own: Desk) -> dict[str, Asset]:
    query = Query(library=shelter_library(ACCOUNT))
    with own.parts.stock.readers.lent() as reader:
        found = reader.page(query, offset=0, limit=500, now=own.clock())
    return {asset.name: asset for asset in found}


def test_the_second_brands_library_is_there_and_at_the_next_start_it_is_the_same(
    own: Desk, tmp_path: Path
) -> None:
    first = begun(own, tmp_path)
    assert [one.name for one in own.parts.worker.shelters.libraries()] == [BRAND]
    before = masters(own)
    assert before["cold-water_key-visual.jpg"].approval is Approval.APPROVED
    chosen = before["cold-water_harbour.jpg"]
    own.parts.worker.decide([chosen.id], Approval.REJECTED, comment="Too calm.")
    address = first.sandbox.url

    own.parts.close()
    own.parts = own.build()
    second = begun(own, tmp_path)
    assert second.sandbox.url != address
    after = masters(own)
    assert {one.id for one in after.values()} == {one.id for one in before.values()}
    assert after["cold-water_harbour.jpg"].approval is Approval.REJECTED
    assert second.sandbox.shelter.log()
    assert len(own.parts.worker.shelters.records()) == 1


def test_what_people_outside_put_in_waits_for_a_review(own: Desk, tmp_path: Path) -> None:
    begun(own, tmp_path)
    own.parts.worker.intake.look(ACCOUNT)
    waiting = own.parts.worker.intake.waiting(ACCOUNT)
    inside = [one.id for one in masters(own).values() if one.folder == INTAKE]
    assert sorted(waiting) == sorted(inside)
    assert len(inside) == 4


def test_its_key_is_kept_nowhere_so_without_the_demo_it_is_signed_out(
    own: Desk, tmp_path: Path
) -> None:
    demo = begun(own, tmp_path)
    key = demo.sandbox.shelter.settings.api_key
    own.parts.close()
    kept = [file for file in (tmp_path / "profile").rglob("*") if file.is_file()]
    assert [file.name for file in kept if key.encode() in file.read_bytes()] == []

    own.parts = own.build()
    own.parts.worker.start()
    desk = own.parts.worker.shelters
    assert not desk.is_signed_in(ACCOUNT)
    with pytest.raises(SignInAgainError):
        desk.service(ACCOUNT)
    assert desk.is_idle()
    assert "same-name.jpg" in masters(own)


def test_its_account_goes_with_it_once_there_is_another_one(own: Desk, tmp_path: Path) -> None:
    demo = begun(own, tmp_path)
    url = f"cloudinary://key:of-another-account@studio?upload_prefix={demo.sandbox.url}"
    own.parts.environments.keep(NewAccount.from_url(url))
    own.parts.worker.use_account(DEMO_CLOUD)
    own.parts.close()
    own.parts = own.build()
    (left,) = own.parts.worker.accounts()
    assert (left.environment, left.in_use) == ("studio", True)


def test_its_account_goes_at_the_next_start_where_a_crash_left_it(own: Desk) -> None:
    environments = own.parts.environments
    environments.keep(NewAccount(cloud_name="studio", api_key="1", secret=Secret("2")))
    environments.lend(NewAccount(cloud_name=DEMO_CLOUD, api_key="3", secret=Secret("4")))
    own.parts.worker.use_account(DEMO_CLOUD)
    own.parts.close()
    own.parts = own.build()
    forget_demo(own.parts)
    (left,) = own.parts.worker.accounts()
    assert (left.environment, left.in_use) == ("studio", True)


def test_its_account_stays_while_there_is_no_other(own: Desk, tmp_path: Path) -> None:
    begun(own, tmp_path)
    own.parts.close()
    own.parts = own.build()
    assert [one.environment for one in own.parts.worker.accounts()] == [DEMO_CLOUD]
