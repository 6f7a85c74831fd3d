"""100,000 products with three images each, against 100,000 assets: seconds, and little memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.storage.catalog import Catalog, SeenFile
from bridge_app.storage.ledger import open_ledger
from tests.benchmarks.pushing import tell
from tests.storage.shelf import make

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

PRODUCTS = ASSETS = 100_000
MOST_S, MOST_MB = 30.0, 500
HEADER = "sku,product_name,market,language,slot,position,media_ref,updated_at\n"
BY_SKU = "sku,product_name,updated_at\n"
AT = "2026-11-20T08:00:00Z"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("feeds")
    open_ledger(home / "ledger.db").close()
    catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
    for start in range(0, ASSETS, 1000):
        made = [make(f"{n % 97}/{image_name(n)}") for n in range(start, start + 1000)]
        catalog.put([SeenFile(asset=one, modified_ns=1, file_key=one.path) for one in made])
    catalog.writer.close()
    return home


def image_name(number: int) -> str:
    """Three of each SKU."""
    return f"SKU-{number // 3:06}_{('hero', 'alt', 'detail')[number % 3]}_{number % 3}.jpg"


def rows_that_name_images() -> Iterator[str]:
    yield HEADER
    for product in range(PRODUCTS):
        for place, slot in enumerate(("hero", "alt", "detail")):
            name = image_name((product * 3 + place) % ASSETS)
            yield f"P-{product:06},Jacket {product},DE,de,{slot},{place},file:{name},{AT}\n"


def rows_that_name_none() -> Iterator[str]:
    yield BY_SKU
    for product in range(PRODUCTS):
        yield f"SKU-{product:06},Jacket {product},{AT}\n"


@pytest.mark.parametrize(
    ("rows", "images"),
    [(rows_that_name_images, 3 * PRODUCTS), (rows_that_name_none, ASSETS)],
    ids=["named", "by-sku"],
)
def test_a_feed_is_read_and_matched_in_seconds(
    profile: Path, tmp_path: Path, rows: object, images: int
) -> None:
    file = tmp_path / "products.csv"
    with file.open("w") as written:
        written.writelines(rows())  # type: ignore[operator]
    command = [sys.executable, "-m", "tests.benchmarks.feed_matching", str(profile), str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout)
    tell(told)
    assert told["taken"] == PRODUCTS
    assert told["images"] == images
    assert told["match_s"] < MOST_S
    assert told["read_cpu_s"] + told["match_cpu_s"] < MOST_S
    assert told["rss_mb"] < MOST_MB
