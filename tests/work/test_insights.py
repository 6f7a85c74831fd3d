"""Reports: what is used, about to end, and worth tidying; and what was not measured."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from bridge_app.domain.approvals import Approval
from bridge_app.domain.environments import Meter, Usage
from bridge_app.domain.errors import InvalidInputError, NotFoundError, OfflineError
from bridge_app.domain.reports import (
    WHOLE,
    Every,
    ExportFormat,
    Lack,
    ReportKind,
    ReportScope,
    SavedReport,
    Schedule,
)
from bridge_app.domain.retractions import Retraction, RetractionState
from bridge_app.domain.rights import RightsWindow
from bridge_app.storage.environment_facts import EnvironmentFacts
from bridge_app.storage.insights import MOST_USED, values_of
from bridge_app.storage.retractions import Retractions
from bridge_app.work.look_alikes import LookAlikeFinder
from tests.storage.shelf import NOW, make
from tests.work.insight_office import BRAND, Office, lacks


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as closing:
        yield Office(tmp_path, closing)


def test_every_report_can_be_asked_of_nothing(office: Office) -> None:
    for kind in office.desk.kinds():
        report = office.desk.report(kind)
        assert (list(report.rows), report.kind) == ([], kind)
        assert report.columns


def test_use_and_measures_are_found_by_an_index_and_not_by_looking_at_all(office: Office) -> None:
    values = values_of(ReportScope(), BRAND, NOW)
    question = f"EXPLAIN QUERY PLAN {MOST_USED}"
    steps = office.reader.ask(lambda one: [row[3] for row in one.execute(question, values)])
    assert any(step.startswith("SEARCH m ") for step in steps)
    assert any(step.startswith("SEARCH u ") for step in steps)
    assert not [step for step in steps if step.startswith("SEARCH p USING PRIMARY KEY (env")]


def test_what_was_approved_and_went_nowhere_is_unused(office: Office) -> None:
    used, unused, draft = make("used.jpg"), make("unused.jpg"), make("draft.jpg")
    office.put(used, unused, draft)
    for one in (used, unused):
        office.decide(one, Approval.APPROVED)
    office.placed(used)
    report = office.desk.report(ReportKind.UNUSED)
    assert [row[1] for row in report.rows] == ["unused.jpg"]
    assert report.behind_row(0).assets == (unused.id,)
    assert [row["name"] for row in office.asked(ReportKind.MOST_USED)] == ["used.jpg"]


def test_requests_that_nobody_measured_are_none_and_the_report_says_so(office: Office) -> None:
    used = make("used.jpg")
    office.put(used)
    office.placed(used)
    report = office.desk.report(ReportKind.MOST_USED)
    (row,) = office.asked(ReportKind.MOST_USED)
    assert (row["places"], row["requests"], row["bytes_delivered"]) == (1, None, None)
    assert Lack.NO_LOGS in lacks(report)
    assert {fact.name: fact.value for fact in report.facts}["requests"] is None


def test_what_is_in_use_and_whose_rights_end_soon_is_told_with_the_days_left(
    office: Office,
) -> None:
    def until(days: int) -> RightsWindow:
        return RightsWindow(ends=NOW + timedelta(days=days, hours=1))

    soon, ended = make("soon.jpg", rights=until(5)), make("ended.jpg", rights=until(-3))
    later, idle = make("later.jpg", rights=until(60)), make("idle.jpg", rights=until(5))
    office.put(soon, ended, later, idle)
    for one in (soon, ended, later):
        office.placed(one)
    told = [(row["name"], row["days_left"]) for row in office.asked(ReportKind.RIGHTS_ENDING)]
    assert told == [("ended.jpg", -3), ("soon.jpg", 5)]
    wide = office.asked(ReportKind.RIGHTS_ENDING, ReportScope(ahead_days=90))
    assert [row["name"] for row in wide] == ["ended.jpg", "soon.jpg", "later.jpg"]


def test_what_was_taken_back_is_in_use_no_more(office: Office) -> None:
    hero = make("hero.jpg", rights=RightsWindow(ends=NOW - timedelta(days=1)))
    office.put(hero)
    copy = office.deliver(hero, BRAND)
    office.rendered(hero)
    assert [row["name"] for row in office.asked(ReportKind.RIGHTS_ENDING)] == ["hero.jpg"]
    taken_back = Retraction(
        environment=BRAND,
        asset_id=copy.asset_id,
        public_id=copy.public_id,
        name=hero.name,
        content=copy.sha256,
        version=copy.version,
        state=RetractionState.RETRACTED,
        at=NOW.isoformat(),
    )
    Retractions(office.ledger).put(taken_back)
    assert office.asked(ReportKind.RIGHTS_ENDING) == []


def test_groups_tell_how_much_and_how_much_of_it_is_in_use(office: Office) -> None:
    spring = make("Spring/Heroes/a.jpg", creator="Ada", bytes=10)
    tagged = make("Winter/b.png", creator="Ada", format="png", keywords=("campaign:Spring",))
    other = make("c.jpg", bytes=1, format="JPEG")
    office.put(spring, tagged, other)
    office.decide(spring, Approval.APPROVED)
    office.placed(spring)
    campaigns = {row["campaign"]: row for row in office.asked(ReportKind.BY_CAMPAIGN)}
    assert campaigns.keys() == {"Spring", None}
    told = campaigns["Spring"]
    assert (told["assets"], told["bytes"], told["approved"], told["in_use"]) == (2, 110, 1, 1)
    owners = {row["owner"]: row["assets"] for row in office.asked(ReportKind.BY_OWNER)}
    assert owners == {"Ada": 2, None: 1}
    formats = {row["format"]: row["assets"] for row in office.asked(ReportKind.BY_FORMAT)}
    assert formats == {"jpg": 2, "png": 1}, "by one name, whatever libraries call it"
    libraries = office.desk.report(ReportKind.BY_LIBRARY)
    query = libraries.behind_row(0).query
    assert (libraries.rows[0][:2], query and query.library) == (("Home", 3), "home")


def test_the_same_content_twice_is_a_group_of_duplicates(office: Office) -> None:
    first, second = make("a.jpg", sha256="same"), make("copies/a.jpg", sha256="same")
    office.put(first, second, make("b.jpg"))
    rows = office.asked(ReportKind.DUPLICATES)
    assert {row["path"] for row in rows} == {"a.jpg", "copies/a.jpg"}
    assert sorted(row["spare_bytes"] or 0 for row in rows) == [0, 100]
    report = office.desk.report(ReportKind.DUPLICATES)
    assert set(report.behind_row(0).assets) == {first.id, second.id}


def test_pictures_that_look_alike_are_found_and_those_without_a_thumbnail_are_told(
    office: Office,
) -> None:
    for name in ("a.jpg", "smaller.jpg", "other.jpg", "unseen.jpg"):
        office.put(make(name))
    office.thumbnail("a.jpg", scene(3))
    office.thumbnail("smaller.jpg", scene(3).resize((200, 150)), quality=60)
    office.thumbnail("other.jpg", scene(8))
    report = office.desk.report(ReportKind.NEAR_DUPLICATES)
    assert {row["name"] for row in office.asked(ReportKind.NEAR_DUPLICATES)} == {
        "a.jpg",
        "smaller.jpg",
    }
    assert [(gap.lack, gap.count) for gap in report.gaps] == [(Lack.NO_PICTURE, 1)]


def test_what_masters_do_not_say_is_named(office: Office) -> None:
    said = {"title": "A", "caption": "B", "creator": "C", "copyright": "D"}
    office.put(make("bare.jpg", title="A"), make("nearly.jpg", keywords=("k",), **said))
    told = {row["name"]: row["missing"] for row in office.asked(ReportKind.MISSING_METADATA)}
    assert told == {
        "bare.jpg": "caption, alt_text, keywords, creator, copyright",
        "nearly.jpg": "alt_text",
    }


def test_heavy_originals_are_those_from_a_size_on(office: Office) -> None:
    office.put(make("light.jpg", bytes=999), make("heavy.jpg", bytes=1_000))
    rows = office.asked(ReportKind.HEAVY, ReportScope(heavy_bytes=1_000))
    assert [row["name"] for row in rows] == ["heavy.jpg"]


def test_more_rows_than_are_shown_are_told_of_and_sums_of_a_part_are_not(office: Office) -> None:
    office.put(*(make(f"{number}.jpg", title="t") for number in range(5)))
    report = office.desk.report(ReportKind.MISSING_METADATA, ReportScope(most=2))
    assert len(report.rows) == 2
    assert [(gap.lack, gap.count) for gap in report.gaps] == [(Lack.CUT, 3)]
    assert report.facts == ()


def test_usage_is_kept_by_day_and_what_was_never_asked_is_said(office: Office) -> None:
    assert lacks(office.desk.report(ReportKind.USAGE)) == {Lack.NEVER_ASKED}
    for day, used in ((1, 5.0), (1, 6.0), (2, 24.0)):
        at = datetime(2026, 6, day, 12, tzinfo=UTC)
        meters = {"credits": Meter(used=used, limit=25)}
        office.facts.put_usage(BRAND, Usage(read_at=at, plan="Plus", meters=meters, requests=9))
    trend = office.asked(ReportKind.TREND)
    credits_used = [(row["day"], row["used"]) for row in trend if row["meter"] == "credits"]
    assert credits_used == [(date(2026, 6, 1), 6.0), (date(2026, 6, 2), 24.0)]
    later = office.asked(ReportKind.TREND, ReportScope(since=date(2026, 6, 2)))
    assert {row["day"] for row in later} == {date(2026, 6, 2)}
    report = office.desk.report(ReportKind.USAGE)
    facts = {fact.name: fact.value for fact in report.facts}
    assert facts == {"plan": "Plus", "limit_reached": "credits"}
    EnvironmentFacts(office.ledger).forget(BRAND)
    assert EnvironmentFacts(office.ledger).usage_days(BRAND, date.min, date.max), (
        "what nobody tells again stays"
    )


def test_a_saved_report_is_written_by_its_schedule_once_each_day(
    office: Office, tmp_path: Path
) -> None:
    office.put(make("a.jpg"))
    folder = tmp_path / "bi"
    schedule = Schedule(every=Every.DAY, folder=str(folder), format=ExportFormat.JSON)
    kind = ReportKind.MISSING_METADATA
    office.desk.save(SavedReport(name=" Gaps/1 ", kind=kind, schedule=schedule))
    office.desk.save(SavedReport(name="by hand", kind=kind))
    assert [one.name for one in office.desk.write_due()] == ["Gaps/1"]
    written = folder / "Gaps-1.jsonl"
    assert len(written.read_text().splitlines()) == 1
    assert office.desk.write_due() == []
    office.put(make("b.jpg"))
    office.now += timedelta(days=1)
    office.desk.write_due()
    assert len(written.read_text().splitlines()) == 2
    office.desk.forget("Gaps/1")
    assert [one.name for one in office.desk.saved()] == ["by hand"]
    assert written.exists()
    with pytest.raises(NotFoundError):
        office.desk.forget("Gaps/1")


def test_a_schedule_that_cannot_write_says_why_and_tries_again_in_an_hour(
    office: Office, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    schedule = Schedule(every=Every.MONTH, folder=str(in_the_way))
    office.desk.save(SavedReport(name="r", kind=ReportKind.LOGS, schedule=schedule))
    (failed,) = office.desk.write_due()
    assert failed.trouble is not None
    assert "was not written" in failed.trouble.sentence()
    assert office.desk.saved() == (failed,)
    assert office.desk.write_due() == []
    in_the_way.unlink()
    office.now += timedelta(hours=1)
    (written,) = office.desk.write_due()
    assert written.trouble is None


def test_a_bug_that_one_report_meets_costs_the_others_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = Schedule(every=Every.DAY, folder=str(tmp_path / "bi"))
    office.put(make("a.jpg"))
    for name, kind in (("1", ReportKind.LOGS), ("2", ReportKind.NEAR_DUPLICATES)):
        office.desk.save(SavedReport(name=name, kind=kind, schedule=schedule))
    office.desk.save(SavedReport(name="3", kind=ReportKind.LOGS, schedule=schedule))

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(LookAlikeFinder, "find", breaks)
        with pytest.raises(ZeroDivisionError):
            office.desk.write_due()
    assert sorted(one.name for one in (tmp_path / "bi").iterdir()) == ["1.csv", "3.csv"]
    assert [bool(one.trouble) for one in office.desk.saved()] == [False, True, False]
    assert office.desk.write_due() == []
    office.now += timedelta(hours=1)
    assert [one.trouble for one in office.desk.write_due()] == [None]


def test_names_that_ask_for_one_file_get_two(office: Office, tmp_path: Path) -> None:
    schedule = Schedule(every=Every.DAY, folder=str(tmp_path))
    names = ("a-b", "a/b", "a:b", "ü" * 99 + "1", "ü" * 99 + "2")
    for name in names:
        office.desk.save(SavedReport(name=name, kind=ReportKind.LOGS, schedule=schedule))
    office.desk.write_due()
    assert [one.trouble for one in office.desk.saved()] == [None] * len(names)
    assert (len(list(tmp_path.glob("*.csv"))), (tmp_path / "a-b.csv").exists()) == (5, True)


def test_two_reports_of_delivery_do_not_write_their_days_into_one_folder(
    office: Office, tmp_path: Path
) -> None:
    schedule = Schedule(every=Every.DAY, folder=str(tmp_path / "bi"))
    one = SavedReport(name="all", kind=ReportKind.DELIVERY, schedule=schedule)
    office.desk.save(one)
    office.desk.save(one)
    with pytest.raises(InvalidInputError):
        office.desk.save(replace(one, name="brand"))


def test_a_schedule_about_usage_has_it_told_anew_and_writes_the_last_if_that_fails(
    office: Office, tmp_path: Path
) -> None:
    schedule = Schedule(every=Every.DAY, folder=str(tmp_path / "bi"))
    office.desk.save(SavedReport(name="credits", kind=ReportKind.TREND, schedule=schedule))
    office.is_offline = True
    (written,) = office.desk.write_due()
    assert written.trouble is not None
    assert "cannot be reached" in written.trouble.sentence()
    assert (tmp_path / "bi" / "credits.csv").exists()
    office.is_offline = False
    office.now += timedelta(hours=1)
    (again,) = office.desk.write_due()
    assert (again.trouble, office.surveyed) == (None, [BRAND])


def test_a_report_without_a_name_or_with_a_folder_nobody_knows_is_not_kept(office: Office) -> None:
    lost = Schedule(every=Every.DAY, folder="somewhere")
    for saved in (
        SavedReport(name="  ", kind=ReportKind.USAGE),
        SavedReport(name="x", kind=ReportKind.USAGE, schedule=lost),
    ):
        with pytest.raises(InvalidInputError):
            office.desk.save(saved)
    assert office.desk.saved() == ()


def scene(seed: int) -> Image.Image:
    """A picture with shapes whose places depend on `seed`."""
    image = Image.new("RGB", (400, 300), (30 * seed % 256, 90, 140))
    draw = ImageDraw.Draw(image)
    for number in range(12):
        left, top = (number * seed * 53) % 360, (number * seed * 31) % 260
        shade = (number * 61 * seed) % 256
        draw.rectangle((left, top, left + 90, top + 60), (shade, 255 - shade, (shade * 7) % 256))
    return image


@pytest.mark.parametrize("form", [ExportFormat.CSV, ExportFormat.PARQUET])
def test_a_report_that_is_stopped_takes_no_files_place(
    office: Office, tmp_path: Path, form: ExportFormat
) -> None:
    office.put(*(make(f"{number}.jpg", title="") for number in range(1_500)))
    path = tmp_path / "out"
    path.write_text("before")
    heard: list[int] = []

    def told(rows: int) -> None:
        heard.append(rows)
        if rows:
            raise OfflineError(service="here")

    with pytest.raises(OfflineError):
        office.desk.export(ReportKind.MISSING_METADATA, WHOLE, path, form, told=told)
    assert heard == [0, 1_000]
    assert path.read_text() == "before"
    assert list(tmp_path.glob("out*")) == [path]
