"""Code of programs: players and galleries for pages, and the official SDKs' own calls."""

import html
import json

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.transform.embed import Embed
from bridge_app.transform.sdk_options import to_options

PLAYER = "https://cdn.jsdelivr.net/npm/cloudinary-video-player/dist/cld-video-player.min"
GALLERY = "https://product-gallery.cloudinary.com/latest/all.js"


def video_player(embed: Embed) -> str:
    """Cloudinary's Video Player with this film, self-hosted from a public CDN."""
    size = f' width="{embed.width}" height="{embed.height}"' if embed.width else ""
    source: dict[str, object] = {}
    if str(embed.path.transformation):
        source["transformation"] = {"raw_transformation": str(embed.path.transformation)}
    if embed.path.version:
        source["version"] = embed.path.version
    if embed.path.delivery_type != "upload":
        source["type"] = embed.path.delivery_type
    host = _host(embed) | ({"cname": embed.host.cname} if embed.host.cname else {})
    return (
        f'<link rel="stylesheet" href="{PLAYER}.css">\n'
        f'<script src="{PLAYER}.js"></script>\n'
        f'<video id="player" class="cld-video-player cld-fluid" controls playsinline{size}'
        f' aria-label="{html.escape(embed.alt)}"></video>\n'
        "<script>\n"
        f'  const player = cloudinary.videoPlayer("player", {_script(host)});\n'
        f"  player.source({_script(embed.path.public_id)}, {_script(source)});\n"
        "</script>"
    )


def gallery(embeds: list[Embed]) -> str:
    """Cloudinary's Product Gallery with these, of one product environment.

    Raises InvalidInputError for none.
    """
    if not embeds:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The gallery"),
            detail=QT_TRANSLATE_NOOP("facts", "nothing is chosen for it"),
        )
    assets = [
        {
            "publicId": one.path.public_id,
            "mediaType": "video" if one.is_film else "image",
        }
        | (
            {"transformation": {"raw_transformation": str(one.path.transformation)}}
            if str(one.path.transformation)
            else {}
        )
        for one in embeds
    ]
    wanted = {"container": "#gallery", **_host(embeds[0]), "mediaAssets": assets}
    return (
        f'<script src="{GALLERY}"></script>\n'
        '<div id="gallery"></div>\n'
        "<script>\n"
        f"  cloudinary.galleryWidget({_script(wanted)}).render();\n"
        "</script>"
    )


def python_code(embed: Embed) -> str:
    """The call of Cloudinary's Python SDK that gives exactly this address."""
    options = "".join(
        _python_steps(embed) if name == "raw_transformation" else f"    {name}={value!r},\n"
        for name, value in _options(embed).items()
    )
    return (
        "from cloudinary.utils import cloudinary_url\n"
        "\n"
        "url, _ = cloudinary_url(\n"
        f"    {embed.path.public_id!r},\n"
        f"{options})"
    )


def _python_steps(embed: Embed) -> str:
    """The transformation in the SDK's own words, as far as they give the same address."""
    steps = to_options(embed.path.transformation)
    if all("raw_transformation" in step for step in steps):
        return f"    raw_transformation={str(embed.path.transformation)!r},\n"
    lines = "".join(f"        {step!r},\n" for step in steps)
    return f"    transformation=[\n{lines}    ],\n"


def node_code(embed: Embed) -> str:
    """The call of Cloudinary's Node SDK that gives exactly this address."""
    options = "".join(
        f"  {name}: {json.dumps(value)},\n" for name, value in _options(embed).items()
    )
    return (
        'import { v2 as cloudinary } from "cloudinary";\n'
        "\n"
        f"const url = cloudinary.url({json.dumps(embed.path.public_id)}, {{\n"
        f"{options}  urlAnalytics: false,\n"
        "});"
    )


def javascript_code(embed: Embed) -> str:
    """The same with the SDK for browsers, `@cloudinary/url-gen`."""
    path, host = embed.path, embed.host
    url: dict[str, object] = {"secure": host.secure, "analytics": False}
    if host.private_cdn:
        url["privateCdn"] = True
    if host.secure_distribution:
        url["secureDistribution"] = host.secure_distribution
    if host.cname:
        url["cname"] = host.cname
    config = {"cloud": {"cloudName": host.cloud}, "url": url}
    name = f"{path.public_id}.{path.extension}" if path.extension else path.public_id
    calls = [f"  .{'video' if embed.is_film else 'image'}({json.dumps(name)})"]
    if path.delivery_type != "upload":
        calls.append(f"  .setDeliveryType({json.dumps(path.delivery_type)})")
    if path.version:
        calls.append(f"  .setVersion({path.version})")
    if str(path.transformation):
        calls.append(f"  .addTransformation({json.dumps(str(path.transformation))})")
    return (
        'import { Cloudinary } from "@cloudinary/url-gen";\n'
        "\n"
        f"const cloudinary = new Cloudinary({json.dumps(config)});\n"
        "const url = cloudinary\n" + "\n".join(calls) + "\n  .toURL();"
    )


def _options(embed: Embed) -> dict[str, object]:
    """What both server-side SDKs call the parts of an address. Source: reference 1.3, 8."""
    path, host = embed.path, embed.host
    found: dict[str, object] = {"cloud_name": host.cloud, "secure": host.secure}
    if host.private_cdn:
        found["private_cdn"] = True
    if host.secure_distribution:
        found["secure_distribution"] = host.secure_distribution
    if host.cname:
        found["cname"] = host.cname
    if path.resource_type != "image":
        found["resource_type"] = path.resource_type
    if path.delivery_type != "upload":
        found["type"] = path.delivery_type
    if path.version:
        found["version"] = path.version
    if str(path.transformation):
        found["raw_transformation"] = str(path.transformation)
    if path.extension:
        found["format"] = path.extension
    if embed.signer is not None:
        found["sign_url"] = True
    return found


def _host(embed: Embed) -> dict[str, object]:
    """Where the widgets find an environment."""
    found: dict[str, object] = {"cloudName": embed.host.cloud, "secure": embed.host.secure}
    if embed.host.private_cdn:
        found["privateCdn"] = True
    if embed.host.secure_distribution:
        found["secureDistribution"] = embed.host.secure_distribution
    return found


def _script(value: object) -> str:
    """A value inside a `<script>`: nothing in it can end the element."""
    text = json.dumps(value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
