"""Why something does not go on: kept as a template with its facts, for any language to tell."""

import pytest

from bridge_app.domain.jobs import Trouble
from bridge_app.storage.job_rows import error_text, kept_trouble


def test_a_trouble_is_read_as_it_was_written() -> None:
    trouble = Trouble(kind="NotFoundError", text="{what} is not there.", facts={"what": "It {x}"})
    assert kept_trouble(error_text(trouble)) == trouble


@pytest.mark.parametrize("sentence", ["products.csv: 3 of 4 rows", "{odd} [braces]"])
def test_a_sentence_of_earlier_versions_stays_as_it_is(sentence: str) -> None:
    kept = kept_trouble(sentence)
    assert kept is not None
    assert kept.sentence() == sentence
    assert kept_trouble("") is None
