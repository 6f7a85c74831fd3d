"""A master, layers of known colours, and transformations carried out on them."""

from pathlib import Path

from PIL import Image, ImageDraw

from bridge_app.transform import Rendered, parse, render
from bridge_app.transform.layer_sources import LayerFolder

WIDTH, HEIGHT = 120, 80
GREY, RED, BLUE = (200, 200, 200), (255, 0, 0), (0, 0, 255)


def layer_folder(folder: Path) -> Path:
    """A master and layers of known colours."""
    (folder / "brand").mkdir()
    Image.new("RGB", (WIDTH, HEIGHT), GREY).save(folder / "base.png")
    Image.new("RGB", (20, 10), RED).save(folder / "brand" / "red.png")
    Image.new("RGB", (20, 10), BLUE).save(folder / "blue.png")
    disc = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ImageDraw.Draw(disc).ellipse((0, 0, 39, 39), fill=(*RED, 255))
    disc.save(folder / "disc.png")
    Image.new("RGBA", (WIDTH, HEIGHT), (*RED, 128)).save(folder / "veil.png")
    half = Image.new("RGB", (WIDTH, HEIGHT), (0, 0, 0))
    ImageDraw.Draw(half).rectangle((WIDTH // 2, 0, WIDTH, HEIGHT), fill=(255, 255, 255))
    half.save(folder / "half.png")
    Image.new("RGB", (WIDTH, HEIGHT), (255, 127, 0)).save(folder / "push.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    return folder


def made(folder: Path, text: str, master: str = "base.png") -> Rendered:
    chain = parse(f"{text}/f_png")
    return render(folder / master, chain, sources=LayerFolder(folder))
