"""What is said of cloud assets arrives exactly once, and nobody's words are overwritten."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.app.editing_parts import edit_handler
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_sheet import Change, sheet_of
from bridge_app.domain.edits import (
    DISPLAY_NAME,
    TAGS,
    TITLE,
    EditState,
    FieldPath,
    Subject,
    UnusableValueError,
)
from bridge_app.domain.errors import InvalidInputError, ServiceTroubleError
from bridge_app.domain.read_plan import BY_ID
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret, choose_store
from bridge_app.work.context import Context
from bridge_app.work.editing import FixedNameError
from bridge_app.work.jobs import EDIT
from bridge_app.work.retry import ATTEMPTS
from tests.desk import ACCOUNT, Desk, picture
from tests.work.studio import CLOUD, Studio

PASSPHRASE = "correct horse"
SOAK = pytest.mark.soak
OTHER_PATHS = ("/context", "/metadata")
BRAND = FieldPath(Subject.METADATA, "brand")
USES = FieldPath(Subject.METADATA, "uses")
ALT = FieldPath(Subject.CONTEXT, "alt")


@pytest.fixture
def here(desk: Desk, sandbox: Sandbox) -> Studio:
    return Studio(desk, sandbox)


def ids(assets: Sequence[Asset]) -> list[AssetId]:
    return [asset.id for asset in assets]


def tagged(*tags: str) -> list[Change]:
    return [Change(path=TAGS, add=tags)]


def test_everything_that_can_be_said_arrives_and_the_catalog_says_it_too(here: Studio) -> None:
    (hero,) = here.stock("hero", tags="sea,old", context="alt=Waves|shot=12")
    here.define()
    batch = here.editing.say(
        [hero.id],
        [
            Change(path=TAGS, add=("blue",), remove=("old",)),
            Change(path=TITLE, value="The sea"),
            Change(path=ALT, value=None),
            Change(path=BRAND, value="a"),
            Change(path=USES, value=3),
            Change(path=DISPLAY_NAME, value="Hero shot"),
        ],
    )
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero) == {
        "tags": ["blue", "sea"],
        "context": {"caption": "The sea", "shot": "12"},
        "metadata": {"brand": "a", "uses": 3},
        "display_name": "Hero shot",
    }
    row = here.desk.asset("Hero shot.jpg")
    assert (row.title, row.caption, row.keywords) == ("The sea", "", ("blue", "sea"))
    assert here.editing.say([hero.id], tagged("blue")) == ""


def test_what_was_said_is_shown_before_it_is_delivered_and_waits_while_offline(
    here: Studio,
) -> None:
    (hero,) = here.stock("hero", tags="sea")
    here.desk.parts.worker.set_work_offline(on=True)
    batch = here.editing.say([hero.id], tagged("blue"))
    assert here.desk.asset("hero.jpg").keywords == ("blue", "sea")
    assert here.said(hero)["tags"] == ["sea"]
    here.sandbox.stop()
    here.desk.reopen()
    assert here.desk.asset("hero.jpg").keywords == ("blue", "sea")
    assert here.editing.batch(batch)[0].state.is_open
    here.sandbox.start()
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["blue", "sea"]


def test_a_network_that_fails_only_delays_the_delivery(here: Studio) -> None:
    (hero,) = here.stock("hero")
    here.sandbox.faults.answer(status=503, times=1)
    here.sandbox.faults.reset_after(received_bytes=10, times=1, path_contains="/tags")
    batch = here.editing.say([hero.id], tagged("blue"))
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["blue"]


@pytest.mark.parametrize(
    "path",
    ["/tags", "/resources/image/upload", *(pytest.param(p, marks=SOAK) for p in OTHER_PATHS)],
)
def test_a_lost_reply_is_found_to_have_worked(here: Studio, path: str) -> None:
    (hero,) = here.stock("hero", tags="sea")
    here.define()
    here.sandbox.faults.lose_reply(times=1, path_contains=path)
    changes = [
        Change(path=TAGS, add=("blue",)),
        Change(path=TITLE, value="Sea"),
        *([Change(path=DISPLAY_NAME, value="Sea")] if "upload" in path else []),
        Change(path=USES, value=3),
    ]
    batch = here.editing.say([hero.id], changes)
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.sandbox.faults.pending == 0
    assert here.said(hero)["tags"] == ["blue", "sea"]
    assert here.said(hero)["metadata"] == {"uses": 3}


def test_a_service_in_trouble_for_long_is_told_at_the_field_and_can_be_tried_again(
    here: Studio,
) -> None:
    (hero,) = here.stock("hero")
    here.desk.parts.worker.set_work_offline(on=True)
    batch = here.editing.say([hero.id], tagged("blue"))
    record = here.desk.parts.stock.jobs.recent((EDIT,), limit=1)[0]
    handler = edit_handler(
        here.desk.parts.stock, here.editing, here.desk.parts.worker._crew.announcer
    )
    here.sandbox.faults.answer(status=500, times=1)
    last = Context(attempt=ATTEMPTS, now=here.desk.clock, report=lambda *_: None)
    with pytest.raises(ServiceTroubleError):
        handler(record, last)
    (failed,) = here.editing.batch(batch)
    assert (failed.state, failed.error is None) == (EditState.FAILED, False)
    here.editing.try_again([hero.id])
    here.desk.parts.worker.set_work_offline(on=False)
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["blue"]


def test_equal_edits_of_many_assets_go_out_together(here: Studio) -> None:
    assets = here.stock("a", "b", "c", "d")
    batch = here.editing.say(ids(assets), [*tagged("blue", "sea"), Change(path=ALT, value="Waves")])
    plan = here.editing.plan(ids(assets), tagged("green"))
    assert [(write.call.value, len(write.asset_ids)) for write in plan.writes] == [("add_tags", 4)]
    assert here.states(batch) == {EditState.DELIVERED}
    jobs = here.desk.parts.stock.jobs
    here.desk.until(lambda: any(job.result for job in jobs.recent(("edit",), limit=5)))
    job = next(job for job in jobs.recent(("edit",), limit=5) if job.result)
    # Read, tags, context, read again.
    assert job.result == {"delivered": 8, "calls": 4}
    assert {tuple(here.said(asset)["tags"]) for asset in assets} == {("blue", "sea")}


def test_edits_of_a_whole_folder_are_read_by_listing_it(here: Studio) -> None:
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    for number in range(BY_ID + 1):
        cloudinary.uploader.upload(
            pixel, public_id=f"p{number}", asset_folder="spring", **here._options
        )
    assets = here.sync(BY_ID + 1)
    moved, *_ = assets
    assert moved.cloud is not None
    cloudinary.api.update(moved.cloud.public_id, asset_folder="autumn", **here._options)
    batch = here.editing.say(ids(assets), tagged("blue"))
    assert here.states(batch) == {EditState.DELIVERED}
    jobs = here.desk.parts.stock.jobs
    here.desk.until(lambda: any(job.result for job in jobs.recent(("edit",), limit=5)))
    job = next(job for job in jobs.recent(("edit",), limit=5) if job.result)
    # A list and the one that was moved, tags, and both once more.
    assert job.result == {"delivered": BY_ID + 1, "calls": 5}
    assert here.said(moved)["tags"] == ["blue"]


def test_what_somebody_else_said_about_other_fields_stays(here: Studio) -> None:
    (hero,) = here.stock("hero", tags="sea", context="alt=Waves")
    here.somebody_else(hero, tags="sea,theirs", context={"alt": "Waves", "shot": "9"})
    batch = here.editing.say([hero.id], [*tagged("ours"), Change(path=TITLE, value="Sea")])
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["ours", "sea", "theirs"]
    assert here.said(hero)["context"] == {"alt": "Waves", "caption": "Sea", "shot": "9"}


def conflicting(here: Studio) -> Asset:
    (hero,) = here.stock("hero", context="alt=Waves")
    here.somebody_else(hero, context={"alt": "Theirs"})
    batch = here.editing.say([hero.id], [Change(path=ALT, value="Ours"), *tagged("blue")])
    assert here.states(batch) == {EditState.CONFLICT, EditState.DELIVERED}
    return hero


def test_a_real_conflict_keeps_both_values_and_the_rest_goes_through(here: Studio) -> None:
    hero = conflicting(here)
    (conflict,) = here.editing.conflicts()
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Waves", "Ours", "Theirs")
    assert here.said(hero)["context"] == {"alt": "Theirs"}
    assert here.said(hero)["tags"] == ["blue"]
    here.desk.reopen()
    sheet = sheet_of(here.editing.said([hero.id]), here.editing.schema(CLOUD))
    assert sheet.field(ALT).state is EditState.CONFLICT
    assert (sheet.field(ALT).value, sheet.field(ALT).conflicts) == ("Theirs", (conflict,))


@pytest.mark.parametrize("chosen", ["Ours", "Both of us"])
def test_a_settled_conflict_writes_what_was_chosen(here: Studio, chosen: str) -> None:
    hero = conflicting(here)
    (conflict,) = here.editing.conflicts()
    batch = here.editing.settle(conflict, chosen)
    assert here.states(batch) == {EditState.DELIVERED}
    assert here.said(hero)["context"] == {"alt": chosen}
    assert here.editing.conflicts() == []


def test_a_conflict_settled_for_them_writes_nothing(here: Studio) -> None:
    hero = conflicting(here)
    (conflict,) = here.editing.conflicts()
    assert here.editing.settle(conflict, conflict.theirs) == ""
    assert here.said(hero)["context"] == {"alt": "Theirs"}
    assert here.editing.conflicts() == []


def test_an_edit_that_did_not_go_out_is_withdrawn_and_said_again(here: Studio) -> None:
    (hero,) = here.stock("hero", tags="sea")
    here.desk.parts.worker.set_work_offline(on=True)
    batch = here.editing.say([hero.id], tagged("blue"))
    taken = here.editing.take_back(batch)
    assert (len(taken.withdrawn), taken.compensated, taken.batch) == (1, (), "")
    assert here.desk.asset("hero.jpg").keywords == ("sea",)
    again = here.editing.say_again(batch)
    here.desk.parts.worker.set_work_offline(on=False)
    assert here.states(again) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["blue", "sea"]


def test_an_edit_that_was_delivered_is_undone_by_its_opposite(here: Studio) -> None:
    (hero,) = here.stock("hero", tags="sea", context="alt=Waves")
    batch = here.editing.say([hero.id], [*tagged("blue"), Change(path=ALT, value="New")])
    here.delivered(batch)
    here.somebody_else(hero, tags="sea,blue,theirs")
    taken = here.editing.take_back(batch)
    assert (taken.withdrawn, len(taken.compensated)) == ((), 2)
    assert here.states(taken.batch) == {EditState.DELIVERED}
    assert here.said(hero)["tags"] == ["sea", "theirs"]
    assert here.said(hero)["context"] == {"alt": "Waves"}


def test_a_refused_value_is_kept_with_the_reason_and_others_get_theirs(here: Studio) -> None:
    first, second = here.stock("a", "b")
    here.define()
    stale = here.editing.say([first.id], [Change(path=BRAND, value="b")])
    here.delivered(stale)
    here.desk.parts.worker.set_work_offline(on=True)
    bad = here.editing.say([second.id], [Change(path=FieldPath.read("gone"), value="x")])
    good = here.editing.say([first.id], [Change(path=BRAND, value="a")])
    here.desk.parts.worker.set_work_offline(on=False)
    assert (here.states(bad), here.states(good)) == ({EditState.FAILED}, {EditState.DELIVERED})
    (kept,) = here.editing.batch(bad)
    assert kept.error is not None
    assert "gone" in kept.error.sentence()
    here.editing.discard([second.id], kept.path)
    assert here.editing.said([second.id])[0].edits == ()


def test_one_bad_asset_among_many_does_not_keep_the_others_waiting(here: Studio) -> None:
    assets = here.stock("a", "b", "c", "d", "e")
    here.define()
    assert assets[2].cloud is not None
    options = here.desk.parts.environments.credentials(CLOUD).options()
    cloudinary.uploader.destroy(assets[2].cloud.public_id, **options)
    batch = here.editing.say(ids(assets), [Change(path=BRAND, value="a")])
    ended = {edit.asset: edit.state for edit in here.delivered(batch)}
    assert ended.pop(assets[2].id) is EditState.FAILED
    assert set(ended.values()) == {EditState.DELIVERED}


def test_values_that_a_field_does_not_take_are_refused_before_anything_is_kept(
    here: Studio,
) -> None:
    (hero,) = here.stock("hero")
    here.define()
    with pytest.raises(InvalidInputError, match="not in the list"):
        here.editing.say([hero.id], [Change(path=BRAND, value="nobody")])
    with pytest.raises(UnusableValueError):
        here.editing.say([hero.id], tagged("a,b"))
    assert here.editing.history(hero.id) == []


def test_local_assets_are_not_edited(here: Studio) -> None:
    picture(here.desk.folder / "local.jpg")
    here.desk.library()
    local = here.desk.asset("local.jpg")
    with pytest.raises(InvalidInputError, match="only assets of a Cloudinary environment"):
        here.editing.say([local.id], tagged("blue"))


def test_the_history_tells_who_said_what_and_when(here: Studio) -> None:
    (hero,) = here.stock("hero")
    here.delivered(here.editing.say([hero.id], tagged("blue")))
    (said,) = here.editing.history(hero.id)
    assert (said.base, said.value, said.who) == (None, ("blue",), said.who)
    assert said.who
    assert said.at.startswith(str(here.desk.clock().year))


def test_names_in_fixed_folders_are_left_alone(here: Studio) -> None:
    (hero,) = here.stock("hero")
    here.desk.parts.stock.places.put_folder_mode(CLOUD, FolderMode.FIXED)
    here.desk.parts.environments.reload()
    with pytest.raises(FixedNameError):
        here.editing.say([hero.id], [Change(path=DISPLAY_NAME, value="New")])


def edit_in_a_process(profile: Path, names: Sequence[str]) -> "subprocess.Popen[bytes]":
    words = ["edit", *names, "--add-tag", "blue", "--set", "context.alt=Waves", "--set", "uses=3"]
    return subprocess.Popen(
        [sys.executable, "-m", "bridge_app", *words, "--wait", "--json"],
        env={
            **os.environ,
            "ASSET_BRIDGE_HOME": str(profile),
            "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.parametrize(
    "path", ["/tags", *(pytest.param(p, marks=SOAK) for p in (*OTHER_PATHS, "/by_asset_ids"))]
)
def test_a_killed_delivery_is_finished_by_the_next_start(here: Studio, path: str) -> None:
    names = ["a", "b", "c"]
    assets = here.stock(*names, tags="sea")
    here.define()
    profile = here.desk.home / "profile"
    choose_store(profile=profile, passphrase=Secret(PASSPHRASE)).put(
        CLOUD, Secret(ACCOUNT.api_secret)
    )
    here.desk.parts.close()
    # It hangs on that call, which is done or not, and is killed there.
    here.sandbox.faults.latency_s = 0.4
    here.sandbox.faults.lose_reply(times=1, path_contains=path)
    process = edit_in_a_process(profile, [f"{name}.jpg" for name in names])
    pause = threading.Event()
    while process.poll() is None and here.sandbox.faults.pending:
        pause.wait(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    here.sandbox.faults.clear()
    ended = edit_in_a_process(profile, [f"{name}.jpg" for name in names])
    out, err = ended.communicate(timeout=60)
    assert ended.returncode == 0, (out, err)
    here.desk.parts = here.desk.build()
    for asset in assets:
        said = here.said(asset)
        assert (said["tags"], said["context"]) == (["blue", "sea"], {"alt": "Waves"})
        assert said["metadata"] == {"uses": 3}
        states = {edit.state for edit in here.editing.history(asset.id)}
        assert states == {EditState.DELIVERED}
