"""Asks before a preset is changed that something is published with."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.published import PresetEffect
from bridge_app.ui.messages import isolated, number_text, one_line
from bridge_app.ui.parts.confirm import Question

NAMED = 5
"""How many assets a question names."""
translate = QCoreApplication.translate  # a name that lupdate knows


def stay_behind(effect: PresetEffect, act: str) -> Question:
    """What is published that the preset would not give any more, and the button that does it."""
    names = dict.fromkeys(one_line(one.name) for one in effect.outdated)
    assets = ", ".join(isolated(name) for name in [*names][:NAMED])
    more = len(names) - NAMED
    tail = f" (+{number_text(more)})" if more > 0 else ""
    text = translate(
        "PresetActs",
        "Of {assets}. Their addresses go on showing what they show now; what is made from now "
        "on is different.",
    )
    return Question(
        icon="send",
        title=translate(
            "PresetActs", "%Ln published rendition(s) stay behind", "", len(effect.outdated)
        ),
        text=text.format(assets=assets + tail),
        act=act,
        leave=translate("PresetActs", "Go back"),
    )
