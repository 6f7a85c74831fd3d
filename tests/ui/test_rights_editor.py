"""Rights in the window: claimed for one and for many, seen in a calendar, and told ahead."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import DocumentKind, RightsClaim
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.rights_calendar import RightsCalendar
from bridge_app.ui.dialogs.rights_editor import RightsEditor
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import date_text, isolated
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.rights import RightsDesk
from tests.desk import Desk, licensed_picture, picture
from tests.ui.windows import choose, dialog

PATIENCE_MS = 30_000
DAY = timedelta(days=1)


@pytest.fixture
def looks(desk: Desk, asker: Asker, theme: Theme, icons: Icons, english: None) -> Looks:
    """What dialogs are drawn with."""
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview)
    return Looks(theme, icons, pixels, desk.clock)


@pytest.fixture
def rights(desk: Desk) -> RightsDesk:
    """Who records claims."""
    return desk.parts.worker.rights


def masters(desk: Desk, *names: str) -> list[AssetId]:
    for seed, name in enumerate(names):
        picture(desk.folder / name, seed, size=(40, 30))
    desk.library()
    return [desk.asset(name).id for name in names]


def lines(shown: LineList) -> list[Line]:
    found = [shown.index(row, 0).data(LineRole.LINE) for row in range(shown.rowCount())]
    assert all(isinstance(one, Line) for one in found)
    return found


def opened(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, assets: Sequence[AssetId]
) -> RightsEditor:
    editor = RightsEditor(desk.parts.worker.rights, asker, looks, assets)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.waitUntil(editor.form.isEnabled, timeout=PATIENCE_MS)
    return editor


def banners(editor: RightsEditor) -> str:
    return " ".join(one.text for one in editor.findChildren(Banner))


def test_what_is_typed_is_claimed_and_can_be_seen_again(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    editor = opened(qtbot, desk, asker, looks, [hero])
    assert not editor.act.isEnabled()
    editor.form.zone.setCurrentText("Europe/Oslo")
    qtbot.keyClicks(editor.form.ends, "2031-03-31")
    qtbot.keyClicks(editor.form.lists["territories"].line, "no, se")
    editor.form.lists["channels"].toggle("web")
    qtbot.keyClicks(editor.form.source, "Contract 14")
    with qtbot.waitSignal(editor.claimed, timeout=PATIENCE_MS) as told:
        qtbot.mouseClick(editor.act, Qt.MouseButton.LeftButton)
    assert told.args == [1]
    (held,) = rights.held([hero])
    assert held.said.window.ends == datetime.fromisoformat("2031-03-31T22:00:00+00:00")
    assert held.said.territories == {"NO", "SE"}
    assert held.said.channels == {"web"}
    assert held.said.source == "Contract 14"
    again = opened(qtbot, desk, asker, looks, [hero])
    assert again.form.ends.text() == "2031-03-31"
    assert again.form.zone.currentText() == "Europe/Oslo"
    (line,) = lines(again.history)
    assert "NO, SE" in line.title
    assert "Contract 14" in line.text


def test_what_cannot_be_meant_is_told_and_nothing_is_lost(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    editor = opened(qtbot, desk, asker, looks, [hero])
    qtbot.keyClicks(editor.form.lists["territories"].line, "Norway")
    qtbot.keyClicks(editor.form.licence, "Long text")
    editor.act.click()
    qtbot.waitUntil(lambda: "is no territory" in banners(editor), timeout=PATIENCE_MS)
    assert editor.form.licence.text() == "Long text"
    editor.form.lists["territories"].line.setText("")
    qtbot.keyClicks(editor.form.starts, "2031-03-31")
    qtbot.keyClicks(editor.form.ends, "2031-03-30")
    editor.act.click()
    qtbot.waitUntil(lambda: "before they begin" in banners(editor), timeout=PATIENCE_MS)
    assert rights.claims(hero) == []


def test_a_claim_that_misses_what_the_file_allows_is_told_before_it_is_made(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + 3 * DAY)
    (plain,) = masters(desk, "plain.jpg")
    hero = desk.asset("hero.jpg").id
    editor = opened(qtbot, desk, asker, looks, [hero])
    day = (desk.clock() + 30 * DAY).date().isoformat()
    qtbot.keyClicks(editor.form.starts, day)
    qtbot.waitUntil(lambda: "Nothing is left" in banners(editor), timeout=PATIENCE_MS)
    assert "Its file says: Until" in banners(editor)
    # Whoever means it claims it; nothing is recorded before.
    assert editor.act.isEnabled()
    assert rights.claims(hero) == []
    editor.form.starts.clear()
    qtbot.waitUntil(lambda: "Nothing is left" not in banners(editor), timeout=PATIENCE_MS)
    several = opened(qtbot, desk, asker, looks, [plain, hero])
    qtbot.keyClicks(several.form.starts, day)
    qtbot.waitUntil(lambda: "allow: " in banners(several), timeout=PATIENCE_MS)
    assert "hero.jpg" in banners(several)
    assert "plain.jpg" not in banners(several)


def test_of_many_only_what_is_touched_changes(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    one, other = masters(desk, "one.jpg", "other.jpg")
    rights.claim([one], RightsClaim(licence="A", model_released=True))
    editor = opened(qtbot, desk, asker, looks, [one, other])
    assert editor.form.licence.placeholderText() == "Different values"
    assert not editor.tabs.isTabVisible(1)
    qtbot.keyClicks(editor.form.credit_line, "Photo: Nordlys")
    with qtbot.waitSignal(editor.claimed, timeout=PATIENCE_MS) as told:
        editor.act.click()
    assert told.args == [2]
    said = {held.asset.name: held.said for held in rights.held([one, other])}
    assert (said["one.jpg"].licence, said["one.jpg"].model_released) == ("A", True)
    assert said["other.jpg"] == RightsClaim(credit_line="Photo: Nordlys")


def test_another_zone_means_the_dates_that_are_seen(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    ends = datetime.fromisoformat("2031-03-31T22:00:00+00:00")
    rights.claim([hero], RightsClaim(window=RightsWindow(ends=ends), zone="Europe/Oslo"))
    editor = opened(qtbot, desk, asker, looks, [hero])
    assert editor.form.ends.text() == "2031-03-31"
    editor.form.zone.setCurrentText("America/New_York")
    with qtbot.waitSignal(editor.claimed, timeout=PATIENCE_MS):
        editor.act.click()
    (held,) = rights.held([hero])
    assert held.said.window.ends == datetime.fromisoformat("2031-04-01T04:00:00+00:00")


def test_a_template_fills_the_form_and_is_kept_from_it(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    rights.save_template("Spring", RightsClaim(channels=frozenset({"web"}), licence="S"))
    editor = opened(qtbot, desk, asker, looks, [hero])
    qtbot.keyClicks(editor.form.source, "Mail")
    editor.template.setCurrentIndex(1)
    editor.template.activated.emit(1)
    assert editor.form.change().channels == "web"
    editor.save_template("Spring by mail")
    qtbot.waitUntil(lambda: editor.template.count() == 3, timeout=PATIENCE_MS)
    kept = {one.name: one.claim for one in rights.templates()}
    assert (kept["Spring by mail"].licence, kept["Spring by mail"].source) == ("S", "Mail")
    assert rights.claims(hero) == []


def test_documents_are_attached_and_taken_off(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk, tmp_path: Path
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    paper = tmp_path / "release.pdf"
    paper.write_bytes(b"%PDF-1.7")
    editor = opened(qtbot, desk, asker, looks, [hero])
    documents = editor.form.documents
    documents.add(tmp_path / "missing.pdf", DocumentKind.MODEL)
    qtbot.waitUntil(lambda: "was not attached" in banners(editor), timeout=PATIENCE_MS)
    documents.add(paper, DocumentKind.MODEL)
    qtbot.waitUntil(lambda: bool(documents.added), timeout=PATIENCE_MS)
    with qtbot.waitSignal(editor.claimed, timeout=PATIENCE_MS):
        editor.act.click()
    (held,) = rights.held([hero])
    assert [(one.name, one.kind) for one in held.said.documents] == [
        ("release.pdf", DocumentKind.MODEL)
    ]
    again = opened(qtbot, desk, asker, looks, [hero])
    again.form.documents.view.setCurrentIndex(again.form.documents.view.model().index(0, 0))
    again.form.documents.remove.click()
    with qtbot.waitSignal(again.claimed, timeout=PATIENCE_MS):
        again.act.click()
    assert rights.held([hero])[0].said.documents == ()


def test_the_calendar_lists_what_is_next_and_leads_to_it(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    one, other = masters(desk, "one.jpg", "other.jpg")
    now = desk.clock()
    ends = now + 20 * DAY
    rights.claim([one], RightsClaim(window=RightsWindow(ends=ends)))
    rights.claim([other], RightsClaim(window=RightsWindow(starts=now + 10 * DAY)))
    calendar = RightsCalendar(rights, asker, looks)
    qtbot.addWidget(calendar)
    calendar.show()
    qtbot.waitUntil(lambda: len(lines(calendar.lines)) == 2, timeout=PATIENCE_MS)
    assert [line.mark for line in lines(calendar.lines)] == ["Begins", "Ends"]
    calendar.begins.setChecked(False)
    assert [line.key for line in lines(calendar.lines)] == [one]
    assert not calendar.edit.isEnabled()
    day: date = ends.astimezone().date()
    calendar.calendar.clicked.emit(QDate(day.year, day.month, day.day))
    with qtbot.waitSignal(calendar.editWanted, timeout=PATIENCE_MS) as told:
        calendar.edit.click()
    assert told.args == [(one,)]


def test_the_calendar_calls_a_right_that_ends_with_a_day_by_its_last_day(
    qtbot: QtBot, desk: Desk, asker: Asker, looks: Looks, rights: RightsDesk
) -> None:
    (one,) = masters(desk, "one.jpg")
    last = (desk.clock() + 20 * DAY).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    rights.claim([one], RightsClaim(window=RightsWindow(ends=(last + DAY).astimezone(UTC))))
    calendar = RightsCalendar(rights, asker, looks)
    qtbot.addWidget(calendar)
    calendar.show()
    qtbot.waitUntil(lambda: len(lines(calendar.lines)) == 1, timeout=PATIENCE_MS)
    assert lines(calendar.lines)[0].text == isolated(date_text(last.date()))
    calendar.calendar.clicked.emit(QDate(last.year, last.month, last.day))
    assert calendar.edit.isEnabled()


def test_from_the_window_rights_are_claimed_by_key_and_an_end_is_told_once(
    qtbot: QtBot, desk: Desk, window: MainWindow, rights: RightsDesk
) -> None:
    name = "aurora.jpg"
    choose(qtbot, window, name)
    window.core.actions.rights.trigger()
    editor = dialog(qtbot, window, RightsEditor)
    assert isinstance(editor, RightsEditor)
    qtbot.waitUntil(editor.form.isEnabled, timeout=PATIENCE_MS)
    soon = (desk.clock() + 10 * DAY).date().isoformat()
    qtbot.keyClicks(editor.form.ends, soon)
    qtbot.keyClick(editor.form.ends, Qt.Key.Key_Return)
    editor.act.click()
    messages = window.middle.browser.messages
    qtbot.waitUntil(
        lambda: any("end within 30 days" in text for text in messages.texts), timeout=PATIENCE_MS
    )
    qtbot.waitUntil(lambda: rights.notices() == [], timeout=PATIENCE_MS)


def test_what_ends_as_well_joins_the_line_that_says_so(
    qtbot: QtBot, desk: Desk, window: MainWindow, rights: RightsDesk
) -> None:
    messages = window.middle.browser.messages
    ends = desk.clock() + 10 * DAY

    def told() -> list[str]:
        return [text for text in messages.texts if "end within 30 days" in text]

    def ending(name: str, seed: int) -> None:
        picture(desk.folder / name, seed, size=(40, 30))
        desk.library()
        rights.claim([desk.asset(name).id], RightsClaim(window=RightsWindow(ends=ends)))
        qtbot.waitUntil(lambda: any(name in text for text in told()), timeout=PATIENCE_MS)

    ending("aurora.jpg", 1)
    ending("lake.jpg", 2)
    (line,) = told()
    assert line.startswith("The rights in 2 assets")
    assert "aurora.jpg" in line


def test_ends_in_different_times_are_one_message(
    qtbot: QtBot, desk: Desk, window: MainWindow, rights: RightsDesk
) -> None:
    messages = window.middle.browser.messages

    def ending(name: str, days: int) -> None:
        picture(desk.folder / name, days, size=(40, 30))
        desk.library()
        ends = RightsWindow(ends=desk.clock() + days * DAY)
        rights.claim([desk.asset(name).id], RightsClaim(window=ends))
        qtbot.waitUntil(
            lambda: len(messages.texts) == 1 and name in messages.texts[0], timeout=PATIENCE_MS
        )

    ending("aurora.jpg", 20)
    ending("lake.jpg", 5)
    (text,) = messages.texts
    assert [line.partition(": ")[2] for line in text.splitlines()] == [
        isolated("lake.jpg"),
        isolated("aurora.jpg"),
    ]


def test_an_end_that_is_nearer_now_is_told_in_the_place_of_the_line_before(
    qtbot: QtBot, desk: Desk, window: MainWindow, rights: RightsDesk
) -> None:
    messages = window.middle.browser.messages
    ends = desk.clock() + 10 * DAY

    def told() -> list[str]:
        return [text.partition(" days")[0][-2:] for text in messages.texts if " end within" in text]

    def ending(name: str, days: str) -> None:
        picture(desk.folder / name, len(name), size=(40, 30))
        desk.library()
        rights.claim([desk.asset(name).id], RightsClaim(window=RightsWindow(ends=ends)))
        qtbot.waitUntil(
            lambda: told() == [days] and name in messages.texts[-1], timeout=PATIENCE_MS
        )

    ending("aurora.jpg", "30")
    desk.clock.forward(4 * DAY)
    ending("lake.jpg", " 7")


def test_the_editor_stands_right_to_left(
    qtbot: QtBot, qapp: QApplication, desk: Desk, asker: Asker, looks: Looks
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        editor = opened(qtbot, desk, asker, looks, [hero])
        field = editor.form.lists["territories"]
        assert field.button.x() < field.line.x()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
