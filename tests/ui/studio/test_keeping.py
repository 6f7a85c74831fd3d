"""What the File page says a rendition keeps of its master, and what it loses."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from bridge_app.transform.losses import Holding
from bridge_app.ui.studio.delivery_page import DeliveryPage
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.keeping import holdings_of, kept_and_lost
from tests.ui.stock import asset

CREDIT = frozenset({Holding.CREDIT})


def test_only_what_the_master_has_is_spoken_of() -> None:
    bare = replace(asset(1), creator="", credit="", icc_profile=None, taken_at=None, title="")
    bare = replace(bare, caption="", keywords=(), copyright="", usage_terms="")
    assert holdings_of(bare) == frozenset()
    told = replace(bare, credit="Studio North", icc_profile="Adobe RGB (1998)")
    assert holdings_of(told) == {Holding.CREDIT, Holding.PROFILE}


def test_a_transformation_takes_the_credit_off_unless_a_flag_keeps_it() -> None:
    (lost,) = kept_and_lost("c_fill,w_100", CREDIT, extension="jpg")
    (kept,) = kept_and_lost("c_fill,w_100/fl_keep_attribution", CREDIT, extension="jpg")
    assert lost.startswith("Credit is lost.")
    assert kept == "Credit stays. fl_keep_attribution keeps it."
    assert kept_and_lost("w_abc", CREDIT, extension="jpg") == ()


def test_the_page_follows_the_flag_as_it_is_pressed(qtbot: QtBot) -> None:
    document = Document()
    page = DeliveryPage(document, CREDIT, ending="jpg")
    qtbot.addWidget(page)
    document.start("c_fill,w_100")
    assert page.kept.text().startswith("Credit is lost.")
    page.flags.chosen.emit("keep_attribution")
    assert page.kept.text().startswith("Credit stays.")
