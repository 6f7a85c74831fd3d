"""The parts that keep words for metadata, put together; `workshop` gives them their places."""

from collections.abc import Callable
from datetime import datetime

from bridge_app.domain.assets import LibraryId
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.words import WordsDesk, WordStores


def words_desk(
    stock: Stock,
    announcer: Announcer,
    *,
    shelters: Callable[[], ShelterDesk | None],
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> WordsDesk:
    """Templates, vocabularies and tables; `shelters` knows libraries at services."""

    def library_name(library: LibraryId) -> str:
        desk = shelters()
        known = (*stock.places.libraries(), *(desk.libraries() if desk else ()))
        return next((one.name for one in known if one.id == library), "")

    stores = WordStores(
        templates=stock.metadata_templates,
        vocabularies=stock.vocabularies,
        readers=stock.readers,
    )
    return WordsDesk(stores, library_name=library_name, who=who, tell=announcer.tell, now=now)
