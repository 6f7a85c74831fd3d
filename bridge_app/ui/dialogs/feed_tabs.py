"""What is seen of one feed: images found, what is unclear, what lacks, and its line report."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QListView, QTabWidget

from bridge_app.storage.feeds import FeedRun
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.feed_wording import finding_line, match_line
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import number_text, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.work.product_feeds import FeedPreview

translate = QCoreApplication.translate


class FeedTabs(QTabWidget):
    """A tab for each of them, with its number."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        names = _names()
        self.found = tuple(LineList(self) for _ in names)
        self._places: list[ListOrWords] = []
        for lines, name in zip(self.found, names, strict=True):
            view = QListView()
            show_lines(view, lines, looks.theme, looks.icons, name)
            self._places.append(ListOrWords(view))
            self.addTab(self._places[-1], name)

    def show_nothing(self) -> None:
        """It is not known yet."""
        for place, name in enumerate(_names()):
            self._places[place].say("")
            self.found[place].take([])
            self.setTabText(place, name)

    def show_seen(self, run: FeedRun | None, preview: FeedPreview) -> None:
        """The newest run, and what matches now."""
        counts = preview.counts
        bad = run.result.bad_rows + run.result.warned if run else 0
        without = max(len(preview.missing), counts.missing, counts.bare)
        totals = (counts.images, counts.unclear, without, counts.unused, bad)
        rows = zip(_names(), _lines(run, preview), totals, strict=True)
        for place, (name, some, total) in enumerate(rows):
            self.found[place].take(some)
            self._places[place].say(translate("FeedsDialog", "None"))
            text = translate("FeedsDialog", "{name} ({count})")
            whole = text.format(name=name, count=number_text(total))
            self.setTabText(place, whole if total else name)


def _names() -> tuple[str, ...]:
    return (
        translate("FeedsDialog", "Images found"),
        translate("FeedsDialog", "Unclear"),
        translate("FeedsDialog", "Without an image"),
        translate("FeedsDialog", "Without a product"),
        translate("FeedsDialog", "Line report"),
    )


def _lines(run: FeedRun | None, preview: FeedPreview) -> list[list[Line]]:
    findings = (*run.result.rejected, *run.result.warnings) if run else ()
    matches = (preview.matched, preview.unclear, preview.missing)
    why = translate("FeedsDialog", "Shows no product")
    return [
        *([match_line(one, row) for row, one in enumerate(some)] for some in matches),
        [
            Line(key=asset, icon="image", title=one_line(name), text=why)
            for asset, name in preview.unused
        ],
        [finding_line(one, row) for row, one in enumerate(findings)],
    ]
