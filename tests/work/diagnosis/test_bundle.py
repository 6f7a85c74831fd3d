"""The diagnostic bundle tells what is wrong, and nothing about anybody."""

import logging
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.app.logs import FORMAT
from bridge_app.domain.errors import NotFoundError
from bridge_app.storage.log_file import NAME, read_log
from bridge_app.storage.redaction import RedactSecrets
from bridge_app.storage.secrets import Secret
from bridge_app.work.diagnosis.plain_words import PlainWords
from bridge_app.work.diagnosis.pseudonyms import Pseudonyms, profile_salt
from bridge_app.work.diagnosis.report import Diagnosis, shown_in_full, write_bundle
from tests.desk import Desk, picture

CANARY = "Zwölfendorf"
PEOPLE = "anna.zwoelfendorf@canary-agency.example"
SECRET = "canary-4f6a-secret-77aa"
CANARIES = (CANARY, "zwoelfendorf", "canary", "Yrsa", "203.0.113.77", "998877665544")
WORDS = PlainWords(Pseudonyms(b"s" * 32), [("library", "Approved renditions")])


@pytest.fixture
def story(desk: Desk) -> Desk:
    """A desk where much has a name, and something went wrong with each."""
    folder = desk.home / f"{CANARY} Kampagne"
    picture(folder / f"{CANARY} beim Frühstück.jpg")
    desk.parts.worker.add_library(folder)
    Secret(SECRET)
    logs = desk.home / "profile" / "logs"
    logs.mkdir(parents=True)
    handler = logging.FileHandler(logs / NAME, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(RedactSecrets())
    logger = logging.Logger("bridge_app.work.scan")  # noqa: LOG001 - not the one of the process
    logger.addHandler(handler)
    logger.warning("%s was not found in %s", f"{CANARY} beim Frühstück.jpg", folder)
    logger.warning("sent by %s with %s to 203.0.113.77", PEOPLE, SECRET)
    logger.warning("GET https://res.canary.example/v1/%s?key=998877665544", CANARY)
    trouble = NotFoundError(what=f"{CANARY} und Yrsa")
    logger.error("a bug with Yrsa %s", folder, exc_info=trouble)
    handler.close()
    return desk


def made(desk: Desk) -> Diagnosis:
    settings_now = desk.parts.settings.load()
    told = replace(settings_now, who="Yrsa Zwoelfendorf", push_folder=f"{CANARY}/2026")
    return Diagnosis(desk.home / "profile", desk.parts.stock, told, {"Qt": "6.11"})


def test_no_name_and_no_secret_is_in_the_bundle(story: Desk, tmp_path: Path) -> None:
    documents = made(story).documents()
    target = tmp_path / "bundle.zip"
    write_bundle(target, documents)
    with zipfile.ZipFile(target) as bundle:
        written = "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    for canary in (
        *CANARIES,
        SECRET,
        str(story.home),
        Path.home().name * (Path.home().name != "root"),
    ):
        assert not canary or canary.lower() not in written.lower(), canary
    # Everything that is written was shown.
    assert all(one.text in shown_in_full(documents) for one in documents)
    assert sorted(p.name for p in tmp_path.iterdir() if "bundle" in p.name) == ["bundle.zip"]


def test_what_a_maintainer_needs_stays(story: Desk) -> None:
    told = {one.name: one.text for one in made(story).documents()}
    assert f"Python: {sys.version_info.major}.{sys.version_info.minor}" in told["about.txt"]
    assert "Qt: 6.11" in told["about.txt"]
    assert '"scheme": "system"' in told["settings.json"]
    assert "ledger.db" in told["profile.txt"]
    assert ", at 00" in told["profile.txt"]
    assert "WARNING bridge_app.work.scan: " in told["log.txt"]
    assert 'File "bridge_app' not in told["log.txt"]  # the test's own frame is no part of ours
    assert "NotFoundError" in told["log.txt"]
    # One name is one pseudonym wherever it is.
    again = {one.name: one.text for one in made(story).documents()}
    assert again["log.txt"] == told["log.txt"]
    library = next(line for line in told["profile.txt"].splitlines() if "library-" in line)
    assert ": there" in library


def test_of_a_traceback_our_own_places_stay_and_the_code_goes() -> None:
    told = WORDS.text(
        "a bug\nTraceback (most recent call last):\n"
        '  File "/home/yrsa/x/bridge_app/work/scan.py", line 12, in carry_out\n'
        "    raise ValueError(secret_of_yrsa)\n           ^^^^^\n"
        "ValueError: Yrsa is not in list"
    )
    assert told.splitlines()[2] == '  File "bridge_app/work/scan.py", line 12, in carry_out'
    assert "yrsa" not in told.lower()
    assert told.endswith("is not in list")
    assert "ValueError" in told


def test_a_known_name_goes_even_where_its_words_are_ours() -> None:
    assert "Approved" not in WORDS.line("reading Approved renditions failed")


@pytest.mark.parametrize(
    "told", ["+49 (0)30 12345 678", "4111 1111 1111 1111", "24.12.1980", "52.5200,13.4050"]
)
def test_a_long_number_in_short_parts_goes_as_a_whole(told: str) -> None:
    left = WORDS.line(f"not found: {told} on line 12, position 3456")
    assert left.startswith("not found: ")
    assert left.endswith(" on line 12, position 3456")
    assert not any(part in left for part in ("30 12345", "4111", "1980", "52.52", "13.40"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(categories=["L", "N", "Zs", "P"]), min_size=3, max_size=40))
def test_whatever_somebody_is_called_no_word_of_it_that_is_not_ours_stays(name: str) -> None:
    word = "".join(letter for letter in name if letter.isalnum()) + "Qzxv"
    for line in (f"{word} was not found", f"cannot open /srv/{word}/a.jpg", f"“{word}” failed"):
        assert word not in WORDS.line(line)


def test_the_log_is_read_from_its_end_with_its_tracebacks(story: Desk) -> None:
    entries = read_log(story.home / "profile" / "logs")
    assert [one.level for one in entries] == ["WARNING", "WARNING", "WARNING", "ERROR"]
    assert "\n" in entries[-1].text
    assert SECRET not in "".join(one.text for one in entries)
    assert read_log(story.home / "nowhere") == ()


def test_the_salt_is_the_profiles_own_and_stays(tmp_path: Path) -> None:
    first = profile_salt(tmp_path)
    assert profile_salt(tmp_path) == first
    assert Pseudonyms(first).of("name", "a") != Pseudonyms(b"x").of("name", "a")
    assert (tmp_path / "diagnosis.salt").stat().st_mode & 0o077 == 0
