"""Rendition presets: named transformations with a purpose."""

from dataclasses import dataclass

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionPreset:
    """A named transformation; `title` is a translatable template, `name` its stable key."""

    name: str
    title: str
    transformation: str
    format: str


READY_PRESETS = (
    RenditionPreset(
        name="hero",
        title=QT_TRANSLATE_NOOP("presets", "Hero 1600 × 900"),
        transformation="c_fill,g_center,h_900,w_1600/q_auto",
        format="jpg",
    ),
    RenditionPreset(
        name="social-square",
        title=QT_TRANSLATE_NOOP("presets", "Social square 1080"),
        transformation="c_fill,g_center,h_1080,w_1080/q_auto",
        format="jpg",
    ),
    RenditionPreset(
        name="story",
        title=QT_TRANSLATE_NOOP("presets", "Story 1080 × 1920"),
        transformation="c_fill,g_center,h_1920,w_1080/q_auto",
        format="jpg",
    ),
    RenditionPreset(
        name="web",
        title=QT_TRANSLATE_NOOP("presets", "Web, at most 1200"),
        transformation="c_limit,h_1200,w_1200/q_auto",
        format="jpg",
    ),
    RenditionPreset(
        name="thumbnail",
        title=QT_TRANSLATE_NOOP("presets", "Thumbnail 320"),
        transformation="c_fit,h_320,w_320/q_auto",
        format="jpg",
    ),
)
