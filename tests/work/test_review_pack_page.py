"""The page of a review pack in a real browser: opened from disk, without server or network."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.comments import Moment, Point, Region
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.review_pack_json import verdicts_from
from bridge_app.domain.review_requests import review_items
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.review_pack import PackWish
from bridge_app.work.review_pack_words import WORDS, Wording
from tests.browsers import Browser, browser_here
from tests.desk import Desk, picture
from tests.packs import pack_on_disk

PROGRAM = browser_here()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")
HOSTILE = "</script><img src=x onerror=alert(1)><b>&amp;{{pack}}"
SHOWN = "document.getElementById('picture').naturalWidth > 0"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM is not None
    with Browser(PROGRAM, tmp_path_factory.mktemp("browser")) as made:
        yield made


@pytest.fixture
def browser(running: Browser) -> Iterator[Browser]:
    """A browser that has seen nothing go wrong afterwards, and asked no network for anything."""
    for file in running.downloads.iterdir():
        file.unlink()
    running.errors.clear()
    running.requests.clear()
    yield running
    assert running.errors == []
    assert [one for one in running.requests if not one.startswith(("file:", "data:"))] == []


def show(browser: Browser, folder: Path) -> None:
    browser.open(folder / "index.html")
    browser.until(SHOWN)


def text(browser: Browser, name: str) -> str:
    return str(browser.value(f"document.getElementById('{name}').textContent"))


def saved(browser: Browser, reviewer: str) -> dict[str, Any]:
    browser.value("document.getElementById('name').focus()")
    browser.write(reviewer)
    browser.press("s", control=True)
    return dict(json.loads(browser.downloaded().read_text("utf-8")))


def test_verdicts_by_keys_are_saved_as_a_file(browser: Browser, tmp_path: Path) -> None:
    pack = pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    browser.press("a")
    browser.press("ArrowRight")
    browser.press("r")
    browser.value("document.getElementById('why').focus()")
    browser.write("Too dark")
    browser.press("Escape")
    browser.press("n")
    browser.press("c")
    assert text(browser, "progress") == "3 of 3 decided · Not saved yet"
    told = saved(browser, "Ines")
    assert (told["pack"], told["reviewer"]) == (pack.id, "Ines")
    assert [one["verdict"] for one in told["verdicts"]] == [
        "approved",
        "rejected",
        "changes_requested",
    ]
    assert [one["note"] for one in told["verdicts"]] == ["", "Too dark", ""]
    assert [one["picture"] for one in told["verdicts"]] == [one.sha256 for one in pack.items]
    assert text(browser, "progress") == "3 of 3 decided"
    file = verdicts_from(browser.downloaded().read_bytes())
    assert [one.approval for one in file.verdicts] == [
        Approval.APPROVED,
        Approval.REJECTED,
        Approval.CHANGES_REQUESTED,
    ]


def test_points_and_frames_are_pinned_where_they_are_drawn(
    browser: Browser, tmp_path: Path
) -> None:
    pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    box = browser.value(
        "({...document.getElementById('picture').getBoundingClientRect().toJSON()})"
    )

    def at(x: float, y: float) -> tuple[float, float]:
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    browser.press("p")
    browser.drag(at(0.25, 0.5), at(0.25, 0.5))
    browser.write("A spot")
    browser.press("Enter", control=True)
    browser.press("p")
    browser.drag(at(0.75, 0.75), at(0.5, 0.25))
    browser.write(HOSTILE)
    browser.press("Enter", control=True)
    browser.press("m")
    browser.write("All of it")
    saved(browser, "Ines")
    (line,) = verdicts_from(browser.downloaded().read_bytes()).verdicts
    assert line.approval is None
    spot, frame, whole = line.comments
    assert isinstance(spot.place, Point)
    assert (spot.place.x, spot.place.y) == pytest.approx((0.25, 0.5), abs=0.01)
    assert isinstance(frame.place, Region)
    sides = (frame.place.x, frame.place.y, frame.place.width, frame.place.height)
    assert sides == pytest.approx((0.5, 0.25, 0.25, 0.5), abs=0.01)
    assert (frame.text, whole.text, whole.place) == (HOSTILE, "All of it", None)
    assert browser.value("document.querySelectorAll('#pins button').length") == 2


def test_a_film_plays_and_what_is_said_of_it_has_a_time(
    browser: Browser, tmp_path: Path, corpus: Path
) -> None:
    pack_on_disk(tmp_path / "pack", film=corpus / "video" / "rabbit320.webm")
    browser.open(tmp_path / "pack" / "index.html")
    browser.until("document.getElementById('film').readyState >= 2")
    browser.value("document.getElementById('film').currentTime = 1.5")
    browser.until("!document.getElementById('film').seeking")
    browser.press("t")
    assert text(browser, "place") == "About 0:01 of the film"
    browser.write("Too fast")
    browser.press("Enter", control=True)
    browser.press("ArrowRight")
    browser.until(SHOWN)
    assert browser.value("document.getElementById('film').hidden")
    browser.press("t")
    browser.press("ArrowLeft")
    browser.value("document.querySelector('#comments .when').click()")
    browser.until("document.getElementById('film').currentTime === 1.5")
    saved(browser, "Ines")
    (line,) = verdicts_from(browser.downloaded().read_bytes()).verdicts
    (comment,) = line.comments
    assert (comment.text, comment.place) == ("Too fast", Moment(seconds=1.5))


def test_a_film_that_the_browser_cannot_play_is_shown_as_a_picture(
    browser: Browser, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.webm"
    broken.write_bytes(b"no film at all")
    pack_on_disk(tmp_path / "pack", film=broken)
    show(browser, tmp_path / "pack")
    browser.until("document.getElementById('film').hidden")
    assert text(browser, "item-truth") == "One picture of a film: this browser does not play it"


def test_what_was_said_is_there_again_after_closing_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    browser.press("a")
    browser.press("m")
    browser.write("Hello")
    browser.press("Enter", control=True)
    browser.reload()
    browser.until(SHOWN)
    assert text(browser, "progress") == "1 of 3 decided · Not saved yet"
    assert "Hello" in text(browser, "comments")
    first = saved(browser, "Ines")["verdicts"][0]
    browser.downloaded().unlink()
    browser.press("Escape")
    browser.press("r")
    browser.press("s", control=True)
    later = json.loads(browser.downloaded().read_text("utf-8"))["verdicts"][0]
    assert later["given_at"] > first["given_at"]
    assert later["comments"] == first["comments"]


def test_the_same_verdict_again_takes_it_back(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    browser.press("a")
    browser.press("a")
    assert text(browser, "progress").startswith("0 of 3 decided")
    browser.press("s", control=True)
    assert text(browser, "notice") == "There is nothing to save yet."


def test_nobody_saves_without_a_name(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    browser.press("a")
    browser.press("s", control=True)
    assert "your name" in text(browser, "notice")
    assert browser.value("document.activeElement.id") == "name"
    assert list(browser.downloads.iterdir()) == []


def test_markup_is_shown_as_text_and_nothing_of_it_runs(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack", title=HOSTILE)
    show(browser, tmp_path / "pack")
    assert text(browser, "title") == HOSTILE
    assert text(browser, "item-name") == HOSTILE
    assert browser.value("document.title") == HOSTILE
    assert browser.value("document.querySelectorAll('b').length") == 0


def test_the_page_lets_no_foreign_script_run(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack")
    page = tmp_path / "pack" / "index.html"
    html = page.read_text("utf-8").replace("</body>", "<script>window.evil = 1</script></body>")
    page.write_text(html, "utf-8")
    show(browser, tmp_path / "pack")
    assert browser.value("window.evil") is None
    assert any("Content Security Policy" in one for one in browser.errors)
    browser.errors.clear()


def test_zoom_reaches_single_pixels_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack", size=(3000, 1500))
    show(browser, tmp_path / "pack")
    width = "document.getElementById('picture').getBoundingClientRect().width"
    fitted = browser.value(width)
    assert fitted < 1000
    browser.press("1")
    assert browser.value(width) == pytest.approx(3000)
    browser.press("+")
    assert browser.value(width) == pytest.approx(3750)
    browser.press("0")
    assert browser.value(width) == pytest.approx(fitted)


def test_from_right_to_left_the_left_arrow_goes_on(browser: Browser, tmp_path: Path) -> None:
    wording = Wording(language="ar", right_to_left=True, words=WORDS)
    pack_on_disk(tmp_path / "pack", wording=wording)
    show(browser, tmp_path / "pack")
    browser.press("ArrowLeft")
    current = "[...document.querySelectorAll('#strip button')].findIndex((one) => "
    assert browser.value(current + "one.hasAttribute('aria-current'))") == 1
    left = "document.querySelector('aside').getBoundingClientRect().left"
    assert browser.value(left) == 0


def test_a_picture_that_is_not_there_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack")
    (tmp_path / "pack" / "pictures" / "0001.png").unlink()
    browser.open(tmp_path / "pack" / "index.html")
    browser.until("!document.getElementById('missing').hidden")
    assert "unpack" in text(browser, "missing")
    browser.errors.clear()


def test_what_one_page_misses_is_not_held_against_the_next(
    browser: Browser, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        pack_on_disk(tmp_path / name)
        (tmp_path / name / "pictures" / "0001.png").unlink()
    browser.open(tmp_path / "first" / "index.html")
    browser.until("!document.getElementById('missing').hidden")
    browser.errors.clear()
    (tmp_path / "second" / "pictures" / "0001.png").write_bytes(
        (tmp_path / "second" / "pictures" / "0002.png").read_bytes()
    )
    show(browser, tmp_path / "second")


def test_everything_that_can_be_pressed_has_a_name(browser: Browser, tmp_path: Path) -> None:
    pack_on_disk(tmp_path / "pack")
    show(browser, tmp_path / "pack")
    browser.press("m")
    browser.write("Hello")
    browser.press("Enter", control=True)
    tree = browser.ask("Accessibility.getFullAXTree")["nodes"]
    controls = [
        one
        for one in tree
        if one.get("role", {}).get("value") in {"button", "textbox", "image", "toolbar", "list"}
    ]
    assert len(controls) > 15
    nameless = [one for one in controls if not one.get("name", {}).get("value")]
    # The small pictures are inside buttons, which say it all; the tool bar is what is in it.
    assert {one["role"]["value"] for one in nameless} <= {"toolbar"}


def test_from_the_desk_to_a_reviewer_and_back(
    browser: Browser, tmp_path: Path, decoder: DecoderPool
) -> None:
    desk = Desk(tmp_path / "desk", sandbox=None, decoder=decoder)
    picture(desk.folder / "harbour.jpg", 1, (640, 400))
    desk.open()
    desk.library()
    asset = desk.asset("harbour.jpg")
    desk_packs = desk.parts.worker.review_packs
    items = review_items([asset.id], [], masters=True)
    desk_packs.export(PackWish(title="Spring", items=items, target=tmp_path / "out"))
    show(browser, tmp_path / "out")
    browser.press("a")
    browser.press("m")
    browser.write("Lovely")
    saved(browser, "Ines")
    done = desk_packs.record(desk_packs.look(browser.downloaded()))
    assert (done.decisions, done.comments) == (1, 1)
    assert desk.asset("harbour.jpg").approval is Approval.APPROVED
    desk.close()


def test_a_rendition_of_a_film_plays_and_what_is_said_of_a_moment_comes_back(
    browser: Browser, tmp_path: Path, decoder: DecoderPool, corpus: Path
) -> None:
    desk = Desk(tmp_path / "desk", sandbox=None, decoder=decoder)
    desk.put(corpus / "video" / "rabbit320.webm")
    desk.open()
    desk.library()
    asset = desk.asset("rabbit320.webm")
    cut = RenditionPreset(
        name="cut", title="Cut", transformation="c_fill,h_90,w_160/du_2.0", format=""
    )
    desk.parts.worker.rendition_presets.save(cut)
    items = review_items([asset.id], [cut], masters=False)
    desk_packs = desk.parts.worker.review_packs
    desk_packs.export(PackWish(title="Rabbit", items=items, target=tmp_path / "out"))
    browser.open(tmp_path / "out" / "index.html")
    browser.until("document.getElementById('film').readyState >= 2")
    film = "document.getElementById('film')"
    assert [browser.value(f"{film}.{one}") for one in ("videoWidth", "videoHeight")] == [160, 90]
    assert browser.value(f"{film}.duration") == pytest.approx(2.0, abs=0.2)
    assert text(browser, "item-truth") != "One picture of a film"
    browser.value(f"{film}.currentTime = 1.5")
    browser.until(f"!{film}.seeking")
    browser.press("t")
    browser.write("Too fast")
    browser.press("Enter", control=True)
    browser.press("r")
    saved(browser, "Ines")
    done = desk_packs.record(desk_packs.look(browser.downloaded()))
    assert (done.decisions, done.comments) == (1, 1)
    (thread,) = desk.parts.worker.reviews.threads(asset.id, items[0].transformation)
    assert thread.first.place == Moment(seconds=1.5)
    desk.close()


def test_the_page_says_why_a_film_is_one_picture(
    browser: Browser, tmp_path: Path, decoder: DecoderPool, corpus: Path
) -> None:
    desk = Desk(tmp_path / "desk", sandbox=None, decoder=decoder)
    desk.put(corpus / "video" / "Flash.flv")
    desk.open()
    desk.library()
    items = review_items([desk.asset("Flash.flv").id], [], masters=True)
    wish = PackWish(title="Flash", items=items, target=tmp_path / "out")
    desk.parts.worker.review_packs.export(wish)
    browser.open(tmp_path / "out" / "index.html")
    browser.until("document.getElementById('item-truth').textContent")
    assert text(browser, "item-truth").startswith("One picture of a film: browsers play no films")
    desk.close()
