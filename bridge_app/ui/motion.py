"""Movement, in one place: short, broken off by the next, and none where it is not wanted."""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPropertyAnimation

from bridge_app.ui.theme import Theme

NAME = "motion-{property}"


def move(theme: Theme, what: QObject, prop: str, end: float, duration_ms: int) -> None:
    """Bring a property of `what` to `end`: from where it is now, even in the midst of a movement.

    It is there at once where nothing should move. The movement ends with what moves.
    """
    name = NAME.format(property=prop)
    running = what.findChild(QPropertyAnimation, name)
    if running is not None:
        running.stop()
        running.setParent(None)
        running.deleteLater()
    if theme.still:
        what.setProperty(prop, end)
        return
    made = QPropertyAnimation(what, prop.encode(), what)
    made.setObjectName(name)
    made.setDuration(duration_ms)
    made.setEasingCurve(QEasingCurve.Type.OutCubic)
    made.setEndValue(end)
    made.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
