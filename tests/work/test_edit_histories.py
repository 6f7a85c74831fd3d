"""Whatever two people type, whatever breaks, and whenever a program ends: all sides say the same in
the end, no word is lost, and no edit is applied twice."""

from pathlib import Path

import pytest

from tests.work.edit_history import History
from tests.work.two_desks import MAPPED, template

STEPS = 40
IN_CI, IN_SOAK = 8, 2_000
"""Histories in one run."""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("two-desks") / "profile")


def lived(seed: int, profile: Path, home: Path) -> None:
    """One history, and what must hold after it."""
    history = History(seed, profile, home)
    try:
        history.run(STEPS)
        shelter, cloud = history.world.shelter, history.world.cloud
        says = {name: shelter.record.get(name) for name in MAPPED}
        assert says == {name: cloud.copy.context.get(name) for name in MAPPED}, f"seed {seed}"
        assert set(shelter.keywords()) == set(cloud.copy.tags), f"seed {seed}"
        assert all(desk.is_quiet() for desk in history.desks), f"seed {seed}"
        assert history.unsettled() == set(), f"seed {seed}"
        assert history.lost() == set(), f"seed {seed}"
        assert list(history.applied_too_often()) == [], f"seed {seed}"
        for desk in history.desks:
            assert desk.sync.dry_run([desk.master], environment="studio") == [], f"seed {seed}"
    finally:
        history.close()


def test_two_desks_and_two_services_agree_in_the_end(profile: Path, tmp_path: Path) -> None:
    for seed in range(IN_CI):
        lived(seed, profile, tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("run", range(5))
def test_thousands_of_histories_agree_in_the_end(profile: Path, tmp_path: Path, run: int) -> None:
    for seed in range(run * IN_SOAK, (run + 1) * IN_SOAK):
        lived(seed, profile, tmp_path)
