"""What is chosen before a campaign is archived is what is wished."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bridge_app.domain.archive_plan import CopyFate
from bridge_app.ui.dialogs.archive_options import ArchiveOptions


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("Stay as they are", CopyFate.KEEP),
        ("Open with a token only", CopyFate.RESTRICT),
        ("Are deleted", CopyFate.REMOVE),
    ],
)
def test_copies_at_cloudinary_have_the_fate_that_is_read(
    qapp: QApplication, english: None, tmp_path: Path, words: str, fate: CopyFate
) -> None:
    options = ArchiveOptions(year=2026, folder=tmp_path)
    options.copies.setCurrentText(words)
    assert options.wish("brand", "container").copies is fate


def test_without_a_choice_copies_are_closed_and_not_deleted(
    qapp: QApplication, english: None, tmp_path: Path
) -> None:
    options = ArchiveOptions(year=2026, folder=tmp_path)
    assert options.wish("brand", "container").copies is CopyFate.RESTRICT
