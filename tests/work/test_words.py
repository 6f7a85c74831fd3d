"""Templates and vocabularies are kept, exchanged and used; tables go out and come back."""

from collections.abc import Iterator
from pathlib import Path

import exiv2
import pytest

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_templates import MetadataTemplate, TemplateRow, Way
from bridge_app.domain.standard_fields import path_of
from bridge_app.domain.vocabulary import NotInVocabularyError, VocabularyTextError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.words import WordsDesk
from tests.desk import Desk, picture

TITLE, KEYWORDS, CITY = path_of("title"), path_of("keywords"), path_of("city")
LIST = b"Place\n\tNorway\n\t\tBergen\n\t\t\t{Bjorgvin}\nsea\n"


@pytest.fixture
def here(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    yield desk
    desk.close()


@pytest.fixture
def words(here: Desk) -> WordsDesk:
    return here.parts.worker.words


def master(name: str, library: str = "l", **said: FieldValue) -> SaidMaster:
    asset = Asset(
        id=AssetId(name),
        library=LibraryId(library),
        path=f"spring/{name}.jpg",
        name=f"{name}.jpg",
        folder="spring",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-11-21T00:00:00+00:00",
    )
    record = {path_of(key): value for key, value in said.items()}
    return SaidMaster(asset=asset, destination=f"file:{library}", there=record)


def template(name: str, *rows: tuple[str, str, Way]) -> MetadataTemplate:
    made = (TemplateRow(path=path_of(key), text=text, way=way) for key, text, way in rows)
    return MetadataTemplate(name=name, rows=tuple(made))


def test_templates_are_kept_and_exchanged_all_or_none(here: Desk, words: WordsDesk) -> None:
    agency = template("Agency", ("title", "{name}", Way.SET))
    words.save_template(agency)
    words.save_template(template("Ångström", ("city", "Uppsala", Way.FILL)))
    document = words.export_templates().encode()
    here.parts.close()
    here.parts = here.build()
    desk = here.parts.worker.words
    assert [one.name for one in desk.templates()] == ["Agency", "Ångström"]
    changed = document.replace(b"Uppsala", b"Lund")
    with pytest.raises(InvalidInputError, match="another template"):
        desk.import_templates(changed.replace(b"{name}", b"{ext}"))
    assert desk.template("Agency") == agency
    assert desk.import_templates(changed, replace=True) == ("Agency", "Ångström")
    assert desk.template("Ångström").rows[0].text == "Lund"
    desk.delete_template("Agency")
    for ask in (desk.template, desk.delete_template):
        with pytest.raises(NotFoundError):
            ask("Agency")


def test_a_template_is_applied_to_each_master_by_itself(here: Desk, words: WordsDesk) -> None:
    library = here.parts.worker.add_library(here.folder)
    rows = (
        ("title", "{library} {name} {counter:3}", Way.SET),
        ("keywords", "{city}", Way.ADD),
        ("date_taken", "{headline}", Way.FILL),
    )
    masters = [
        master("hero", library.id, city="Bergen", keywords=("sea",)),
        master("dune", library.id, headline="soon"),
        master("calm", library.id, date_taken="2026"),
    ]
    found = words.applied(template("Agency", *rows), masters)
    assert {name: list(changes) for name, changes in found.changes.items()} == {
        "hero": [
            Change(path=TITLE, value="masters hero 001"),
            Change(path=KEYWORDS, add=("Bergen",)),
        ],
        "calm": [Change(path=TITLE, value="masters calm 003")],
    }
    ((fault),) = found.faults
    assert (fault.name, "written such as" in fault.detail) == ("dune.jpg", True)


def test_a_place_is_borrowed_from_the_masters_beside(words: WordsDesk) -> None:
    masters = [
        master("known", coordinate="60.39299,5.32415", city="Bergen", country="Norway"),
        master("near", coordinate="60.4,5.3"),
        master("far", coordinate="48.85837,2.29448"),
    ]
    found = words.applied(template("Place", ("city", "{gps.city}", Way.FILL)), masters)
    assert dict(found.changes) == {AssetId("near"): (Change(path=CITY, value="Bergen"),)}


def described(path: Path, **said: str) -> None:
    """A picture whose file says these XMP properties."""
    image = exiv2.ImageFactory.open(str(picture(path, seed=len(path.name))))
    image.readMetadata()
    data = image.xmpData()
    for name, value in said.items():
        data[f"Xmp.{name.replace('_', '.')}"] = value
    image.setXmpData(data)
    image.writeMetadata()


def test_words_and_places_that_masters_use_are_known(here: Desk, words: WordsDesk) -> None:
    place = {"exif_GPSLatitude": "60,23.5794N", "exif_GPSLongitude": "5,19.449E"}
    described(here.folder / "sea.jpg", dc_subject="sea", photoshop_City="Bergen", **place)
    described(here.folder / "calm.jpg", dc_subject="sea", photoshop_City="Oslo")
    described(here.folder / "dune.jpg", dc_subject="dune")
    here.open()
    here.library()
    assert words.words_in_use() == ("sea", "dune")
    assert words.words_in_use("city") == ("Bergen", "Oslo")
    assert words.words_in_use("event") == ()
    near = master("near", coordinate="60.4,5.3")
    found = words.applied(template("Place", ("city", "{gps.city}", Way.FILL)), [near])
    assert dict(found.changes) == {AssetId("near"): (Change(path=CITY, value="Bergen"),)}


def test_a_vocabulary_completes_and_a_closed_one_refuses(here: Desk, words: WordsDesk) -> None:
    assert words.import_vocabulary("Places", LIST) == 4
    assert [one.term.path for one in words.completions("bj")] == ["Place|Norway|Bergen"]
    words.check([Change(path=KEYWORDS, add=("mist",))], {})
    assert words.import_vocabulary("Places", LIST.replace(b"sea", b"lake"), closed=True) == 4
    assert words.vocabulary().closed
    words.check([Change(path=KEYWORDS, add=("Bergen",)), Change(path=TITLE, value="x")], {})
    words.check([Change(path=KEYWORDS, value=("mist",))], {KEYWORDS: ("mist", "sea")})
    with pytest.raises(NotInVocabularyError, match="“sea”"):
        words.check([Change(path=KEYWORDS, add=("lake", "sea"))], {})
    other = here.build()
    other.worker.words.import_vocabulary("More", b"sea")
    other.close()
    words.check([Change(path=KEYWORDS, add=("lake", "sea"))], {})
    assert words.export_vocabulary("More") == "sea\n"
    words.delete_vocabulary("Places")
    assert [one.name for one in words.vocabularies()] == ["More"]
    for ask in (words.export_vocabulary, words.delete_vocabulary):
        with pytest.raises(NotFoundError):
            ask("Places")


@pytest.mark.parametrize(
    ("name", "data", "field", "closed"),
    [
        ("", LIST, "keywords", False),
        ("x", b"[group]\n", "keywords", False),
        ("x", LIST, "rating", False),
        ("x", LIST, "colour", False),
        ("x", LIST, "event", True),
        ("x", b"a\0", "keywords", False),
    ],
)
def test_what_is_no_vocabulary_is_not_kept(
    words: WordsDesk, name: str, data: bytes, field: str, closed: bool
) -> None:
    with pytest.raises(InvalidInputError):
        words.import_vocabulary(name, data, field=field, closed=closed)
    with pytest.raises(VocabularyTextError):
        words.import_vocabulary("x", b"\tsea")
    assert words.vocabularies() == ()


def test_a_table_goes_out_and_comes_back(words: WordsDesk) -> None:
    masters = [master("hero", title="Größe", keywords=("a", "b")), master("dune")]
    data = words.table(masters, [TITLE, KEYWORDS], separator=";")
    assert data.startswith(b"\xef\xbb\xbfFile;Asset;title;keywords\r\n")
    assert words.table_diff(data, masters).changes == {}
    diff = words.table_diff(data.replace("Größe".encode(), "Große".encode()), masters)
    assert dict(diff.changes) == {AssetId("hero"): (Change(path=TITLE, value="Große"),)}
