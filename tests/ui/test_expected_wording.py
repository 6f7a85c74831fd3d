"""What would be right where a transformation is wrong, as the window says it."""

from collections.abc import Iterator
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.parse import parse
from bridge_app.ui.messages import error_text, expected_text

FACTS = {"expected": "a text layer", "one": "c_fill", "other": "c_fit"}


class Mirror(QTranslator):
    """Puts every fact into quotes of its own."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        del disambiguation, n
        return f"«{source}»" if context == "facts" and source in set(Expected) else None


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    mirror = Mirror()
    qapp.installTranslator(mirror)
    yield
    QCoreApplication.removeTranslator(mirror)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("template", list(Expected))
def test_every_template_is_found_again_with_its_facts(template: Expected) -> None:
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    facts = {name: FACTS.get(name, "mp4, (a) + {b}") for name in names}
    shown = facts | ({"expected": "«a text layer»"} if "expected" in names else {})
    assert expected_text(template.format(**facts)) == f"«{template}»".format(**shown)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("text", ["w_30x", "ar_x", "q_0", "gurgle", "z_a", "x_a"])
def test_whatever_the_grammar_refuses_is_said_in_the_windows_language(text: str) -> None:
    with pytest.raises(TransformationError) as refused:
        parse(text)
    assert "«" in error_text(refused.value)


@pytest.mark.usefixtures("mirrored")
def test_several_that_may_have_been_meant_are_joined_in_the_windows_language() -> None:
    assert expected_text("c_fill or c_fit or c_pad") == "««{one} or {other}» or {other}»".replace(
        "{one}", "c_fill"
    ).replace("{other}", "c_fit", 1).replace("{other}", "c_pad", 1)
