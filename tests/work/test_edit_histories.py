"""Whatever two people type, whatever breaks, and whenever a program ends: all sides say the same in
the end, no word is lost, and no edit is applied twice."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import EditState, FieldPath, Subject
from tests.work.edit_history import History
from tests.work.shared_file import SharedFile
from tests.work.two_desks import MAPPED, SimDesk, World, template
from tests.work.two_services import KilledError

TITLE = FieldPath(Subject.STANDARD, "title")
STEPS = 40
IN_CI, IN_SOAK = 4, 500
"""Histories in one run."""
FOUND = (60_243,)
"""A lost reply, what had arrived taken back by the other desk, and the edit sent once more."""
RUNS = 5
MASTERS = ("", "hero.jpg", "hero.png", "hero.gif")
"""The system of record: a service, a file, another one, and a sidecar."""


@pytest.fixture(scope="module", params=MASTERS)
def master(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def profile(master: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two-desks")
    return template(home / "profile", home / master if master else None)


def lived(seed: int, profile: Path, home: Path, master: str) -> None:
    """One history, and what must hold after it."""
    history = History(seed, profile, home, master)
    try:
        history.run(STEPS)
        there, cloud = history.world.master, history.world.cloud
        says = {name: there.record.get(name) for name in MAPPED}
        assert says == {name: cloud.copy.context.get(name) for name in MAPPED}, f"seed {seed}"
        assert set(there.keywords()) == set(cloud.copy.tags), f"seed {seed}"
        assert all(desk.is_quiet() for desk in history.desks), f"seed {seed}"
        assert history.unsettled() == set(), f"seed {seed}"
        assert history.lost() == set(), f"seed {seed}"
        assert list(history.applied_too_often()) == [], f"seed {seed}"
        for desk in history.desks:
            assert desk.sync.dry_run([desk.master], environment="studio") == [], f"seed {seed}"
        if isinstance(there, SharedFile):
            assert there.hidden() == [], f"seed {seed}"
    finally:
        history.close()


def test_two_desks_and_two_systems_agree_in_the_end(
    profile: Path, tmp_path: Path, master: str
) -> None:
    for seed in (*range(IN_CI), *FOUND):
        lived(seed, profile, tmp_path, master)


@pytest.mark.parametrize("name", MASTERS[1:])
@pytest.mark.parametrize("fuse", range(1, 5))
def test_what_was_written_before_a_kill_is_shown_once_it_is_delivered(
    tmp_path: Path, name: str, fuse: int
) -> None:
    world = World(Random(fuse), tmp_path / "masters" / name)  # noqa: S311
    home = template(tmp_path / "profile", tmp_path / name)
    desk = SimDesk(world, home, world.rng, name="Ana", skew=timedelta())
    desk.masters.say([desk.master], [Change(path=TITLE, value="Said")])
    desk.line.fuse = fuse
    with pytest.raises(KilledError):
        desk.deliver()
    desk.reopen()
    desk.line.calm = True
    desk.deliver()

    assert desk.record(at_master=True)[TITLE] == world.master.record["title"] == "Said"
    assert [edit.state for edit in desk.masters.history(desk.master)] == [EditState.DELIVERED]
    desk.close()


@pytest.mark.soak
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("run", range(RUNS))
def test_thousands_of_histories_agree_in_the_end(
    profile: Path, tmp_path: Path, master: str, run: int
) -> None:
    for seed in range(run * IN_SOAK, (run + 1) * IN_SOAK):
        lived(seed, profile, tmp_path, master)
