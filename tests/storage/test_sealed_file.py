"""The encrypted file: nothing readable in it, nothing lost of it."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bridge_app.storage.secrets
from bridge_app.domain.errors import (
    DiskFullError,
    NewerDatabaseError,
    StorageTroubleError,
    WrongPassphraseError,
)
from bridge_app.storage.secrets import EncryptedFileStore, Secret

CANARY = "canary-c0ffee-4b1d-secret"
PASSPHRASE = "correct horse battery"


@pytest.fixture
def quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same when guessing is cheap."""
    monkeypatch.setattr(bridge_app.storage.secrets, "SCRYPT_N", 2)


names = st.text(min_size=1, max_size=40)
values = st.text(max_size=60)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.dictionaries(names, values, max_size=4), passphrase=st.text(min_size=1))
def test_any_names_and_secrets_come_back_from_the_file(
    quick_scrypt: None,
    tmp_path_factory: pytest.TempPathFactory,
    kept: dict[str, str],
    passphrase: str,
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "secrets"
    store = EncryptedFileStore(path, Secret(passphrase))
    for name, value in kept.items():
        store.put(name, Secret(value))

    again = EncryptedFileStore(path, Secret(passphrase))

    assert {name: again.get(name) for name in kept} == {
        name: Secret(value) for name, value in kept.items()
    }


def test_the_file_is_its_owners_alone_and_holds_nothing_readable(tmp_path: Path) -> None:
    path = tmp_path / "profile" / "secrets"
    before = os.umask(0)
    try:
        store = EncryptedFileStore(path, Secret(PASSPHRASE))
        store.put("production", Secret(CANARY))
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for place in path.parent.iterdir():
        content = place.read_bytes()
        for word in (CANARY, PASSPHRASE, "production"):
            assert word.encode() not in content
    assert {place.name for place in path.parent.iterdir()} == {"secrets", "secrets.lock"}


def test_a_wrong_passphrase_is_said_at_once_and_changes_nothing(
    tmp_path: Path, quick_scrypt: None
) -> None:
    path = tmp_path / "secrets"
    EncryptedFileStore(path, Secret(PASSPHRASE)).put("demo", Secret(CANARY))
    before = path.read_bytes()

    with pytest.raises(WrongPassphraseError):
        EncryptedFileStore(path, Secret(PASSPHRASE + "x"))

    assert path.read_bytes() == before


def test_a_store_opened_before_there_was_a_file_cannot_write_over_anothers(
    tmp_path: Path, quick_scrypt: None
) -> None:
    path = tmp_path / "secrets"
    early = EncryptedFileStore(path, Secret("another passphrase"))
    EncryptedFileStore(path, Secret(PASSPHRASE)).put("demo", Secret(CANARY))
    before = path.read_bytes()

    for act in (lambda: early.put("demo", Secret("x")), lambda: early.remove("demo")):
        with pytest.raises(WrongPassphraseError):
            act()

    assert path.read_bytes() == before


def test_a_passphrase_is_the_same_however_its_accents_are_composed(
    tmp_path: Path, quick_scrypt: None
) -> None:
    path = tmp_path / "secrets"
    EncryptedFileStore(path, Secret("caf\u00e9")).put("demo", Secret(CANARY))

    assert EncryptedFileStore(path, Secret("cafe\u0301")).get("demo") == Secret(CANARY)


def test_nothing_is_sealed_twice_alike(tmp_path: Path, quick_scrypt: None) -> None:
    path = tmp_path / "secrets"
    store = EncryptedFileStore(path, Secret(PASSPHRASE))
    seen = set()
    for number in range(5):
        store.put("demo", Secret(f"{number % 2}{CANARY}"))
        seen.add(json.loads(path.read_bytes())["nonce"])

    assert len(seen) == 5


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"version": "asset-bridge-secrets/1"}'),
        b'{"version": "asset-bridge-secrets/1", "salt": "?", "nonce": "", "sealed": ""}',
        b'{"version": "asset-bridge-secrets/1", "salt": "", "nonce": "", "sealed": ""}',
        b'{"version": "asset-bridge-secrets/1", "salt": 1, "nonce": 2, "sealed": 3}',
    ],
)
def test_a_damaged_file_is_said_and_left_as_it_is(
    tmp_path: Path, quick_scrypt: None, content: bytes
) -> None:
    path = tmp_path / "secrets"
    path.write_bytes(content)

    with pytest.raises(StorageTroubleError, match="damaged"):
        EncryptedFileStore(path, Secret(PASSPHRASE))
    assert path.read_bytes() == content


def test_every_changed_byte_of_the_sealed_text_is_noticed(
    tmp_path: Path, quick_scrypt: None
) -> None:
    path = tmp_path / "secrets"
    EncryptedFileStore(path, Secret(PASSPHRASE)).put("demo", Secret(CANARY))
    fields = json.loads(path.read_bytes())
    for name in ("salt", "nonce", "sealed"):
        turned = "B" if fields[name][5] == "A" else "A"
        path.write_text(json.dumps({**fields, name: fields[name][:5] + turned + fields[name][6:]}))
        with pytest.raises(WrongPassphraseError):
            EncryptedFileStore(path, Secret(PASSPHRASE))


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path, quick_scrypt: None) -> None:
    path = tmp_path / "secrets"
    EncryptedFileStore(path, Secret(PASSPHRASE)).put("demo", Secret(CANARY))
    path.write_text(path.read_text().replace("secrets/1", "secrets/2"))

    with pytest.raises(NewerDatabaseError):
        EncryptedFileStore(path, Secret(PASSPHRASE))


def test_threads_and_stores_do_not_undo_one_another(tmp_path: Path, quick_scrypt: None) -> None:
    path = tmp_path / "secrets"
    stores = [EncryptedFileStore(path, Secret(PASSPHRASE)) for _ in range(3)]

    def keep(number: int) -> None:
        for step in range(5):
            stores[number % 3].put(f"{number} {step}", Secret(f"{number} {step} {CANARY}"))

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number in range(6):
        for step in range(5):
            assert stores[0].get(f"{number} {step}") == Secret(f"{number} {step} {CANARY}")


def test_a_full_disk_is_said_and_the_old_file_stays(
    tmp_path: Path, quick_scrypt: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secrets"
    store = EncryptedFileStore(path, Secret(PASSPHRASE))
    store.put("demo", Secret(CANARY))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFullError):
            store.put("demo", Secret("lost"))

    assert EncryptedFileStore(path, Secret(PASSPHRASE)).get("demo") == Secret(CANARY)
    store.put("demo", Secret("kept again"))
    assert store.get("demo") == Secret("kept again")


KILLED = """
import fcntl, os, signal, sys
from pathlib import Path
import bridge_app.storage.secrets as ours

ours.SCRYPT_N = 2
path = Path(sys.argv[1])
calls = [*((os, name) for name in ("open", "fsync", "close", "unlink", "replace", "fdopen")),
         (fcntl, "flock")]

def store():
    return ours.EncryptedFileStore(path, ours.Secret("correct horse battery"))

def kill_before(number):
    left = [number]
    def counted(function):
        def call(*arguments, **options):
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return function(*arguments, **options)
        return call
    for module, name in calls:
        setattr(module, name, counted(getattr(module, name)))

store().put("demo", ours.Secret("old secret"))
seen, number, status = [], 0, 9
while status:
    child = os.fork()
    if not child:
        opened = store()
        kill_before(number)
        opened.put("demo", ours.Secret("new secret"))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    after = store()
    seen.append(after.get("demo").reveal().split()[0])
    after.put("after", ours.Secret(str(number)))
    after.put("demo", ours.Secret("old secret"))
    number += 1
print(*seen)
"""


def test_killed_before_any_of_its_steps_it_is_the_old_file_or_the_new(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, os.fspath(tmp_path / "secrets")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.stderr == ""
    seen = ended.stdout.split()
    assert seen == sorted(seen, reverse=True)
    assert seen.count("old") >= 5
    assert seen.count("new") >= 3
    assert {place.name for place in tmp_path.iterdir()} == {"secrets", "secrets.lock"}
