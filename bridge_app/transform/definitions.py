"""What the named transformations of a text stand for, as far as somebody here can say so."""

from collections.abc import Mapping

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Assessment, approximate
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.parse import parse


def definitions_used(text: str, named: Mapping[str, str]) -> dict[str, str]:
    """Those of `named` that `text` names, and those that these name in turn.

    Raises:
        TransformationError: The text is none. What is wrong with a definition is told by
            whoever resolves it.
    """
    if "t_" not in text:
        return {}
    found: dict[str, str] = {}
    waiting = _names(text)
    while waiting:
        name = waiting.pop()
        if name in found or name not in named:
            continue
        found[name] = named[name]
        try:
            waiting += _names(named[name])
        except TransformationError:
            continue
    return found


def about_definitions(used: Mapping[str, str]) -> list[Assessment]:
    """That presets of the same names stand in for what Cloudinary knows by them."""
    return [approximate(Saying.PRESET_STANDS_IN.format(it=name)) for name in sorted(used)]


def _names(text: str) -> list[str]:
    """Every name that stands behind a `t_`."""
    return [
        name
        for component in parse(text).components
        for parameter in component.parameters
        if parameter.key == "t"
        for name in parameter.text.split(".")
    ]
