"""Where the files of layers are looked for, and where not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.layer_source import FetchedLayer, LayerKind, StoredLayer
from bridge_app.transform.layer_sources import LayerFolder, NoLayers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "layers"
    (inside / "brand").mkdir(parents=True)
    for name in ("brand/logo.png", "sale.v2.jpg", "exact", "brand/face.ttf"):
        (inside / name).write_bytes(b"x")
    (tmp_path / "secret.png").write_bytes(b"x")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    return inside


@pytest.mark.parametrize(
    ("public_id", "name"),
    [
        ("brand/logo", "brand/logo.png"),
        ("brand/logo.png", "brand/logo.png"),
        ("sale.v2", "sale.v2.jpg"),
        ("exact", "exact"),
    ],
)
def test_a_public_id_is_a_path_with_or_without_its_extension(
    folder: Path, public_id: str, name: str
) -> None:
    assert LayerFolder(folder).open(StoredLayer(public_id=public_id)) == folder / name


@pytest.mark.parametrize(
    "public_id", ["../secret", "/etc/passwd", "link", "brand", "none", "a\0b", "x" * 5000, ".."]
)
def test_nothing_outside_the_folder_is_opened(folder: Path, public_id: str) -> None:
    assert LayerFolder(folder).open(StoredLayer(public_id=public_id)) is None


def test_fonts_have_extensions_of_their_own(folder: Path) -> None:
    sources = LayerFolder(folder)
    assert sources.open(StoredLayer(public_id="brand/face", kind=LayerKind.FONT))
    assert sources.open(StoredLayer(public_id="brand/face")) is None


def test_what_lies_at_an_address_is_not_fetched(folder: Path) -> None:
    address = FetchedLayer(url=(folder / "exact").as_uri())
    assert LayerFolder(folder).open(address) is None
    assert NoLayers().open(StoredLayer(public_id="exact")) is None


@given(st.text(max_size=40))
def test_any_public_id_is_answered(public_id: str) -> None:
    found = LayerFolder(Path(__file__).parent).open(StoredLayer(public_id=public_id))
    assert found is None or found.is_relative_to(Path(__file__).parent.resolve())
