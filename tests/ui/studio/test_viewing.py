"""Zoom and pan: the point below the pointer stays there, and both pictures move together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from bridge_app.ui.studio.viewing import Viewing

VIEW = QSizeF(800, 600)
PICTURE = QSizeF(6000, 4000)


def below(viewing: Viewing, at: QPointF, picture: QSizeF = PICTURE) -> tuple[float, float]:
    place = viewing.place(picture, VIEW)
    return ((at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height())


def test_a_picture_is_fitted_in_and_never_enlarged() -> None:
    place = Viewing().place(PICTURE, VIEW)
    assert place.width() <= VIEW.width()
    assert place.center() == QPointF(400, 300)
    assert Viewing().scale(QSizeF(40, 30), VIEW) == 1


@given(
    st.floats(0.2, 5),
    st.floats(0.3, 0.7),
    st.floats(0.3, 0.7),
)
def test_the_point_below_the_pointer_stays_there(factor: float, x: float, y: float) -> None:
    at = QPointF(VIEW.width() * x, VIEW.height() * y)
    viewing = Viewing(zoom=0.5)
    zoomed = viewing.zoomed(factor, at, PICTURE, VIEW)
    if 0 < zoomed.middle.x() < 1 and 0 < zoomed.middle.y() < 1:
        assert below(zoomed, at) == pytest.approx(below(viewing, at), abs=1e-6)


def test_a_smaller_rendition_shows_the_same_part() -> None:
    viewing = Viewing(zoom=0.5).panned(QPointF(-300, 100), PICTURE, VIEW)
    middle = QPointF(400, 300)
    assert below(viewing, middle) == pytest.approx(below(viewing, middle, QSizeF(1200, 630)))


def test_panning_never_loses_the_picture() -> None:
    viewing = Viewing().panned(QPointF(1e6, -1e6), PICTURE, VIEW)
    assert viewing.place(PICTURE, VIEW).intersects(
        viewing.place(PICTURE, VIEW).adjusted(1, 1, 0, 0)
    )
    assert (viewing.middle.x(), viewing.middle.y()) == (0, 1)
