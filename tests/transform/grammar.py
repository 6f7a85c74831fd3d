"""Transformations of every form the language has, as hypothesis strategies.

Source: reference/cloudinary.md, 9.1 and 9.4-9.12.
"""

from base64 import urlsafe_b64encode
from urllib.parse import quote

from hypothesis import strategies as st

from bridge_app.transform.vocabulary import COMPARISONS, KEYS, OPERATORS

_NAMES = st.sampled_from(["a", "w", "wide", "edgeTop", "B2", "textOfTheDay", "x9", "mul", "fl"])
_WHOLES = st.integers(1, 9999).map(str)
_DECIMALS = st.integers(1, 2000).map(lambda hundredths: f"{hundredths / 100:.2f}")
_VARIABLES = st.builds("${}".format, _NAMES)
_LETTERS = st.characters(exclude_characters="!", exclude_categories=["Cs"])
# Whatever stands between two exclamation marks, separators of the language included.
STRINGS = st.text(_LETTERS, max_size=12).map("!{}!".format)
_FACTS = st.sampled_from(["w", "h", "iw", "ih", "ar", "iar", "cp", "pc", "fc", "du", "ctx:!k,a/b!"])
_TERMS = st.one_of(_WHOLES, _DECIMALS, _VARIABLES, _FACTS)


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """`$wide_mul_2_add_iw`: at least one name in it, so that it is no plain number."""
    words = [draw(st.one_of(_VARIABLES, st.sampled_from(["iw", "ih", "iar", "w", "h"])))]
    for _ in range(draw(st.integers(0, 3))):
        words += [draw(st.sampled_from(OPERATORS)), draw(_TERMS)]
    return "_".join(words)


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """`if_w_gt_100_and_!a,b/c!_in_tags`, `if_else`, `if_end`."""
    if draw(st.booleans()):
        return draw(st.sampled_from(["if_else", "if_end"]))
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        left = draw(st.one_of(_FACTS, _VARIABLES, STRINGS, st.just("md:!field!")))
        right = draw(st.one_of(_TERMS, STRINGS, st.just("tags")))
        parts.append(f"{left}_{draw(st.sampled_from(COMPARISONS))}_{right}")
    return "if_" + draw(st.sampled_from(["_and_", "_or_"])).join(parts)


def _escaped_twice(text: str) -> str:
    return quote(text.replace(",", "%2C").replace("/", "%2F"), safe="")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=15)
_STYLES = st.builds(
    "{}_{}{}".format,
    st.sampled_from(["Arial", "Open%20Sans", "fonts:Own.ttf", "$font"]),
    st.one_of(st.integers(1, 200).map(str), _VARIABLES),
    st.lists(
        st.sampled_from(["_bold", "_italic", "_center", "_stroke", "_letter_spacing_-4"]),
        max_size=3,
        unique=True,
    ).map("".join),
)
_IDS = st.builds(
    "{}{}".format,
    st.sampled_from(["logo", "dir:logo", "a:b_c:d-e", "w_100:c_fill", "1:2", "zoë", "!me", "t-9"]),
    st.sampled_from(["", ".png", "!", "_1", "%20x"]),
)
_REMOTE = TEXTS.map(lambda t: urlsafe_b64encode(f"https://example.com/{t}".encode()).decode())
_SOURCES = st.one_of(
    _IDS,
    _IDS.map("private:{}".format),
    _IDS.map("video:{}".format),
    _IDS.map("lut:{}".format),
    _REMOTE.map("fetch:{}".format),
    _REMOTE.map("video:fetch:{}".format),
    st.builds("text:{}:{}".format, _STYLES, TEXTS.map(_escaped_twice)),
    st.builds("text:{}:Hi!%20$({})!".format, _STYLES, _NAMES),
    st.builds("subtitles:{}:{}.srt".format, _STYLES, _IDS),
)
LAYERS = st.builds("{}_{}".format, st.sampled_from(["l", "u"]), _SOURCES)

_SIDES = st.one_of(_WHOLES, _DECIMALS, expressions(), st.sampled_from(["iw", "auto", "auto:20:8"]))
_PLAIN = st.one_of(
    st.builds("{}_{}".format, st.sampled_from(["w", "h"]), _SIDES),
    st.builds("{}_-{}".format, st.sampled_from(["x", "y"]), _DECIMALS),
    st.builds("ar_{}:{}".format, _WHOLES, _WHOLES),
    st.builds("{}_{}".format, st.sampled_from(["dpr", "z"]), st.one_of(_DECIMALS, expressions())),
    st.builds("q_{}{}".format, st.integers(1, 100), st.sampled_from(["", ":444", ":420"])),
    st.builds("r_{}".format, st.lists(_WHOLES, min_size=1, max_size=4).map(":".join)),
    st.builds("bo_{}px_solid_rgb:{}".format, _WHOLES, st.sampled_from(["f00", "00ff0080"])),
    st.builds(
        "a_{}".format, st.lists(st.sampled_from(["-7.5", "90", "hflip"])).map(".".join)
    ).filter(lambda text: text != "a_"),
    st.builds("e_{}:{}".format, st.sampled_from(KEYS["e"].words), expressions()),
    st.builds("g_region_{}".format, STRINGS),
    st.builds("t_{}".format, TEXTS.map(lambda t: quote(t, safe=""))),
    st.builds("fl_splice:transition_(name_{};du_{})".format, _NAMES, _DECIMALS),
    st.builds("e_zoompan:from_(g_auto:face;zoom_{});to_({})".format, _DECIMALS, _NAMES),
    st.builds("fn_remote:{}".format, _REMOTE),
    st.builds("fn_pre:wasm:{}".format, _IDS),
    st.builds("pg_name:{}:{}".format, _NAMES, _NAMES),
    st.builds("{}_{}".format, st.sampled_from(["zzz", "ii", "jk", "n"]), _IDS),
    *(
        st.sampled_from([f"{key.code}_{word}" for word in key.words if word[-1] not in ":_"])
        for key in KEYS.values()
        if key.words and key.code not in {"l", "u", "fn"}
    ),
)
_DEFINITIONS = st.builds("{}_{}".format, _VARIABLES, st.one_of(_TERMS, expressions(), STRINGS))
_PARAMETERS = st.one_of(_PLAIN, _PLAIN, _DEFINITIONS, LAYERS)


def _component(parameters: int) -> st.SearchStrategy[str]:
    return st.builds(
        lambda condition, found: ",".join(filter(None, (condition, *found))),
        st.one_of(st.just(""), st.just(""), conditions()),
        st.lists(_PARAMETERS, min_size=1, max_size=parameters),
    )


def links(parameters: int = 4) -> st.SearchStrategy[str]:
    """What stands between slashes, layers and conditions whole: each of so many parameters."""
    component = _component(parameters)
    placed = st.sampled_from(["fl_layer_apply,g_north", "fl_layer_apply.no_overflow,x_0.1"])
    layer = st.builds("{}/{}/{}".format, LAYERS, component, placed)
    block = st.builds("{}/{}/if_end".format, conditions(), component)
    return st.one_of(component, component, layer, block, st.just(""))


TRANSFORMATIONS = st.lists(links(), max_size=4).map("/".join)
