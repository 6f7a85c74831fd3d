"""Code that people paste: it says what was chosen, safely, and the SDKs agree with it."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.transform.code import Code, available, code
from bridge_app.transform.code_markup import picture_tag
from bridge_app.transform.code_programs import gallery
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath
from bridge_app.transform.embed import Embed, Signer, with_density
from bridge_app.transform.parse import parse

HOST = DeliveryHost(cloud="demo")
PREFIX = "https://res.cloudinary.com/demo/image/upload"


def embed(transformation: str = "c_fill,h_450,w_800/q_auto", **said: Any) -> Embed:
    path: dict[str, Any] = {
        "public_id": "summer/hero",
        "version": 12,
        "extension": "jpg",
        "transformation": parse(transformation),
    }
    path |= {name: said.pop(name) for name in list(said) if name in {*path, "resource_type"}}
    path |= {name: said.pop(name) for name in list(said) if name == "delivery_type"}
    given: dict[str, Any] = {"host": HOST, "alt": "A hero", "width": 800, "height": 450}
    return Embed(path=DeliveryPath(**path), **{**given, **said})


class Tags(HTMLParser):
    """Every start tag with its attributes, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_address_is_the_delivery_url() -> None:
    url = f"{PREFIX}/c_fill,h_450,w_800/q_auto/v12/summer/hero.jpg"
    assert code(Code.URL, embed()) == url


def test_an_image_offers_widths_loads_late_and_keeps_its_place() -> None:
    ((tag, said),) = Tags(code(Code.HTML, embed())).found
    assert tag == "img"
    assert said["src"] == embed().url()
    assert said["srcset"] is not None
    offered = [one.split(" ") for one in said["srcset"].split(", ")]
    assert [width for _, width in offered] == ["200w", "400w", "600w", "800w"]
    assert offered[0][0].endswith("/q_auto/c_scale,w_200/v12/summer/hero.jpg")
    assert offered[-1][0] == embed().url()
    assert said["sizes"] == "(max-width: 800px) 100vw, 800px"
    assert (said["width"], said["height"], said["alt"]) == ("800", "450", "A hero")
    assert (said["loading"], said["decoding"]) == ("lazy", "async")


def test_measured_widths_are_those_offered() -> None:
    ((_, said),) = Tags(code(Code.HTML, embed(widths=(800, 320)))).found
    assert re.findall(r"(\d+)w(?:,|$)", said["srcset"] or "") == ["320", "800"]


def test_an_image_of_unknown_size_is_a_plain_one() -> None:
    ((_, said),) = Tags(code(Code.HTML, embed(width=0, height=0))).found
    assert "srcset" not in said
    assert "width" not in said


def test_a_picture_offers_modern_formats_before_the_old_one() -> None:
    tags = Tags(code(Code.PICTURE, embed("c_fill,h_450,w_800/q_auto/f_auto", extension=""))).found
    assert [tag for tag, _ in tags] == ["picture", "source", "source", "img"]
    assert [said.get("type") for _, said in tags[1:3]] == ["image/avif", "image/webp"]
    assert "hero.avif" in (tags[1][1]["srcset"] or "")
    assert "f_auto" not in (tags[1][1]["srcset"] or "")
    assert (tags[3][1]["src"] or "").endswith("/q_auto/v12/summer/hero.jpg")


def test_a_picture_shows_another_crop_where_that_is_asked() -> None:
    mobile = embed("c_fill,h_600,w_400/q_auto", width=400, height=600)
    tags = Tags(picture_tag(embed(), [("(max-width: 600px)", mobile)])).found
    sources = [said for tag, said in tags if tag == "source"]
    assert [said.get("media") for said in sources] == ["(max-width: 600px)"] * 3 + [None] * 2
    assert all("w_400" in (said["srcset"] or "") for said in sources[:3])


def test_markdown_and_style_sheets() -> None:
    assert code(Code.MARKDOWN, embed(alt="a [b]\nc")) == rf"![a \[b\] c]({embed().url()})"
    sheet = code(Code.CSS, embed())
    assert f'background-image: url("{embed().url()}");' in sheet
    assert "image-set(" in sheet
    assert "c_fill,dpr_2.0,h_450,w_800/q_auto" in sheet
    assert re.findall(r" (\dx)", sheet) == ["1x", "2x", "3x"]


@pytest.mark.parametrize(
    ("text", "dense"),
    [
        ("c_fill,h_9,w_9/q_auto", "c_fill,dpr_2.0,h_9,w_9/q_auto"),
        ("w_9", "dpr_2.0,w_9"),
        ("c_crop,w_99/c_fit,w_9/e_blur", "c_crop,w_99/c_fit,dpr_2.0,w_9/e_blur"),
        ("$a_9,w_$a", "$a_9,dpr_2.0,w_$a"),
        ("e_blur", None),
        ("dpr_3.0,w_9", None),
    ],
)
def test_a_dense_screen_gets_more_pixels_of_the_same(text: str, dense: str | None) -> None:
    assert with_density(parse(text), "2.0") == dense


def film() -> Embed:
    return embed("c_fill,h_9,w_16", resource_type="video", extension="mp4", public_id='a"</script>')


def test_a_player_has_the_film_and_nothing_can_break_out() -> None:
    text = code(Code.VIDEO_PLAYER, film())
    assert text.count("</script>") == 2
    source = re.search(r"player\.source\((.*)\);", text)
    assert source is not None
    public_id, said = json.loads(f"[{source[1]}]")
    assert public_id == 'a"</script>'
    assert said == {"transformation": {"raw_transformation": "c_fill,h_9,w_16"}, "version": 12}
    assert '"cloudName": "demo"' in text


def test_a_player_asks_at_the_environments_own_name() -> None:
    host = replace(HOST, secure=False, cname="media.example:8080")
    text = code(Code.VIDEO_PLAYER, replace(film(), host=host))
    assert '"secure": false, "cname": "media.example:8080"' in text


def test_a_gallery_has_all_of_them_in_order() -> None:
    text = gallery([embed(), film()])
    found = re.search(r"galleryWidget\((.*)\)\.render", text)
    assert found is not None
    wanted = json.loads(found[1])
    assert [one["mediaType"] for one in wanted["mediaAssets"]] == ["image", "video"]
    assert wanted["mediaAssets"][0]["publicId"] == "summer/hero"
    with pytest.raises(InvalidInputError):
        gallery([])


def test_films_have_a_player_and_pictures_have_tags() -> None:
    assert Code.VIDEO_PLAYER in available(film())
    assert Code.HTML not in available(film())
    with pytest.raises(InvalidInputError):
        code(Code.HTML, film())
    with pytest.raises(InvalidInputError):
        code(Code.VIDEO_PLAYER, embed())
    raw = embed("", resource_type="raw", extension="", public_id="a.pdf")
    assert available(raw) == (Code.URL, Code.PYTHON, Code.NODE)


EMBEDS = [
    embed(),
    embed("", extension=""),
    embed("l_text:Arial_20:Hi%252C%20you/fl_layer_apply,g_south"),
    embed("$x_100/c_scale,w_$x", version=None),
    embed(public_id='ü & ’quotes’ "x"', version=None),
    film(),
    embed(host=DeliveryHost(cloud="demo", private_cdn=True)),
    embed(host=DeliveryHost(cloud="demo", secure_distribution="img.example.com", private_cdn=True)),
    embed(host=DeliveryHost(cloud="demo", secure=False, cname="127.0.0.1:8000")),
    embed("", resource_type="raw", extension="", public_id="a.pdf"),
]


def run_python(text: str) -> str:
    said: dict[str, Any] = {}
    exec(text, said)  # noqa: S102 - the code under test is code
    return str(said["url"])


@pytest.mark.parametrize("one", EMBEDS, ids=lambda one: one.path.public_id)
def test_the_python_sdk_gives_the_same_address(one: Embed) -> None:
    assert run_python(code(Code.PYTHON, one)) == one.url()


@pytest.mark.parametrize(
    ("transformation", "said"),
    [
        ("c_fill,h_9,w_8/q_auto", "        {'crop': 'fill', 'height': 9, 'width': 8},\n"),
        ("w_8,h_9/q_auto", "        {'raw_transformation': 'w_8,h_9'},\n"),
        ("w_8,h_9", "    raw_transformation='w_8,h_9',\n"),
    ],
)
def test_python_code_names_the_options_where_they_give_the_same_text(
    transformation: str, said: str
) -> None:
    one = embed(transformation)
    assert said in code(Code.PYTHON, one)
    assert run_python(code(Code.PYTHON, one)) == one.url()


def test_a_guarded_address_is_signed_by_the_sdk_as_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloudinary.config(), "api_secret", "hush", raising=False)
    one = embed(delivery_type="authenticated", signer=Signer(secret="hush"))
    text = code(Code.PYTHON, one)
    assert "hush" not in text
    assert "hush" not in repr(one)
    assert "/s--" in one.url()
    assert run_python(text) == one.url()


@settings(max_examples=60)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
        lambda text: text.strip("/") and not re.match(r"https?:/|v\d", text)
    )
)
def test_any_name_is_safe_in_all_kinds_of_code(name: str) -> None:
    one = embed(public_id=f"a{name}z", alt=f'{name}"><script>')
    assert run_python(code(Code.PYTHON, one)) == one.url()
    ((_, said),) = Tags(code(Code.HTML, one)).found
    assert said["src"] == one.url()
    assert said["alt"] == " ".join(one.alt.split())
    assert code(Code.GALLERY, one).count("</script>") == 2


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="there is no Node.js here")
def test_javascript_is_valid_and_asks_for_the_same(tmp_path: Path) -> None:
    """The SDKs are played by stand-ins that tell what they were asked for."""
    stand_in = tmp_path / "node_modules" / "cloudinary"
    stand_in.mkdir(parents=True)
    (stand_in / "package.json").write_text('{"name": "cloudinary", "type": "module"}')
    (stand_in / "index.js").write_text(
        "export const v2 = {url: (id, options) => JSON.stringify([id, options])};"
    )
    browser = tmp_path / "node_modules" / "@cloudinary" / "url-gen"
    browser.mkdir(parents=True)
    (browser / "package.json").write_text('{"name": "@cloudinary/url-gen", "type": "module"}')
    (browser / "index.js").write_text(
        "const calls = [];\n"
        "const image = new Proxy({}, {get: (_, name) => (...values) => {\n"
        "  calls.push([name, ...values]);\n"
        "  return name === 'toURL' ? JSON.stringify(calls) : image;\n"
        "}});\n"
        "export class Cloudinary {\n"
        "  constructor(config) { calls.push(['new', config]); return image; }\n"
        "}"
    )
    one = embed(public_id='a"\u2028`${x}')
    assert node_says(tmp_path, code(Code.NODE, one)) == [
        one.path.public_id,
        {
            "cloud_name": "demo",
            "secure": True,
            "version": 12,
            "raw_transformation": "c_fill,h_450,w_800/q_auto",
            "format": "jpg",
            "urlAnalytics": False,
        },
    ]
    said = node_says(tmp_path, code(Code.JAVASCRIPT, one))
    assert [call[0] for call in said] == [
        "new",
        "image",
        "setVersion",
        "addTransformation",
        "toURL",
    ]
    assert said[1][1] == f"{one.path.public_id}.jpg"


def node_says(folder: Path, text: str) -> Any:
    script = folder / "said.mjs"
    script.write_text(text + "\nconsole.log(url);\n", encoding="utf-8")
    assert NODE is not None
    done = subprocess.run(
        [NODE, str(script)], capture_output=True, text=True, timeout=30, check=True
    )
    return json.loads(done.stdout)


def test_a_rendition_in_another_environment_says_so_everywhere() -> None:
    other = replace(embed(), host=DeliveryHost(cloud="other"))
    for kind in available(other):
        assert "other" in code(kind, other)
