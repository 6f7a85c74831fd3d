"""The scripts that uploads may carry."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.scripts import evaluated, updates

SDK = pytest.mark.usefixtures("sdk")
INFO = {"width": 241, "height": 51, "format": "png", "name": "logo"}


def options(script: str, **given: str) -> dict[str, str]:
    """The parameters after a script."""
    params = evaluated(Params.of([("eval", script), *given.items()]), INFO)
    return {name: params.text(name) for name in params.values}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('upload_options["public_id"] = "a" + 1 + true', {"public_id": "a1true"}),
        (
            "upload_options.context = {w: resource_info.width, 'f': 2.50}",
            {"context": "w=241|f=2.5"},
        ),
        ('upload_options.tags = ["x", resource_info.format.toUpperCase()]', {"tags": "x,PNG"}),
        ("if (resource_info['width'] < 450) { upload_options['phash'] = true }", {"phash": "true"}),
        ("if (1 > 2) upload_options.a = 1; else upload_options.b = 2 * (3 + 4) % 5", {"b": "4"}),
        ("var n = resource_info.height; n += 9; upload_options.a = -n", {"a": "-60"}),
        ("upload_options.a = resource_info.none || 'nothing' // why", {"a": "nothing"}),
        ("/* so */ upload_options.a = 2 === '2' ? 'same' : 'other'", {"a": "other"}),
        ("upload_options.a = !('logo'.includes('og') && 1 != 2)", {"a": "false"}),
        ("upload_options.a = typeof resource_info.width", {"a": "number"}),
        ("let t = 'a,b'.split(','); t.push('c'); upload_options.a = t.join('+')", {"a": "a+b+c"}),
        ("upload_options.a = 'it\\'s \"so\"'", {"a": 'it\'s "so"'}),
    ],
)
def test_a_script_changes_what_was_asked_for(script: str, expected: dict[str, str]) -> None:
    assert options(script) == expected


def test_a_script_sees_what_was_asked_for_and_leaves_the_rest() -> None:
    found = options("upload_options.tags.push('c')", tags="a,b", overwrite="false", context="k=v")
    assert found == {"tags": "a,b", "overwrite": "false", "context": "k=v"} | {"tags": "a,b,c"}


@pytest.mark.parametrize(
    "script",
    [
        "nobody.width",
        "upload_options.a = ",
        "upload_options.a = 1 / 0",
        "if (true { }",
        "1 = 2",
        "resource_info.width()",
        "resource_info.none.more",
        "upload_options.a = 'x' - 1",
        "resource_info.name.length = 1",
        "__import__('os')",
        "resource_info.name.__class__.mro()",
        "while (true) {}",
        "(" * 200,
        "[" * 200,
        "{" * 200,
        "x" * 20_000,
        "'unclosed",
        "a @ b",
    ],
)
def test_what_cannot_be_carried_out_is_refused(script: str) -> None:
    with pytest.raises(CloudinaryError, match="Invalid eval"):
        options(script)


@given(text=st.text(alphabet="ab01(){}[];=+-!'\".,<>&|? \n", max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with contextlib.suppress(CloudinaryError):
        options(text)


def test_a_script_after_storing_says_what_to_change() -> None:
    params = Params.of(
        [("on_success", 'current_asset.update({tags: ["auto", current_asset.format]})')]
    )
    assert updates(params, {"format": "jpg"}).csv("tags") == ("auto", "jpg")


@SDK
def test_uploads_carry_scripts_before_and_after(jpeg: Path) -> None:
    before: Any = uploader.upload(
        str(jpeg),
        eval='upload_options["context"] = "width=" + resource_info["width"];'
        'upload_options["quality_analysis"] = true; upload_options["public_id"] = "named";',
    )
    assert before["public_id"] == "named"
    assert before["context"]["custom"] == {"width": "40"}
    assert isinstance(before["quality_analysis"]["focus"], float)
    uploader.upload(str(jpeg), public_id="pic", on_success='current_asset.update({tags: ["x"]});')
    assert api.resource("pic")["tags"] == ["x"]
    with pytest.raises(BadRequest, match="Invalid eval"):
        uploader.upload(str(jpeg), eval="nobody()")
