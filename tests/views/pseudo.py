"""A language that nobody speaks: every text of ours accented, longer and in brackets.

What is shown without brackets is not translated; what is cut will be cut in a long language too.
It is compiled like any other (`bridge_app/ui/translations.py` says why), from the texts that the
program has at the moment.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import util
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

PSEUDO = "pseudo"
OPENING, CLOSING = "⟦", "⟧"
ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
KEPT = re.compile(r"%L?n|%\d|\{[^{}]*\}|&\S|<[^<>]*>|&\w+;")
"""What stands for something else, and stays as it is."""
LONGER = 0.4
OUR_NAME = "Asset Bridge"
FILLING = "~"
TOOL = Path(__file__).resolve().parents[2] / "packaging" / "translations.py"


def pseudo(text: str) -> str:
    """The text as this language has it."""
    if text == OUR_NAME:
        return text
    made, place = [], 0
    for kept in KEPT.finditer(text):
        made += [text[place : kept.start()].translate(ACCENTS), kept.group()]
        place = kept.end()
    made.append(text[place:].translate(ACCENTS))
    filling = FILLING * round(len(KEPT.sub("", text)) * LONGER)
    return f"{OPENING}{''.join(made)}{filling}{CLOSING}"


@contextmanager
def install_pseudo(app: QApplication) -> Iterator[list[QTranslator]]:
    """Let `app` speak it, with numbers and dates in English."""
    QLocale.setDefault(QLocale("en_GB"))
    translator = QTranslator()
    if not translator.load(str(compiled())):
        raise LookupError("the pseudo-locale was not compiled")
    QCoreApplication.installTranslator(translator)
    yield [translator]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """One for the process."""
    return tempfile.TemporaryDirectory()


@cache
def compiled() -> Path:
    """The file of it, made of the texts that the program has now."""
    tool = _tool()
    file = Path(_folder().name) / "pseudo.ts"
    tool.collect(file, "en")
    tree = ET.parse(file)  # noqa: S314 - written by lupdate just now
    for message in tree.getroot().iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        if translation is None:
            continue
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        for form, ending in zip(forms, ("", "s"), strict=False):
            form.text = pseudo(source.replace("(s)", ending))
        if not forms:
            translation.text = pseudo(source)
    tree.write(file, encoding="utf-8", xml_declaration=True)
    tool.compile_(file)
    return file.with_suffix(".qm")


def _tool() -> ModuleType:
    """`packaging/translations.py`: it is a script, in a folder that is no package."""
    spec = util.spec_from_file_location("collecting", TOOL)
    if spec is None or spec.loader is None:
        raise LookupError(TOOL)
    module = util.module_from_spec(spec)
    # Its dataclasses look themselves up among the modules.
    import sys  # noqa: PLC0415

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
