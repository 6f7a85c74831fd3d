"""Reading a feed and exporting a kit are killed in the middle: each is done once, and whole."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.jobs import JobState
from bridge_app.domain.kits import Kit, KitForm
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.product_feed import Feed
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.feed_reading import RESULT
from bridge_app.work.kits import KitWish
from tests.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
HEADER = "sku,product_name,slot,position,media_ref,updated_at\n"
PRESETS = tuple(
    RenditionPreset(
        name=f"w{width}", title="", transformation=f"c_scale,w_{width}/q_100", format="jpg"
    )
    for width in (400, 500, 600)
)
KIT = Kit(name="mail", title="Mail", presets=tuple(one.name for one in PRESETS))


@pytest.fixture
def alone(decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """An application without an account."""
    made = Desk(tmp_path, sandbox=None, decoder=decoder)
    made.open()
    yield made
    made.close()


def killed(desk: Desk, feed: str, done: Callable[[], int], times: int, seed: int) -> int:
    """Have it begun anew so often, and killed each time a little further on; how often it was."""
    chance = random.Random(seed)  # noqa: S311 - where it is killed is no secret
    desk.parts.close()
    deaths = 0
    for _ in range(times):
        before = done()
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.work.chore_child", str(desk.home / "profile"), feed],
            cwd=ROOT,
            start_new_session=True,
        )
        pause = threading.Event()
        for _ in range(int(PATIENCE_S / 0.002)):
            if child.poll() is not None or done() > before:
                break
            pause.wait(0.002)
        pause.wait(chance.random() * 0.02)
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        deaths += child.wait() == -signal.SIGKILL
    desk.parts = desk.build()
    desk.open()
    return deaths


def read_killed(desk: Desk, times: int, products: int) -> None:
    folder = desk.home / "feeds"
    folder.mkdir()
    rows = (
        f"SKU-{number},Jacket {number},hero,0,file:{number}.jpg,2026-11-20T08:00:00Z\n"
        for number in range(products)
    )
    (folder / "products.csv").write_text(HEADER + "".join(rows))
    feed = desk.parts.worker.feeds.add(Feed(id="", name="pim", source=str(folder)))
    ledger = f"file:{desk.home / 'profile' / 'ledger.db'}?mode=ro"

    def taken() -> int:
        connection = sqlite3.connect(ledger, uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM feed_product").fetchone()[0])
        finally:
            connection.close()

    assert killed(desk, feed.name, taken, times, seed=3) == times
    assert 0 < taken() < products
    feeds = desk.parts.worker.feeds
    assert (feeds.runs(feed.id), list(folder.glob(f"*{RESULT}"))) == ((), [])
    (run,) = feeds.read(feed.id)
    # What was taken before is known, and neither lost nor taken twice.
    result = run.result
    assert (result.upserted + result.unchanged, result.unchanged > 0) == (products, True)
    assert (feeds.products(feed.id), taken()) == (products, products)
    assert [one.ref for one in feeds.preview(feed.id, limit=1).missing] == ["file:0.jpg"]
    assert json.loads((folder / f"products.csv{RESULT}").read_text())["received"] == products


def test_a_feed_whose_reading_is_killed_is_taken_whole_the_next_time(alone: Desk) -> None:
    read_killed(alone, times=1, products=4_000)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_feed_is_killed_again_and_again(alone: Desk) -> None:
    read_killed(alone, times=10, products=40_000)


def export_killed(desk: Desk, form: KitForm, times: int, masters: int) -> None:
    for number in range(masters):
        noise = Image.effect_noise((700, 500), 60 + number).convert("RGB")
        noise.save(desk.folder / f"{number}.jpg", quality=95)
    desk.library()
    desk.parts.worker.rendition_presets.save(*PRESETS)
    desk.parts.worker.kits.save(KIT)
    desk.approve()
    out = desk.home / "out"
    out.mkdir()
    target = out / ("mail.zip" if form is KitForm.ZIP else "mail")
    assets = tuple(one.id for one in desk.assets())
    desk.parts.worker.pause()
    wish = KitWish(kit=KIT, assets=assets, target=str(target), form=form)
    batch = desk.parts.worker.kits.carry_out(desk.parts.worker.kits.plan(wish))
    desk.parts.worker.resume()
    pieces = desk.home / "profile" / "kits"

    def made() -> int:
        return sum(1 for _ in pieces.rglob("*.json"))

    assert killed(desk, "", made, times, seed=5) == times
    (job,) = desk.finished(batch)
    assert job.state is JobState.DONE
    # One whole export, and nothing beside it.
    assert [one.name for one in out.iterdir()] == [target.name]
    if form is KitForm.FOLDER:
        told = json.loads((target / "manifest.json").read_text("utf-8"))
        listed = [one["file"] for one in told["renditions"]]
        assert len(listed) == masters * len(PRESETS)
        assert all((target / name).stat().st_size > 0 for name in listed)
    assert made() == 0


def test_a_kit_whose_export_is_killed_appears_whole_or_not_at_all(alone: Desk) -> None:
    export_killed(alone, KitForm.FOLDER, times=1, masters=3)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("form", [KitForm.FOLDER, KitForm.ZIP])
def test_an_export_is_killed_again_and_again(alone: Desk, form: KitForm) -> None:
    export_killed(alone, form, times=8, masters=8)
