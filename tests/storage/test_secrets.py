"""Secrets are in the keyring or in a sealed file, and show themselves nowhere else."""

import copy
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError

import bridge_app.storage.secrets
from bridge_app.domain.errors import (
    BridgeError,
    NoKeyringError,
    WrongPassphraseError,
)
from bridge_app.storage.secrets import (
    FILE_NAME,
    EncryptedFileStore,
    KeyringLockedError,
    KeyringStore,
    MemoryStore,
    SealedError,
    Secret,
    SecretStore,
    choose_store,
)

CANARY = "canary-c0ffee-4b1d-secret"
PASSPHRASE = "correct horse battery"


@pytest.fixture
def quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same when guessing is cheap."""
    monkeypatch.setattr(bridge_app.storage.secrets, "SCRYPT_N", 2)


class InMemory(KeyringBackend):
    """A keyring service that works."""

    priority: float = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Broken(InMemory):
    """A keyring service that raises what it is told to, with all it knows."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, *_: object) -> str | None:
        raise self._error

    def set_password(self, *_: object) -> None:
        raise self._error


class Lowly(InMemory):
    priority = 0.5


class Elsewhere(InMemory):
    """One of those that keep a file and ask on the terminal."""


Elsewhere.__module__ = "keyrings.cryptfile.cryptfile"


class Chain(chainer.ChainerBackend):
    """Several keyrings, one behind the other."""

    backends: list[KeyringBackend] = []  # noqa: RUF012 - keyring's own is the class's, too

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = list(backends)


# A secret


@dataclass(frozen=True)
class Holder:
    name: str
    secret: Secret


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret(CANARY)

    assert secret.reveal() == CANARY
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>40}", f"{secret!r}"]
    shown += ["%s %r" % (secret, secret), repr(Holder("x", secret)), str([secret])]  # noqa: UP031
    shown += [str(asdict(Holder("x", secret))), str(copy.deepcopy(secret)), str(vars(Holder))]
    assert not any(CANARY in text for text in shown)


def test_a_secret_cannot_be_written_anywhere() -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(Secret(CANARY), protocol)
    with pytest.raises(TypeError):
        json.dumps({"secret": Secret(CANARY)})


def test_secrets_compare_by_what_they_hold() -> None:
    assert Secret("same thing") == Secret("same thing")
    assert len({Secret("same thing"), Secret("same thing")}) == 1
    assert Secret("same thing") != Secret("same think")
    assert Secret("same thing") != "same thing"
    assert Secret("\udcff") != Secret("é")


def test_a_secret_is_not_in_a_traceback() -> None:
    def sign(secret: Secret) -> None:
        raise ValueError(f"cannot sign with {secret}")

    with pytest.raises(ValueError, match="cannot sign") as caught:
        sign(Secret(CANARY))

    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert CANARY not in "".join(told.format())


# Every store


@pytest.fixture(params=["keyring", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, quick_scrypt: None) -> SecretStore:
    stores: dict[str, SecretStore] = {
        "keyring": KeyringStore(InMemory()),
        "file": EncryptedFileStore(tmp_path / "secrets", Secret(PASSPHRASE)),
        "memory": MemoryStore(),
    }
    return stores[str(request.param)]


def test_what_is_put_can_be_got_replaced_and_removed(store: SecretStore) -> None:
    assert store.get("demo") is None

    store.put("demo", Secret("first secret"))
    store.put("other", Secret("other secret"))
    store.put("demo", Secret(CANARY))
    assert store.get("demo") == Secret(CANARY)
    assert store.get("other") == Secret("other secret")

    store.remove("demo")
    store.remove("demo")
    assert store.get("demo") is None
    assert store.get("other") == Secret("other secret")
    assert CANARY not in store.describe()


# The keyring


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InitError(f"Prompt dismissed {CANARY}"), KeyringLockedError),
        (KeyringLocked(CANARY), KeyringLockedError),
        (PasswordSetError(CANARY), NoKeyringError),
        (RuntimeError(CANARY), NoKeyringError),
        (EOFError(CANARY), NoKeyringError),
        (KeyError(CANARY), NoKeyringError),
    ],
)
def test_whatever_a_backend_raises_is_said_without_what_it_said(
    error: Exception, kind: type[BridgeError]
) -> None:
    store = KeyringStore(Broken(error))

    for act in (
        lambda: store.get("demo"),
        lambda: store.put("demo", Secret(CANARY)),
        lambda: store.remove("demo"),
    ):
        with pytest.raises(kind) as caught:
            act()
        assert caught.type is kind
        assert CANARY not in "".join(traceback.format_exception(caught.value))


SERVICE_SCRIPT = """
import keyring, sys
from pathlib import Path
from bridge_app.storage.secrets import KeyringStore, Secret, choose_store

store = choose_store(profile=Path(sys.argv[1]), passphrase=None)
assert isinstance(store, KeyringStore), store
name, value = "caf\\u00e9/\\U0001f3d6", "\\u5bc6\\u78bc-\\U0001f511 with 'quotes' % and \\n line"
assert store.get(name) is None
store.put(name, Secret(value))
again = choose_store(profile=Path(sys.argv[1]), passphrase=None)
assert again.get(name) == Secret(value)
assert keyring.get_password("Asset Bridge", name) == value
again.remove(name)
again.remove(name)
assert store.get(name) is None
print(store.describe())
"""


def test_a_real_secret_service_keeps_secrets_and_no_file_of_ours_does(tmp_path: Path) -> None:
    for program in ("dbus-run-session", "gnome-keyring-daemon", "bash"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    profile, home, runtime = (tmp_path / name for name in ("profile", "home", "runtime"))
    for folder in (profile, home, runtime):
        folder.mkdir(mode=0o700)
    unlock = "echo -n test-pw | gnome-keyring-daemon --unlock --components=secrets"
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON_KEYRING", "DBUS_", "XDG_", "GNOME_"))
    }
    running = subprocess.Popen(
        [
            *(shutil.which("dbus-run-session") or "", "--", "bash", "-c"),
            f'{unlock} >/dev/null 2>&1; exec "$@"',
            *("_", sys.executable, "-c", SERVICE_SCRIPT, os.fspath(profile)),
        ],
        env={**clean, "HOME": os.fspath(home), "XDG_RUNTIME_DIR": os.fspath(runtime)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = running.communicate(timeout=30)
    finally:
        end_session(running.pid)

    assert running.returncode == 0, errors
    assert output == "the system's keyring (SecretService Keyring)\n"
    assert list(profile.iterdir()) == []


def end_session(leader: int) -> None:
    """End what the session left running, the keyring's daemon above all."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


# Choosing


def file_store(profile: Path, secret: str) -> None:
    EncryptedFileStore(profile / FILE_NAME, Secret(PASSPHRASE)).put("demo", Secret(secret))


def test_the_keyring_is_chosen_where_there_is_one(tmp_path: Path) -> None:
    backend = InMemory()

    for passphrase in (None, Secret(PASSPHRASE)):
        store = choose_store(profile=tmp_path, passphrase=passphrase, keyring_backend=backend)
        assert isinstance(store, KeyringStore)
        store.put("demo", Secret(CANARY))

    assert backend.kept == {("Asset Bridge", "demo"): CANARY}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "backend",
    [fail.Keyring(), null.Keyring(), Chain(), Chain(Lowly()), Lowly(), Elsewhere()],
    ids=lambda backend: type(backend).__qualname__,
)
def test_a_backend_that_keeps_nothing_or_keeps_it_badly_counts_as_none(
    backend: KeyringBackend, tmp_path: Path, quick_scrypt: None
) -> None:
    with pytest.raises(NoKeyringError, match="Choose a passphrase"):
        choose_store(profile=tmp_path, passphrase=None, keyring_backend=backend)
    assert list(tmp_path.iterdir()) == []

    store = choose_store(profile=tmp_path, passphrase=Secret(PASSPHRASE), keyring_backend=backend)
    assert isinstance(store, EncryptedFileStore)


def test_a_file_that_waits_for_its_passphrase_is_told_from_none_at_all(
    tmp_path: Path, quick_scrypt: None
) -> None:
    backend = fail.Keyring()
    store = choose_store(profile=tmp_path, passphrase=Secret(PASSPHRASE), keyring_backend=backend)
    store.put("demo", Secret(CANARY))

    with pytest.raises(SealedError, match="Open it with its passphrase"):
        choose_store(profile=tmp_path, passphrase=None, keyring_backend=backend)


def test_of_a_chain_only_the_keyring_that_is_trusted_gets_the_secret(tmp_path: Path) -> None:
    lowly, good = Lowly(), InMemory()
    chain = Chain(Elsewhere(), lowly, good)

    choose_store(profile=tmp_path, passphrase=None, keyring_backend=chain).put(
        "demo", Secret(CANARY)
    )

    assert good.kept == {("Asset Bridge", "demo"): CANARY}
    assert lowly.kept == {}


def test_without_a_backend_given_the_systems_is_asked(tmp_path: Path) -> None:
    with pytest.raises(NoKeyringError):
        choose_store(profile=tmp_path, passphrase=None)


def test_a_backend_that_cannot_even_be_made_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> KeyringBackend:
        raise ModuleNotFoundError("no.such.Keyring")

    monkeypatch.setattr(keyring, "get_keyring", broken)

    with pytest.raises(NoKeyringError):
        choose_store(profile=tmp_path, passphrase=None)


def test_a_keyring_that_does_not_open_gives_way_to_the_passphrase(
    tmp_path: Path, quick_scrypt: None
) -> None:
    locked = Broken(KeyringLocked("Failed to unlock the collection!"))

    store = choose_store(profile=tmp_path, passphrase=Secret(PASSPHRASE), keyring_backend=locked)
    assert isinstance(store, EncryptedFileStore)

    without = choose_store(profile=tmp_path, passphrase=None, keyring_backend=locked)
    with pytest.raises(KeyringLockedError, match="Unlock it"):
        without.get("demo")


def test_a_file_that_holds_secrets_already_goes_before_the_keyring(
    tmp_path: Path, quick_scrypt: None
) -> None:
    file_store(tmp_path, CANARY)

    store = choose_store(
        profile=tmp_path, passphrase=Secret(PASSPHRASE), keyring_backend=InMemory()
    )

    assert store.get("demo") == Secret(CANARY)


def test_a_wrong_passphrase_is_said_when_the_store_is_chosen(
    tmp_path: Path, quick_scrypt: None
) -> None:
    file_store(tmp_path, CANARY)

    with pytest.raises(WrongPassphraseError):
        choose_store(profile=tmp_path, passphrase=Secret("wrong one"))


def test_an_empty_passphrase_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoKeyringError):
        choose_store(profile=tmp_path, passphrase=Secret(""))
    assert list(tmp_path.iterdir()) == []
