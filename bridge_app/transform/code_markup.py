"""Code that pages are written in: HTML, Markdown and style sheets that show a rendition."""

import html
from collections.abc import Sequence
from dataclasses import replace

from bridge_app.transform.embed import Embed, with_density, without_format

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jxl": "image/jxl",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}
MODERN = ("avif", "webp")
"""Formats that are offered first, the smallest first; every browser skips what it cannot show."""


def image_tag(embed: Embed) -> str:
    """An `<img>` that lets the browser choose a width, loads late and keeps its place."""
    return f"<img {_attributes(embed)}>"


def picture_tag(embed: Embed, alternatives: Sequence[tuple[str, Embed]] = ()) -> str:
    """A `<picture>`: other crops by media query first, modern formats before the old one.

    Args:
        embed: What everybody else gets.
        alternatives: A media query, such as `(max-width: 600px)`, and what is shown then.
    """
    sources = [source for media, other in alternatives for source in _sources(other, media=media)]
    lines = [
        *sources,
        *_sources(embed, media="")[: len(MODERN)],
        f"<img {_attributes(_old(embed))}>",
    ]
    return "\n".join(["<picture>", *(f"  {line}" for line in lines), "</picture>"])


def markdown(embed: Embed) -> str:
    """An image in Markdown."""
    words = embed.alt.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
    return f"![{' '.join(words.split())}]({embed.url().replace('(', '%28').replace(')', '%29')})"


def css(embed: Embed) -> str:
    """A background for every density of screen, with a plain one for old browsers."""
    plain = _css_text(_old(embed).url())
    choices = [f"url({_css_text(url)}) {density}" for density, url in _densities(embed)]
    inner = ",\n    ".join(choices)
    return (
        ".rendition {\n"
        f"  background-image: url({plain});\n"
        f"  background-image: image-set(\n    {inner}\n  );\n"
        "}"
    )


def _densities(embed: Embed) -> list[tuple[str, str]]:
    found = [("1x", embed.url())]
    for density in ("2", "3"):
        dense = with_density(embed.path.transformation, f"{density}.0")
        if dense is not None:
            found.append((f"{density}x", embed.url(transformation=dense)))
    return found


def _sources(embed: Embed, *, media: str) -> list[str]:
    """`<source>`s for modern formats, and one for the rest."""
    chosen = f'media="{html.escape(media)}" ' if media else ""
    sizes = html.escape(_sizes(embed))
    found = []
    for form in (*MODERN, ""):
        shown = _old(embed) if not form else embed
        wanted = form or shown.path.extension or "jpg"
        srcset = html.escape(_srcset(embed, wanted))
        kind = TYPES.get(wanted, "")
        typed = f'type="{kind}" ' if kind else ""
        found.append(f'<source {chosen}{typed}srcset="{srcset}" sizes="{sizes}">')
    return found


def _old(embed: Embed) -> Embed:
    """With a format that everybody can show, where the transformation leaves it open."""
    path = embed.path
    is_open = any(_is_auto(part) for part in str(path.transformation).split("/"))
    if path.extension and not is_open:
        return embed
    form = path.extension or "jpg"
    bare = without_format(path.transformation)
    return replace(embed, path=replace(path, transformation=bare, extension=form))


def _is_auto(component: str) -> bool:
    return any(text.startswith("f_auto") for text in component.split(","))


def _attributes(embed: Embed) -> str:
    found = {"src": embed.url()}
    if len(embed.offered) > 1:
        found["srcset"] = _srcset(embed, None)
        found["sizes"] = _sizes(embed)
    if embed.width and embed.height:
        found |= {"width": str(embed.width), "height": str(embed.height)}
    loading = "lazy" if embed.is_lazy else "eager"
    found |= {"alt": " ".join(embed.alt.split()), "loading": loading, "decoding": "async"}
    if embed.placeholder:
        behind = embed.placeholder_url.replace("'", "%27")
        found["style"] = f"background:url('{behind}') center/cover no-repeat"
    return " ".join(f'{name}="{html.escape(value)}"' for name, value in found.items())


def _srcset(embed: Embed, form: str | None) -> str:
    """Each width with its address; the rendition's own width needs no further scaling."""
    if not embed.offered:
        return embed.url(form=form)
    return ", ".join(
        f"{embed.url(width=None if width == embed.width else width, form=form)} {width}w"
        for width in embed.offered
    )


def _sizes(embed: Embed) -> str:
    if embed.sizes or not embed.width:
        return embed.sizes or "100vw"
    return f"(max-width: {embed.width}px) 100vw, {embed.width}px"


def _css_text(text: str) -> str:
    """A text between quotation marks in a style sheet."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
