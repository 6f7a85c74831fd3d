"""The issue's journeys through the real window, on real files and the sandbox over HTTP."""

import io
import os
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import exiv2
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.query import Query
from bridge_app.sandbox.server import Sandbox, StoredAsset
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.panels.transfer_bar import Mood
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.parts.picture import Picture
from bridge_app.work.events import ScanProgress
from tests.desk import ACCOUNT, Desk, licensed_picture, picture, states
from tests.journeys.conftest import Opener
from tests.journeys.person import CONTROL, Person
from tests.plain_http import plain
from tests.showcase import small_recipes

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
URL = "/bridge-demo/image/upload/"
SMALL_DEMO = """
import sys
from pathlib import Path
from bridge_app.app import headless
from bridge_app.cli.main import main
headless.recipes = lambda: Path(sys.argv[1])
sys.exit(main(["demo", "--headless"]))
"""


def stored(sandbox: Sandbox) -> dict[str, StoredAsset]:
    """What Cloudinary has, by public ID."""
    found = sandbox.stored(ACCOUNT.cloud_name)
    assert len({one.public_id for one in found}) == len(found)
    return {one.public_id: one for one in found}


def described(path: Path, **texts: str) -> Path:
    """A picture with XMP: Xmp.dc.title and the like by their last word."""
    picture(path)
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    data = image.xmpData()
    for name, text in texts.items():
        data[f"Xmp.dc.{name}"] = text
    image.setXmpData(data)
    image.writeMetadata()
    return path


def labels(person: Person) -> set[str]:
    """All words of the inspector's details that can be seen."""
    found = person.window.sides.inspector.details.findChildren(QLabel)
    return {one.text() for one in found if one.isVisible()}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", ["small", pytest.param("full", marks=pytest.mark.soak)])
def test_1_the_demo_delivers_without_a_window_and_a_second_time_sends_nothing(
    tmp_path: Path, size: str
) -> None:
    command = [sys.executable, "-m", "bridge_app", "demo", "--headless"]
    if size == "small":
        command = [sys.executable, "-c", SMALL_DEMO, str(small_recipes(tmp_path / "recipes"))]
    surroundings = {**os.environ, "ASSET_BRIDGE_HOME": str(tmp_path / "profile")}

    def run() -> list[str]:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=150,
            check=True,
        )
        return done.stdout.splitlines()

    first = run()
    told = next(line for line in first if line.startswith("Delivered: "))
    sent, total = told.removeprefix("Delivered: ").split(" of ")
    assert int(sent) == int(total) >= 30
    urls = [line for line in first if "http://127.0.0.1:" in line and URL in line]
    assert len(urls) >= len(READY_PRESETS)
    assert (tmp_path / "profile" / "Sample campaign").is_dir()
    by_reference = next(line for line in first if line.startswith("Pushed by reference"))
    assert by_reference.endswith("18 of 18")
    recorded = [line for line in first if line.startswith("Recorded at PhotoShelter: ")]
    assert len(recorded) == 3
    second = run()
    assert f"Plan: {total} same content" in second
    assert "PhotoShelter plan: 18 same content" in second
    assert "Delivered: 1 of 1" in second  # each run approves one more
    assert len([line for line in second if URL in line]) == len(urls)


def is_copied(text: str) -> bool:
    return QApplication.clipboard().text() == text


def test_2_a_folder_is_dropped_scanned_and_watched(
    desk: Desk, opener: Opener, tmp_path: Path
) -> None:
    folder = tmp_path / "Lookbook"
    picture(folder / "one.jpg", 1)
    picture(folder / "deep" / "er" / "two.jpg", 2)
    (folder / "notes.xyz").write_text("any type of file")
    picture(folder / ".hidden.jpg", 3)
    (folder / "Thumbs.db").write_bytes(b"of the system")
    (folder / "deep" / "round").symlink_to(folder)
    person = opener()
    welcome = person.window.findChildren(Welcome)[0]
    person.until(welcome.isVisible)
    person.drop(folder)
    person.sees("notes.xyz", "one.jpg", "two.jpg")
    assert not welcome.isVisible()
    person.until(lambda: not person.window.sides.activity.is_busy)
    told = [event for event in desk.events if isinstance(event, ScanProgress)]
    assert told[-1].finished
    assert told[-1].found == 3
    library = desk.parts.worker.libraries()[0]
    person.go_to(Query(library=library.id, folder="deep"))
    person.sees("two.jpg")
    picture(folder / "deep" / "three.jpg", 4)
    person.sees("three.jpg", "two.jpg")
    (folder / "deep" / "three.jpg").rename(folder / "deep" / "a_moved.jpg")
    person.sees("a_moved.jpg", "two.jpg")
    (folder / "deep" / "er" / "two.jpg").unlink()
    person.sees("a_moved.jpg")


def test_3_places_cells_and_the_inspector(desk: Desk, opener: Opener) -> None:
    described(desk.folder / "coast" / "beach.jpg", title="At low tide", creator="Studio North")
    picture(desk.folder / "coast" / "cliff.jpg", 2)
    picture(desk.folder / "hills" / "dune.jpg", 3)
    turned = Image.new("RGB", (320, 200), "teal")
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(desk.folder / "coast" / "turned.jpg", exif=exif)
    library = desk.library()
    person = opener()
    person.sees("beach.jpg", "cliff.jpg", "dune.jpg", "turned.jpg")
    person.go_to(Query(library=library.id, folder="coast"))
    person.sees("beach.jpg", "cliff.jpg", "turned.jpg")
    person.choose("beach.jpg")
    person.until(lambda: {"At low tide", "Studio North"} <= labels(person))
    pixels, inspector = person.window.core.looks.pixels, person.window.sides.inspector
    person.until(lambda: pixels.preview(person.asset("beach.jpg")) is not None)
    assert inspector.findChildren(Picture)[0].trouble == ""
    person.key(Qt.Key.Key_End)
    person.until(lambda: person.inspected == "turned.jpg")
    person.until(lambda: pixels.preview(person.asset("turned.jpg")) is not None)
    shown = pixels.preview(person.asset("turned.jpg"))
    assert shown is not None
    assert (shown.width(), shown.height()) == (200, 320)
    assert "200 × 320" in " ".join(
        one.text() for one in inspector.findChildren(QLabel) if one.isVisible()
    )
    person.choose("beach.jpg", "cliff.jpg", "turned.jpg")
    person.key(Qt.Key.Key_2, CONTROL)
    grid = person.window.middle.browser.grid
    person.until(lambda: grid.is_list)
    assert grid.view.isVisible()
    assert person.window.middle.selection.count == 3
    person.choose("cliff.jpg")


def test_4_any_part_of_a_word_is_found_as_it_is_typed(desk: Desk, opener: Opener) -> None:
    for number, name in enumerate(("café_01.jpg", "look_02.jpg", "ver1.1-final.png")):
        picture(desk.folder / name, number)
    picture(desk.folder / "tall_12.jpg", 9, size=(200, 320))
    described(desk.folder / "hut.jpg", title="Größe und Weite", subject="日の出")
    desk.library()
    desk.approve("tall_12.jpg", "hut.jpg")
    person = opener()
    everything = ["café_01.jpg", "hut.jpg", "look_02.jpg", "tall_12.jpg", "ver1.1-final.png"]
    for text, found in (
        ("_02", ["look_02.jpg"]),
        ("2", ["look_02.jpg", "tall_12.jpg"]),
        ("ver1.1", ["ver1.1-final.png"]),
        ("cafe", ["café_01.jpg"]),
        ("CAFÉ", ["café_01.jpg"]),
        ("grosse", ["hut.jpg"]),
        ("の出", ["hut.jpg"]),
    ):
        person.search(text)
        person.sees(*found)
    person.search("")
    person.sees(*everything)
    person.filter("Approval", "Approved")
    person.sees("hut.jpg", "tall_12.jpg")
    person.filter("Shape", "Portrait")
    person.sees("tall_12.jpg")
    person.press("Clear filters")
    person.sees(*everything)


def test_5_several_are_approved_with_a_comment_and_the_history_keeps_it(
    desk: Desk, opener: Opener
) -> None:
    for number in range(4):
        picture(desk.folder / f"look_{number}.jpg", number)
    desk.library()
    person = opener()
    person.choose("look_0.jpg", "look_1.jpg", "look_3.jpg")
    person.window.core.actions.approve_with_comment.trigger()
    person.explain("For the spring front page.", "Approve")
    person.until(lambda: person.asset("look_3.jpg").approval is Approval.APPROVED)
    assert person.asset("look_2.jpg").approval is Approval.DRAFT
    person.choose("look_1.jpg")
    person.key(Qt.Key.Key_X)
    person.explain("The horizon tilts.", "Reject")
    person.choose("look_1.jpg")
    person.open_tab("History")
    view = next(
        one
        for one in person.window.sides.inspector.findChildren(QListView)
        if one.accessibleName() == "History"
    )
    person.until(lambda: view.isVisible() and view.model().rowCount() == 2)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    newest, oldest = (str(view.model().index(row, 0).data(spoken)) for row in range(2))
    who = desk.parts.worker.history(desk.asset("look_1.jpg").id)[0].who
    assert newest.startswith(f"Rejected, {who}, ")
    assert newest.endswith("The horizon tilts.")
    assert oldest.startswith(f"Approved, {who}, ")
    assert oldest.endswith("For the spring front page.")


def test_6_the_sheet_shows_the_plan_and_the_allowed_are_delivered_once(
    desk: Desk, opener: Opener, sandbox: Sandbox
) -> None:
    for number in range(3):
        picture(desk.folder / f"look_{number}.jpg", number)
    picture(desk.folder / "sketch.jpg", 7)
    licensed_picture(desk.folder / "winter.jpg", until=desk.clock() - timedelta(days=9))
    desk.library()
    desk.approve("look_0.jpg", "look_1.jpg", "look_2.jpg", "winter.jpg")
    person = opener()
    person.key(Qt.Key.Key_A, CONTROL)
    sheet = person.planned()
    assert told(sheet, PushAction.NEW) == {"look_0.jpg", "look_1.jpg", "look_2.jpg"}
    assert told(sheet, PushAction.REFUSED) == {"sketch.jpg", "winter.jpg"}
    assert all(step.reasons for step in plan(sheet).steps if step.action is PushAction.REFUSED)
    assert stored(sandbox) == {}
    person.press("Push 3 assets", sheet)
    person.until(lambda: person.transfers == "3 delivered")
    assert set(stored(sandbox)) == {"look_0", "look_1", "look_2"}
    assert {one.uploads for one in stored(sandbox).values()} == {1}
    person.until(lambda: all(person.asset(f"look_{n}.jpg").cloud is not None for n in range(3)))
    assert "Pushed" in spoken(person, "look_1.jpg")
    assert "Pushed" not in spoken(person, "sketch.jpg")
    again = person.planned()
    assert told(again, PushAction.SAME_CONTENT) == {"look_0.jpg", "look_1.jpg", "look_2.jpg"}
    assert again.why_not.startswith("Nothing to send")
    person.press("Close", again)
    assert {one.uploads for one in stored(sandbox).values()} == {1}


def test_7_a_rendition_comes_from_its_url_and_the_url_is_copied(
    desk: Desk, opener: Opener, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg", 5, size=(2000, 1500))
    desk.library()
    desk.approve()
    person = opener()
    person.choose("hero.jpg")
    person.push()
    person.open_tab("Renditions")
    card = person.window.sides.renditions.cards[0]
    person.until(lambda: "1600 × 900" in card.facts)
    assert card.link is not None
    assert card.link.url.startswith(f"{sandbox.url}/{ACCOUNT.cloud_name}/image/upload/")
    with Image.open(io.BytesIO(plain.get(card.link.url).raise_for_status().content)) as delivered:
        assert delivered.size == (1600, 900)
    for words, copied in (
        ("URL", card.link.url),
        ("HTML", card.link.html),
        ("Markdown", card.link.markdown),
    ):
        person.press(words, card)
        person.until(partial(is_copied, copied))
        assert card.confirmation


def test_8_without_the_connection_work_goes_on_and_pushes_wait_for_it(
    desk: Desk, opener: Opener, sandbox: Sandbox
) -> None:
    for number in range(5):
        picture(desk.folder / f"look_{number}.jpg", number)
    desk.library()
    desk.approve("look_0.jpg", "look_1.jpg")
    person = opener()
    sandbox.stop()
    person.choose("look_0.jpg", "look_1.jpg")
    person.push()
    bar = person.window.sides.transfers.bar
    person.until(lambda: bar.headline.mood is Mood.WAITING)
    assert person.transfers.startswith("2 uploads waiting for the connection")
    person.until(lambda: not person.account.endswith("Connected"))
    person.search("_3")
    person.sees("look_3.jpg")
    person.choose("look_3.jpg")
    pixels = person.window.core.looks.pixels
    person.until(lambda: pixels.preview(person.asset("look_3.jpg")) is not None)
    person.key(Qt.Key.Key_A)
    person.until(lambda: person.asset("look_3.jpg").approval is Approval.APPROVED)
    assert QApplication.activeModalWidget() is None
    sandbox.start()
    person.until(lambda: person.transfers == "2 delivered")
    assert set(stored(sandbox)) == {"look_0", "look_1"}
    assert {one.uploads for one in stored(sandbox).values()} == {1}
    person.until(lambda: person.account.endswith("Connected"))


def test_8_working_offline_holds_pushes_back_until_one_goes_online(
    desk: Desk, opener: Opener, sandbox: Sandbox
) -> None:
    picture(desk.folder / "look.jpg", 1)
    desk.library()
    desk.approve()
    person = opener()
    person.window.core.actions.work_offline.trigger()
    person.choose("look.jpg")
    person.push()
    person.until(lambda: person.transfers.startswith("Working offline – 1 upload waiting"))
    assert stored(sandbox) == {}
    person.window.core.actions.work_offline.trigger()
    person.until(lambda: person.transfers == "1 delivered")
    assert set(stored(sandbox)) == {"look"}


def test_8_a_restart_keeps_what_was_delivered_and_what_waits(
    desk: Desk, opener: Opener, sandbox: Sandbox
) -> None:
    for name in ("early.jpg", "late.jpg"):
        picture(desk.folder / name, len(name))
    desk.library()
    desk.approve()
    person = opener()
    person.choose("early.jpg")
    person.push()
    person.until(lambda: person.transfers == "1 delivered")
    sandbox.stop()
    person.choose("late.jpg")
    person.push()
    person.until(lambda: person.window.sides.transfers.bar.headline.mood is Mood.WAITING)
    person.window.close()
    desk.reopen()
    again = opener()
    again.sees("early.jpg", "late.jpg")
    assert again.asset("early.jpg").cloud is not None
    assert again.asset("late.jpg").cloud is None
    sandbox.start()
    again.until(lambda: again.asset("late.jpg").cloud is not None)
    assert states(desk.parts.worker.transfers()) == {JobState.DONE}
    assert set(stored(sandbox)) == {"early", "late"}
    assert {one.uploads for one in stored(sandbox).values()} == {1}


def plan(sheet: PushSheet) -> PushPlan:
    """The plan that the sheet shows."""
    assert sheet.plan is not None
    return sheet.plan


def told(sheet: PushSheet, action: PushAction) -> set[str]:
    """The names that the sheet lists under what will happen to them."""
    return {step.name for step in plan(sheet).steps if step.action is action}


def spoken(person: Person, name: str) -> str:
    """What a screen reader says of a cell: its badges, too."""
    model = person.window.middle.model
    index = model.index(person.names.index(name), 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))
