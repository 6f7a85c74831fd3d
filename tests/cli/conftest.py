"""The command line as a test calls it: in this process, on a profile of its own."""

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import bridge_app
import bridge_app.storage.secrets
from bridge_app.cli.main import main
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, licensed_picture, picture

ROOT = Path(bridge_app.__file__).resolve().parents[1]
PASSPHRASE = "correct horse battery"
LONG_AGO = datetime(2001, 2, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """One JSON object per line."""
        return [json.loads(line) for line in self.out.splitlines()]


class CommandLine:
    """Runs `asset-bridge WORDS…`."""

    def __init__(self, profile: Path, masters: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self.masters = masters
        self._captured = captured

    def __call__(self, *words: str) -> Answer:
        self._captured.readouterr()
        try:
            status = main(list(words))
        except SystemExit as usage:
            status = int(str(usage.code))
        said = self._captured.readouterr()
        return Answer(status=status, out=said.out, err=said.err)

    def asset(self, path: str) -> dict[str, Any]:
        """The asset at that path of the library, as JSON."""
        return next(line for line in self("search", "--json").lines if line["path"] == path)


def in_a_process(*words: str, **environment: str) -> "subprocess.Popen[str]":
    """The same in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bridge_app", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="session")
def stocked(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a scanned library `masters`: two namesakes, one more, and one expired."""
    home = tmp_path_factory.mktemp("stocked")
    desk = Desk(home, sandbox=None, decoder=decoder)
    picture(desk.folder / "spring" / "hero.jpg", seed=1)
    picture(desk.folder / "autumn" / "hero.jpg", seed=2)
    picture(desk.folder / "tall_02.jpg", seed=3, size=(60, 90))
    licensed_picture(desk.folder / "lapsed.jpg", until=LONG_AGO)
    desk.open()
    desk.library()
    desk.close()
    return home


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What `main` changes of the process is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    root.setLevel(level)
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def a_real_passphrase() -> None:
    """Keys are as dear as a person's: where other processes open the key file too."""


@pytest.fixture
def empty(
    ours: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> CommandLine:
    """The command line on a profile where nothing was done yet."""
    monkeypatch.setenv("ASSET_BRIDGE_HOME", str(tmp_path / "profile"))
    monkeypatch.setenv("ASSET_BRIDGE_PASSPHRASE", PASSPHRASE)
    if "a_real_passphrase" not in request.fixturenames:
        monkeypatch.setattr(bridge_app.storage.secrets, "SCRYPT_N", 2)
    monkeypatch.delenv("CLOUDINARY_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    return CommandLine(tmp_path / "profile", tmp_path / "masters", capsys)


@pytest.fixture
def command(empty: CommandLine, stocked: Path) -> CommandLine:
    """The command line on a copy of the stocked profile; the masters are shared, and only read."""
    shutil.copytree(stocked / "profile", empty.profile)
    empty.masters = stocked / "masters"
    return empty


@pytest.fixture
def with_account(
    command: CommandLine, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The same with the sandbox as its account."""
    monkeypatch.setenv("CLOUDINARY_URL", sandbox.cloudinary_url(ACCOUNT))
    assert command("account", "add").status == 0
    monkeypatch.delenv("CLOUDINARY_URL")
    return command
