"""Sets of renditions as files: planned, written whole, never over anything, in every market."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.localised import read_table
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.rendition_plan import Obstacle, RenditionPlan, RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.context import Context
from bridge_app.work.handlers.renditions import ExportHandler
from bridge_app.work.outcome import CancelledError
from bridge_app.work.renditions import RenditionDesk
from tests.desk import Desk, picture, states

SQUARE = RenditionPreset(
    name="square",
    title="",
    transformation="c_fill,h_60,w_60",
    format="jpg",
    contract=Contract(width=60, height=60, most_bytes=100_000),
)
WIDE = RenditionPreset(name="wide", title="", transformation="c_scale,w_80", format="png")
BOTH = (SQUARE, WIDE)


def renditions(desk: Desk) -> RenditionDesk:
    return desk.parts.worker.renditions


def into(folder: Path, *presets: RenditionPreset, **said: Any) -> RenditionWish:
    return RenditionWish(presets=presets or BOTH, folder=str(folder), **said)


def made(desk: Desk, plan: RenditionPlan) -> list[JobRecord]:
    return desk.finished(renditions(desk).carry_out(plan))


def files(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def obstacles(plan: RenditionPlan) -> list[Obstacle | None]:
    return [step.obstacle for step in plan.steps]


@pytest.fixture(scope="module")
def stocked(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An application without an account: exports need neither one nor a network."""
    made = Desk(tmp_path_factory.mktemp("stocked"), sandbox=None, decoder=decoder)
    picture(made.folder / "a.jpg", 1)
    picture(made.folder / "sub" / "b.jpg", 2, size=(200, 300))
    made.open()
    made.library()
    yield made
    made.close()


def ids(desk: Desk) -> list[AssetId]:
    return [asset.id for asset in sorted(desk.assets(), key=lambda one: one.name)]


def test_a_plan_tells_every_file_before_it_is_made(stocked: Desk, tmp_path: Path) -> None:
    plan = renditions(stocked).plan(ids(stocked), into(tmp_path / "out"))
    assert [(step.file, step.width, step.height) for step in plan.doing] == [
        ("a-square-60x60.jpg", 60, 60),
        ("a-wide-80x50.png", 80, 50),
        ("b-square-60x60.jpg", 60, 60),
        ("b-wide-80x120.png", 80, 120),
    ]
    assert {step.against for step in plan.steps} == {"nobody has approved it yet"}
    assert not (tmp_path / "out").exists()


def test_an_export_writes_what_was_planned_without_an_approval(
    stocked: Desk, tmp_path: Path
) -> None:
    plan = renditions(stocked).plan(ids(stocked), into(tmp_path / "out"))
    jobs = made(stocked, plan)
    assert states(jobs) == {JobState.DONE}
    assert files(tmp_path / "out") == sorted(step.file for step in plan.doing)
    with Image.open(tmp_path / "out" / "b-wide-80x120.png") as image:
        assert (image.size, image.format) == ((80, 120), "PNG")
    told: Any = jobs[0].result
    assert {one["state"] for one in told["files"]} == {"written"}
    assert [one["breaches"] for one in told["files"]] == [[], []]


def test_an_export_again_finds_its_files_and_touches_no_others(
    stocked: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made(stocked, renditions(stocked).plan(ids(stocked), into(out)))
    (out / "a-square-60x60.jpg").write_bytes(b"somebody else's")
    plan = renditions(stocked).plan(ids(stocked), into(out))
    assert obstacles(plan) == [Obstacle.FILE_EXISTS] * 4
    assert (out / "a-square-60x60.jpg").read_bytes() == b"somebody else's"
    jobs = made(stocked, renditions(stocked).plan(ids(stocked), into(out, replaces=True)))
    assert states(jobs) == {JobState.DONE}
    told: Any = [job.result for job in jobs]
    assert [one["state"] for result in told for one in result["files"]] == [
        "replaced",
        "already_there",
        "already_there",
        "already_there",
    ]


def test_a_file_that_appears_after_the_plan_is_left_alone(stocked: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = renditions(stocked).plan(ids(stocked)[:1], into(out))
    out.mkdir()
    (out / "a-wide-80x50.png").write_bytes(b"somebody else's")
    (job,) = made(stocked, plan)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "a-wide-80x50.png" in job.error.sentence()
    assert (out / "a-wide-80x50.png").read_bytes() == b"somebody else's"
    assert (out / "a-square-60x60.jpg").exists()


def test_two_renditions_never_share_a_name(stocked: Desk, tmp_path: Path) -> None:
    wish = into(tmp_path / "out", template="{preset}.{ext}")
    plan = renditions(stocked).plan(ids(stocked), wish)
    assert obstacles(plan) == [Obstacle.SAME_NAME] * 4
    assert renditions(stocked).plan(ids(stocked)[:1], wish).doing


def test_folders_of_the_master_can_be_kept(stocked: Desk, tmp_path: Path) -> None:
    wish = into(tmp_path / "out", SQUARE, template="{folder}/{preset}/{name}.{ext}")
    made(stocked, renditions(stocked).plan(ids(stocked), wish))
    assert files(tmp_path / "out") == ["square/a.jpg", "sub/square/b.jpg"]


def test_a_wrong_transformation_holds_back_itself_alone(stocked: Desk, tmp_path: Path) -> None:
    wrong = RenditionPreset(name="wrong", title="", transformation="w_abc", format="")
    plan = renditions(stocked).plan(ids(stocked)[:1], into(tmp_path / "out", wrong, SQUARE))
    assert obstacles(plan) == [Obstacle.WRONG_TRANSFORMATION, None]


def test_a_broken_contract_is_told_before(stocked: Desk, tmp_path: Path) -> None:
    ad = RenditionPreset(
        name="ad",
        title="",
        transformation="c_limit,h_250,w_300",
        format="jpg",
        contract=Contract(width=300, height=250),
    )
    (step,) = renditions(stocked).plan(ids(stocked)[:1], into(tmp_path / "out", ad)).steps
    assert [str(one) for one in step.breaches] == ["height 188 instead of 250"]


def test_many_renditions_of_one_master_are_several_jobs(stocked: Desk, tmp_path: Path) -> None:
    presets = tuple(
        RenditionPreset(name=f"p{n}", title="", transformation=f"c_scale,w_{n}", format="jpg")
        for n in range(10, 30)
    )
    jobs = made(stocked, renditions(stocked).plan(ids(stocked)[:1], into(tmp_path / "o", *presets)))
    assert [job.total for job in jobs] == [8, 8, 4]
    assert len(files(tmp_path / "o")) == 20


def test_a_cancelled_export_stops_and_leaves_whole_files_only(
    stocked: Desk, decoder: DecoderPool, tmp_path: Path
) -> None:
    presets = tuple(
        RenditionPreset(name=f"p{n}", title="", transformation=f"c_scale,w_{n}", format="jpg")
        for n in range(10, 18)
    )
    plan = renditions(stocked).plan(ids(stocked)[:1], into(tmp_path / "o", *presets))
    batch = renditions(stocked).carry_out(plan)
    (job,) = stocked.finished(batch)
    for name in files(tmp_path / "o"):
        (tmp_path / "o" / name).unlink()
    handler = ExportHandler(
        readers=stocked.parts.stock.readers,
        decoder=decoder,
        file_path=lambda _, path: stocked.folder / path,
        places=stocked.parts.worker.places,
        beside=stocked.parts.worker.studio.beside,
        environment=lambda: None,
    )

    def report(done: int, _: int) -> None:
        if done == 3:
            context.stop()

    context = Context(attempt=1, now=stocked.clock, report=report)
    with pytest.raises(CancelledError):
        handler(job, context)
    assert len(files(tmp_path / "o")) == 4
    for name in files(tmp_path / "o"):
        with Image.open(tmp_path / "o" / name) as image:
            image.load()


TABLE = """market,language,image,headline
DE,de,,Hallo
FR,fr,b.jpg,Salut
IT,it,gone.jpg,Ciao
AT,de,,Servus
"""
TEXT = RenditionPreset(
    name="text",
    title="",
    transformation="c_scale,w_80/l_text:Arial_20:$(headline)/fl_layer_apply",
    format="png",
    markets=("DE", "FR", "IT", "AT"),
)


def test_one_campaign_gives_every_market_its_own(stocked: Desk, tmp_path: Path) -> None:
    wish = into(
        tmp_path / "out",
        TEXT,
        table=read_table(TABLE),
        template="{market}/{name}-{language}.{ext}",
    )
    plan = renditions(stocked).plan(ids(stocked), wish)
    assert [(step.market, step.name, step.obstacle) for step in plan.steps] == [
        ("DE", "a.jpg", None),
        ("FR", "b.jpg", None),
        ("IT", "gone.jpg", Obstacle.IMAGE_NOT_FOUND),
        ("AT", "a.jpg", None),
        ("DE", "b.jpg", None),
        ("AT", "b.jpg", None),
    ]
    assert plan.steps[0].transformation.startswith("$headline_!Hallo!/c_scale")
    assert states(made(stocked, plan)) == {JobState.DONE}
    out = tmp_path / "out"
    assert files(out) == [
        "AT/a-de.png",
        "AT/b-de.png",
        "DE/a-de.png",
        "DE/b-de.png",
        "FR/b-fr.png",
    ]
    assert (out / "AT" / "a-de.png").read_bytes() != (out / "DE" / "a-de.png").read_bytes()


def test_a_market_without_its_text_is_held_back(stocked: Desk, tmp_path: Path) -> None:
    table = read_table("market,other\nDE,x\n")
    (step,) = renditions(stocked).plan(ids(stocked)[:1], into(tmp_path, TEXT, table=table)).steps
    assert (step.obstacle, step.detail) == (Obstacle.TEXT_MISSING, "headline")


def test_a_folder_is_named_wholly(stocked: Desk) -> None:
    with pytest.raises(InvalidInputError):
        renditions(stocked).plan([], RenditionWish(presets=BOTH, folder="out"))


def test_a_master_that_changed_since_is_not_exported(desk: Desk, tmp_path: Path) -> None:
    picture(desk.folder / "a.jpg", 1)
    desk.library()
    plan = renditions(desk).plan(ids(desk)[:1], into(tmp_path / "out"))
    picture(desk.folder / "a.jpg", 99)
    desk.parts.worker.scan(desk.parts.worker.libraries()[0].id)
    desk.settled()
    (job,) = made(desk, plan)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.kind == "FileChangedError"
    assert not (tmp_path / "out").exists()
