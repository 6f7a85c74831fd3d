"""What the controls do to a chain: pure functions from a chain and a value to another chain.

Each control owns parameters of one step; it adds the step when it is first used, and takes it
away when nothing is left of it. What else stands in the step stays as it is.
"""

from collections.abc import Iterable, Mapping

from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.measure import output_size
from bridge_app.transform.parse import parse
from bridge_app.ui.studio.chain import Chain, StepKind


def with_values(chain: Chain, kind: StepKind, values: Mapping[str, str]) -> Chain:
    """The chain with these parameters in its step of a kind; "" takes a parameter away.

    Where there is no such step, one is added. Of several, the one that has such a parameter
    already is changed.
    """
    place = _place(chain, kind, values)
    if place is None:
        text = _written(values)
        return chain.added(text)[0] if text else chain
    step = chain.steps[place]
    kept = {p.key: p.text for p in step.component.parameters if p.key not in values}
    merged = _written(kept | {key: text for key, text in values.items() if text})
    rest = step.text.partition("/")[2]
    return chain.put(place, "/".join(filter(None, (merged, rest))))


def value_of(chain: Chain, kind: StepKind, key: str) -> str:
    """The text of a parameter in the step of a kind; "" if it is not there."""
    place = _place(chain, kind, (key,))
    return chain.steps[place].value(key) if place is not None else ""


def _place(chain: Chain, kind: StepKind, keys: Iterable[str]) -> int | None:
    """The last step of a kind that has one of the keys, else the last of that kind."""
    wanted = tuple(keys)
    for place in reversed(range(len(chain.steps))):
        step = chain.steps[place]
        if step.on and step.kind is kind and any(map(step.component.has, wanted)):
            return place
    return chain.find(kind)


def with_crop(chain: Chain, box: Box | None) -> Chain:
    """The chain that cuts this box out, in pixels of what comes before the crop; None: no crop."""
    if box is None:
        place = chain.find(StepKind.CROP)
        return chain.without(place) if place is not None else chain
    wanted = {
        "c": "crop",
        "h": str(box.height),
        "w": str(box.width),
        "x": str(box.left),
        "y": str(box.top),
        "g": "",
        "ar": "",
    }
    return with_values(chain, StepKind.CROP, wanted)


def with_sight(chain: Chain, sight: str, size: Size) -> Chain:
    """The chain that cuts a part of this size out, where a gravity finds it."""
    wanted = {
        "c": "crop",
        "h": str(size.height),
        "w": str(size.width),
        "g": sight,
        **dict.fromkeys(("x", "y", "ar"), ""),
    }
    return with_values(chain, StepKind.CROP, wanted)


def crop_before(chain: Chain) -> str:
    """What is done before the crop, or would be if there were one."""
    place = chain.find(StepKind.CROP)
    if place is None:
        _, place = chain.added("c_crop,h_1,w_1")
    return chain.before(place)


def crop_text(chain: Chain) -> str:
    """What is done up to the crop, and the crop; "" without one."""
    place = chain.find(StepKind.CROP)
    if place is None:
        return ""
    return "/".join(filter(None, (chain.before(place), chain.steps[place].text)))


def with_effect(chain: Chain, name: str, value: str, *, neutral: str = "0") -> Chain:
    """The chain with an effect at a strength; the neutral one takes its step away.

    `value` "" stands for the effect without an argument.
    """
    place = effect_place(chain, name)
    if value == neutral:
        return chain.without(place) if place is not None else chain
    text = f"e_{name}:{value}" if value else f"e_{name}"
    if place is None:
        return chain.added(text)[0]
    step = chain.steps[place]
    others = {p.key: p.text for p in step.component.parameters if p.key != "e"}
    return chain.put(place, _written({**others, "e": text.removeprefix("e_")}))


def effect_place(chain: Chain, name: str) -> int | None:
    """Where an effect's step is; None if there is none that is on."""
    for place in reversed(range(len(chain.steps))):
        step = chain.steps[place]
        if step.on and step.value("e").partition(":")[0] == name and step.kind is StepKind.EFFECT:
            return place
    return None


def effect_value(chain: Chain, name: str) -> str | None:
    """An effect's argument as it stands there; None if the effect is not used."""
    place = effect_place(chain, name)
    return chain.steps[place].value("e").partition(":")[2] if place is not None else None


def position_of(step: str) -> tuple[int, int]:
    """How far a layer's middle is from the picture's, in pixels; right and down are positive."""
    last = Chain.of(step.rpartition("/")[2]).steps[0]
    return _number(last.value("x")), _number(last.value("y"))


def moved_to(step: str, x: int, y: int) -> str:
    """The layer's step with its middle elsewhere; it is anchored at the centre from then on."""
    head, slash, last = step.rpartition("/")
    kept = [
        str(p) for p in Chain.of(last).steps[0].component.parameters if p.key not in {"x", "y", "g"}
    ]
    return f"{head}{slash}{','.join([*kept, f'x_{x}', f'y_{y}'])}"


def size_before(size: Size, text: str) -> Size:
    """What comes out of a transformation that is done before something else.

    Raises TransformationError.
    """
    width, height = output_size(parse(text), size.width, size.height)
    return Size(width=width, height=height)


def _written(values: Mapping[str, str]) -> str:
    return ",".join(f"{key}_{text}" for key, text in sorted(values.items()) if text)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
