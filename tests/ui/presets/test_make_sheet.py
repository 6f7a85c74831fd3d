"""Make renditions: the plan with what stands in its way, and the jobs that carry it out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.jobs import JobState
from bridge_app.domain.naming_templates import DEFAULT_TEMPLATE
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import Obstacle
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.presets.make_sheet import MakeSheet, MakeWish
from bridge_app.ui.presets.rendition_tree import MADE, REPLACED, RenditionRole
from tests.desk import Desk, picture

PATIENCE_MS = 30_000
Opened = Callable[..., MakeSheet]


@pytest.fixture
def pair(campaign: Desk) -> list[AssetId]:
    """Two pictures."""
    for number in range(2):
        picture(campaign.folder / f"photo-{number}.jpg", number)
    campaign.library()
    return [campaign.asset(f"photo-{number}.jpg").id for number in range(2)]


@pytest.fixture
def opened(
    qtbot: QtBot, campaign: Desk, pair: list[AssetId], asker: Asker, looks: Looks, tmp_path: Path
) -> Iterator[Opened]:
    """Opens the sheet on both pictures."""
    made: list[MakeSheet] = []

    def opened(*, in_cloud: bool = False, folder: str = str(tmp_path / "out")) -> MakeSheet:
        wish = MakeWish(assets=tuple(pair), folder=folder, in_cloud=in_cloud)
        sheet = MakeSheet(campaign.parts.worker, asker, looks, wish)
        qtbot.addWidget(sheet)
        made.append(sheet)
        sheet.show()
        return sheet

    yield opened
    for sheet in made:
        sheet.reject()


def planned(qtbot: QtBot, sheet: MakeSheet) -> dict[str, int]:
    """How many renditions there are of each group, once the plan is there."""
    qtbot.waitUntil(lambda: sheet.plan is not None, timeout=PATIENCE_MS)
    return dict(sheet.tree.groups)


def test_a_set_is_written_into_a_folder_as_the_plan_says(
    qtbot: QtBot, campaign: Desk, opened: Opened, tmp_path: Path
) -> None:
    sheet = opened()
    assert planned(qtbot, sheet) == {MADE: 4}
    assert sheet.act.text().startswith("Make 4 rendition")
    assert "photo-0-wide-160x90.jpg" in sheet.target.example.text()
    with qtbot.waitSignal(sheet.queued) as queued:
        sheet.act.click()
    batch, count = queued.args or ("", 0)
    assert count == 4
    assert {job.state for job in campaign.finished(str(batch))} == {JobState.DONE}
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == [
        "photo-0-square-120x120.jpg",
        "photo-0-wide-160x90.jpg",
        "photo-1-square-120x120.jpg",
        "photo-1-wide-160x90.jpg",
    ]
    with Image.open(tmp_path / "out" / names[1]) as made:
        assert made.size == (160, 90)


def test_files_that_are_there_are_held_back_until_they_may_be_replaced(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    there = tmp_path / "out" / "photo-0-wide-160x90.jpg"
    there.parent.mkdir()
    there.write_bytes(b"something else")
    sheet = opened()
    assert planned(qtbot, sheet) == {MADE: 3, Obstacle.FILE_EXISTS.value: 1}
    sheet.target.replaces.click()
    assert planned(qtbot, sheet) == {MADE: 3, REPLACED: 1}
    sheet.act.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ConfirmDialog)))
    question = sheet.findChildren(ConfirmDialog)[0]
    assert "1 file" in question.windowTitle()
    question.leave_button.click()
    assert there.read_bytes() == b"something else"
    assert sheet.isVisible()


def test_names_that_would_be_one_are_held_back_and_a_field_parts_them(
    qtbot: QtBot, opened: Opened
) -> None:
    sheet = opened()
    assert planned(qtbot, sheet) == {MADE: 4}
    sheet.target.template.setText("{name}.{ext}")
    sheet.target.changed.emit()
    assert planned(qtbot, sheet) == {Obstacle.SAME_NAME.value: 4}
    assert not sheet.act.isEnabled()
    assert sheet.why_not.text() == "Each of them is held back"
    sheet.target.template.setText("{nam}.{ext}")
    sheet.target.changed.emit()
    qtbot.waitUntil(lambda: "{nam}" in sheet.banner.text)
    assert not sheet.act.isEnabled()


def test_a_table_of_markets_makes_every_variant_under_a_name_of_its_own(
    qtbot: QtBot, campaign: Desk, opened: Opened, tmp_path: Path
) -> None:
    campaign.parts.worker.rendition_presets.save(
        RenditionPreset(
            name="sale",
            title="Sale",
            transformation="c_fill,h_90,w_160/l_text:Inter_20:$(headline)/fl_layer_apply",
            format="png",
            markets=("DE", "FR"),
        )
    )
    table = tmp_path / "markets.csv"
    table.write_text("market,language,headline\nDE,de,Sommer\nFR,fr,Soldes\nUS,en,Sale\n")
    sheet = opened()
    planned(qtbot, sheet)
    sheet.choice.choose_presets(["sale"])
    assert planned(qtbot, sheet) == {Obstacle.TEXT_MISSING.value: 2}
    sheet.table.read(table)
    qtbot.waitUntil(lambda: "markets.csv" in sheet.table.words.text())
    assert planned(qtbot, sheet) == {MADE: 4}
    assert sheet.plan is not None
    assert [step.file for step in sheet.plan.doing][:2] == [
        "photo-0-sale-DE-de-160x90.png",
        "photo-0-sale-FR-fr-160x90.png",
    ]
    sheet.table.clear()
    assert sheet.target.template.text() == DEFAULT_TEMPLATE
    table.write_text("market,headline\nDE,one,too many\n")
    sheet.table.read(table)
    qtbot.waitUntil(lambda: "line 2" in sheet.banner.text)


def test_at_cloudinary_the_gate_and_the_costs_are_shown_and_eager_jobs_made(
    qtbot: QtBot, campaign: Desk, pair: list[AssetId], opened: Opened
) -> None:
    campaign.approve("photo-0.jpg")
    campaign.push([pair[0]])
    sheet = opened(in_cloud=True)
    assert planned(qtbot, sheet) == {MADE: 2, Obstacle.NOT_PUSHED.value: 2}
    assert "2 new derived asset" in sheet.totals.text()
    with qtbot.waitSignal(sheet.queued) as queued:
        sheet.act.click()
    campaign.finished(str((queued.args or [""])[0]))
    made = campaign.parts.worker.renditions.made_of(pair[0])
    assert sorted(one.preset for one in made) == ["square", "wide"]
    again = opened(in_cloud=True)
    planned(qtbot, again)
    assert "2 there already" in again.totals.text()


def test_what_may_not_be_delivered_says_why_at_cloudinary_and_is_only_noted_for_a_folder(
    qtbot: QtBot, campaign: Desk, pair: list[AssetId], opened: Opened
) -> None:
    campaign.approve()
    campaign.push(pair)
    worker = campaign.parts.worker
    worker.decide([pair[1]], Approval.REJECTED)
    sheet = opened(in_cloud=True)
    assert planned(qtbot, sheet) == {MADE: 2, Obstacle.GATE.value: 2}
    group = sheet.tree.index(1, 0)
    told = str(sheet.tree.index(0, 0, group).data(RenditionRole.NOTE))
    assert "rejected" in told
    sheet.target.here.click()
    assert planned(qtbot, sheet) == {MADE: 4}
    assert "1 of the assets may not be delivered now" in sheet.totals.text()


def test_without_a_folder_or_presets_it_says_what_is_missing(qtbot: QtBot, opened: Opened) -> None:
    sheet = opened(folder="")
    qtbot.waitUntil(lambda: sheet.choice.sets.count() == 2)
    assert sheet.why_not.text() == "Choose the folder for the files"
    sheet.choice.choose_presets([])
    assert sheet.why_not.text() == "Choose a set, or presets"
    assert not sheet.act.isEnabled()


def test_ticking_another_preset_names_no_set_any_more(qtbot: QtBot, opened: Opened) -> None:
    sheet = opened()
    assert planned(qtbot, sheet) == {MADE: 4}
    assert sheet.choice.sets.currentData() == "pair"
    sheet.choice.choose_presets(["wide", "square", "small"])
    assert sheet.choice.sets.currentData() is None
    assert planned(qtbot, sheet) == {MADE: 6}


def test_folder_and_template_are_remembered_for_the_next_time(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    sheet = opened()
    planned(qtbot, sheet)
    sheet.target.template.setText("{preset}/{name}.{ext}")
    sheet.target.changed.emit()
    planned(qtbot, sheet)
    with qtbot.waitSignal(sheet.targetRemembered) as kept:
        sheet.act.click()
    assert kept.args == [str(tmp_path / "out"), "{preset}/{name}.{ext}"]
