"""`asset-bridge feed`: products in, matches, pushes and addresses out, from the shell."""

from pathlib import Path

import pytest

from bridge_app.cli.output import FAILED, USAGE
from tests.cli.conftest import CommandLine

ROWS = """sku,product_name,updated_at
tall,Tower,2026-11-20T08:00:00Z
SKU-9,Coat,2026-11-20T08:00:00Z
,Hat,2026-11-20T08:00:00Z
"""


@pytest.fixture
def feed(with_account: CommandLine, tmp_path: Path) -> CommandLine:
    (tmp_path / "pim.csv").write_text(ROWS)
    words = ("feed", "add", "pim", str(tmp_path / "pim.csv"), "--push", "--folder", "shop")
    assert with_account(*words).status == 0
    return with_account


def test_a_feed_is_read_matched_pushed_and_written_out(feed: CommandLine, tmp_path: Path) -> None:
    planned = feed("feed", "import", "pim", "--dry-run", "--json").lines[0]
    assert (planned["upserted"], feed("feed", "list", "--json").lines[0]["products"]) == (2, 0)
    taken = feed("feed", "import", "pim", "--json")
    assert taken.status == FAILED
    assert taken.lines[0]["rejected"][0]["code"] == "missing"
    found = feed("feed", "preview", "pim", "--json").lines
    assert [(one["match"], one["sku"], one["name"]) for one in found if "sku" in one] == [
        ("matched", "tall", "tall_02.jpg"),
        ("missing", "SKU-9", None),
    ]
    assert len([one for one in found if one["match"] == "unused"]) == 3
    assert feed("approve", "tall_02.jpg").status == 0
    # It was paused: most of its rows are bad, and a person has looked.
    assert feed("feed", "on", "pim").status == 0
    plan = feed("feed", "run", "pim", "--dry-run", "--json").lines
    assert [(one["action"], one["skus"]) for one in plan if "action" in one] == [("new", ["tall"])]
    done = feed("feed", "run", "pim", "--wait")
    assert "1 images are sent to studio" in done.err
    assert "0 images are sent" in feed("feed", "run", "pim").err
    out = tmp_path / "out.jsonl"
    assert feed("feed", "out", "pim", str(out), "--preset", "web").status == 0
    assert '"sku":"tall"' in out.read_text()
    assert feed("feed", "runs", "pim", "--json").lines[0]["received"] == 3
    assert feed("feed", "remove", "pim").status == 0
    assert feed("feed", "list").out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("x", "/nowhere"),
        ("x", "https://a:b@example.com/feed.csv"),
        ("x", ".", "--pattern", "{size}"),
        ("x", ".", "--column", "nonsense"),
        ("x", ".", "--every", "1"),
    ],
)
def test_what_is_no_feed_is_refused(empty: CommandLine, words: tuple[str, ...]) -> None:
    assert empty("feed", "add", *words).status == USAGE
    assert empty("feed", "list").out == ""
