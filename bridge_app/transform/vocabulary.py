"""The language's words: one table for suggestions, completion and the controls.

A word that is missing here is still parsed, kept and sent: the table is for helping people to
write, never for refusing. Source: reference/cloudinary.md, 9.4-9.12.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bridge_app.transform.effect_words import EFFECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One parameter: its code in the text, its name in the SDKs, and values it is known with.

    A value that ends with `_` or `:` wants more behind it.
    """

    code: str
    option: str
    words: tuple[str, ...] = ()


def _key(code: str, option: str, words: str = "") -> Key:
    return Key(code=code, option=option, words=tuple(words.split()))


CROP_MODES = (
    "auto auto_pad crop fill fill_pad fit imagga_crop imagga_scale lfill limit lpad mfit mpad pad"
    " scale thumb"
)
COMPASS = "center east north north_east north_west south south_east south_west west"
GRAVITIES = (
    f"auto auto:body auto:classic auto:face auto:faces auto:subject body {COMPASS} custom"
    " custom:face custom:faces adv_eyes adv_face adv_faces face face:auto face:center faces"
    " faces:auto faces:center liquid ocr_text region_ track_person xy_center"
)
FLAGS = (
    "alternate animated any_format apng attachment attachment: awebp c2pa clip clip_evenodd cutter"
    " draco force_icc force_strip getinfo group4 hlsv3 ignore_aspect_ratio ignore_mask_channels"
    " immutable_cache keep_attribution keep_dar keep_iptc layer_apply lossy mono no_overflow"
    " no_stream original png24 png32 png8 preserve_transparency progressive progressive:none"
    " progressive:semi progressive:steep rasterize region_relative relative replace_image sanitize"
    " splice streaming_attachment strip_profile text_disallow_overflow text_no_trim tiff8_lzw"
    " tiled truncate_ts waveform"
)
_SIDES = "auto auto: ih iw oh ow"
_COLOURS = "black blue gray green none orange pink red rgb: transparent white yellow"

KEYS: Mapping[str, Key] = {
    key.code: key
    for key in (
        _key("a", "angle", "90 180 270 auto_left auto_right exif hflip ignore vflip"),
        _key("ac", "audio_codec", "aac mp3 none opus pcm24 vorbis"),
        _key("af", "audio_frequency", "8000 16000 22050 44100 48000 96000 192000 iaf"),
        _key("ar", "aspect_ratio", "1:1 16:9 3:2 3:4 4:3 4:5 9:16 iar"),
        _key(
            "b",
            "background",
            f"auto auto:border auto:border_contrast auto:border_gradient auto:predominant"
            f" auto:predominant_contrast auto:predominant_gradient blurred blurred: {_COLOURS}"
            " gen_fill",
        ),
        _key("bl", "baseline"),
        _key("bo", "border", "1px_solid_black 4px_solid_white"),
        _key("br", "bit_rate", "250k 500k 1m 2m"),
        _key("c", "crop", CROP_MODES),
        _key("co", "color", _COLOURS),
        _key("cs", "color_space", "cmyk copy icc: keep_cmyk no_cmyk srgb srgb:truecolor tinysrgb"),
        _key("d", "default_image"),
        _key("dl", "delay", "20 100 200"),
        _key("dn", "density", "72 150 300 idn"),
        _key("dpr", "dpr", "1.0 2.0 3.0 auto"),
        _key("du", "duration"),
        _key("e", "effect", " ".join(EFFECTS)),
        _key("eo", "end_offset"),
        _key(
            "f",
            "fetch_format",
            "auto auto:animated auto:image auto:video avif bmp gif heic ico jp2 jpg jxl mp3 mp4"
            " pdf png svg tiff webm webp",
        ),
        _key("fl", "flags", FLAGS),
        _key("fn", "custom_function", "pre: remote: wasm:"),
        _key("fps", "fps", "24 25 30 60"),
        _key("g", "gravity", GRAVITIES),
        _key("h", "height", _SIDES),
        _key("if", "if", "else end"),
        _key("ki", "keyframe_interval"),
        _key("l", "overlay", "audio: authenticated: fetch: lut: private: subtitles: text: video:"),
        _key("o", "opacity", "25 50 75 100"),
        _key("p", "prefix"),
        _key("pg", "page", "1 embedded: name:"),
        _key(
            "q",
            "quality",
            "auto auto:best auto:eco auto:good auto:low auto:sensitive jpegmini 60 80 80:444 100",
        ),
        _key("r", "radius", "10 20 max"),
        _key("so", "start_offset", "auto"),
        _key("sp", "streaming_profile", "auto auto:maxres_ full_hd hd sd"),
        _key("t", "transformation"),
        _key("u", "underlay", "authenticated: fetch: private: text: video:"),
        _key("vc", "video_codec", "auto av1 h264 h265 none prores theora vp8 vp9"),
        _key("vs", "video_sampling"),
        _key("w", "width", _SIDES),
        _key("x", "x"),
        _key("y", "y"),
        _key("z", "zoom"),
    )
}
OPERATORS = ("add", "sub", "mul", "div", "mod", "pow")
COMPARISONS = ("eq", "ne", "lt", "gt", "lte", "gte", "in", "nin")
SIZES = ("w", "h", "ar", "iw", "ih", "iar", "tar")
PREDEFINED = (*SIZES, "cp", "pc", "px", "py", "fc", "ils", "tags", "ctx:", "md:", "du", "idu")
