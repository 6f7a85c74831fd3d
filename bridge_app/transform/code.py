"""What people paste: the code that shows a rendition on a page, or builds its address."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from bridge_app.domain.errors import InvalidInputError
from bridge_app.transform.code_markup import css, image_tag, markdown, picture_tag
from bridge_app.transform.code_programs import (
    gallery,
    javascript_code,
    node_code,
    python_code,
    video_player,
)
from bridge_app.transform.embed import Embed


class Code(StrEnum):
    """What kind of code."""

    URL = "url"
    HTML = "html"
    PICTURE = "picture"
    MARKDOWN = "markdown"
    CSS = "css"
    VIDEO_PLAYER = "video_player"
    GALLERY = "gallery"
    PYTHON = "python"
    JAVASCRIPT = "javascript"
    NODE = "node"


PICTURES_ONLY = frozenset({Code.HTML, Code.PICTURE, Code.MARKDOWN, Code.CSS})
FILMS_ONLY = frozenset({Code.VIDEO_PLAYER})


def available(embed: Embed) -> tuple[Code, ...]:
    """The kinds of code there are for it."""
    if embed.path.resource_type == "raw":
        return (Code.URL, Code.PYTHON, Code.NODE)
    left_out = PICTURES_ONLY if embed.is_film else FILMS_ONLY
    return tuple(kind for kind in Code if kind not in left_out)


def code(kind: Code, embed: Embed) -> str:
    """The code of one kind. Raises InvalidInputError where there is none; see `available`."""
    if kind not in available(embed):
        raise InvalidInputError(
            what=f"This kind of code ({kind})",
            detail=f"there is none for what is delivered as {embed.path.resource_type}",
        )
    return WRITERS[kind](embed)


WRITERS: Mapping[Code, Callable[[Embed], str]] = {
    Code.URL: Embed.url,
    Code.HTML: image_tag,
    Code.PICTURE: picture_tag,
    Code.MARKDOWN: markdown,
    Code.CSS: css,
    Code.VIDEO_PLAYER: video_player,
    Code.GALLERY: lambda embed: gallery([embed]),
    Code.PYTHON: python_code,
    Code.JAVASCRIPT: javascript_code,
    Code.NODE: node_code,
}
