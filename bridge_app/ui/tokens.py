"""The tokens: every colour and measure by its role, light and dark."""

from dataclasses import dataclass, field

from PySide6.QtGui import QColor

# Nobody prints them or compares their colours: what is not needed is not made at a start.


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Badge:
    """One state's colours: solid (on pictures) and soft (in lists and forms)."""

    fill: QColor  # background on pictures
    ink: QColor  # text and icon on `fill`
    soft: QColor  # background inside panels
    soft_ink: QColor  # text and icon on `soft`, on `panel` and on `window`


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Space:
    """Distances in logical pixels; nothing lies between two steps."""

    xxs: int = 2
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - the scale is named like clothes
    xl: int = 24
    xxl: int = 32


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Radius:
    """Corner radii in logical pixels."""

    small: int = 4  # check boxes, key hints
    control: int = 8  # buttons, fields, pictures
    card: int = 10  # grid cells, menus
    chip: int = 13  # half the height of a chip: above it Qt draws square corners


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FontPx:
    """Text sizes in logical pixels."""

    caption: int = 11  # badges, the line under a name
    small: int = 12  # secondary text, section headings
    body: int = 13
    strong: int = 15  # the name above an inspector
    title: int = 18
    display: int = 26  # empty states


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DurationMs:
    """How long a movement lasts, in milliseconds."""

    fast: int = 120
    normal: int = 200
    slow: int = 320
    toast: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Tokens:
    """Everything that is drawn, by role. Text on any of the surfaces named has ≥ 4.5 : 1."""

    name: str
    dark: bool
    # Surfaces, from the back to the front.
    window: QColor  # behind the grid
    sidebar: QColor
    panel: QColor  # inspector, tool bar, status bar, dialogs
    raised: QColor  # grid cells, menus, tool tips
    control: QColor  # what can be typed into or ticked
    border: QColor
    border_button: QColor  # around what its words make known: buttons, chips
    border_strong: QColor  # borders of fields, handles; ≥ 3 : 1 on each surface
    # Text, on every surface above, on `hover` and on `selection`.
    text: QColor
    text_muted: QColor
    text_disabled: QColor
    # What acts.
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    accent_text: QColor  # on accent, accent_hover and accent_pressed
    link: QColor  # accent as text
    focus: QColor  # ring around what has the keyboard; ≥ 3 : 1 on each surface
    hover: QColor
    pressed: QColor
    selection: QColor
    selection_border: QColor
    drop: QColor  # translucent, over a place where something may be dropped
    # States.
    positive: Badge  # approved, done
    negative: Badge  # rejected, failed, right ended
    warning: Badge  # in review, waits, right ends soon
    info: Badge  # published, delivered, running
    neutral: Badge  # draft, unknown
    star: QColor  # rating; ≥ 3 : 1 on each surface
    # On pictures.
    overlay: QColor  # translucent, behind `overlay_text`
    overlay_text: QColor
    placeholder: QColor  # where a thumbnail will be
    checker_light: QColor  # behind transparency
    checker_dark: QColor
    shadow: QColor  # translucent
    track: QColor  # of sliders and progress bars
    scroll: QColor  # the scroll bar's handle
    scroll_hover: QColor
    series: tuple[QColor, ...]  # lines of a chart; ≥ 3 : 1 on `panel`, apart without red and green
    # Measures.
    space: Space = field(default_factory=Space)
    radius: Radius = field(default_factory=Radius)
    font_px: FontPx = field(default_factory=FontPx)
    duration_ms: DurationMs = field(default_factory=DurationMs)


def badge(fill: str, ink: str, soft: str, soft_ink: str) -> Badge:
    """The colours of one state, by their names."""
    return Badge(fill=QColor(fill), ink=QColor(ink), soft=QColor(soft), soft_ink=QColor(soft_ink))


LIGHT = Tokens(
    name="light",
    dark=False,
    window=QColor("#f3f4f7"),
    sidebar=QColor("#eceef2"),
    panel=QColor("#ffffff"),
    raised=QColor("#ffffff"),
    control=QColor("#ffffff"),
    border=QColor("#dfe2e9"),
    border_button=QColor("#c6cad5"),
    border_strong=QColor("#80879a"),
    text=QColor("#181b23"),
    text_muted=QColor("#596071"),
    text_disabled=QColor("#9aa0ae"),
    accent=QColor("#4f46e5"),
    accent_hover=QColor("#443bd6"),
    accent_pressed=QColor("#3a31bf"),
    accent_text=QColor("#ffffff"),
    link=QColor("#4840d6"),
    focus=QColor("#4f46e5"),
    hover=QColor("#e9ebf1"),
    pressed=QColor("#dee1ea"),
    selection=QColor("#e2e2fc"),
    selection_border=QColor("#4f46e5"),
    drop=QColor(79, 70, 229, 36),
    positive=badge("#0b7d57", "#ffffff", "#dcf5ea", "#0a6a4a"),
    negative=badge("#d12c40", "#ffffff", "#fde6e8", "#b51f33"),
    warning=badge("#f2b035", "#2c1b00", "#fcefd6", "#8a4f00"),
    info=badge("#2069d8", "#ffffff", "#e1edfd", "#1b58b8"),
    neutral=badge("#646c7d", "#ffffff", "#e8eaef", "#525a6a"),
    star=QColor("#b57c00"),
    overlay=QColor(12, 14, 22, 190),
    overlay_text=QColor("#ffffff"),
    placeholder=QColor("#e6e8ee"),
    checker_light=QColor("#ffffff"),
    checker_dark=QColor("#e8eaef"),
    shadow=QColor(20, 24, 40, 28),
    track=QColor("#dfe2e9"),
    scroll=QColor("#c8ccd6"),
    scroll_hover=QColor("#a6acba"),
    series=(QColor("#4f46e5"), QColor("#b4540a"), QColor("#596071")),
)

DARK = Tokens(
    name="dark",
    dark=True,
    window=QColor("#111218"),
    sidebar=QColor("#16181f"),
    panel=QColor("#1b1d25"),
    raised=QColor("#20232c"),
    control=QColor("#22252f"),
    border=QColor("#2d313c"),
    border_button=QColor("#464c5a"),
    border_strong=QColor("#6d7485"),
    text=QColor("#e9ebf2"),
    text_muted=QColor("#a2a9b9"),
    text_disabled=QColor("#666d7d"),
    accent=QColor("#8285ff"),
    accent_hover=QColor("#9598ff"),
    accent_pressed=QColor("#7578f5"),
    accent_text=QColor("#0d0f22"),
    link=QColor("#a0a3ff"),
    focus=QColor("#9a9dff"),
    hover=QColor("#282c37"),
    pressed=QColor("#313643"),
    selection=QColor("#2c2e59"),
    selection_border=QColor("#8285ff"),
    drop=QColor(130, 133, 255, 48),
    positive=badge("#0b7d57", "#ffffff", "#12352a", "#5fd6a6"),
    negative=badge("#d12c40", "#ffffff", "#431d25", "#ff97a3"),
    warning=badge("#f2b035", "#2c1b00", "#3c2c12", "#f2bd5c"),
    info=badge("#2069d8", "#ffffff", "#182f52", "#8fbcff"),
    neutral=badge("#5d6576", "#ffffff", "#2c303b", "#b6bcca"),
    star=QColor("#f0b429"),
    overlay=QColor(8, 9, 14, 200),
    overlay_text=QColor("#ffffff"),
    placeholder=QColor("#272a34"),
    checker_light=QColor("#3a3e4a"),
    checker_dark=QColor("#2e323c"),
    shadow=QColor(0, 0, 0, 90),
    track=QColor("#313542"),
    scroll=QColor("#3d4250"),
    scroll_hover=QColor("#565d6e"),
    series=(QColor("#8285ff"), QColor("#f2b035"), QColor("#c9ced9")),
)
