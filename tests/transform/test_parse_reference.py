"""What the reference and the vendors' own tests and documents hold comes back as it was."""

from pathlib import Path

import pytest
from cloudinary.utils import generate_transformation_string

from bridge_app.transform import parse
from bridge_app.transform.sdk_options import to_options

REFERENCE = Path(__file__).with_name("reference_transformations.txt")
VENDORS = Path(__file__).with_name("vendor_transformations.txt")


def lines(path: Path) -> list[str]:
    written = path.read_text(encoding="utf-8").splitlines()
    return [line for line in written if line and not line.startswith("#")]


@pytest.mark.parametrize("text", lines(REFERENCE))
def test_every_form_of_the_reference_is_written_back_identically(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", lines(REFERENCE))
def test_the_official_sdk_writes_it_from_our_options(text: str) -> None:
    if "//" not in f"/{text}/":
        written, _ = generate_transformation_string(transformation=to_options(parse(text)))
        assert written == text


def test_the_vendors_transformations_are_written_back_identically() -> None:
    """Gathered from the SDKs' repositories, which the head of the file names."""
    gathered = lines(VENDORS)
    identical = [text for text in gathered if str(parse(text)) == text]
    print(f"{len(identical)} of {len(gathered)} are written back identically")  # noqa: T201
    assert set(gathered) == set(identical)
    assert len(gathered) > 2500


def test_the_official_sdk_writes_the_vendors_transformations_from_our_options() -> None:
    for text in lines(VENDORS):
        if "//" not in f"/{text}/":
            written, _ = generate_transformation_string(transformation=to_options(parse(text)))
            assert written == text
