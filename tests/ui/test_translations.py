"""The window in other languages: plurals, direction, and no text left behind."""

import getpass
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import ascii_uppercase
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import bridge_app
from bridge_app.delivery.errors import WrongBytesArrivedError
from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import BridgeError, FileTroubleError, OfflineError
from bridge_app.domain.gate import Reason
from bridge_app.domain.standard_fields import FIELDS, path_of
from bridge_app.libraries.errors import LibraryUnavailableError
from bridge_app.libraries.library import SENTENCES, SkipReason
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui import translations
from bridge_app.ui.dialogs.account import AccountDialog
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.guide import AboutDialog, GuideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.dialogs.skipped import SkippedDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.languages import NATIVE_NAMES
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import error_text, reasons_text
from bridge_app.ui.metadata_wording import value_words
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Theme
from bridge_app.ui.translations import install_translations
from bridge_app.work.handlers.met_wishes import ChangedElsewhereError
from tests.desk import Desk, picture

ROOT = Path(bridge_app.__file__).resolve().parents[1]
TEXTS = ROOT / "i18n"
PACKS = ("en", "de", "ar", "ja", "pt_BR")
KEPT = re.compile(r"(\{\w*\}|%L?n|&(?=\S))")
ACCENTED = str.maketrans("aeiouAEIOU", "àéîöûÀÉÎÖÛ")
PATTERNS = {"d MMM yyyy"}  # for QLocale, not for people
BEGIN, END = "⟦", "⟧"


def qt_tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True, capture_output=True)


def pseudo(source: str) -> str:
    parts = KEPT.split(source)
    written = "".join(
        part if number % 2 else part.translate(ACCENTED) for number, part in enumerate(parts)
    )
    return f"{BEGIN}{written}{'·' * (len(source) * 2 // 5)}{END}"


def pseudo_pack(into: Path) -> None:
    """Every text in brackets and 40 % longer, as the language that Qt calls "eo"."""
    tree = ET.parse(TEXTS / "asset_bridge_de.ts")  # noqa: S314 - a file of this repository
    tree.getroot().set("language", "eo")
    for message in tree.iter("message"):
        source = message.findtext("source", "")
        text = source if source in PATTERNS else pseudo(source)
        translation = message.find("translation")
        assert translation is not None
        for place in translation.findall("numerusform") or [translation]:
            place.text = text
    file = into / "asset_bridge_eo.ts"
    tree.write(file, encoding="utf-8", xml_declaration=True)
    qt_tool("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("i18n")
    for language in PACKS:
        name = f"asset_bridge_{language}"
        qt_tool("lrelease", "-silent", str(TEXTS / f"{name}.ts"), "-qm", str(made / f"{name}.qm"))
    pseudo_pack(made)
    return made


Speak = Callable[[str], None]


@pytest.fixture
def speak(qapp: QApplication, packs: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speak]:
    monkeypatch.setattr(translations, "PLACES", (packs,))
    before, installed = QLocale(), list[QTranslator]()

    def speaking(language: str) -> None:
        installed.extend(install_translations(qapp, language))

    yield speaking
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


DECODING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from bridge_app.ui.translations import install_translations

app = QApplication([])
kept = install_translations(app, "en")
sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(4) as threads:
    list(threads.map(QImage.fromData, [b"neither JPEG nor PNG"] * 2000))
"""


def test_pictures_are_decoded_on_several_threads_while_the_window_speaks() -> None:
    command = [sys.executable, "-c", DECODING]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run(command, check=False, timeout=60, env=surroundings).returncode == 0


@pytest.mark.parametrize(("count", "shown"), [(1, "1 asset"), (2, "2 assets")])
def test_english_has_plurals(speak: Speak, count: int, shown: str) -> None:
    speak("en")
    said = QCoreApplication.translate("AccessDialog", "Limit access to %Ln asset(s)", "", count)
    assert said == f"Limit access to {shown}"


@pytest.mark.parametrize(
    ("language", "draft", "direction"),
    [
        ("de", "Entwurf", Qt.LayoutDirection.LeftToRight),
        ("de_AT", "Entwurf", Qt.LayoutDirection.LeftToRight),
        ("ar", "مسودة", Qt.LayoutDirection.RightToLeft),
        ("ar_EG", "مسودة", Qt.LayoutDirection.RightToLeft),
        ("en_GB", "Draft", Qt.LayoutDirection.LeftToRight),
        ("ja_JP", "下書き", Qt.LayoutDirection.LeftToRight),
        ("pt_BR", "Rascunho", Qt.LayoutDirection.LeftToRight),
        ("fi", "Draft", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_a_language_brings_its_words_and_its_direction(
    qapp: QApplication, speak: Speak, language: str, draft: str, direction: Qt.LayoutDirection
) -> None:
    speak(language)
    assert QCoreApplication.translate("approval", "Draft") == draft
    assert qapp.layoutDirection() is direction


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("de", 0, "0 Dateien"),
        ("de", 1, "1 Datei"),
        ("de", 2, "2 Dateien"),
        ("de", 5, "5 Dateien"),
        ("de", 11, "11 Dateien"),
        ("de", 100, "100 Dateien"),
        ("ar", 0, "{0} ملف"),
        ("ar", 1, "ملف واحد"),
        ("ar", 2, "ملفان"),
        ("ar", 5, "{5} ملفات"),
        ("ar", 11, "{11} ملفًا"),
        ("ar", 100, "{100} ملف"),
    ],
)
def test_counts_take_the_form_of_the_language(
    speak: Speak, language: str, count: int, said: str
) -> None:
    speak(language)
    expected = said.replace(f"{{{count}}}", QLocale().toString(count))
    assert QCoreApplication.translate("PushSheet", "%Ln file(s)", "", count) == expected


@pytest.mark.parametrize(
    ("error", "german"),
    [
        (
            OfflineError(service="Cloudinary"),
            "Cloudinary ist nicht erreichbar. Nichts ging verloren: Was ansteht, geht von selbst "
            "hinaus, sobald die Verbindung wieder da ist.",
        ),
        (
            FileTroubleError(path="a.jpg", detail="EIO"),
            "a.jpg konnte nicht gelesen werden: EIO. Die Datei wurde belassen, wie sie war.",
        ),
        (
            WrongBytesArrivedError(name="a.jpg", service="Cloudinary", etag="e1", md5="m1"),
            "a.jpg kam beschädigt bei Cloudinary an: Die Prüfsumme ist e1 statt m1. "
            "Es wird erneut gesendet.",
        ),
        (
            ChangedElsewhereError(field="Title[de]", name="a.jpg"),
            "Jemand anders hat inzwischen Titel[de] von a.jpg geändert. Beide Werte sind "
            "aufbewahrt: Wählen Sie im Inspektor einen.",
        ),
        (
            LibraryUnavailableError(path="/media", detail=SENTENCES[SkipReason.VANISHED]),
            "Die Bibliothek /media ist nicht erreichbar: es ist nicht mehr da. Nichts darin gilt "
            "als gelöscht; es geht von selbst weiter, sobald der Ordner wieder da ist.",
        ),
    ],
)
def test_trouble_of_every_layer_is_told_in_the_language_with_its_facts(
    speak: Speak, error: BridgeError, german: str
) -> None:
    speak("de")
    assert error_text(error) == german


def test_reasons_of_the_gate_are_a_list_of_the_language(speak: Speak) -> None:
    speak("de")
    said = reasons_text([Reason.REJECTED, Reason.RIGHTS_ENDED])
    assert said == "es wurde abgelehnt und die Rechte sind abgelaufen"


def words(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a widget and those in it that a person can see or hear, and where it is."""
    for action in root.findChildren(QAction):
        if action.isVisible() and not action.isSeparator():
            yield "action", action.text()
            yield "tip of action", action.toolTip()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        name = type(widget).__name__
        yield f"title of {name}", widget.windowTitle()
        yield f"tip of {name}", widget.toolTip()
        yield f"name of {name}", widget.accessibleName()
        yield f"description of {name}", widget.accessibleDescription()
        yield from ((name, text) for text in said_by(widget))


def said_by(widget: QWidget) -> Iterator[str]:
    """What stands in one widget."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QHeaderView) and (model := widget.model()) is not None:
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        top = [model.index(row, 0) for row in range(model.rowCount())]
        inner = [model.index(row, 0, one) for one in top for row in range(model.rowCount(one))]
        for index in (*top, *inner):
            yield str(index.data() or "")
            yield str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")


# What nobody translates: the names of this story's things, formats, units, keys, an address, a
# path; and the "and" of a list, which is Qt's ("kaj" in the language that lends its name).
NAMES = {"studio", "masters", "coast", "beach", "cliff", "dune", "jpg", "JPG", "sRGB", "kB"}
KEYS = {"Ctrl", "Alt", "Shift", "Return", "Left", "Right", "Up", *ascii_uppercase}
OF_QT = {"http", "kaj"}
LETTERS = re.compile(r"[^\W\d_]+")
PERSON = set(LETTERS.findall(getpass.getuser()))
OF_THEMSELVES = set(LETTERS.findall(" ".join(NATIVE_NAMES.values())))
"""Languages are named in themselves."""
TRANSLATED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")


def is_left(text: str) -> bool:
    """Has it a word that is neither translated nor a name?"""
    while (shorter := TRANSLATED.sub("", text)) != text:
        text = shorter
    known = NAMES | KEYS | OF_QT | PERSON | OF_THEMSELVES
    return not text.startswith("/") and not set(LETTERS.findall(text)) <= known


def left_behind(root: QWidget) -> list[str]:
    return sorted({f"{place}: {text}" for place, text in words(root) if is_left(text)})


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, speak: Speak
) -> Iterator[MainWindow]:
    speak("eo")
    for number, name in enumerate(("beach.jpg", "cliff.jpg", "dune.jpg")):
        picture(desk.folder / "coast" / name, number)
    desk.library()
    settings = SettingsFile(desk.home / "settings.json")
    made = MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: not made.middle.model.is_waiting)
    yield made
    made.close()
    assert made.ended_cleanly


def opened(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    def found() -> list[QDialog]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    asked = found()[0]
    if isinstance(asked, PushSheet):
        qtbot.waitUntil(lambda: asked.plan is not None)
    return asked


def test_no_text_of_the_window_is_left_behind(qtbot: QtBot, window: MainWindow) -> None:
    inspector = window.sides.inspector
    assert left_behind(window) == []
    window.middle.selection.setCurrentIndex(
        window.middle.model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    qtbot.waitUntil(lambda: inspector.asset is not None)
    for tab in inspector.findChildren(QTabBar):
        for number in range(tab.count()):
            tab.setCurrentIndex(number)
            assert left_behind(window) == []
    window.core.actions.approve.trigger()
    qtbot.waitUntil(
        lambda: inspector.asset is not None and inspector.asset.approval is Approval.APPROVED
    )
    window.core.actions.list.trigger()
    window.core.actions.transfers.trigger()
    window.middle.browser.messages.show_error(OfflineError(service="Cloudinary"))
    assert left_behind(window) == []
    window.core.actions.select_all.trigger()
    qtbot.waitUntil(lambda: window.middle.selection.count == 3)
    window.middle.browser.search_bar.searched.emit("/nothing is called this")
    qtbot.waitUntil(window.middle.browser._nothing.isVisible)
    assert left_behind(window) == []


DIALOGS: dict[str, type[QDialog]] = {
    "push": PushSheet,
    "reject": DecideDialog,
    "request_changes": DecideDialog,
    "approve_with_comment": DecideDialog,
    "accounts": AccountDialog,
    "skipped": SkippedDialog,
    "remove_library": ConfirmDialog,
    "guide": GuideDialog,
    "about": AboutDialog,
}


def test_no_text_of_a_dialog_is_left_behind(qtbot: QtBot, window: MainWindow) -> None:
    window.core.actions.select_all.trigger()
    qtbot.waitUntil(lambda: window.middle.selection.count == 3)
    for action, kind in DIALOGS.items():
        getattr(window.core.actions, action).trigger()
        asked = opened(qtbot, window, kind)
        assert (action, left_behind(asked)) == (action, [])
        asked.reject()


def test_a_window_without_a_library_is_translated(
    qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, speak: Speak
) -> None:
    speak("eo")
    settings = SettingsFile(desk.home / "settings.json")
    made = MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    made.show()
    welcome = made.findChild(Welcome)
    assert isinstance(welcome, Welcome)
    qtbot.waitUntil(welcome.isVisible)
    assert left_behind(made) == []
    made.close()
    assert made.ended_cleanly


def test_what_was_chosen_is_told_in_the_language(speak: Speak) -> None:
    speak("de")
    value = next(one for one in FIELDS if one.id == "copyright_status").choices[0][0]
    assert value_words(path_of("copyright_status"), value) == "Urheberrechtlich geschützt"
