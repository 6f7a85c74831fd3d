"""What is written and drawn can be told from what is behind it, in every set of tokens there is."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor

from bridge_app.ui.resources import resource
from bridge_app.ui.theme import TOKENS
from bridge_app.ui.tokens import Badge, Tokens
from tests.ui.test_theme import BADGES, contrast

SURFACES = ("window", "sidebar", "panel", "raised", "control")
UNDER_THE_POINTER = ("hover", "pressed", "selection")
RULE = re.compile(r"([^{}]+)\{((?:\$\{\w+\}|[^{}])*)\}")
GROUND = re.compile(r"background(?:-color)?:\s*\$\{(\w+)\}")
INK = re.compile(r"(?<![-\w])color:\s*\$\{(\w+)\}")
all_tokens = pytest.mark.parametrize("tokens", TOKENS.values(), ids=lambda one: one.name)


def colour(tokens: Tokens, name: str) -> QColor:
    """The colour of that name in the style sheet: `text`, `positive_soft`."""
    for badge in BADGES:
        if name.startswith(f"{badge}_"):
            found = getattr(getattr(tokens, badge), name.removeprefix(f"{badge}_"))
            assert isinstance(found, QColor)
            return found
    found = getattr(tokens, name)
    assert isinstance(found, QColor)
    return found


def too_faint(tokens: Tokens, inks: tuple[str, ...], grounds: tuple[str, ...], least: float) -> str:
    """Which of these cannot be told from which."""
    pairs = ((ink, ground) for ink in inks for ground in grounds)
    measured = ((*pair, contrast(*(colour(tokens, one) for one in pair))) for pair in pairs)
    return "; ".join(f"{i} on {g}: {ratio:.2f}" for i, g, ratio in measured if ratio < least)


@all_tokens
def test_everything_that_is_read_stands_out_from_every_ground_it_is_on(tokens: Tokens) -> None:
    grounds = (*SURFACES, *UNDER_THE_POINTER)
    states = tuple(f"{badge}_soft_ink" for badge in BADGES)
    assert too_faint(tokens, ("text", "text_muted", "link", *states), grounds, 4.5) == ""
    accents = ("accent", "accent_hover", "accent_pressed")
    assert too_faint(tokens, ("accent_text",), accents, 4.5) == ""
    for name in BADGES:
        badge: Badge = getattr(tokens, name)
        assert contrast(badge.ink, badge.fill) >= 4.5
        assert contrast(badge.soft_ink, badge.soft) >= 4.5
        assert contrast(tokens.text, badge.soft) >= 4.5


@all_tokens
def test_what_shows_a_control_or_its_state_stands_out_from_what_is_around_it(
    tokens: Tokens,
) -> None:
    drawn = ("border_strong", "focus", "accent", "selection_border", "star")
    assert too_faint(tokens, drawn, SURFACES, 3) == ""
    assert too_faint(tokens, ("focus", "accent"), UNDER_THE_POINTER, 3) == ""
    moods = ("accent", "warning_soft_ink", "negative_soft_ink", "positive_soft_ink")
    assert too_faint(tokens, moods, ("track",), 3) == ""
    assert too_faint(tokens, moods, ("panel",), 3) == ""


def pairs() -> Iterator[tuple[str, str, str]]:
    """What the style sheet puts on what: selector, ink, ground. Controls that are off need not."""
    text = re.sub(r"/\*.*?\*/", "", resource("style.qss").read_text("utf-8"), flags=re.DOTALL)
    for selector, body in RULE.findall(text):
        ink, ground = INK.search(body), GROUND.search(body)
        if ink and ground and ":disabled" not in selector:
            yield selector.strip(), ink[1], ground[1]


@all_tokens
def test_no_rule_of_the_style_sheet_writes_faintly(tokens: Tokens) -> None:
    found = list(pairs())
    assert len(found) > 20
    wrong = [
        (selector, ink, ground)
        for selector, ink, ground in found
        if contrast(colour(tokens, ink), colour(tokens, ground)) < 4.5
    ]
    assert wrong == []
