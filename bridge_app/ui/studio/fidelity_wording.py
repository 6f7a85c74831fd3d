"""Why a picture is not exact, in the window's language.

Reasons come from child processes and old jobs as the English sentences that scripts read too;
here the template each was made of is found again.
"""

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from bridge_app.transform.fidelity_sayings import TEMPLATES
from bridge_app.ui.messages import template_pattern


def reason_text(reason: str) -> str:
    """The reason as the window speaks; as it is where no template fits."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(reason):
            words = QCoreApplication.translate("fidelity", template)
            return words.format(**found.groupdict())
    return reason


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((template_pattern(template), template) for template in TEMPLATES)
