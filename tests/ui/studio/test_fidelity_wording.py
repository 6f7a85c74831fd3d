"""Why a picture is not exact, as the window says it."""

from collections.abc import Iterator
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from bridge_app.transform.fidelity_sayings import TEMPLATES
from bridge_app.transform.fidelity_table import EXAMPLES, judged
from bridge_app.ui.studio.fidelity_wording import reason_text


class Mirror(QTranslator):
    """Puts every reason into quotes of its own."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        del disambiguation, n
        return f"«{source}»" if context == "fidelity" else None


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    mirror = Mirror()
    qapp.installTranslator(mirror)
    yield
    QCoreApplication.removeTranslator(mirror)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_sentence_is_found_again_with_its_facts(template: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    said = template.format(**dict.fromkeys(names, "l_text:Inter_64:it is (a) + {b}.\nc"))
    assert reason_text(said) == f"«{said}»"


@pytest.mark.usefixtures("mirrored")
def test_whatever_is_judged_is_said_in_the_windows_language() -> None:
    reasons = [why for texts in EXAMPLES.values() for text in texts for why in judged(text).reasons]
    assert len(reasons) > 30
    assert [why for why in reasons if reason_text(why) != f"«{why}»"] == []


def test_what_no_template_made_is_shown_as_it_is(qapp: QApplication) -> None:
    assert reason_text("Something of a later version.") == "Something of a later version."
