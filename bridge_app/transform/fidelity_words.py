"""What we say about each value that is drawn here: "" when it is exact, else in what it differs.

A value that stands in none of these mappings is Cloudinary's alone. Whoever teaches the renderer
something new adds its line here; `{it}` stands for the parameter as it was typed.
"""

from collections.abc import Mapping

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

_STRENGTH = QT_TRANSLATE_NOOP(
    "fidelity",
    "{it}: what Cloudinary's strength means in pixels is not published; here it is near.",
)
_FORMULA = QT_TRANSLATE_NOOP(
    "fidelity", "{it}: Cloudinary's formula is not published; here a usual one is used."
)
_SQUARES = QT_TRANSLATE_NOOP(
    "fidelity", "{it}: where Cloudinary's squares begin is not published; here at the top left."
)
_FOUND_HERE = QT_TRANSLATE_NOOP(
    "fidelity", "{it}: Cloudinary finds it with its own detector, here another one does."
)
_BY_CONTENT = QT_TRANSLATE_NOOP(
    "fidelity",
    "Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own "
    "measure of what draws the eye. The size is exact.",
)

# By the effect's name, the part before the first colon.
EFFECTS: Mapping[str, str] = {
    "accelerate": "",
    "assist_colorblind": _FORMULA,
    "auto_brightness": _FORMULA,
    "auto_color": _FORMULA,
    "auto_contrast": _FORMULA,
    "blackwhite": _FORMULA,
    "blue": _FORMULA,
    "blur": _STRENGTH,
    "blur_faces": _FOUND_HERE,
    "blur_region": _STRENGTH,
    "boomerang": "",
    "brightness": _FORMULA,
    "brightness_hsb": _FORMULA,
    "cartoonify": _FORMULA,
    "colorize": "",
    "contrast": _FORMULA,
    "cut_out": "",
    "displace": QT_TRANSLATE_NOOP(
        "fidelity", "{it}: how colours between grey and full count is not published; here evenly."
    ),
    "distort": "",
    "fade": QT_TRANSLATE_NOOP(
        "fidelity", "{it}: whether sound fades along is not documented; here it does."
    ),
    "fill_light": _FORMULA,
    "gamma": _FORMULA,
    "gradient_fade": _FORMULA,
    "grayscale": _FORMULA,
    "green": _FORMULA,
    "hue": _FORMULA,
    "improve": _FORMULA,
    "loop": "",
    "make_transparent": _FORMULA,
    "mask": QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: how the greys of a mask count is not published; here by their brightness.",
    ),
    "morphology": _FORMULA,
    "multiply": "",
    "negate": "",
    "noise": _FORMULA,
    "oil_paint": _FORMULA,
    "opacity_threshold": "",
    "ordered_dither": _FORMULA,
    "outline": _FORMULA,
    "overlay": "",
    "pixelate": _SQUARES,
    "pixelate_faces": _FOUND_HERE,
    "pixelate_region": _SQUARES,
    "recolor": "",
    "red": _FORMULA,
    "replace_color": _FORMULA,
    "reverse": "",
    "saturation": _FORMULA,
    "screen": "",
    "sepia": _FORMULA,
    "shadow": _FORMULA,
    "sharpen": _STRENGTH,
    "shear": _FORMULA,
    "simulate_colorblind": _FORMULA,
    "theme": _FORMULA,
    "tint": _FORMULA,
    "trim": QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: how near a colour must be to be trimmed is not published; here it is near.",
    ),
    "unsharp_mask": _STRENGTH,
    "vibrance": _FORMULA,
    "vignette": _FORMULA,
    "volume": "",
}

# By the flag's name, the part before the first colon.
FLAGS: Mapping[str, str] = {
    "animated": "",
    "any_format": QT_TRANSLATE_NOOP(
        "fidelity",
        "fl_any_format: when Cloudinary takes a palette is not published; here when "
        "hardly a pixel differs.",
    ),
    "apng": "",
    "attachment": "",
    "awebp": "",
    "cutter": "",
    "force_icc": "",
    "force_strip": "",
    "ignore_aspect_ratio": "",
    "immutable_cache": "",
    "keep_attribution": QT_TRANSLATE_NOOP(
        "fidelity",
        "fl_keep_attribution: which fields count is not published; here those of "
        "credit, copyright and rights.",
    ),
    "keep_iptc": "",
    "layer_apply": "",
    "lossy": QT_TRANSLATE_NOOP(
        "fidelity",
        "fl_lossy: how much Cloudinary lets frames differ is not published; here a little.",
    ),
    "mono": "",
    "no_overflow": "",
    "no_stream": "",
    "png24": "",
    "png32": "",
    "png8": "",
    "preserve_transparency": "",
    "progressive": "",
    "region_relative": QT_TRANSLATE_NOOP(
        "fidelity", "fl_region_relative: the region is found by another detector here."
    ),
    "relative": "",
    "replace_image": "",
    "streaming_attachment": "",
    "strip_profile": "",
    "text_disallow_overflow": "",
    "text_no_trim": QT_TRANSLATE_NOOP(
        "fidelity",
        "fl_text_no_trim: how much room Cloudinary leaves around a text is not "
        "published; here that of a line.",
    ),
    "tiff8_lzw": "",
    "tiled": "",
}

_FACES = QT_TRANSLATE_NOOP(
    "fidelity",
    "Cloudinary looks for faces ({it}) with its own detector, here another one does. "
    "The size is exact.",
)
_DRAWN = QT_TRANSLATE_NOOP(
    "fidelity",
    "{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle "
    "stands in.",
)

# By the first word of a gravity; the nine compass points and xy_center are exact.
GRAVITIES: Mapping[str, str] = {
    "adv_eyes": _FACES,
    "adv_face": _FACES,
    "adv_faces": _FACES,
    "auto": _BY_CONTENT,
    "custom": _DRAWN,
    "face": _FACES,
    "faces": _FACES,
    "region": _DRAWN,
}

# By the first word of a background; plain colours are exact.
BACKGROUNDS: Mapping[str, str] = {
    "auto": QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: Cloudinary's way of choosing the colour is not published; here it is near.",
    ),
    "blurred": _STRENGTH,
}

# By the kind of a layer: the word before the first colon where it is one of Cloudinary's, else
# "image". What a file cannot show (a layer that is not known here) the renderer adds.
LAYERS: Mapping[str, str] = {
    "fetch": "",
    "image": "",
    "text": QT_TRANSLATE_NOOP(
        "fidelity", "Letters are set by another text engine here and may differ by pixels."
    ),
}
LAYER_KINDS = frozenset({"audio", "fetch", "lut", "subtitles", "text", "video"})

# By the key, where the value changes nothing in what we say.
KEYS: Mapping[str, str] = {
    "ac": "",
    "af": "",
    "bo": QT_TRANSLATE_NOOP(
        "fidelity",
        "{it}: whether a border lies around the picture or inside it is not published; "
        "here around it.",
    ),
    "br": "",
    "co": "",
    "d": "",
    "dl": "",
    "dn": "",
    "du": "",
    "eo": "",
    "fps": "",
    "ki": "",
    "o": "",
    "p": "",
    "pg": "",
    "r": "",
    "so": "",
    "vc": "",
    "vs": "",
}

# Formats of films and sound that are written here.
FILM_FORMATS = frozenset(
    {"aac", "aiff", "flac", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "opus", "wav", "webm"}
)

# Said of a key or value that stands nowhere above.
CLOUD_ONLY: Mapping[str, str] = {
    "$": QT_TRANSLATE_NOOP("fidelity", "The variable {it} can be worked out by Cloudinary only."),
    "a": QT_TRANSLATE_NOOP("fidelity", "The rotation {it} is done by Cloudinary only."),
    "ar": QT_TRANSLATE_NOOP("fidelity", "The ratio {it} is worked out by Cloudinary only."),
    "b": QT_TRANSLATE_NOOP("fidelity", "The background {it} is made by Cloudinary only."),
    "bo": QT_TRANSLATE_NOOP("fidelity", "The border {it} is drawn by Cloudinary only."),
    "c": QT_TRANSLATE_NOOP(
        "fidelity",
        "The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.",
    ),
    "dpr": QT_TRANSLATE_NOOP(
        "fidelity", "The pixel density {it} is worked out by Cloudinary only."
    ),
    "e": QT_TRANSLATE_NOOP("fidelity", "The effect {it} is applied by Cloudinary only."),
    "f": QT_TRANSLATE_NOOP("fidelity", "The format {it} is written by Cloudinary only."),
    "fl": QT_TRANSLATE_NOOP("fidelity", "The flag {it} is followed by Cloudinary only."),
    "g": QT_TRANSLATE_NOOP(
        "fidelity", "Cloudinary looks for {it} in the picture; here the crop stays in the middle."
    ),
    "h": QT_TRANSLATE_NOOP("fidelity", "The height {it} is worked out by Cloudinary only."),
    "if": QT_TRANSLATE_NOOP(
        "fidelity", "Conditions that need what Cloudinary alone knows are left out: {it}."
    ),
    "l": QT_TRANSLATE_NOOP("fidelity", "The layer {it} is laid on by Cloudinary only."),
    "o": QT_TRANSLATE_NOOP("fidelity", "The opacity {it} is applied by Cloudinary only."),
    "q": QT_TRANSLATE_NOOP("fidelity", "The quality {it} is chosen by Cloudinary only."),
    "r": QT_TRANSLATE_NOOP("fidelity", "Rounded corners ({it}) are cut by Cloudinary only."),
    "t": QT_TRANSLATE_NOOP(
        "fidelity", "What the named transformation {it} does is not known here; it is left out."
    ),
    "u": QT_TRANSLATE_NOOP("fidelity", "The layer {it} is laid under by Cloudinary only."),
    "w": QT_TRANSLATE_NOOP("fidelity", "The width {it} is worked out by Cloudinary only."),
    "x": QT_TRANSLATE_NOOP("fidelity", "The offset {it} is worked out by Cloudinary only."),
    "y": QT_TRANSLATE_NOOP("fidelity", "The offset {it} is worked out by Cloudinary only."),
}
UNKNOWN = QT_TRANSLATE_NOOP("fidelity", "{it} is done by Cloudinary only.")
