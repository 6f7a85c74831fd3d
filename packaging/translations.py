"""Collects the texts of the program into i18n/*.ts and compiles them; `--check` judges the files.

Without arguments (`make translations`) the .ts files learn what is new, forget what is gone, and
are compiled to .qm; that of English, which holds plurals alone, is filled in besides. With
`--check` (`make check`) nothing is written and each fault is named.
"""

import argparse
import ast
import re
import string
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
SOURCES = "bridge_app"
NAME = "asset_bridge_{language}.ts"
COUNT = re.compile(r"%L?n")
BARE_COUNT = "%n"
OF_ONE = {
    "are": "is",
    "were": "was",
    "have": "has",
    "become": "becomes",
    "differ": "differs",
    "keep": "keeps",
    "lie": "lies",
    "look": "looks",
    "replace": "replaces",
    "say": "says",
    "show": "shows",
    "stay": "stays",
    "wait": "waits",
    "weigh": "weighs",
}
"""Verbs of several things, and of one."""
OTHER_SUBJECT = "can|cannot|copies|could|may|chosen|the|to|until|will|would"
OF_COUNT = re.compile(
    rf"^((?!The )[^%]*%Ln\b(?:(?!\b(?:{OTHER_SUBJECT})\b)[^.;:,])*?)\b({'|'.join(OF_ONE)})\b"
)
"""The verb of what is counted, where that is what its clause is about."""
MNEMONIC = re.compile(r"&(?=[^\s&])")
LONGEST_QUOTE = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Plurals:
    """How a language counts: its number of forms, and those that stand for one number only.

    Such a form may say its number in words. Order and number are Qt's (Linguist, plural rules).
    """

    forms: int
    wordy: frozenset[int]


ENGLISH = "en"
LANGUAGES = {
    "ar": Plurals(forms=6, wordy=frozenset({0, 1, 2})),
    "de": Plurals(forms=2, wordy=frozenset({0})),
    "es": Plurals(forms=2, wordy=frozenset({0})),
    "fr": Plurals(forms=2, wordy=frozenset()),
    "ja": Plurals(forms=1, wordy=frozenset()),
    "pt_BR": Plurals(forms=2, wordy=frozenset()),
    "zh_CN": Plurals(forms=1, wordy=frozenset()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One source text with what stands for it; `key` is its context, text and comment."""

    key: tuple[str, str, str]
    plural: bool = field(compare=False)
    finished: bool = field(compare=False)
    forms: tuple[str, ...] = field(compare=False)

    @property
    def source(self) -> str:
        """The text in the code."""
        return self.key[1]

    @property
    def named(self) -> str:
        """The text as a fault names it: its context and its beginning."""
        short = self.source
        if len(short) > LONGEST_QUOTE:
            short = short[: LONGEST_QUOTE - 1] + "…"
        return f"{self.key[0]}: “{short}”"


def main(arguments: list[str] | None = None) -> int:
    """Update and compile, or check; 0 if all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name what is wrong")
    parser.add_argument("--folder", type=Path, default=ROOT / "i18n", help="where the files are")
    chosen = parser.parse_args(arguments)
    return check(chosen.folder) if chosen.check else update(chosen.folder)


def update(folder: Path) -> int:
    """Bring the .ts files of `folder` up to date, compile them, and say what is left to do."""
    left = 0
    english = folder / NAME.format(language=ENGLISH)
    collect_english(english)
    compile_(english)
    for language in LANGUAGES:
        file = folder / NAME.format(language=language)
        collect(file, language)
        compile_(file)
        texts = read(file)
        bare = [text for text in texts if not text.finished]
        left += len(bare)
        say(f"{file.name}: {len(texts)} texts, {len(bare)} to translate")
        for text in bare:
            say(f"  {text.named}")
    if left:
        say("Translate these in the .ts files (Qt Linguist), then run this again.")
    return 0


def check(folder: Path) -> int:
    """Name each fault of the .ts files in `folder`; 1 if there is one."""
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / NAME.format(language=ENGLISH)
        collect(fresh, ENGLISH)
        wanted = read(fresh)
    found = [fault for language in LANGUAGES for fault in faults(folder, language, wanted)]
    found += english_faults(folder)
    for fault in found:
        say(fault)
    if found:
        say(f"{len(found)} faults. `make translations` collects new texts and drops old ones.")
        return 1
    say(f"The translations are complete: {', '.join(LANGUAGES)}.")
    return 0


def faults(folder: Path, language: str, wanted: Sequence[Text]) -> Iterator[str]:
    """What is wrong with one language, as sentences that begin with the file's name.

    `wanted` are the texts that the program has.
    """
    file = folder / NAME.format(language=language)
    if not file.is_file():
        yield f"{file.name}: the file is missing"
        return
    there = read(file)
    for text in sorted(set(wanted) - set(there), key=lambda text: text.key):
        yield f"{file.name}: not in the file: {text.named}"
    for text in sorted(set(there) - set(wanted), key=lambda text: text.key):
        yield f"{file.name}: not in the program any more: {text.named}"
    for text in there:
        for fault in faults_of(text, LANGUAGES[language]):
            yield f"{file.name}: {fault}: {text.named}"


def english_faults(folder: Path) -> Iterator[str]:
    """Is the file of English plurals another one than would be made now?"""
    file = folder / NAME.format(language=ENGLISH)
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / file.name
        collect_english(fresh)
        if not file.is_file() or fresh.read_bytes() != file.read_bytes():
            yield f"{file.name}: it is not up to date"


def faults_of(text: Text, plurals: Plurals) -> Iterator[str]:
    """What is wrong with one text and its translation."""
    if COUNT.search(text.source) and not text.plural:
        yield "not marked as plural (give the count as third argument of tr(), not by name)"
    if BARE_COUNT in text.source:
        yield "the count is not in the language's figures (write %Ln)"
    if not text.finished:
        yield "not translated"
        return
    wanted = plurals.forms if text.plural else 1
    if len(text.forms) != wanted:
        yield f"{len(text.forms)} forms instead of {wanted}"
    for number, form in enumerate(text.forms):
        name = f" (form {number + 1})" if text.plural else ""
        if names_in(form) != names_in(text.source):
            yield f"the names in braces differ{name}"
        if len(MNEMONIC.findall(form)) != len(MNEMONIC.findall(text.source)):
            yield f"the mnemonics (&) differ{name}"
        in_words = text.plural and number in plurals.wordy and not COUNT.search(form)
        if COUNT.findall(form) != COUNT.findall(text.source) and not in_words:
            yield f"the counts (%Ln) differ{name}"


def names_in(template: str) -> Counter[str] | None:
    """What a template wants filled in; None if its braces cannot be read."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return None
    return Counter(name for _, name, _, _ in parts if name is not None)


def collect_english(file: Path) -> None:
    """Write the texts that have a plural: "asset(s) are" is "asset is" and "assets are"."""
    file.unlink(missing_ok=True)
    collect(file, ENGLISH, "-pluralonly")
    tree = ET.parse(file)  # noqa: S314 - written by lupdate just now
    for message in tree.getroot().iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        if translation is None:
            continue
        translation.attrib.pop("type", None)
        one, several = translation.findall("numerusform")
        one.text, several.text = of_one(source), source.replace("(s)", "s")
    tree.write(file, encoding="utf-8", xml_declaration=True)


def of_one(source: str) -> str:
    """A text with a count as it reads of one: "%Ln row(s) were left" is "%Ln row was left"."""
    text = source.replace("(s)", "")
    return OF_COUNT.sub(lambda found: found[1] + OF_ONE[found[2]], text, count=1)


def compile_(file: Path) -> None:
    """Let lrelease make the .qm file beside it."""
    run("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))


def collect(file: Path, language: str, *options: str) -> None:
    """Let lupdate write the program's texts into a .ts file; translations in it stay."""
    sources = sorted((ROOT / SOURCES).rglob("*.py"))
    with tempfile.TemporaryDirectory() as place:
        counted = Path(place) / "counted.py"
        counted.write_text("\n".join(chain.from_iterable(map(counts_in, sources))), "utf-8")
        run(
            "lupdate",
            *options,
            *("-silent", "-no-obsolete", "-locations", "none"),
            *("-source-language", "en", "-target-language", language),
            *("-disable-heuristic", "similartext"),
            *(str(path) for path in (*sources, counted)),
            *("-ts", str(file)),
        )


def counts_in(source: Path) -> Iterator[str]:
    """The calls of translate() with a count, as lupdate can read them: with a number."""
    text = source.read_text("utf-8")
    if "translate(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or len(node.args) < len(("context", "text", "note")):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        is_counted = len(node.args) > len(("context", "text", "note")) or node.keywords
        words = [ast.unparse(one) for one in node.args[:3] if isinstance(one, ast.Constant)]
        if name == "translate" and is_counted and len(words) == len(("context", "text", "note")):
            yield f"translate({', '.join(words)}, 1)"


def read(file: Path) -> list[Text]:
    """The texts of a .ts file, in its order."""
    tree = ET.parse(file)  # noqa: S314 - written by lupdate and kept in this repository
    return [
        text_of(context.findtext("name", ""), message)
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    ]


def text_of(context: str, message: ET.Element) -> Text:
    """One message of a .ts file."""
    translation = message.find("translation")
    plural = message.get("numerus") == "yes"
    forms: tuple[str, ...] = ()
    marked = False
    if translation is not None:
        marked = translation.get("type") is not None
        inside = translation.findall("numerusform") if plural else [translation]
        forms = tuple(form.text or "" for form in inside)
    return Text(
        key=(context, message.findtext("source", ""), message.findtext("comment", "")),
        plural=plural,
        finished=not marked and bool(forms) and all(form.strip() for form in forms),
        forms=forms,
    )


def run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, which PySide6-Essentials puts beside Python; its trouble ends us."""
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    if not program.exists():
        raise SystemExit(f"{program} is missing: run `make setup` first")
    done = subprocess.run(  # noqa: S603 - Qt's tool, with paths of ours
        [str(program), *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(f"{program.name} failed:\n{done.stdout}{done.stderr}")


def say(line: str) -> None:
    """One line for people."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
