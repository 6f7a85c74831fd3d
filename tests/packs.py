"""Review packs and verdict files as tests make them: a pack on disk, and what came back of one."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bridge_app.domain.assets import AssetId
from bridge_app.domain.review_pack import Pack, PackItem
from bridge_app.work.review_pack_files import PAGE, pack_at, page
from bridge_app.work.review_pack_words import ENGLISH, Wording


def painted(number: int, size: tuple[int, int]) -> bytes:
    """A picture of one colour."""
    written = BytesIO()
    Image.new("RGB", size, (number * 60 % 256, 120, 200)).save(written, "PNG")
    return written.getvalue()


def pack_on_disk(
    folder: Path,
    *,
    count: int = 3,
    title: str = "Spring",
    wording: Wording = ENGLISH,
    size: tuple[int, int] = (400, 200),
    film: Path | None = None,
) -> Pack:
    """A pack of pictures of one colour, written to a folder; the first may be of a film."""
    items = []
    with pack_at(folder) as writer:
        for number in range(count):
            data = painted(number, size)
            name = f"pictures/{number + 1:04}.png"
            writer.put(name, data)
            moving = f"films/0001{film.suffix}" if film is not None and number == 0 else ""
            if film is not None and moving:
                content = sha256(film.read_bytes()).hexdigest()
                writer.copy(moving, film, sha256=content)
            items.append(
                PackItem(
                    key=str(number + 1),
                    asset=AssetId(f"secret-{number}"),
                    name=f"photo-{number}.jpg",
                    content=f"{number:064}",
                    transformation="" if number == 0 else "c_fill,h_200,w_400/f_png",
                    picture=name,
                    sha256=sha256(data).hexdigest(),
                    bytes=len(data),
                    width=size[0],
                    height=size[1],
                    title=title,
                    kind="video" if moving else "image",
                    film=moving,
                )
            )
        pack = Pack(
            id=sha256(str(folder).encode()).hexdigest()[:32],
            title=title,
            made_by="Mara",
            made_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
            note=title,
            items=tuple(items),
        )
        writer.put(PAGE, page(pack, wording))
    return pack


def verdict(item: PackItem, approval: str = "approved", **more: object) -> dict[str, Any]:
    """A line of a verdict file, as the page writes it."""
    return {
        "key": item.key,
        "content": item.content,
        "transformation": item.transformation,
        "picture": item.sha256,
        "verdict": approval,
        "note": "",
        "given_at": 1_000,
        "comments": [],
        **more,
    }


def verdict_document(pack: str, verdicts: Sequence[object], **more: object) -> bytes:
    """A verdict file, as the page writes it."""
    told = {
        "kind": "asset-bridge/review-verdicts",
        "version": 1,
        "pack": pack,
        "session": "a1",
        "reviewer": "Ines",
        "verdicts": list(verdicts),
        **more,
    }
    return json.dumps(told).encode()
