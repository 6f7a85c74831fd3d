"""Libraries of PhotoShelter's kind in a running application, against the sandbox."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryKind
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    CredentialsError,
    InvalidInputError,
    OfflineError,
    ServiceTroubleError,
)
from bridge_app.domain.query import Query
from bridge_app.libraries.photoshelter.errors import SignInRefusedError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import Secret
from bridge_app.work.events import Event, ScanProgress
from bridge_app.work.shelter_accounts import LENT
from bridge_app.work.shelter_originals import OnlyAtShelterError, TargetTakenError
from tests.brands import Brand, brand_desk
from tests.desk import picture
from tests.work.campaign import Campaign


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Brand]:
    with brand_desk(tmp_path, decoder) as made:
        yield made


def filled(brand: Brand, tmp_path: Path) -> str:
    """A small library; the id of its hero."""
    spring = brand.collection("Spring 2027")
    heroes = brand.gallery("Heroes", parents=[spring])
    brand.gallery("Empty", parents=[spring])
    data = picture(tmp_path / "hero.jpg", size=(640, 400)).read_bytes()
    hero = brand.state.add_media(
        "hero.jpg",
        galleries=[heroes],
        data=data,
        iptc={"title": "Trail runner at dawn", "keywords": ["running", "approval:approved"]},
    )
    brand.state.add_media("take.wav", galleries=[heroes], size=4_000)
    return str(hero)


def test_connecting_brings_the_tree_the_masters_and_what_is_said_of_them(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    record = brand.connect()
    assert record in brand.desk.parts.worker.libraries()
    assert (record.kind, record.name) == (LibraryKind.PHOTOSHELTER, "Morrowtide")
    with brand.desk.parts.stock.readers.lent() as reader:
        folders = {folder.path: folder.assets for folder in reader.folders(record.id)}
    assert folders == {"": 2, "Spring 2027": 2, "Spring 2027/Empty": 0, "Spring 2027/Heroes": 2}
    hero = brand.asset("hero.jpg")
    assert (hero.title, hero.approval) == ("Trail runner at dawn", Approval.APPROVED)
    assert brand.names(text="runner") == ["hero.jpg"]
    assert brand.shelters.ancestors(hero.id) == (("Heroes", "Spring 2027"),)
    state = brand.shelters.state(brand.account)
    assert (state.complete, state.assets, state.galleries, state.galleries_done) == (True, 2, 2, 2)
    (said,) = brand.desk.parts.worker.history(hero.id)
    assert said.who == "PhotoShelter · keyword"


def test_the_secret_is_in_the_key_store_and_nowhere_on_disk(brand: Brand, tmp_path: Path) -> None:
    brand.connect()
    token = brand.shelters.service(brand.account)
    assert token is brand.shelters.service(brand.account)
    kept = [path.read_bytes() for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    secrets = ("lighthouse-keeper", brand.state.settings.api_key)
    assert not [secret for secret in secrets if any(secret.encode() in data for data in kept)]


def test_a_wrong_password_adds_nothing(brand: Brand) -> None:
    with pytest.raises(SignInRefusedError):
        brand.shelters.begin_sign_in(brand.sign_in(password=Secret("wrong")))
    assert brand.shelters.libraries() == ()


def test_pictures_come_through_the_service_once_and_are_here_offline(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    brand.connect()
    hero = brand.asset("hero.jpg").id
    worker = brand.desk.parts.worker
    first = worker.thumbnail(hero)
    assert first.startswith(b"\xff\xd8")
    worker.set_work_offline(on=True)
    assert worker.thumbnail(hero) == first
    with pytest.raises(OfflineError):
        worker.preview(hero)
    with pytest.raises(OnlyAtShelterError):
        worker.file_path(brand.asset("hero.jpg"))


def test_an_original_arrives_whole_under_its_name_and_never_in_the_place_of_another(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    brand.connect()
    arrived: list[int] = []
    hero = brand.asset("hero.jpg")
    path = brand.shelters.original(hero, tmp_path / "out", on_bytes=arrived.append)
    data = (tmp_path / "hero.jpg").read_bytes()
    assert path == tmp_path / "out" / "hero.jpg"
    assert path.read_bytes() == data
    assert arrived[-1] == len(data)
    assert brand.shelters.original(hero, tmp_path / "out") == path
    path.write_bytes(b"somebody else's")
    with pytest.raises(TargetTakenError):
        brand.shelters.original(hero, tmp_path / "out")
    assert path.read_bytes() == b"somebody else's"
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["hero.jpg"]


def test_a_folder_kept_for_offline_says_its_size_first_and_is_here_then(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    brand.connect()
    folder = "Spring 2027/Heroes"
    plan = brand.shelters.offline_plan(brand.account, folder, originals=True)
    size = (tmp_path / "hero.jpg").stat().st_size + 4_000
    assert (plan.assets, plan.previews, plan.original_bytes, plan.already) == (2, 1, size, 0)
    assert plan.preview_bytes > 0
    brand.shelters.keep_offline(brand.account, folder, originals=True)
    brand.settled()
    (kept,) = brand.shelters.kept(brand.account)
    assert (kept.folder, kept.assets, kept.already) == (folder, 2, 2)
    worker = brand.desk.parts.worker
    worker.set_work_offline(on=True)
    hero = brand.asset("hero.jpg")
    assert worker.preview(hero.id)
    out = brand.shelters.original(hero, tmp_path / "out")
    assert out.read_bytes() == (tmp_path / "hero.jpg").read_bytes()
    brand.shelters.let_go(brand.account, folder)
    assert brand.shelters.kept(brand.account) == ()
    assert not [path for path in (tmp_path / "profile/originals").rglob("*") if path.is_file()]


def test_the_services_own_search_puts_what_it_finds_into_the_catalog(
    brand: Brand, tmp_path: Path
) -> None:
    hero = filled(brand, tmp_path)
    brand.connect()
    brand.state.add_media("sunrise.jpg", galleries=brand.state.media(hero).galleries, size=2_000)
    (found,) = brand.shelters.search_online(brand.account, "sunrise")
    assert brand.asset("sunrise.jpg").id == found


def test_a_new_version_a_move_and_a_deletion_at_the_service_are_noticed(
    brand: Brand, tmp_path: Path
) -> None:
    hero = filled(brand, tmp_path)
    brand.connect()
    before = brand.asset("hero.jpg")
    brand.state.replace_file(hero, picture(tmp_path / "new.jpg", seed=3).read_bytes())
    press = brand.gallery("Press")
    brand.state.move(hero, to=[press])
    brand.sync()
    after = brand.asset("hero.jpg")
    assert (after.id, after.folder) == (before.id, "Press")
    assert after.content != before.content
    assert (after.approval, after.lapsed) == (Approval.DRAFT, True)
    brand.state.trash(hero)
    brand.sync()
    assert brand.names(unreadable=True) == ["hero.jpg"]


def test_one_master_read_again_by_its_id_is_what_it_is_at_this_moment(
    brand: Brand, tmp_path: Path
) -> None:
    hero = filled(brand, tmp_path)
    brand.connect()
    before = brand.asset("hero.jpg")
    brand.state.update_media(hero, rating=4)
    told = brand.shelters.refresh_now(before.id)
    assert told is not None
    assert (told.rating, brand.asset("hero.jpg").rating) == (4, 4)
    assert brand.shelters.shelter_asset(before.id) == told
    brand.state.trash(hero)
    assert brand.shelters.refresh_now(before.id) is None
    assert brand.names(unreadable=True) == ["hero.jpg"]


def test_signing_out_keeps_what_was_seen_and_the_same_organisation_signs_in_again(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    brand.connect()
    brand.shelters.sign_out(brand.account)
    assert not brand.shelters.is_signed_in(brand.account)
    with pytest.raises(CredentialsError):
        brand.shelters.service(brand.account)
    assert len(brand.assets()) == 2
    other = brand.state.add_organization("Other")
    brand.state.add_user("other@example.com", "password", organizations=[other])
    wrong = brand.sign_in(email="other@example.com", password=Secret("password"))
    with pytest.raises(InvalidInputError):
        brand.shelters.sign_in_again(brand.account, brand.shelters.begin_sign_in(wrong))
    right = brand.shelters.begin_sign_in(brand.sign_in())
    brand.shelters.sign_in_again(brand.account, right)
    brand.settled()
    assert brand.shelters.is_signed_in(brand.account)


def test_a_removed_library_leaves_nothing_but_what_was_decided(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    record = brand.connect()
    hero = brand.asset("hero.jpg")
    brand.desk.parts.worker.remove_library(record.id)
    assert brand.desk.parts.worker.libraries() == ()
    assert brand.desk.assets() == []
    assert len(brand.desk.parts.stock.decisions.history(hero.id, hero.content)) == 1
    assert brand.desk.store.get(f"photoshelter:{brand.account}") is None


def test_the_original_of_a_version_that_was_replaced_goes_and_the_new_one_is_fetched(
    brand: Brand, tmp_path: Path
) -> None:
    hero = filled(brand, tmp_path)
    brand.connect()
    brand.shelters.keep_offline(brand.account, "Spring 2027/Heroes", originals=True)
    brand.settled()
    fresh = picture(tmp_path / "new.jpg", seed=7).read_bytes()
    brand.state.replace_file(hero, fresh)
    brand.sync()
    brand.desk.clock.forward(timedelta(days=2))
    brand.sync()
    kept = [path for path in (tmp_path / "profile/originals").rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert fresh in [path.read_bytes() for path in kept]


def test_a_sound_whose_stated_sha1_is_another_one_is_thrown_away(
    brand: Brand, tmp_path: Path
) -> None:
    takes = brand.gallery("Takes")
    sound = brand.state.add_media("take.wav", galleries=[takes], data=b"RIFF" + b"a" * 400)
    brand.connect()
    take = brand.asset("take.wav")
    brand.state.replace_file(sound, b"RIFF" + b"b" * 400)
    with pytest.raises(ServiceTroubleError, match="checksum"):
        brand.shelters.original(take, tmp_path / "out")
    brand.sync()
    there = brand.shelters.original(brand.asset("take.wav"), tmp_path / "out")
    assert there.read_bytes().endswith(b"b")


def test_two_libraries_are_kept_side_by_side(brand: Brand, tmp_path: Path) -> None:
    filled(brand, tmp_path)
    first = brand.connect()
    other = brand.state.add_organization("Other")
    gallery = brand.state.add_gallery("Heroes", organization=other)
    brand.state.add_media("other.jpg", galleries=[gallery], size=1_000)
    brand.state.add_user("other@example.com", "password", organizations=[other])
    wish = brand.sign_in(email="other@example.com", password=Secret("password"))
    second = brand.shelters.add(brand.shelters.begin_sign_in(wish), name="The other one")
    brand.settled()
    assert [one.name for one in brand.shelters.libraries()] == ["Morrowtide", "The other one"]
    assert len(brand.desk.assets(Query(library=first.id))) == 2
    found = brand.desk.assets(Query(library=second.id))
    assert [asset.name for asset in found] == ["other.jpg"]


def test_it_is_all_there_when_the_application_opens_again(brand: Brand, tmp_path: Path) -> None:
    filled(brand, tmp_path)
    brand.connect()
    brand.desk.reopen()
    assert [record.name for record in brand.shelters.libraries()] == ["Morrowtide"]
    brand.settled()
    assert len(brand.assets()) == 2


def test_a_library_lent_for_one_run_is_left_alone_in_the_next(brand: Brand, tmp_path: Path) -> None:
    filled(brand, tmp_path)
    step = brand.shelters.begin_sign_in(brand.sign_in())
    lent = replace(step.credentials, account=f"{LENT}demo")
    brand.shelters.add(replace(step, so_far=lent))
    brand.settled()
    brand.desk.events.clear()
    brand.desk.reopen()
    brand.shelters.retry()
    brand.settled()
    troubles = [one.trouble for one in brand.desk.events if isinstance(one, ScanProgress)]
    assert not any(troubles)
    assert brand.shelters.state(f"{LENT}demo").trouble is None


def test_trouble_at_the_service_is_told_and_the_sync_goes_on_later(
    brand: Brand, tmp_path: Path
) -> None:
    filled(brand, tmp_path)
    brand.connect()
    brand.fault("403", "/media")
    brand.sync()
    ended = [one for one in brand.desk.events if isinstance(one, ScanProgress) and one.finished]
    assert ended[-1].trouble is not None
    assert brand.shelters.state(brand.account).trouble == ended[-1].trouble
    assert len(brand.assets()) == 2
    brand.sync()
    assert brand.shelters.state(brand.account).trouble is None


def test_whoever_saw_a_sync_run_hears_of_its_end(campaign: Campaign) -> None:
    seen: list[bool] = []

    def look(event: Event) -> None:
        if isinstance(event, ScanProgress | ChangeSet):
            seen.append(campaign.worker.shelters.state(campaign.account).is_running)

    campaign.worker.listen(look)
    campaign.synced()
    assert True in seen
    campaign.desk.until(lambda: not seen[-1], what="the end")
