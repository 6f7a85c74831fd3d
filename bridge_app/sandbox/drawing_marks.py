"""A brand's own signs: a sun over hills in a ring, and its name in straight strokes."""

from bridge_app.sandbox.drawing import Point, Sheet

# Each letter as strokes in a box one unit high: width, then lines of points; y 0 is the top.
LETTERS: dict[str, tuple[float, tuple[tuple[Point, ...], ...]]] = {
    "L": (0.46, (((0.0, 0.0), (0.0, 1.0), (0.46, 1.0)),)),
    "U": (0.62, (((0.0, 0.0), (0.0, 0.78), (0.18, 1.0), (0.44, 1.0), (0.62, 0.78), (0.62, 0.0)),)),
    "M": (0.8, (((0.0, 1.0), (0.0, 0.0), (0.4, 0.62), (0.8, 0.0), (0.8, 1.0)),)),
    "E": (
        0.48,
        (((0.48, 0.0), (0.0, 0.0), (0.0, 1.0), (0.48, 1.0)), ((0.0, 0.5), (0.4, 0.5))),
    ),
    "N": (0.64, (((0.0, 1.0), (0.0, 0.0), (0.64, 1.0), (0.64, 0.0)),)),
    "F": (0.46, (((0.46, 0.0), (0.0, 0.0), (0.0, 1.0)), ((0.0, 0.5), (0.38, 0.5)))),
    "O": (
        0.68,
        (
            (
                *((0.2, 0.0), (0.48, 0.0), (0.68, 0.24), (0.68, 0.76), (0.48, 1.0)),
                *((0.2, 1.0), (0.0, 0.76), (0.0, 0.24), (0.2, 0.0)),
            ),
        ),
    ),
    "R": (
        0.54,
        (
            ((0.0, 1.0), (0.0, 0.0), (0.36, 0.0), (0.54, 0.14), (0.54, 0.4), (0.36, 0.54)),
            ((0.36, 0.54), (0.0, 0.54)),
            ((0.28, 0.54), (0.54, 1.0)),
        ),
    ),
    "W": (0.92, (((0.0, 0.0), (0.22, 1.0), (0.46, 0.3), (0.7, 1.0), (0.92, 0.0)),)),
    "T": (0.56, (((0.0, 0.0), (0.56, 0.0)), ((0.28, 0.0), (0.28, 1.0)))),
    "I": (0.04, (((0.02, 0.0), (0.02, 1.0)),)),
    "D": (
        0.6,
        (
            (
                *((0.0, 0.0), (0.34, 0.0), (0.6, 0.26), (0.6, 0.74), (0.34, 1.0)),
                *((0.0, 1.0), (0.0, 0.0)),
            ),
        ),
    ),
}
GAP = 0.3  # between two letters, in their height


def wordmark_width(name: str, height: float) -> float:
    """How wide a name is at that letter height."""
    return height * (sum(LETTERS[letter][0] for letter in name) + GAP * (len(name) - 1))


def wordmark(sheet: Sheet, middle: Point, height: float, colour: str) -> None:
    """The name, centred at `middle`."""
    name = sheet.brand
    x, top = middle[0] - wordmark_width(name, height) / 2, middle[1] - height / 2
    parts: list[str] = []
    for letter in name:
        width, lines = LETTERS[letter]
        for line in lines:
            points = " ".join(f"{x + px * height:.2f},{top + py * height:.2f}" for px, py in line)
            parts.append(f"M{points}")
        x += (width + GAP) * height
    sheet.curve(
        "".join(parts),
        stroke=colour,
        stroke_width=height * 0.115,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def mark(sheet: Sheet, middle: Point, radius: float, colour: str) -> None:
    """The sign in one colour: ring, sun, two hills."""
    x, y, r = middle[0], middle[1], radius
    sheet.circle(middle, r, stroke=colour, stroke_width=r * 0.085)
    sheet.circle((x + r * 0.14, y - r * 0.24), r * 0.27, colour)
    sheet.circle((x + r * 0.14, y - r * 0.24), r * 0.4, stroke=colour, stroke_width=r * 0.04)
    window = sheet.clip(
        f"M{x - r * 0.84:.2f},{y:.2f}a{r * 0.84:.2f},{r * 0.84:.2f} 0 1 0 {r * 1.68:.2f},0"
        f"a{r * 0.84:.2f},{r * 0.84:.2f} 0 1 0 {-r * 1.68:.2f},0Z"
    )

    def hills() -> None:
        back = (
            f"M{x - r:.2f},{y + r * 0.3:.2f}C{x - r * 0.4:.2f},{y - r * 0.35:.2f} "
            f"{x - r * 0.1:.2f},{y + r * 0.42:.2f} {x + r:.2f},{y + r * 0.1:.2f}"
            f"V{y + r:.2f}H{x - r:.2f}Z"
        )
        sheet.curve(back, colour)

    sheet.group(hills, clip_path=window)


def lockup(sheet: Sheet, middle: Point, width: float, colour: str) -> None:
    """Sign above name, `width` wide."""
    height = width / wordmark_width(sheet.brand, 1.0)
    mark(sheet, (middle[0], middle[1] - width * 0.17), width * 0.2, colour)
    wordmark(sheet, (middle[0], middle[1] + width * 0.16), height, colour)
