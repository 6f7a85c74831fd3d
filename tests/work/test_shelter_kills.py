"""A first sync that is killed and cut off at random points ends complete, and loses nothing."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bridge_app.domain.errors import TransientError
from bridge_app.domain.shelter import shelter_library
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.sign_in import SignIn, begin
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.database import open_reader
from bridge_app.storage.secrets import Secret
from tests.desk import ACCOUNT as CLOUD
from tests.plain_http import plain
from tests.work.shelter_child import ACCOUNT, impatient, now, sync

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = shelter_library(ACCOUNT)
LOOKS = 2
"""A resumed sync looks once whether the tree has changed meanwhile."""
TRIES = 5
"""So often the client asks before it gives up."""


class Service:
    """A full service, and what it was asked for."""

    def __init__(self, sandbox: Sandbox, *, galleries: int, assets: int) -> None:
        self.url = sandbox.url
        self.state = state = sandbox.shelter
        self.assets = assets
        organization = state.add_organization("Morrowtide")
        state.add_user("editor@example.com", "lighthouse", organizations=[organization])
        shelves = [
            state.add_collection(f"Season {number}", organization=organization)
            for number in range(-(-galleries // 50))
        ]
        made = [
            state.add_gallery(
                f"Shoot {number}", organization=organization, parents=[shelves[number // 50]]
            )
            for number in range(galleries)
        ]
        for number in range(assets):
            state.add_media(f"frame-{number:06}.jpg", galleries=[made[number % galleries]])

    def sign_in(self) -> ShelterCredentials:
        """Credentials of its editor."""
        entered = SignIn(
            base_url=f"{self.url}/psapi/v4.0",
            api_key=Secret(self.state.settings.api_key),
            email="editor@example.com",
            password=Secret("lighthouse"),
        )
        return begin(entered, now).credentials

    def pages(self) -> int:
        """How many pages it has given, of media and of containers."""
        asked = ("/media", "/library", "/collections", "/galleries", "/children")
        return sum(one.status == 200 and one.path.endswith(asked) for one in self.state.log())

    def drop(self, *, after: int) -> None:
        """The network fails, for as long as the client tries."""
        fault = {"fault": f"drop;after={after};times={TRIES}"}
        plain.post(f"{self.url}/__emu/faults", json=fault).raise_for_status()

    def mend(self) -> None:
        """The network is back."""
        plain.delete(f"{self.url}/__emu/faults").raise_for_status()


MakeService = Callable[..., Service]


@pytest.fixture
def make(decoder: DecoderPool) -> Iterator[MakeService]:
    started: list[Sandbox] = []

    def made(*, galleries: int, assets: int) -> Service:
        sandbox = Sandbox(
            accounts=(CLOUD,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
        )
        sandbox.start()
        started.append(sandbox)
        return Service(sandbox, galleries=galleries, assets=assets)

    yield made
    for sandbox in started:
        sandbox.stop()


def killed(home: Path, credentials: ShelterCredentials, *, pages: int, later_s: float) -> None:
    """A process syncs, and is killed a while after it has stored so many pages."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.work.shelter_child", str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(credentials.sealed().reveal() + "\n")
    child.stdin.close()
    for _ in range(pages):
        if not child.stdout.readline():
            break
    try:
        child.wait(timeout=later_s)
    except subprocess.TimeoutExpired:
        child.kill()
    child.stdout.close()
    child.wait()


def synced(home: Path, service: Service) -> None:
    """One sync in this process, to its end."""
    with closing(impatient(service.sign_in())) as client:
        sync(home, client, tell=False)


def ids(home: Path) -> list[str]:
    """The media that the catalog has, and its assets."""
    reader = open_reader(home / "catalog.db")
    try:
        media = reader.execute("SELECT media_id FROM shelter_asset").fetchall()
        assets = reader.execute("SELECT id FROM asset WHERE library = ?", (LIBRARY,)).fetchall()
    finally:
        reader.close()
    assert len(assets) == len(media)
    return [row[0] for row in media]


def check(tmp_path: Path, service: Service, *, kills: int, faults: int, each: int) -> None:
    """Interrupt a first sync at random points, about `each` pages apart."""
    chance = random.Random(20_261_121)  # noqa: S311 - where it is cut short is no secret
    synced(tmp_path / "undisturbed", service)
    undisturbed = service.pages()
    home = tmp_path / "interrupted"
    ways = [True] * kills + [False] * faults
    chance.shuffle(ways)
    for is_kill in ways:
        pages = chance.randint(1, 2 * each - 1)
        if is_kill:
            later_s = chance.random() * 0.05
            killed(home, service.sign_in(), pages=pages, later_s=later_s)
        else:
            service.drop(after=pages + chance.randint(2, 6))
            with pytest.raises(TransientError):
                synced(home, service)
            service.mend()
    synced(home, service)
    found = ids(home)
    assert len(found) == len(set(found)) == service.assets
    again = service.pages() - 2 * undisturbed
    assert again <= len(ways) + LOOKS


def test_a_killed_and_cut_off_first_sync_fetches_one_page_again_at_most_each_time(
    make: MakeService, tmp_path: Path
) -> None:
    service = make(galleries=30, assets=1_400)
    check(tmp_path, service, kills=2, faults=1, each=2)


def calls_of_a_sync_without_changes(home: Path, service: Service) -> list[str]:
    """As a program that has just been started makes them, without signing in."""
    with closing(impatient(service.sign_in())) as client:
        before = len(service.state.log())
        sync(home, client, tell=False)
    return [one.path for one in service.state.log()[before:]]


@pytest.mark.soak
@pytest.mark.timeout(1_800)
def test_fifty_thousand_masters_in_five_hundred_galleries_survive_thirty_interruptions(
    make: MakeService, tmp_path: Path
) -> None:
    service = make(galleries=500, assets=50_000)
    check(tmp_path, service, kills=15, faults=15, each=8)
    calls = calls_of_a_sync_without_changes(tmp_path / "interrupted", service)
    assert len(calls) <= 500 // 100 + 5, calls
