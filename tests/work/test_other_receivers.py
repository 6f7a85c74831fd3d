"""A channel that a package brings is told like an endpoint of the web."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge_app.channels.channel import spoken
from bridge_app.domain.jobs import JobState
from bridge_app.domain.webhooks import Endpoint, EndpointAddressError
from tests.desk import Desk

PAGE = Path(__file__).resolve().parents[2] / "docs" / "authors.md"
EXAMPLE = re.compile(r"^```python\n# drum\.py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VILLAGE = Endpoint(id="", name="Village", url="drum://village")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The example of the page for authors, installed; the file of its entry points."""
    found = EXAMPLE.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    (tmp_path / "drum.py").write_text(found[1], encoding="utf-8")
    information = tmp_path / "drum-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: drum\nVersion: 1.0\n")
    points = information / "entry_points.txt"
    points.write_text("[asset_bridge.channels]\ndrum = drum:MAKER\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield points
    sys.modules.pop("drum", None)


def village() -> Any:
    """What is at the other end."""
    return sys.modules["drum"].DRUMS["drum://village"]


def test_it_is_told_by_the_same_messages_and_tried_again(desk: Desk, package: Path) -> None:
    webhooks = desk.parts.worker.webhooks
    endpoint, _ = webhooks.add(VILLAGE)
    (job,) = desk.finished(webhooks.test(endpoint.id))
    assert job.state is JobState.DONE
    ((name, signature, body),) = village().heard
    assert name.startswith("msg_")
    assert signature.startswith("v1,")
    assert b'"webhook.test"' in body
    # It has no pages: nobody is offered to publish there.
    assert spoken() == {}
    village().is_out = True
    batch = webhooks.test(endpoint.id)
    desk.until(
        lambda: desk.parts.worker.batch(batch)[0].state is JobState.WAITING, what="another try"
    )


def test_without_the_package_no_such_endpoint_is_added_and_a_kept_one_says_so(
    desk: Desk, package: Path
) -> None:
    webhooks = desk.parts.worker.webhooks
    endpoint, _ = webhooks.add(VILLAGE)
    package.unlink()
    with pytest.raises(EndpointAddressError):
        webhooks.add(replace(VILLAGE, name="Other"))
    (job,) = desk.finished(webhooks.test(endpoint.id))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "drum" in job.error.sentence()
