"""What the File page says a rendition keeps of its master, and what it loses."""

from dataclasses import replace

import exiv2
from pytestqt.qtbot import QtBot

from bridge_app.transform.losses import Holding
from bridge_app.ui.studio.delivery_page import DeliveryPage
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.keeping import further_holdings, holdings_of, kept_and_lost
from tests.desk import Desk, picture
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


def test_place_and_content_credentials_are_found_in_the_record_and_in_the_file(desk: Desk) -> None:
    bare, told = picture(desk.folder / "bare.jpg", 1), picture(desk.folder / "told.jpg", 2)
    manifest = bytes.fromhex("6332706100110010800000aa00389b71")
    whole, body = told.read_bytes(), b"JP" + bytes(6) + b"jumb" + manifest
    size = (2 + len(body)).to_bytes(2, "big")
    told.write_bytes(whole[:2] + b"\xff\xeb" + size + body + whole[2:])
    image = exiv2.ImageFactory.open(str(told))
    image.readMetadata()
    data = image.xmpData()
    data["Xmp.photoshop.City"] = "Bergen"
    image.setXmpData(data)
    image.writeMetadata()
    desk.library()
    worker = desk.parts.worker
    assert further_holdings(worker, desk.asset(bare.name)) == frozenset()
    found = further_holdings(worker, desk.asset(told.name))
    assert found == {Holding.LOCATION, Holding.CREDENTIALS}


def test_what_turns_out_later_is_spoken_of_too(qtbot: QtBot) -> None:
    document = Document()
    page = DeliveryPage(document, CREDIT, ending="jpg")
    qtbot.addWidget(page)
    document.start("c_fill,w_100")
    page.add_holdings({Holding.TRANSPARENCY, Holding.CREDENTIALS})
    told = page.kept.text().splitlines()
    assert [line.split(" is lost.")[0] for line in told] == [
        "Credit",
        "Content credentials",
        "Transparency",
    ]
