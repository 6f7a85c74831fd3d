"""What counts of a verdict file: only what was shown, only once, and never what breaks the rest."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.comments import LONGEST_TEXT
from bridge_app.domain.review_pack import (
    VERDICTS,
    Hindrance,
    Now,
    Pack,
    PackComment,
    PackItem,
    PackVerdict,
    Recorded,
    ReturnedLine,
    VerdictFileError,
    returned_lines,
)
from bridge_app.domain.review_pack_json import (
    LARGEST_FILE,
    MOST_COMMENTS,
    pack_from,
    pack_json,
    verdicts_from,
)
from tests.packs import verdict, verdict_document

ITEM = PackItem(
    key="1",
    asset=AssetId("a"),
    name="harbour.jpg",
    content="c" * 64,
    transformation="c_fill,h_9,w_9",
    picture="pictures/0001.jpg",
    sha256="d" * 64,
    bytes=9,
    width=9,
    height=9,
    preset="small",
)
PACK = Pack(
    id="p" * 32,
    title="Spring",
    made_by="Mara",
    made_at=datetime(2026, 3, 1, tzinfo=UTC),
    due=datetime(2026, 3, 9, 17, tzinfo=UTC),
    items=(ITEM,),
)
TODAY = Now(contents={ITEM.asset: ITEM.content}, transformations={"small": ITEM.transformation})
SAID = PackVerdict(
    key="1",
    content=ITEM.content,
    transformation=ITEM.transformation,
    picture=ITEM.sha256,
    approval=Approval.APPROVED,
    given_at=5,
)


NOTHING = Recorded()


def only(said: PackVerdict, recorded: Recorded = NOTHING, now: Now = TODAY) -> ReturnedLine:
    (line,) = returned_lines(PACK, [said], recorded=recorded, now=now)
    return line


def read(*verdicts: object, **more: object) -> Any:
    return verdicts_from(verdict_document(PACK.id, verdicts, **more))


def test_what_was_shown_and_is_the_same_now_is_recorded() -> None:
    assert only(SAID) == ReturnedLine(verdict=SAID, item=ITEM, approval=Approval.APPROVED)
    assert only(SAID).is_new


@pytest.mark.parametrize(
    ("said", "now", "hindrance"),
    [
        (replace(SAID, key="2"), TODAY, Hindrance.UNKNOWN_ITEM),
        (replace(SAID, content="e" * 64), TODAY, Hindrance.OTHER_CONTENT),
        (replace(SAID, picture="e" * 64), TODAY, Hindrance.OTHER_CONTENT),
        (replace(SAID, transformation=""), TODAY, Hindrance.OTHER_TRANSFORMATION),
        (SAID, replace(TODAY, contents={}), Hindrance.MASTER_GONE),
        (SAID, replace(TODAY, contents={ITEM.asset: "e" * 64}), Hindrance.MASTER_CHANGED),
        (SAID, replace(TODAY, contents={ITEM.asset: None}), Hindrance.MASTER_CHANGED),
        (SAID, replace(TODAY, transformations={}), Hindrance.PRESET_CHANGED),
        (SAID, replace(TODAY, transformations={"small": "w_8"}), Hindrance.PRESET_CHANGED),
    ],
)
def test_anything_else_is_held_back_with_its_comments(
    said: PackVerdict, now: Now, hindrance: Hindrance
) -> None:
    line = only(replace(said, comments=(PackComment(id="c", text="Sky"),)), now=now)
    assert (line.hindrance, line.is_new, line.comments) == (hindrance, False, ())


moments = st.integers(min_value=0, max_value=9)


@given(files=st.lists(st.tuples(moments, st.sampled_from(VERDICTS)), max_size=12))
def test_however_files_arrive_each_verdict_is_recorded_once_and_the_latest_holds(
    files: list[tuple[int, Approval]],
) -> None:
    known: set[tuple[str, int]] = set()
    last: tuple[int, Approval] | None = None
    for at, approval in files:
        recorded = Recorded(verdicts=frozenset(known))
        line = only(replace(SAID, given_at=at, approval=approval), recorded)
        if line.approval is None:
            assert known
            continue
        assert ("1", at) not in known
        assert last is None or at > last[0]
        known.add(("1", at))
        last = (at, approval)
    if files:
        assert last is not None
        assert last[0] == max(at for at, _ in files)


def test_new_comments_of_an_older_file_are_heard_all_the_same() -> None:
    recorded = Recorded(verdicts=frozenset({("1", 9)}), comments=frozenset({"c1"}))
    said = replace(SAID, comments=(PackComment(id="c1", text="a"), PackComment(id="c2", text="b")))
    line = only(said, recorded)
    assert (line.approval, line.hindrance) == (None, None)
    assert [one.id for one in line.comments] == ["c2"]
    assert only(SAID, recorded).hindrance is Hindrance.OLDER


def test_the_ledger_reads_a_pack_as_it_was_written() -> None:
    assert pack_from(json.loads(json.dumps(pack_json(PACK)))) == PACK
    handed = pack_json(PACK, is_handed_out=True)
    assert isinstance(handed["items"], list)
    assert "asset" not in handed["items"][0]


def test_a_name_on_the_record_is_one_line_that_cannot_pretend() -> None:
    told = read(verdict(ITEM), reviewer=" Ines\n\u202e(brand,\x00legal) ")
    assert told.reviewer == "Ines brand, legal"
    assert told.signature == "Ines brand, legal (review pack)"


def test_text_keeps_its_markup_and_loses_its_controls() -> None:
    comment = {"id": "c", "text": "<b>\x0bSky\r\n\x1b[1m</b>"}
    (line,) = read(verdict(ITEM, comments=[comment])).verdicts
    assert line.comments[0].text == "<b> Sky\n [1m</b>"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 10_000,
        b" " * (LARGEST_FILE + 1),
        verdict_document(PACK.id, [verdict(ITEM)], kind="asset-bridge/review-pack"),
        verdict_document(PACK.id, [verdict(ITEM)], version=2),
        verdict_document(PACK.id, [verdict(ITEM)], version=True),
        verdict_document("../../x", [verdict(ITEM)]),
        verdict_document(PACK.id, [verdict(ITEM)], session=""),
        verdict_document(PACK.id, [verdict(ITEM)], reviewer="()"),
        verdict_document(PACK.id, [verdict(ITEM)], reviewer="x" * 101),
        verdict_document(PACK.id, [verdict(ITEM)], reviewer="\ud800"),
        verdict_document(PACK.id, [verdict(ITEM), verdict(ITEM)]),
        verdict_document(PACK.id, [verdict(ITEM, verdict="draft")]),
        verdict_document(PACK.id, [verdict(ITEM, verdict=["approved"])]),
        verdict_document(PACK.id, [verdict(ITEM, note="x" * (LONGEST_TEXT + 1))]),
        verdict_document(PACK.id, [verdict(ITEM, given_at=-1)]),
        verdict_document(PACK.id, [verdict(ITEM, given_at=1.5)]),
        verdict_document(PACK.id, [verdict(ITEM, given_at=2**60)]),
        verdict_document(PACK.id, [verdict(ITEM, comments=[{"id": "c", "text": " \n"}])]),
        verdict_document(PACK.id, [verdict(ITEM, comments=["Sky"])]),
        verdict_document(
            PACK.id,
            [
                verdict(
                    ITEM,
                    comments=[{"id": f"c{n}", "text": "a"} for n in range(MOST_COMMENTS + 1)],
                )
            ],
        ),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(VerdictFileError):
        verdicts_from(data)


@pytest.mark.parametrize(
    "place",
    [
        {"x": 0.5},
        {"x": 0.5, "y": 1.5},
        {"x": 0.5, "y": float("nan")},
        {"x": 0.5, "y": "0"},
        {"x": 0.5, "y": True},
        {"x": 10**400, "y": 0.5},
        {"x": 0.5, "y": 0.5, "width": 0.6, "height": 0.1},
        {"x": 0.5, "y": 0.5, "width": 0.1},
        {"x": 0.5, "y": 0.5, "width": 0, "height": 0.1},
    ],
)
def test_a_place_that_is_not_on_the_picture_is_refused(place: dict[str, object]) -> None:
    with pytest.raises(VerdictFileError):
        read(verdict(ITEM, comments=[{"id": "c", "text": "Sky", **place}]))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
fields = st.sampled_from(["key", "content", "verdict", "note", "given_at", "comments", "picture"])


@given(field=fields, value=json_values)
def test_whatever_stands_in_a_field_it_is_read_or_refused(field: str, value: object) -> None:
    data = verdict_document(PACK.id, [{**verdict(ITEM), field: value}])
    with suppress(VerdictFileError):
        verdicts_from(data)
