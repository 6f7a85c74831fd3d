"""Fixtures for every test: the platform, the corpus, and a profile of its own."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real media with known facts; never written to."""
    if not (CORPUS / "manifest.csv").is_file():
        pytest.skip(f"the corpus is not at {CORPUS}")
    return CORPUS
