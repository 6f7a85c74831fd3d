"""Why a picture is not exact, in the window's language.

Reasons come from child processes and old jobs as the English sentences that scripts read too;
here the template each was made of is found again.
"""

import re
from functools import cache
from string import Formatter

from PySide6.QtCore import QCoreApplication

from bridge_app.transform.fidelity_sayings import TEMPLATES


def reason_text(reason: str) -> str:
    """The reason as the window speaks; as it is where no template fits."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(reason):
            words = QCoreApplication.translate("fidelity", template)
            return words.format(**found.groupdict())
    return reason


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(template), template) for template in TEMPLATES)


def _pattern(template: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    for words, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(words))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)
