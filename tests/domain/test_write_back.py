"""What is recorded at a master's service: once, as it is now, beside what others have told."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.write_back import (
    LONGEST_STEM,
    Entry,
    Master,
    Record,
    entries_now,
    entry_from,
    entry_text,
    manifest,
    manifest_name,
    name_part,
    read_manifest,
    rendition_file_name,
    settled,
)

AT = "2026-11-20T10:00:00+00:00"
LATER = "2026-11-21T10:00:00+00:00"
MASTER = Master(
    media_id="I0000zT5.yU_8iO1p",
    file_name="SP27_hero_0142.tif",
    sha256="",
    modified_at="2026-11-18T16:02:09Z",
    approval="approved",
)


def copy(environment: str = "demo", version: int = 7, public_id: str = "sp27/hero") -> CloudCopy:
    return CloudCopy(
        environment=environment,
        public_id=public_id,
        resource_type="image",
        delivery_type="upload",
        version=version,
        asset_id=f"{environment}-{public_id}",
        format="tif",
        etag="",
        sha256="0" * 64,
        bytes=10,
        url=f"https://example.test/{public_id}",
    )


def rendition(preset: str = "web", *, version: int = 7, **facts: Any) -> PublishedRendition:
    told = {
        "environment": "demo",
        "public_id": "sp27/hero",
        "market": "",
        "language": "",
        "made_at": AT,
        "channel": "web",
        "made_by": "Robin",
        **facts,
    }
    return PublishedRendition(
        version=version,
        transformation="c_fill,w_1600",
        format="jpg",
        asset=AssetId("a"),
        name="SP27_hero_0142.tif",
        sha256="0" * 64,
        preset=preset,
        url=f"https://example.test/v{version}/{preset}",
        width=1600,
        height=900,
        bytes=182_344,
        **told,
    )


def record(*entries: Entry, copies: tuple[CloudCopy, ...] = (copy(),), **facts: Any) -> Record:
    return Record(master=MASTER, copies=copies, entries=entries, **facts)


def told(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)
    return found


def written(of: Record, *, found: bytes | None = None, ours: set[str] | None = None) -> bytes:
    there = read_manifest(found) if found else None
    return manifest(of, found=there, ours=ours or set(), written_at=AT, written_by="bridge/1")


def test_the_document_says_what_is_published_where_for_what_and_by_whom() -> None:
    entries = entries_now([rendition(market="NO")], [copy()], expires_at="2027-03-31T23:59:59Z")
    said = told(written(record(*entries)))
    assert said["schema"] == "rendition-manifest/1"
    assert said["master"]["media_id"] == MASTER.media_id
    assert said["cloudinary"]["public_id"] == "sp27/hero"
    assert said["approval"] == "approved"
    (one,) = said["renditions"]
    assert one["name"] == "web_NO"
    assert (one["preset"], one["market"], one["channels"]) == ("web", "NO", ["web"])
    assert (one["version"], one["published_by"], one["published_at"]) == (7, "Robin", AT)
    assert one["url"] == "https://example.test/v7/web"
    assert one["expires_at"] == "2027-03-31T23:59:59Z"


def test_a_rendition_that_was_made_again_is_recorded_once_as_it_is_now() -> None:
    entries = entries_now(
        [rendition(version=7), rendition(version=6), rendition(version=7, made_at=LATER)], [copy()]
    )
    assert [(one.name, one.version, one.made_at) for one in entries] == [("web", 7, LATER)]


def test_a_rendition_of_an_earlier_version_is_marked_as_outdated() -> None:
    (entry,) = entries_now([rendition(version=6)], [copy(version=7)])
    assert entry.outdated


def test_what_is_not_delivered_or_withheld_is_not_published() -> None:
    assert entries_now([rendition()], []) == ()
    assert entries_now([rendition()], [copy()], withheld={("demo", "sp27/hero")}) == ()


def test_what_is_published_no_more_stays_told_as_withdrawn_since_then() -> None:
    entries = entries_now([rendition("web"), rendition("card")], [copy()])
    web = [one for one in entries if one.preset == "web"]
    after = settled(web, entries, at=LATER)
    assert [(one.preset, one.withdrawn_at) for one in after] == [("card", LATER), ("web", "")]
    much_later = settled(web, after, at="2027-01-01T00:00:00+00:00")
    assert much_later == after
    said = told(written(record(*after)))
    assert [one["name"] for one in said["renditions"]] == ["web"]
    assert [(one["name"], one["withdrawn_at"]) for one in said["withdrawn"]] == [("card", LATER)]


def test_what_is_published_again_is_withdrawn_no_more() -> None:
    entries = entries_now([rendition()], [copy()])
    gone = settled([], entries, at=LATER)
    assert [one.withdrawn_at for one in settled(entries, gone, at=LATER)] == [""]


def test_our_own_keyword_and_the_hour_of_writing_make_no_other_record() -> None:
    entries = entries_now([rendition()], [copy()])
    one = record(*entries)
    bumped = replace(one, master=replace(MASTER, modified_at=LATER))
    assert one.digest == bumped.digest
    gone, later = (settled([], entries, at=at) for at in (AT, LATER))
    assert record(*gone).digest == record(*later).digest


@pytest.mark.parametrize(
    "change",
    [
        {"copies": (copy(version=8),)},
        {"copies": ()},
        {"entries": ()},
        {"withheld": frozenset({("demo", "sp27/hero")})},
        {"master": replace(MASTER, approval="rejected")},
        {"master": replace(MASTER, sha256="1" * 64)},
    ],
)
def test_anything_else_that_is_different_has_to_be_written(change: dict[str, Any]) -> None:
    one = record(*entries_now([rendition()], [copy()]))
    assert replace(one, **change).digest != one.digest


def test_it_is_published_while_anybody_gets_anything_of_it() -> None:
    (entry,) = entries_now([rendition()], [copy()])
    assert record(copies=()).is_empty
    assert not record(copies=()).is_published
    assert record().is_published
    assert not record(withheld=frozenset({("demo", "sp27/hero")})).is_published
    assert record(entry, copies=()).is_published
    assert not record(replace(entry, withdrawn_at=AT), copies=()).is_published


def test_a_second_environment_is_told_beside_the_first() -> None:
    said = told(written(record(copies=(copy(), copy("staging")))))
    assert said["cloudinary"]["cloud_name"] == "demo"
    assert [one["cloud_name"] for one in said["other_copies"]] == ["staging"]


def test_what_another_desktop_told_of_the_same_master_is_kept() -> None:
    theirs = record(*entries_now([rendition("print")], [copy()]))
    ours = record(*entries_now([rendition("web")], [copy()]))
    said = told(written(ours, found=written(theirs)))
    assert [one["name"] for one in said["renditions"]] == ["web", "print"]


def test_what_we_wrote_before_is_not_taken_for_somebody_elses() -> None:
    before = record(*entries_now([rendition("old"), rendition("web")], [copy()]))
    now = record(*entries_now([rendition("web")], [copy()]))
    keys = {one.key for one in before.entries}
    said = told(written(now, found=written(before), ours=keys))
    assert [one["name"] for one in said["renditions"]] == ["web"]


def test_the_document_of_another_master_gives_nothing_to_this_one() -> None:
    other = replace(
        record(*entries_now([rendition("print")], [copy()])),
        master=replace(MASTER, media_id="I0000other......."),
    )
    assert told(written(record(), found=written(other)))["renditions"] == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"schema":"rendition-manifest/2","master":{"media_id":"I"}}',
        b'{"schema":"rendition-manifest/1"}',
        b'{"schema":"rendition-manifest/1","master":{"media_id":7}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_such_document_is_left_alone(data: bytes) -> None:
    assert read_manifest(data) is None


def test_records_of_the_wrong_kind_in_a_document_are_passed_over() -> None:
    data = {"schema": "rendition-manifest/1", "master": {"media_id": "I"}, "renditions": [1, {}]}
    found = read_manifest(json.dumps(data).encode())
    assert found is not None
    assert found.renditions == ({},)
    assert found.withdrawn == ()


def test_names_follow_the_contract() -> None:
    (entry,) = entries_now([rendition("web_hero", market="NO")], [copy()])
    document = manifest_name("SP27_hero_0142.tif")
    assert document == "SP27_hero_0142__renditions.json"
    assert manifest_name("hero.tif", whole=True) == "hero.tif__renditions.json"
    assert rendition_file_name(document, entry) == "SP27_hero_0142__web_hero_NO.jpg"


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder_or_outgrows_it(name: str) -> None:
    part = name_part(name)
    assert not set(part) & set('/\\:*?"<>|\0\n')
    assert len(part) <= LONGEST_STEM
    assert part not in {".", ".."}
    assert part == name_part(part)


@given(
    st.text(max_size=30),
    st.text(max_size=5),
    st.integers(min_value=0),
    st.booleans(),
)
def test_an_entry_comes_back_from_the_ledger_as_it_was(
    preset: str, market: str, size: int, outdated: bool
) -> None:
    (entry,) = entries_now([rendition(preset, market=market)], [copy()])
    entry = replace(entry, bytes=size, outdated=outdated)
    assert entry_from(entry_text(entry)) == entry


@given(
    st.lists(st.sampled_from("abcde"), max_size=5),
    st.lists(st.sampled_from("abcde"), max_size=5),
    st.lists(st.sampled_from("abcde"), max_size=5),
)
def test_any_history_ends_with_each_rendition_once(
    first: list[str], second: list[str], third: list[str]
) -> None:
    known: tuple[Entry, ...] = ()
    for presets in (first, second, third):
        now = entries_now([rendition(preset) for preset in presets], [copy()])
        known = settled(now, known, at=AT)
    assert len({one.key for one in known}) == len(known)
    published = {one.preset for one in known if not one.withdrawn_at}
    assert published == set(third)
    assert {one.preset for one in known} == {*first, *second, *third}
