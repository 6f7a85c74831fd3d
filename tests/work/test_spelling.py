"""The system's dictionaries, where Enchant is installed."""

from pathlib import Path

import pytest

from bridge_app.work.spelling import Spelling


@pytest.fixture
def spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spelling:
    """A dictionary of a language of our own, and nobody's personal words."""
    try:
        import enchant  # noqa: F401, PLC0415 - it may be missing
    except ImportError:
        pytest.skip("libenchant is not installed")
    folder = tmp_path / "hunspell"
    folder.mkdir()
    (folder / "qq_QQ.aff").write_text("SET UTF-8\nTRY abhorw\n", encoding="utf-8")
    (folder / "qq_QQ.dic").write_text("3\nharbour\nboat\nwave\n", encoding="utf-8")
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(tmp_path))
    made = Spelling()
    if not made.knows("qq-QQ"):
        pytest.skip("Enchant has no Hunspell here")
    return made


def test_words_that_the_dictionary_does_not_have_are_told(spelling: Spelling) -> None:
    assert spelling.unknown(["boat", "baot", "wave"], "qq-QQ") == {"baot"}
    assert "boat" in spelling.suggestions("baot", "qq")


def test_a_language_is_found_without_its_country(spelling: Spelling) -> None:
    assert spelling.unknown(["baot"], "qq") == {"baot"}


def test_what_is_learnt_is_known_the_next_time_too(spelling: Spelling) -> None:
    spelling.learn("Morrowtide", "qq")
    assert spelling.unknown(["Morrowtide"], "qq") == frozenset()
    assert Spelling().unknown(["Morrowtide"], "qq-QQ") == frozenset()


def test_without_a_dictionary_nothing_is_unknown() -> None:
    spelling = Spelling()
    assert not spelling.knows("xx")
    assert spelling.unknown(["baot"], "xx") == frozenset()
    assert spelling.suggestions("baot", "xx") == ()
    spelling.learn("baot", "xx")
