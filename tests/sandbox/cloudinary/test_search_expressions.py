"""The expressions of the Search API: how they are read, and what meets them."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.metadata_fields import new_field
from bridge_app.sandbox.cloudinary.metadata_values import Schema
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.search_fields import AssetFields
from bridge_app.sandbox.cloudinary.search_match import depends_on_time, matcher
from bridge_app.sandbox.cloudinary.search_parser import parse
from bridge_app.sandbox.cloudinary.search_tree import (
    Anywhere,
    Between,
    Compare,
    Either,
    Every,
    Without,
    Word,
)
from bridge_app.sandbox.records import StoredAsset

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
AT = "2026-11-20T09:00:00Z"


def asset(public_id: str, **facts: Any) -> StoredAsset:
    """An image of 1600 × 900 pixels and 2 MB, three hours old."""
    plain = StoredAsset(
        asset_id=facts.pop("asset_id", "0" * 32),
        public_id=public_id,
        resource_type="image",
        type="upload",
        format="jpg",
        version=int(datetime(2026, 11, 20, 9, tzinfo=UTC).timestamp()),
        version_id="1" * 32,
        created_at=AT,
        bytes=2 * 1024**2,
        etag="e" * 32,
        serial=1,
        width=1600,
        height=900,
        last_updated={"updated_at": AT},
    )
    return replace(plain, **facts)


def found(
    expression: str, assets: Iterable[StoredAsset], folder_mode: FolderMode = "dynamic"
) -> list[str]:
    """The public IDs of the assets that meet an expression."""
    fields = AssetFields(
        SCHEMA, folder_mode, deleted=frozenset(), backup_bytes=lambda one: one.bytes // 2
    )
    meets = matcher(parse(expression), fields, NOW)
    return [one.public_id for one in assets if meets(one)]


def meets(expression: str, **facts: Any) -> bool:
    """Whether an asset with these facts meets an expression."""
    return bool(found(expression, [asset("dir/hero image", **facts)]))


def field(external_id: str, kind: str, *entries: str) -> Any:
    datasource = {"values": [{"external_id": one, "value": one.upper()} for one in entries]}
    body = {"external_id": external_id, "label": external_id, "type": kind}
    return new_field(
        {**body, "datasource": datasource}, new_id=lambda: "made", created_at=AT, position=0
    )


FIELDS = [
    field("note", "string"),
    field("count", "integer"),
    field("due", "date"),
    field("colour", "enum", "red", "blue"),
    field("sizes", "set", "s", "m"),
]
SCHEMA = Schema({one.external_id: one for one in FIELDS})


def test_and_binds_tighter_than_or_and_stands_between_neighbours() -> None:
    a, b, c = (Anywhere(Word(letter)) for letter in "abc")
    assert parse("a OR b AND c") == Either((a, Every((b, c))))
    assert parse("a || b && c") == Either((a, Every((b, c))))
    assert parse("a b") == Every((a, b))
    assert parse("(a OR b) c") == Every((Either((a, b)), c))


@pytest.mark.parametrize("negation", ["NOT ", "!", "-"])
def test_negations_take_the_one_term_behind_them(negation: str) -> None:
    a, b = Compare("tags", "=", Word("a")), Anywhere(Word("b"))
    assert parse(f"{negation}tags=a b") == Every((Without(a), b))
    assert parse(f"b {negation}(tags=a)") == Every((b, Without(a)))


def test_a_minus_inside_a_word_or_before_a_number_negates_nothing() -> None:
    assert parse("a-b") == Anywhere(Word("a-b"))
    assert parse("metadata.count>-5") == Compare("metadata.count", ">", Word("-5"))
    assert parse("metadata.count:[-5 TO -1]") == Between("metadata.count", Word("-5"), Word("-1"))


def test_a_group_of_values_belongs_to_the_field_before_it() -> None:
    jpg, mp4 = (Compare("format", "=", Word(one)) for one in ("jpg", "mp4"))
    assert parse("format=(jpg OR mp4)") == Either((jpg, mp4))
    dog, cat = (Compare("filename", ":", Word(one)) for one in ("dog", "cat"))
    assert parse("filename:(dog cat)") == Every((dog, cat))
    assert parse("filename:(dog -cat)") == Every((dog, Without(cat)))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (r"tags=\~shirt", Word("~shirt")),
        (r"tags=a\ b\:c", Word("a b:c")),
        (r'tags="shirt:blue (new)"', Word("shirt:blue (new)")),
        (r'tags="watched \"Inside Out\" 5 \*"', Word('watched "Inside Out" 5 *')),
        (r'tags="shi*"', Word("shi", prefix=True)),
        (r"tags=shi*", Word("shi", prefix=True)),
        (r"tags=\AND", Word("AND")),
        ('tags=""', Word("")),
    ],
)
def test_reserved_letters_are_escaped_or_quoted(expression: str, value: Word) -> None:
    assert parse(expression) == Compare("tags", "=", value)


def test_a_key_may_be_quoted_and_comparisons_spaced() -> None:
    assert parse('context."a key"=v') == Compare("context.a key", "=", Word("v"))
    assert parse("aspect_ratio < 1") == Compare("aspect_ratio", "<", Word("1"))


@pytest.mark.parametrize("expression", ["", "   "])
def test_an_empty_expression_is_met_by_everything(expression: str) -> None:
    assert meets(expression)


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("tags=", "end of expression at position 6"),
        ("tags: a", '"a" at position 7'),
        ("tags :a", '":" at position 6'),
        ("(a", "end of expression at position 3"),
        ("a)", r'"\)" at position 2'),
        ("a AND", "end of expression at position 6"),
        ("OR a", '"O" at position 1'),
        ("a NOT", "end of expression at position 6"),
        ('tags="a', r'"\"" at position 6'),
        ("tags=a?b", r'"\?" at position 7'),
        ("a*b", r'"\*" at position 2'),
        ("bytes:[1 TO", "end of expression at position 12"),
        ("bytes:[1 2]", '"2" at position 10'),
        ("bytes:[1 TO 2}", '"}" at position 14'),
        ("bytes>(1", "end of expression at position 9"),
        ("a:b:c", '":" at position 4'),
        ("(" * 60 + "a" + ")" * 60, "at position"),
    ],
)
def test_a_malformed_expression_is_refused_with_the_place(expression: str, place: str) -> None:
    with pytest.raises(CloudinaryError, match=place) as refused:
        parse(expression)
    assert refused.value.status == 400


@given(st.text())
def test_any_text_is_read_or_refused(expression: str) -> None:
    with suppress(CloudinaryError):
        assert depends_on_time(parse(expression)) in {True, False}


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\\" not in text))
def test_any_tag_is_found_by_its_quoted_self(tag: str) -> None:
    quoted = tag.replace('"', '\\"').replace("*", "\\*")
    assert meets(f'tags="{quoted}"', tags=(tag,))
    assert not meets(f'-tags="{quoted}"', tags=(tag,))
    assert not meets(f'tags="{quoted}"', tags=(tag + "x",))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("tags=Blue", False),
        ("tags=blue-green", True),
        ("tags:BLUE", True),
        ("tags:green", True),
        ("tags:gre*", True),
        ("tags:gre", False),
        ('tags:"blue green"', True),
        ('tags:"green blue"', False),
        ("tags=(no OR summer)", True),
        ("tags", True),
        ("-tags", False),
        ("tags=summer AND NOT tags=winter", True),
    ],
)
def test_tags_are_matched_whole_or_by_their_words(expression: str, expected: bool) -> None:
    assert meets(expression, tags=("blue-green", "summer")) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("hero", True),
        ("IMAGE", True),
        ('"hero image"', True),
        ("her*", True),
        ("spring", True),
        ("vienna", True),
        ("launch", True),
        ("upload", False),
        ("jpg", False),
    ],
)
def test_a_word_alone_is_looked_for_in_texts_but_not_in_fixed_lists(
    expression: str, expected: bool
) -> None:
    facts: dict[str, Any] = {
        "tags": ("spring",),
        "context": {"city": "Vienna"},
        "metadata": {"note": "product launch"},
    }
    assert meets(expression, **facts) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('public_id="dir/hero image"', True),
        ('public_id:"dir/hero image"', True),
        ('public_id="dir/Hero image"', False),
        ("public_id:dir/*", True),
        ("public_id:hero", False),
        ("public_id=dir*", False),
        ("filename:hero", True),
        ('filename="hero image"', True),
        ("format=JPG", True),
        ("format:png", False),
        ("resource_type:image AND type=upload", True),
        ("resource_type:Image", False),
        ("status:(active OR pending)", True),
        ("asset_id:" + "0" * 32, True),
        ("asset_id=" + "0" * 32, True),
        ("nothing=1", False),
        ("-nothing=1", True),
    ],
)
def test_names_codes_and_states_are_matched_whole(expression: str, expected: bool) -> None:
    assert meets(expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("asset_folder=a/b", ["in"]),
        ("asset_folder:a/b", ["in"]),
        ('asset_folder:"a/*"', ["top", "in"]),
        ("asset_folder:a/*", ["top", "in"]),
        ("asset_folder:A/*", []),
        ('asset_folder=""', ["root"]),
        ("asset_folder", ["top", "in", "ab"]),
        ("folder:a/*", []),
    ],
)
def test_a_folder_is_matched_alone_or_with_all_below(expression: str, expected: list[str]) -> None:
    assets = [
        asset("root"),
        asset("top", asset_folder="a"),
        asset("in", asset_folder="a/b"),
        asset("ab", asset_folder="ab"),
    ]
    assert found(expression, assets) == expected
    fixed = expression.replace("asset_folder", "folder")
    assert found(fixed, assets, "fixed") == (["top", "in"] if "folder:a/*" in fixed else expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("bytes>1mb", True),
        ("bytes>1m AND bytes<=2mb", True),
        ("bytes=2048kb", True),
        ("bytes:[1mb TO 2mb]", False),
        ("bytes:[2mb TO 3mb]", True),
        ("bytes:{2mb TO 3mb}", True),
        ("backup_bytes=1mb", True),
        ("width>=1600 AND height<1000", True),
        ("pixels>1m", True),
        ("pixels=1440000p", True),
        ("aspect_ratio=1.77778", True),
        ('aspect_ratio="16:9"', True),
        ('aspect_ratio="4:3"', False),
        ("aspect_ratio > 1", True),
        ("duration>2m", False),
        ("-duration", True),
        ("bytes>many", False),
    ],
)
def test_numbers_have_units(expression: str, expected: bool) -> None:
    assert meets(expression) is expected


def test_durations_are_seconds_or_minutes() -> None:
    assert meets("duration:[90s TO 2m]", duration=100.5)
    assert not meets("duration>2m", duration=100.5)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("created_at>1d", True),
        ("created_at>2h", False),
        ("created_at<2h", True),
        ("created_at:[4w TO 1w]", False),
        ("created_at:[1w TO 1h]", True),
        ("created_at=2026-11-20", True),
        ("created_at:2026-11-19", False),
        ("created_at>2026-11-20", True),
        ('created_at>="2026-11-20T09:00:00Z"', True),
        ('created_at>"2026-11-20T09:00:00Z"', False),
        ("created_at=1795165200", True),
        ("uploaded_at>1d", True),
        ("last_updated.updated_at>1d", True),
        ("last_updated.tags_updated_at>1d", False),
        ("created_at>yesterday", False),
    ],
)
def test_times_are_dates_instants_or_ages(expression: str, expected: bool) -> None:
    assert meets(expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("context.city:vienna", True),
        ("context.city=vienna", False),
        ('context."the key"=v', True),
        ("context.city", True),
        ("context.none", False),
        ("context:city", True),
        ("context", True),
        ("metadata.note:launch", True),
        ("metadata.count>=5", True),
        ("metadata.count:[1 TO 5]", False),
        ("metadata.due<2026-12-01", True),
        ("metadata.colour=red", True),
        ("metadata.colour:RED", False),
        ("metadata.sizes:(s AND m)", True),
        ("metadata.sizes=l", False),
        ("metadata.note", True),
        ("metadata:note", True),
        ("-metadata.note", False),
        ("metadata.unknown=1", False),
        ("image_metadata.FileType:jpg", True),
        ("image_metadata.License", False),
    ],
)
def test_context_and_metadata_are_searched_by_key(expression: str, expected: bool) -> None:
    facts: dict[str, Any] = {
        "context": {"city": "Vienna", "the key": "v"},
        "metadata": {
            "note": "the launch",
            "count": 5,
            "due": "2026-11-30",
            "colour": "red",
            "sizes": ["s", "m"],
        },
    }
    assert meets(expression, **facts) is expected


def test_the_moderation_that_waits_is_the_one_searched_for() -> None:
    facts: dict[str, Any] = {
        "moderation": (
            {"kind": "webpurify", "status": "approved"},
            {"kind": "manual", "status": "pending"},
        )
    }
    assert meets("moderation_kind:manual AND moderation_status=pending", **facts)
    assert not meets("moderation_status=approved", **facts)


def test_only_ages_depend_on_the_time() -> None:
    assert depends_on_time(parse("a AND (b OR -created_at>1d)"))
    assert not depends_on_time(parse("a AND created_at>2026-01-01"))
