"""A picture laid on a picture: read from its step, and changed without a word lost of the rest."""

from collections.abc import Iterable
from dataclasses import dataclass

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.layer_source import StoredLayer, layer_source
from bridge_app.transform.model import Component
from bridge_app.transform.parse import parse

BLENDS = ("multiply", "screen", "overlay")
"""Ways to mix a layer with what is below it; reference/cloudinary.md 9.8."""
TILED = "tiled"
OPAQUE = 100
_SIDES = frozenset({"l", "u"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOverlay:
    """Its public ID ("" where the layer is no stored picture), and how it is laid on.

    Width in pixels (0: its own), opacity in per cent, degrees clockwise, corners in pixels.
    """

    public_id: str
    width_px: int = 0
    opacity: int = OPAQUE
    degrees: int = 0
    radius_px: int = 0
    blend: str = ""
    is_tiled: bool = False

    @property
    def step(self) -> str:
        """A new layer of the transformation, in the middle of the picture."""
        bare = f"l_{StoredLayer(public_id=self.public_id)}/fl_layer_apply,x_0,y_0"
        return relaid(bare, self)

    @classmethod
    def of(cls, step: str) -> "PictureOverlay":
        """What a step of that kind says; of a length that is no number of pixels, none."""
        parts = _Parts(step)
        blend = parts.placing.get("e", "").partition(":")[0]
        return cls(
            public_id=_public_id(parts.source),
            width_px=_number(parts.value("w"), 0),
            opacity=_number(parts.value("o"), OPAQUE),
            degrees=_number(parts.value("a"), 0),
            radius_px=_number(parts.value("r"), 0),
            blend=blend if blend in BLENDS else "",
            is_tiled=TILED in parts.flags,
        )


def relaid(step: str, looks: PictureOverlay) -> str:
    """The step with these looks; what is as it was, and all else that it says, stays."""
    now, parts = PictureOverlay.of(step), _Parts(step)
    if looks.public_id and looks.public_id != now.public_id:
        parts.put_source(str(StoredLayer(public_id=looks.public_id)))
    if looks.width_px != now.width_px:
        parts.put_width(looks.width_px)
    if looks.opacity != now.opacity:
        parts.put("o", "" if looks.opacity == OPAQUE else str(looks.opacity))
    if looks.radius_px != now.radius_px:
        parts.put("r", str(looks.radius_px or ""))
    if looks.degrees != now.degrees:
        parts.put("a", str(looks.degrees or ""))
    if looks.blend != now.blend:
        parts.put_blend(looks.blend)
    if looks.is_tiled != now.is_tiled:
        parts.put_flag(TILED, on=looks.is_tiled)
    return str(parts)


class _Parts:
    """A layer's step taken apart; those of layers within the layer are left alone.

    In one component or in several, the first names the layer and the last lays it on.
    """

    def __init__(self, step: str) -> None:
        components = parse(step).components
        self._parts = [[(p.key, str(p)) for p in one.parameters] for one in components]
        self._own = list(_own(components))

    def __str__(self) -> str:
        written = (",".join(text for _, text in part) for part in self._parts)
        return "/".join(part for part in written if part)

    @property
    def source(self) -> str:
        """The value of `l_` or `u_`."""
        return next((text[2:] for key, text in self._parts[0] if key in _SIDES), "")

    @property
    def placing(self) -> dict[str, str]:
        """The values of what lays it on."""
        return {key: text[len(key) + 1 :] for key, text in self._parts[-1]}

    @property
    def flags(self) -> list[str]:
        """What is said of how it is laid on."""
        return self.placing.get("fl", "").split(".")

    def value(self, key: str) -> str:
        """The text of a parameter of the layer; "" if it is not there."""
        for number in self._own:
            for found, text in self._parts[number]:
                if found == key:
                    return text[len(key) + 1 :]
        return ""

    def put_source(self, value: str) -> None:
        """Another picture."""
        self._parts[0] = [
            (key, f"{key}_{value}" if key in _SIDES else text) for key, text in self._parts[0]
        ]

    def put_width(self, width_px: int) -> None:
        """Another width; without one, nothing is scaled."""
        if not width_px:
            for number in self._own:
                keys = {key for key, _ in self._parts[number]}
                lost = {"w"} if "h" in keys else {"w", "c"}
                if "w" in keys:
                    self._parts[number] = [p for p in self._parts[number] if p[0] not in lost]
        elif self.value("w") or len(self._parts) == 1:
            self.put("w", str(width_px))
            for number in self._own:  # a share of what is below it until now
                part = self._parts[number]
                self._parts[number] = [p for p in part if p[1] != "fl_relative"]
        else:
            self._insert(1, [("c", "c_scale"), ("w", f"w_{width_px}")])

    def put(self, key: str, value: str) -> None:
        """Another value where there is one; else a component of its own, before it is laid on."""
        for number in self._own:
            part = self._parts[number]
            if any(found == key for found, _ in part):
                written = [
                    (found, f"{key}_{value}" if found == key else text) for found, text in part
                ]
                self._parts[number] = [p for p in written if value or p[0] != key]
                return
        if value and len(self._parts) == 1:
            self._parts[0].append((key, f"{key}_{value}"))
        elif value:
            self._insert(self._before_turning(), [(key, f"{key}_{value}")])

    def put_blend(self, blend: str) -> None:
        """Another mixture; other effects stay."""
        last = [p for p in self._parts[-1] if p[1].removeprefix("e_").split(":")[0] not in BLENDS]
        self._parts[-1] = [*last, *([("e", f"e_{blend}")] if blend else [])]

    def put_flag(self, flag: str, *, on: bool) -> None:
        """A flag of how it is laid on."""
        kept = [one for one in self.flags if one and one != flag]
        flags = [*kept, flag] if on else kept
        last = [p for p in self._parts[-1] if p[0] != "fl"]
        self._parts[-1] = [*([("fl", f"fl_{'.'.join(flags)}")] if flags else []), *last]

    def _before_turning(self) -> int:
        """Corners are rounded, and all else is done, before a layer is turned and laid on."""
        turns = (n for n in self._own if n and any(key == "a" for key, _ in self._parts[n]))
        return min(turns, default=len(self._parts) - 1)

    def _insert(self, place: int, part: list[tuple[str, str]]) -> None:
        self._parts.insert(place, part)
        self._own = [*(n + (n >= place) for n in self._own), place]


def _own(components: tuple[Component, ...]) -> Iterable[int]:
    """Which components are about the layer itself."""
    depth = 0
    for place, component in enumerate(components):
        opens = place > 0 and (component.has("l") or component.has("u"))
        closes = "layer_apply" in component.flags
        if depth == 0 and not (opens and not closes):
            yield place
        if opens and not closes:
            depth += 1
        elif closes and depth:
            depth -= 1


def _public_id(written: str) -> str:
    try:
        found = layer_source(written)
    except TransformationError:
        return ""
    is_picture = isinstance(found, StoredLayer) and str(found) == str(
        StoredLayer(public_id=found.public_id)
    )
    return found.public_id if isinstance(found, StoredLayer) and is_picture else ""


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.removeprefix("-").isdecimal() else otherwise
