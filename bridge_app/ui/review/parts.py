"""The parts of review mode, made; the window puts them in their places, keys act on them."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.details import DetailsPanel
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.review.comments_panel import CommentsPanel
from bridge_app.ui.review.contact import ContactPage
from bridge_app.ui.review.deciding import Deciding
from bridge_app.ui.review.decision_bar import DecisionBar
from bridge_app.ui.review.earlier import Earlier
from bridge_app.ui.review.entries import Entries
from bridge_app.ui.review.film_bar import FilmBar
from bridge_app.ui.review.filming import Filming
from bridge_app.ui.review.filmstrip import Filmstrip
from bridge_app.ui.review.head_bar import ReviewHead
from bridge_app.ui.review.help import HelpOverlay
from bridge_app.ui.review.preloading import Preloading
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.stage_feed import StageFeed
from bridge_app.ui.review.stage_view import StageView
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.review.verdict_card import VerdictCard
from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSeat:
    """What review mode needs of the window that opens it."""

    worker: Worker
    asker: Asker
    looks: Looks


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewParts:
    """All of them; `pages` holds the stage and the contact sheet, `side` facts and comments."""

    sitting: Sitting
    pictures: Preloading
    earlier: Earlier
    deciding: Deciding
    head: ReviewHead
    stage: StageView
    film: FilmBar
    filming: Filming
    feed: StageFeed
    contact: ContactPage
    bar: DecisionBar
    banner: Banner
    strip: Filmstrip
    verdict: VerdictCard
    details: DetailsPanel
    comments: CommentsPanel
    tabs: QTabWidget
    pages: QStackedWidget
    side: QWidget
    help: HelpOverlay

    @property
    def is_sheet(self) -> bool:
        """Is the contact sheet shown?"""
        return self.pages.currentWidget() is self.contact

    @property
    def chosen(self) -> list[Subject]:
        """What a decision is about: what is chosen on the sheet, or the current picture."""
        found = self.contact.subjects if self.is_sheet else []
        here = self.sitting.subject
        return found or ([here] if here is not None else [])


def make_parts(seat: ReviewSeat, window: QWidget) -> ReviewParts:
    """Make them, with nothing in them yet."""
    worker, asker, looks = seat.worker, seat.asker, seat.looks
    theme, icons = looks.theme, looks.icons
    sitting = Sitting(worker, asker, window)
    pictures = Preloading(worker, asker, window)
    earlier = Earlier(worker, asker, window)
    stage, film = StageView(theme, icons), FilmBar(theme, icons)
    filming = Filming(worker, asker, film, window)
    return ReviewParts(
        sitting=sitting,
        pictures=pictures,
        earlier=earlier,
        deciding=Deciding(worker, asker, sitting),
        head=ReviewHead(theme, icons),
        stage=stage,
        film=film,
        filming=filming,
        feed=StageFeed(sitting, pictures, earlier, filming, stage, looks),
        contact=ContactPage(theme, icons, sitting, pictures),
        bar=DecisionBar(theme, icons),
        banner=Banner(theme, icons),
        strip=Filmstrip(theme, icons, sitting, Entries(sitting, pictures, window)),
        verdict=VerdictCard(theme, icons),
        details=DetailsPanel(theme, icons, now=looks.now),
        comments=CommentsPanel(worker, asker, theme, icons),
        tabs=QTabWidget(),
        pages=QStackedWidget(),
        side=QWidget(),
        help=HelpOverlay(theme, seat.looks.keys, window),
    )
