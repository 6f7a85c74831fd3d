"""The files of texts: none is missing, and whatever is wrong in one is named."""

import shutil
import subprocess
import sys
from pathlib import Path

import bridge_app

ROOT = Path(bridge_app.__file__).resolve().parents[1]
TEXTS = ROOT / "i18n"
MAKER = ROOT / "packaging" / "translations.py"
LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "pt_BR", "zh_CN")


def maker(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, str(MAKER), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_every_text_of_the_program_is_translated() -> None:
    status, said = maker("--check")
    assert status == 0, said


FAULTS = [
    ("<source>Nothing found</source>", "<source>Lost</source>", "not in the file: BrowserPanel"),
    ("<source>Hide the secret</source>", "<source>Gone</source>", "not in the program any more"),
    ("<translation>Suche<", '<translation type="unfinished">Suche<', "not translated: SearchBar"),
    ("<translation>Titel<", "<translation> <", "not translated: DetailsPanel"),
    ("Vorschau von {name}", "Vorschau von {nahme}", "the names in braces differ: Picture"),
    ("{name} wird gelesen<", "{name wird gelesen<", "the names in braces differ: ScanActivities"),
    ("<translation>&amp;Dunkel", "<translation>Dunkel", "the mnemonics (&) differ: Actions"),
    ("%Ln Assets freigeben", "Assets freigeben", "the counts (%Ln) differ (form 2): Dec"),
    ("<source>%Ln page(s)</source>", "<source>%n page(s)</source>", "the count is not in the"),
    ("<numerusform>%Ln Seite</numerusform>", "", "1 forms instead of 2: DetailsPanel"),
    (
        '<message numerus="yes">\n        <source>%Ln file(s)</source>',
        "<message>\n        <source>%Ln file(s)</source>",
        "not marked as plural (give the count as third argument of tr(), not by name): MakeSheet",
    ),
]


def test_each_fault_in_a_file_is_named(tmp_path: Path) -> None:
    for language in LANGUAGES:
        shutil.copy(TEXTS / f"asset_bridge_{language}.ts", tmp_path)
    file = tmp_path / "asset_bridge_de.ts"
    text = file.read_text(encoding="utf-8")
    for found, put, _ in FAULTS:
        assert found in text
        text = text.replace(found, put, 1)
    file.write_text(text, encoding="utf-8")
    status, said = maker("--check", "--folder", str(tmp_path))
    assert status == 1
    named = [f"asset_bridge_de.ts: {complaint}" for _, _, complaint in FAULTS]
    assert [complaint for complaint in named if complaint not in said] == []


def test_a_missing_language_is_named(tmp_path: Path) -> None:
    status, said = maker("--check", "--folder", str(tmp_path))
    assert status == 1
    assert "asset_bridge_ar.ts: the file is missing" in said
