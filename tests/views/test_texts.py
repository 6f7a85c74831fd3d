"""No text is cut in a long language, nor in one that reads leftwards; none is left in English."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from tests.desk import Desk, picture
from tests.showcase import small_recipes
from tests.ui.windows import NAMES, Plug
from tests.views.pseudo import PSEUDO, install_pseudo, pseudo
from tests.views.stage import staged
from tests.views.still import still
from tests.views.texts import bare_texts, cut_texts, doubled_letters
from tests.views.tour import Tour

SIZE_PX = (1440, 900)
LOOKED_AT = {
    PSEUDO: ("main", "menu", "accounts", "let_pass", "reject", "rights", "review_queue", "about"),
    "de": ("main", "reject"),
    "ar": ("main", "reject"),
}
"""All of it is seen by the soak test below."""
SHORT_NAMES = re.compile(
    r"""(?x) [\w./\- ]+\.(jpg|png|webp|pdf|tif|mp4)   # files
    | .*(Ctrl|Alt|Shift)\+.* | F\d+                   # keys
    | [A-Z\d\s·×,.#]+[kMG]?B? | \W*\d.*               # formats, sizes, numbers
    | https?://.* | .*[:{}=].* | /.*                  # addresses, templates, places
    | (Scroll\ (Left|Right)|Press\ shortcut)          # Qt's own, which is not installed here
    | .*\b(sRGB|studio|coast|hills|masters|root|JPG|kB)\b.*
    | Asset\ Bridge | asset-bridge
    | (January|February|March|April|May|June|July|August|September|October|November|December)
    """
)
"""What is no text of ours: names, and what stands in files."""


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[Theme]:
    before = QLocale()
    made = Theme(Scheme.LIGHT)
    made.apply(qapp)
    made.set_still(on=True)
    yield made
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def test_the_pseudo_locale_keeps_what_stands_for_something_else() -> None:
    assert pseudo("&Push %Ln asset(s) to {name}") == "⟦&Púšh %Ln áššét(š) tó {name}~~~~~~~⟧"


def test_a_text_without_room_is_found_and_one_with_room_is_not(looks: Theme, qtbot: QtBot) -> None:
    for kind in (QLabel, QPushButton):
        widget = kind("Something longer")
        qtbot.addWidget(widget)
        outer = QLabel()
        qtbot.addWidget(outer)
        widget.setParent(outer)
        outer.resize(400, 80)
        outer.show()
        widget.setGeometry(0, 0, 300, 40)
        assert cut_texts(outer) == []
        widget.setGeometry(0, 0, 30, 40)
        assert len(cut_texts(outer)) == 1
        assert bare_texts(outer) == ["Something longer"]


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_window_and_its_smaller_dialogs_have_room_for_their_texts(
    desk: Desk, looks: Theme, qapp: QApplication, qtbot: QtBot, language: str
) -> None:
    for number, name in enumerate(NAMES):
        picture(desk.folder / ("coast" if number % 2 else "hills") / name, number)
    desk.library()
    with ExitStack() as closing:
        if language == PSEUDO:
            translators = closing.enter_context(install_pseudo(qapp))
        else:
            translators = install_translations(qapp, language)
        for translator in translators:
            closing.callback(qapp.removeTranslator, translator)
        window = MainWindow(
            desk.parts.worker,
            desk.parts.settings,
            looks,
            Icons(looks),
            demo=Plug(),
            now=desk.clock,
        )
        closing.callback(window.close)
        qtbot.addWidget(window)
        window.resize(*SIZE_PX)
        window.show()
        qtbot.waitUntil(lambda: not window.middle.model.is_waiting)
        faults: list[str] = []
        for view in Tour(window, LOOKED_AT[language]).views():
            if (language, view.name) == (PSEUDO, "main-small"):
                continue  # no language is as long in a window as small
            still(view.widget, rest_ms=10)
            wrong = (*cut_texts(view.widget), *doubled_letters(view.widget))
            faults += [f"{view.name}: {fault}" for fault in wrong]
            if language == PSEUDO:
                bare = [text for text in bare_texts(view.widget) if not SHORT_NAMES.fullmatch(text)]
                faults += [f"{view.name}: {text!r} cannot be translated" for text in bare]
    assert not faults, "\n".join(faults)


@pytest.mark.soak
@pytest.mark.parametrize("language", [PSEUDO, "de", "ar"])
def test_every_view_has_room_for_its_texts(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    with (
        staged(qapp, small_recipes(tmp_path / "recipes")) as stage,
        stage.window(language, SIZE_PX) as window,
    ):
        faults = []
        for view in Tour(window).views():
            still(view.widget)
            wrong = (*cut_texts(view.widget), *doubled_letters(view.widget))
            faults += [f"{view.name}: {fault}" for fault in wrong]
    assert not faults, "\n".join(faults)
