"""Comments on the picture: seen, chosen, and set by mouse and by keyboard."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from pytestqt.qtbot import QtBot

from bridge_app.domain.comments import Point, Region, Stroke
from bridge_app.ui.review.pin_paint import Draft, Pin
from bridge_app.ui.review.pins import PinOverlay, Tool
from bridge_app.ui.theme import Scheme, Theme

PICTURE = QRectF(0, 0, 400, 300)
CORNER = Pin(thread="a", number=1, place=Point(x=0.25, y=0.5))
FRAME = Pin(thread="b", number=2, place=Region(x=0.5, y=0.5, width=0.25, height=0.25))
LINE = Stroke(
    points=(Point(x=0.1, y=0.9), Point(x=0.4, y=0.9)), width=0.02, colour_token="negative"
)


def painted(overlay: PinOverlay) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    overlay.paint(painter, PICTURE)
    painter.end()
    return image


def colour(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(round(x * 400), round(y * 300)).name()


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held)


def test_each_pin_is_painted_where_it_was_set(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.show_pins([CORNER, FRAME])
    image = painted(overlay)
    fill = theme.tokens.warning.fill.name()
    assert image.pixelColor(92, 150).name() == fill
    assert colour(image, 0.5 + 0.25, 0.6) == fill  # the region's edge
    assert colour(image, 0.6, 0.6) == "#000000"  # what is inside can still be judged


def test_a_resolved_pin_has_another_colour_and_no_region(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    place = Region(x=0.5, y=0.5, width=0.25, height=0.25)
    overlay.show_pins([Pin(thread="b", number=2, place=place, resolved=True)])
    image = painted(overlay)
    assert image.pixelColor(192, 150).name() == theme.tokens.positive.fill.name()
    assert colour(image, 0.75, 0.6) == "#000000"


def test_a_drawing_is_seen_in_its_colour_in_light_and_dark(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.show_pins([Pin(thread="c", number=1, strokes=(LINE,))])
    assert colour(painted(overlay), 0.3, 0.9) == theme.tokens.negative.fill.name()
    theme.set_scheme(Scheme.DARK)
    assert colour(painted(overlay), 0.3, 0.9) == theme.tokens.negative.fill.name()


def test_a_colour_that_nobody_knows_is_drawn_like_a_fault(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    line = Stroke(points=LINE.points, width=0.02, colour_token="mauve")
    overlay.show_draft(Draft(strokes=(line,)))
    assert colour(painted(overlay), 0.3, 0.9) == theme.tokens.negative.fill.name()


def test_a_click_on_a_pin_chooses_its_thread(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.show_pins([CORNER, FRAME])
    painted(overlay)
    assert overlay.mouse_press(QPointF(0.26, 0.51))
    with qtbot.waitSignal(overlay.chosen) as chosen:
        assert overlay.mouse_release(QPointF(0.26, 0.51))
    assert chosen.args == ["a"]
    assert overlay.lit == "a"


def test_the_picture_can_be_dragged_beside_the_pins(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.show_pins([CORNER])
    painted(overlay)
    assert not overlay.mouse_press(QPointF(0.8, 0.1))
    assert not overlay.mouse_move(QPointF(0.7, 0.1))
    assert not overlay.mouse_release(QPointF(0.7, 0.1))


def test_a_pin_that_is_left_before_the_button_is_up_is_not_chosen(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.show_pins([CORNER])
    painted(overlay)
    overlay.mouse_press(QPointF(0.25, 0.5))
    overlay.mouse_release(QPointF(0.9, 0.9))
    assert overlay.lit == ""


def test_a_click_with_the_pin_in_hand_sets_a_point(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.PIN)
    assert overlay.mouse_press(QPointF(0.25, 0.75))
    with qtbot.waitSignal(overlay.placed) as placed:
        overlay.mouse_release(QPointF(0.25, 0.75))
    assert placed.args == [Point(x=0.25, y=0.75)]
    assert not overlay.is_placing


def test_a_drag_with_the_pin_in_hand_sets_a_region(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.PIN)
    overlay.mouse_press(QPointF(0.75, 0.75))
    overlay.mouse_move(QPointF(0.5, 0.5))
    assert colour(painted(overlay), 0.6, 0.6) != "#000000"  # it is seen while it is dragged
    with qtbot.waitSignal(overlay.placed) as placed:
        overlay.mouse_release(QPointF(0.25, 0.25))
    assert placed.args == [Region(x=0.25, y=0.25, width=0.5, height=0.5)]


def test_a_press_beside_the_picture_sets_nothing(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.PIN)
    assert not overlay.mouse_press(QPointF(1.2, 0.5))
    assert not overlay.mouse_release(QPointF(1.2, 0.5))
    assert overlay.is_placing


def test_lines_are_drawn_one_after_another_in_the_colour_chosen(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.DRAW)
    overlay.set_ink("info")
    for row in (0.25, 0.5):
        overlay.mouse_press(QPointF(0.1, row))
        for step in range(1, 9):
            overlay.mouse_move(QPointF(step / 10, row))
        with qtbot.waitSignal(overlay.drawn) as drawn:
            overlay.mouse_release(QPointF(0.8, row))
        stroke = drawn.args[0]
        assert stroke.colour_token == "info"
        assert [round(point.x, 3) for point in stroke.points] == [0.1, 0.8]
    assert overlay.tool is Tool.DRAW


def test_a_pin_is_set_by_keys_alone(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.PIN)
    for _ in range(5):
        assert overlay.key_press(press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier))
    assert overlay.key_press(press(Qt.Key.Key_Up))
    with qtbot.waitSignal(overlay.placed) as placed:
        assert overlay.key_press(press(Qt.Key.Key_Return))
    place = placed.args[0]
    assert (round(place.x, 3), round(place.y, 3)) == (0.25, 0.49)


def test_shift_and_arrows_open_a_region(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    painted(overlay)
    overlay.use(Tool.PIN)
    far = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        overlay.key_press(press(key, far))
    with qtbot.waitSignal(overlay.placed) as placed:
        overlay.key_press(press(Qt.Key.Key_Enter))
    region = placed.args[0]
    assert isinstance(region, Region)
    assert (round(region.width, 3), round(region.height, 3)) == (0.1, 0.1)


def test_escape_puts_the_tool_away(qtbot: QtBot, theme: Theme) -> None:
    overlay = PinOverlay(theme)
    overlay.use(Tool.DRAW)
    with qtbot.waitSignal(overlay.toolChanged):
        assert overlay.key_press(press(Qt.Key.Key_Escape))
    assert not overlay.is_placing
    assert not overlay.key_press(press(Qt.Key.Key_Escape))


def test_keys_are_left_to_the_picture_while_nothing_is_placed(theme: Theme) -> None:
    overlay = PinOverlay(theme)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_A):
        assert not overlay.key_press(press(key))
    overlay.use(Tool.DRAW)
    assert not overlay.key_press(press(Qt.Key.Key_Left))
