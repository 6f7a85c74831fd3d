"""Further rows of the table of standard fields: the structures of IPTC Extension, seldom used.

Sources: IPTC Photo Metadata Standard 2025.1, PLUS LDF 2.0.1. A group of `LISTED` can be there
several times; here is the first of each.
"""

from functools import partial

from bridge_app.domain.standard_choices import PHONES, REGION_SHAPES, REGION_UNITS
from bridge_app.domain.standard_schema import Shape, StandardField

_text = partial(StandardField, shape=Shape.TEXT)
_prose = partial(StandardField, shape=Shape.PROSE)
_bag = partial(StandardField, shape=Shape.BAG)
_choice = partial(StandardField, shape=Shape.CHOICE)
_link = partial(StandardField, shape=Shape.LINK)
_names = partial(StandardField, shape=Shape.NAMES)

_EXTENSION = "Iptc4xmpExt"
_LICENSOR = "plus:Licensor[1]/plus:Licensor"
_ARTWORK = f"{_EXTENSION}:ArtworkOrObject[1]/{_EXTENSION}:AO"
_PERSON = f"{_EXTENSION}:PersonInImageWDetails[1]/{_EXTENSION}:Person"
_CONTRIBUTOR = f"{_EXTENSION}:Contributor[1]/"
_REGISTRY = f"{_EXTENSION}:RegistryId[1]/{_EXTENSION}:Reg"
_EMBEDDED = f"{_EXTENSION}:EmbdEncRightsExpr[1]/{_EXTENSION}:"
_LINKED = f"{_EXTENSION}:LinkedEncRightsExpr[1]/{_EXTENSION}:"
_REGION = f"{_EXTENSION}:ImageRegion[1]/{_EXTENSION}:"
_BOUNDARY = f"{_REGION}RegionBoundary/{_EXTENSION}:rb"


def _terms(name: str, member: str) -> tuple[StandardField, ...]:
    at = f"{_EXTENSION}:{member}[1]/{_EXTENSION}:Cv"
    return (
        _text(id=f"{name}_name", xmp=f"{at}TermName", by_language=True),
        _text(id=f"{name}_id", xmp=f"{at}TermId"),
        _text(id=f"{name}_vocabulary", xmp=f"{at}Id"),
        _text(id=f"{name}_refined", xmp=f"{at}TermRefinedAbout"),
    )


def more_of_place(name: str, at: str) -> tuple[StandardField, ...]:
    """What a place has beside its parts; `at` is how their properties begin."""
    structure = at.removesuffix(f"{_EXTENSION}:")
    return (
        _text(id=f"{name}_name", xmp=f"{at}LocationName", by_language=True),
        _bag(id=f"{name}_id", xmp=f"{at}LocationId", most=2_000),
        StandardField(
            id=f"{name}_coordinate",
            xmp=f"{structure}exif:GPSLatitude+{structure}exif:GPSLongitude",
            shape=Shape.COORDINATE,
        ),
    )


TERMS, GENRES = _terms("term", "AboutCvTerm"), _terms("genre", "Genre")
PERSONS = (
    _text(id="person_name", xmp=f"{_PERSON}Name", by_language=True),
    _bag(id="person_id", xmp=f"{_PERSON}Id", most=2_000),
    _prose(id="person_description", xmp=f"{_PERSON}Description", by_language=True),
)
CONTRIBUTORS = (
    _text(id="contributor_name", xmp=f"{_CONTRIBUTOR}{_EXTENSION}:Name", by_language=True),
    _bag(id="contributor_id", xmp=f"{_CONTRIBUTOR}xmp:Identifier", most=2_000),
    _bag(id="contributor_role", xmp=f"{_CONTRIBUTOR}{_EXTENSION}:Role", most=2_000),
)
IMAGE_CREATORS = (
    _text(id="image_creator", xmp="plus:ImageCreator[1]/plus:ImageCreatorName"),
    _text(id="image_creator_id", xmp="plus:ImageCreator[1]/plus:ImageCreatorID"),
)
MORE_OF_LICENSOR = (
    _text(id="licensor_address_more", xmp=f"{_LICENSOR}ExtendedAddress"),
    _choice(id="licensor_phone_type", xmp=f"{_LICENSOR}TelephoneType1", choices=PHONES),
    _text(id="licensor_phone_2", xmp=f"{_LICENSOR}Telephone2"),
    _choice(id="licensor_phone_2_type", xmp=f"{_LICENSOR}TelephoneType2", choices=PHONES),
)
MORE_OF_ARTWORK = (
    _names(id="artwork_creator_id", xmp=f"{_ARTWORK}CreatorId"),
    _text(id="artwork_owner_id", xmp=f"{_ARTWORK}CurrentCopyrightOwnerId"),
    _text(id="artwork_licensor", xmp=f"{_ARTWORK}CurrentLicensorName"),
    _text(id="artwork_licensor_id", xmp=f"{_ARTWORK}CurrentLicensorId"),
    _text(id="artwork_circa", xmp=f"{_ARTWORK}CircaDateCreated"),
    _link(id="artwork_url", xmp=f"{_ARTWORK}SourceInvURL"),
    _prose(id="artwork_contribution", xmp=f"{_ARTWORK}ContributionDescription", by_language=True),
    _prose(id="artwork_physical", xmp=f"{_ARTWORK}PhysicalDescription", by_language=True),
    _bag(id="artwork_style", xmp=f"{_ARTWORK}StylePeriod"),
)
REGISTRIES = (
    _text(id="registry_item", xmp=f"{_REGISTRY}ItemId"),
    _text(id="registry_organisation", xmp=f"{_REGISTRY}OrgId"),
    _text(id="registry_role", xmp=f"{_REGISTRY}EntryRole"),
)
EXPRESSIONS = (
    _prose(id="expression_text", xmp=f"{_EMBEDDED}EncRightsExpr"),
    _text(id="expression_encoding", xmp=f"{_EMBEDDED}RightsExprEncType"),
    _text(id="expression_language", xmp=f"{_EMBEDDED}RightsExprLangId"),
)
LINKED_EXPRESSIONS = (
    _link(id="linked_expression", xmp=f"{_LINKED}LinkedRightsExpr"),
    _text(id="linked_encoding", xmp=f"{_LINKED}RightsExprEncType"),
    _text(id="linked_language", xmp=f"{_LINKED}RightsExprLangId"),
)
REGIONS = (
    _text(id="region_name", xmp=f"{_REGION}Name", by_language=True),
    _text(id="region_id", xmp=f"{_REGION}rId"),
    _text(id="region_type", xmp=f"{_REGION}rCtype[1]/{_EXTENSION}:Name", by_language=True),
    _text(id="region_role", xmp=f"{_REGION}rRole[1]/{_EXTENSION}:Name", by_language=True),
    _choice(id="region_shape", xmp=f"{_BOUNDARY}Shape", choices=REGION_SHAPES),
    _choice(id="region_unit", xmp=f"{_BOUNDARY}Unit", choices=REGION_UNITS),
    _text(id="region_x", xmp=f"{_BOUNDARY}X", most=20),
    _text(id="region_y", xmp=f"{_BOUNDARY}Y", most=20),
    _text(id="region_w", xmp=f"{_BOUNDARY}W", most=20),
    _text(id="region_h", xmp=f"{_BOUNDARY}H", most=20),
    _text(id="region_radius", xmp=f"{_BOUNDARY}Rx", most=20),
)
