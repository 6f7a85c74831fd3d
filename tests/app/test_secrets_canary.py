"""A canary in the key store: after a whole journey it is found nowhere else."""

import base64
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

import bridge_app
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.server import Sandbox
from tests.desk import picture

ROOT = Path(bridge_app.__file__).resolve().parents[1]
CANARY = "Canary+7/c0ffee=4b1d%secret"
PASSPHRASE = "canary passphrase: horse"
OWNER = SandboxAccount(cloud_name="studio", api_key="123456789", api_secret=CANARY)

# The journey in a process of its own: its output, its log and its children are looked at.
JOURNEY = """
    import sys
    from pathlib import Path

    import psutil

    from bridge_app.app.build import build
    from bridge_app.app.profile import key_store, profile_home
    from bridge_app.app.logs import start_logging
    from bridge_app.delivery.accounts import NewAccount
    from bridge_app.domain.approvals import Approval
    from bridge_app.domain.presets import READY_PRESETS
    from bridge_app.domain.push_plan import PushTarget
    from bridge_app.domain.query import Query
    from bridge_app.app.build import utc_now
    import threading

    def until(holds, what):
        pause = threading.Event()
        for _ in range(600):
            if holds():
                return
            pause.wait(0.05)
        sys.exit(f"waited for {what} in vain")

    start_logging(debug=True)
    url = sys.stdin.readline().strip()
    home = profile_home()
    with build(home, open_store=key_store(home)) as parts:
        worker = parts.worker
        worker.start()
        account = worker.add_account(NewAccount.from_url(url))
        print(repr(account), account)
        worker.add_library(Path(sys.argv[1]))
        until(lambda: not worker.is_scanning(), "the scan")
        for child in psutil.Process().children(recursive=True):
            print("child", *child.cmdline(), *child.environ().items())
        with parts.stock.readers.lent() as reader:
            assets = [one.id for one in reader.page(Query(), offset=0, limit=99, now=utc_now())]
        worker.decide(assets, Approval.APPROVED)

        # Somebody rotates the key: the signature is wrong, and the push waits for the account.
        wrong = NewAccount.from_url(url.replace("123456789:", "123456789:x"))
        parts.environments.keep(wrong)
        worker.push(worker.plan_push(assets, PushTarget(folder="print")))
        until(lambda: parts.stock.jobs.waits_for_account(), "the refusal")
        for job in worker.transfers():
            print(job)
        worker.add_account(NewAccount.from_url(url))
        worker.retry()
        until(lambda: worker.summary().active == 0, "the pushes")
        print("pushed", len([job for job in worker.transfers() if job.state == "done"]))
        delivered = worker.rendition(assets[0], READY_PRESETS[0])
        print("rendition", delivered.link.url, delivered.width)
        print(parts.environments.opened(account.environment), vars(parts.environments))
"""

# A login: what the browser brings, what it is changed for, what comes after; all seen by somebody.
LOGIN = """
    import http.client, sys, threading
    from datetime import timedelta
    from pathlib import Path
    from urllib.parse import parse_qs, urlsplit

    import httpx

    from bridge_app.app.build import build, utc_now
    from bridge_app.app.profile import key_store, profile_home
    from bridge_app.app.logs import start_logging
    from bridge_app.delivery.oauth import LoginWish, TokenSet
    from bridge_app.domain.errors import BridgeError

    start_logging(debug=True)
    url, ahead, seen = sys.stdin.readline().strip(), timedelta(), []
    home = profile_home()

    def note_tokens(parts):
        tokens = TokenSet.opened(parts.environments.secrets().get("login:studio"))
        seen.extend([tokens.access.reveal(), tokens.refresh.reveal()])
        return tokens

    def fetched(address):
        # Not httpx, which logs addresses; a browser's are not in our log.
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request("GET", f"{parts.path}?{parts.query}")
        reply = connection.getresponse()
        reply.read()
        return reply

    def browse(address):
        back = fetched(f"{address}&prompt=none").headers["location"]
        seen.append(parse_qs(urlsplit(back).query)["code"][0])
        fetched(back)

    def show(address):
        threading.Thread(target=browse, args=(address,)).start()

    with build(home, open_store=key_store(home), now=lambda: utc_now() + ahead) as parts:
        desk = parts.worker.environments
        wish = LoginWish(upload_prefix=url, timeout_s=20)
        account = desk.log_in(wish, show=show, cancelled=threading.Event())
        print(account, note_tokens(parts), parts.environments.credentials("studio"))
        ahead = timedelta(days=1)
        desk.survey("studio")
        print(note_tokens(parts), vars(parts.environments))
        httpx.post(f"{url}/oauth2/revoke", data={"token": seen[-1]})
        ahead = timedelta(days=2)
        try:
            desk.survey("studio")
        except BridgeError as error:
            print("refused", repr(error), error, error.facts)
    Path(sys.argv[1]).write_text("\\n".join(seen))
"""

BUG = """
    import logging, sys, threading
    from bridge_app.app.logs import start_logging
    from bridge_app.delivery.accounts import NewAccount

    start_logging(debug=True)
    new = NewAccount.from_url(sys.stdin.readline().strip())

    def handler():
        raise ValueError("a bug that quotes " + new.secret.reveal())

    worker = threading.Thread(target=handler)
    worker.start()
    worker.join()
    try:
        handler()
    except ValueError:
        logging.getLogger("somebody").exception("with %r and %s", new, new.secret.reveal())
    handler()
"""


def spellings() -> Iterator[bytes]:
    """The canary as it is, and as it would stand in URLs and in base64 at each of its shifts."""
    raw = CANARY.encode()
    yield raw
    yield quote(CANARY, safe="").encode()
    yield quote(CANARY).encode()
    for shift in range(3):
        whole = base64.b64encode(b"-" * shift + raw + b"-" * ((3 - shift - len(raw)) % 3))
        inner = whole[4 if shift else 0 : -4]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def places_of_the_canary(folder: Path) -> list[str]:
    """The files below a folder that hold it, in any spelling, or the passphrase."""
    wanted = [*spellings(), PASSPHRASE.encode()]
    return [
        f"{file.relative_to(folder)}: {text!r}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for text in wanted
        if text in file.read_bytes() or text in os.fsencode(file)
    ]


def run(story: str, profile: Path, url: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "ASSET_BRIDGE_HOME": str(profile)}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(story), *words],
        cwd=ROOT,
        env={**environment, "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE},
        input=url.encode() + b"\n",
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def owners_url(decoder: DecoderPool, tmp_path: Path) -> Iterator[str]:
    """A sandbox whose account has the canary for its secret."""
    sandbox = Sandbox(accounts=(OWNER,), decoder=decoder, state=tmp_path / "sandbox")
    sandbox.start()
    yield sandbox.cloudinary_url(OWNER)
    sandbox.stop()


def test_the_search_for_the_canary_finds_it_in_every_spelling(tmp_path: Path) -> None:
    for number, text in enumerate(spellings()):
        (tmp_path / str(number)).write_bytes(b"before" + text + b"after")
    (tmp_path / "signed").write_bytes(base64.b64encode(f"123456789:{CANARY}".encode()))
    (tmp_path / "clean").write_bytes(b"nothing")
    names = {place.partition(":")[0] for place in places_of_the_canary(tmp_path)}

    assert names == {file.name for file in tmp_path.iterdir()} - {"clean"}


def test_after_a_whole_journey_with_debug_logging_the_canary_is_in_the_key_store_alone(
    owners_url: str, tmp_path: Path
) -> None:
    profile, masters = tmp_path / "profile", tmp_path / "masters"
    for number in range(3):
        picture(masters / f"{number}.jpg", seed=number, size=(1700, 1000))
    ended = run(JOURNEY, profile, owners_url, str(masters))
    said = ended.stdout + ended.stderr

    assert ended.returncode == 0, said.decode()
    assert b"\nchild " in ended.stdout, "there were decoder children to look at"
    assert b"\npushed 3\n" in ended.stdout
    assert b"\nrendition http" in ended.stdout
    log = (profile / "logs" / "asset-bridge.log").read_text(encoding="utf-8")
    assert "DEBUG" in log
    assert "/upload" in log, "the log is of the connections too"
    assert (profile / "secrets.sealed").is_file()
    assert [text for text in spellings() if text in said] == []
    assert PASSPHRASE.encode() not in said
    assert places_of_the_canary(profile) == []


def test_a_logins_tokens_are_in_the_key_store_alone(owners_url: str, tmp_path: Path) -> None:
    profile, seen = tmp_path / "profile", tmp_path / "seen.txt"
    prefix = parse_qs(urlsplit(owners_url).query)["upload_prefix"][0]
    ended = run(LOGIN, profile, prefix, str(seen))
    said = ended.stdout + ended.stderr

    assert ended.returncode == 0, said.decode()
    assert b"refused CredentialsError" in said
    secrets = seen.read_text().splitlines()
    assert len(set(secrets)) == 5, "a code, two access tokens, two refresh tokens"
    files = [file for file in profile.rglob("*") if file.is_file()]
    assert [file.name for file in files if file.name == "asset-bridge.log"]
    for secret in secrets:
        assert secret.encode() not in said
        assert [file for file in files if secret.encode() in file.read_bytes()] == []


def test_the_traceback_of_a_bug_does_not_show_it(owners_url: str, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    ended = run(BUG, profile, owners_url)
    log = (profile / "logs" / "asset-bridge.log").read_text(encoding="utf-8")

    assert ended.returncode == 1
    assert log.count("ValueError: a bug that quotes [secret]") == 3
    assert ended.stderr.count(b"A fault of Asset Bridge (ValueError); it is in the log.") == 2
    assert [text for text in spellings() if text in ended.stdout + ended.stderr] == []
    assert places_of_the_canary(profile) == []
