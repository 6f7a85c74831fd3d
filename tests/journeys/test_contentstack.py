"""A campaign in three locales: published, its hero replaced, and gone when its rights end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from bridge_app.domain.approvals import Approval
from bridge_app.domain.localised import Variant
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.webhooks import Endpoint
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import TOKEN, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.dialogs.contentstack import ContentstackDialog
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from tests.desk import ACCOUNT, Desk, licensed_picture
from tests.journeys.conftest import Opener
from tests.journeys.person import Person
from tests.receivers import Receiver
from tests.stacks import entry, field, is_public, site, stack_sandbox, versions

pytestmark = pytest.mark.journey
LOCALES = ("en-us", "de-de", "fr-fr")
BANNER = RenditionPreset(
    name="banner",
    title="",
    transformation="c_fill,h_100,w_400/l_text:Inter_40:$(headline)/fl_layer_apply",
    format="jpg",
)
HEADLINES = {"en": "Summer", "de": "Sommer", "fr": "Soldes"}
TABLE = tuple(
    Variant(language=language, values=(("headline", text),)) for language, text in HEADLINES.items()
)


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


def approve_and_push(desk: Desk, person: Person, *, replaces: bool = False) -> None:
    """The hero as it is now, through the window; then its banners are made."""
    worker = desk.parts.worker
    person.choose("hero.jpg")
    person.key(Qt.Key.Key_A)
    person.until(lambda: person.asset("hero.jpg").approval is Approval.APPROVED)
    sheet = person.planned()
    person.press("Push", sheet)
    if replaces:
        person.click(person.dialog(ConfirmDialog).act_button)
    person.until(lambda: desk.asset("hero.jpg").cloud is not None)
    wish = RenditionWish(presets=(BANNER,), table=TABLE)
    plan = worker.renditions.plan([desk.asset("hero.jpg").id], wish)
    desk.finished(worker.renditions.carry_out(plan))


def add_stack(person: Person, shown: ContentstackDialog, sandbox: Sandbox) -> None:
    """The site, with a locale for each language."""
    told, form, typed = site(sandbox), shown.form, person.qtbot.keyClicks
    person.press("Add", shown)
    typed(form.name_field, "Site")
    form.region_field.setEditText(told.region)
    typed(form.key_field, told.api_key)
    typed(form.token_field, TOKEN)
    typed(form.environment_field, told.environment)
    typed(form.locales_field, "en=en-us, de=de-de, fr=fr-fr")
    person.press("Test and Save", shown)
    person.until(shown.publish.isVisible)


def publish(person: Person, shown: ContentstackDialog) -> None:
    """What is proposed for each locale, into the spring's hero."""
    form = shown.publishing
    person.press("Publish Renditions", shown)
    person.until(lambda: form.entry_field.findText("Spring") >= 0)
    form.entry_field.setCurrentText("Spring")
    form.entry_field.activated.emit(form.entry_field.currentIndex())
    person.press("Publish in 3 locale", shown)
    person.until(shown.publish.isVisible)


def marks(shown: ContentstackDialog) -> list[str]:
    lines = shown.publications
    rows = (lines.index(row, 0) for row in range(lines.rowCount()))
    return [row.data(LineRole.LINE).mark for row in rows]


def addresses(spring: Entry, locale: str) -> list[str]:
    """What was added beside what the sample has there."""
    return [one["secure_url"] for one in field(spring, locale=locale)[3:]]


def publications(stack: Stack) -> int:
    return sum(path.endswith("/publish") for _, path, _ in stack.calls)


def check_news(receiver: Receiver) -> None:
    """Each event was told once."""
    told = [(one.type, one.id) for one in receiver.received]
    assert len(told) == len(set(told))
    kinds = [kind for kind, _ in told]
    assert (kinds.count("asset.replaced"), kinds.count("asset.expired")) == (1, 1)


def test_three_locales_follow_the_hero_once_and_let_it_go(
    desk: Desk, sandbox: Sandbox, receiver: Receiver, opener: Opener
) -> None:
    worker, spring = desk.parts.worker, entry(sandbox.stack, "Spring")
    endpoint = Endpoint(id="", name="Shop", url=receiver.url, private_allowed=True)
    worker.webhooks.add(endpoint)
    end = desk.clock() + timedelta(days=3)
    licensed_picture(desk.folder / "hero.jpg", until=end, seed=1)
    desk.library()
    person = opener()
    approve_and_push(desk, person)
    person.window.core.actions.stacks.trigger()
    shown = person.dialog(ContentstackDialog)
    add_stack(person, shown, sandbox)
    publish(person, shown)
    person.until(lambda: marks(shown) == ["Published"] * 3)
    assert all(is_public(spring, locale) for locale in LOCALES)
    first = {locale: addresses(spring, locale) for locale in LOCALES}
    headlines = dict(zip(LOCALES, HEADLINES.values(), strict=True))
    assert all(headlines[locale] in first[locale][0] for locale in LOCALES)
    assert [versions(spring, locale) for locale in LOCALES] == [2, 1, 1]
    assert publications(sandbox.stack) == 3
    desk.until(lambda: len(receiver.of_type("rendition.created")) == 3, what="the news")
    person.press("Close", shown)

    licensed_picture(desk.folder / "hero.jpg", until=end, seed=2)
    person.until(lambda: person.asset("hero.jpg").approval is not Approval.APPROVED)
    approve_and_push(desk, person, replaces=True)
    person.until(
        lambda: all(addresses(spring, locale) not in ([], first[locale]) for locale in LOCALES)
    )
    person.until(lambda: publications(sandbox.stack) == 6)
    desk.until(lambda: bool(receiver.of_type("asset.replaced")), what="the news")
    assert [versions(spring, locale) for locale in LOCALES] == [3, 2, 2]
    assert [len(addresses(spring, locale)) for locale in LOCALES] == [1, 1, 1]

    desk.clock.forward(timedelta(days=5))
    worker.retractions.carry_out(worker.retractions.plan(ACCOUNT.cloud_name))
    person.window.core.actions.stacks.trigger()
    shown = person.dialog(ContentstackDialog)
    person.until(lambda: marks(shown) == ["Taken back"] * 3)
    assert not any(is_public(spring, locale) for locale in LOCALES)
    desk.until(lambda: bool(receiver.of_type("asset.expired")), what="the news")
    check_news(receiver)
    person.press("Close", shown)
