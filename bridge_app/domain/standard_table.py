"""The table of standard fields: IPTC Core and Extension, PLUS, XMP, Dublin Core, IIM and EXIF.

Only the part that people edit, and of lists of structures the first; what else a file says is kept
as it is. Structures that are seldom used are in `standard_structures`. Sources: IPTC Photo Metadata
Standard 2025.1, PLUS LDF 2.0.1, XMP parts 1 and 2, IIM 4.2, EXIF 2.32, the guidelines of the
Metadata Working Group 2.0; reference/photoshelter.md, 9 and 15.
"""

from dataclasses import replace
from functools import partial

from bridge_app.domain.standard_choices import (
    ADULT_WARNINGS,
    COPYRIGHT_STATES,
    CREDITS_REQUIRED,
    DATA_MINING,
    DIGITAL_SOURCES,
    MINOR_AGES,
    MODEL_RELEASES,
    PROPERTY_RELEASES,
    URGENCIES,
)
from bridge_app.domain.standard_cloud import IN_CLOUD
from bridge_app.domain.standard_labels import LABELS
from bridge_app.domain.standard_meanings import MEANINGS
from bridge_app.domain.standard_schema import Group, Shape, StandardField
from bridge_app.domain.standard_structures import (
    CONTRIBUTORS,
    EXPRESSIONS,
    GENRES,
    IMAGE_CREATORS,
    LINKED_EXPRESSIONS,
    MORE_OF_ARTWORK,
    MORE_OF_LICENSOR,
    PERSONS,
    REGIONS,
    REGISTRIES,
    TERMS,
    more_of_place,
)

_text = partial(StandardField, shape=Shape.TEXT)
_prose = partial(StandardField, shape=Shape.PROSE)
_bag = partial(StandardField, shape=Shape.BAG)
_choice = partial(StandardField, shape=Shape.CHOICE)
_moment = partial(StandardField, shape=Shape.MOMENT)
_link = partial(StandardField, shape=Shape.LINK)
_whole = partial(StandardField, shape=Shape.WHOLE, least=1, greatest=1_000_000)
_fact = partial(StandardField, editable=False)

_CORE, _EXTENSION = "Iptc4xmpCore", "Iptc4xmpExt"
_CONTACT = f"{_CORE}:CreatorContactInfo/{_CORE}:"
_LICENSOR = "plus:Licensor[1]/plus:Licensor"
_CREATED = f"{_EXTENSION}:LocationCreated[1]/{_EXTENSION}:"
_SHOWN = f"{_EXTENSION}:LocationShown[1]/{_EXTENSION}:"
_ARTWORK = f"{_EXTENSION}:ArtworkOrObject[1]/{_EXTENSION}:AO"
_PRODUCT = f"{_EXTENSION}:ProductInImage[1]/{_EXTENSION}:"

_DESCRIPTION = (
    _text(id="title", xmp="dc:title", iim="2:05", by_language=True, shelter="title"),
    _text(id="headline", xmp="photoshop:Headline", iim="2:105", shelter="headline"),
    _prose(
        id="caption",
        xmp="dc:description",
        iim="2:120",
        exif="IFD0:ImageDescription",
        by_language=True,
        shelter="caption",
    ),
    _prose(id="alt_text", xmp=f"{_CORE}:AltTextAccessibility", by_language=True),
    _prose(id="extended_description", xmp=f"{_CORE}:ExtDescrAccessibility", by_language=True),
    _bag(id="keywords", xmp="dc:subject", iim="2:25", shelter="keywords"),
    _bag(id="keyword_paths", xmp="lr:hierarchicalSubject", most=2_000),
    _text(
        id="caption_writer", xmp="photoshop:CaptionWriter", iim="2:122", shelter="caption_writer"
    ),
    _bag(id="languages", xmp="dc:language", most=35),
    _text(id="genre", xmp=f"{_CORE}:IntellectualGenre", most=64, shelter="genre"),
    _bag(id="scene", xmp=f"{_CORE}:Scene", most=6, shelter="scene"),
    _bag(id="subject_code", xmp=f"{_CORE}:SubjectCode", most=8, shelter="subject_code"),
    _text(id="category", xmp="photoshop:Category", iim="2:15", most=3, shelter="category"),
    _bag(id="supplemental_categories", xmp="photoshop:SupplementalCategories", iim="2:20", most=32),
    _choice(
        id="digital_source_type", xmp=f"{_EXTENSION}:DigitalSourceType", choices=DIGITAL_SOURCES
    ),
    _prose(id="ai_prompt", xmp=f"{_EXTENSION}:AIPromptInformation"),
    _text(id="ai_prompt_writer", xmp=f"{_EXTENSION}:AIPromptWriterName"),
    _text(id="ai_system", xmp=f"{_EXTENSION}:AISystemUsed"),
    _text(id="ai_version", xmp=f"{_EXTENSION}:AISystemVersionUsed"),
    _text(id="identifier", xmp="dc:identifier"),
    _text(id="image_guid", xmp=f"{_EXTENSION}:DigImageGUID"),
    _text(id="coverage", xmp="dc:coverage"),
    _text(id="derived_from", xmp="dc:source"),
    _bag(id="relations", xmp="dc:relation", most=2_000),
    _bag(id="content_types", xmp="dc:type"),
    _whole(id="max_width", xmp=f"{_EXTENSION}:MaxAvailWidth"),
    _whole(id="max_height", xmp=f"{_EXTENSION}:MaxAvailHeight"),
    _fact(id="media_type", xmp="dc:format"),
)
_PEOPLE = (
    _bag(id="people", xmp=f"{_EXTENSION}:PersonInImage"),
    _prose(id="model_info", xmp=f"{_EXTENSION}:AddlModelInfo"),
    _bag(id="model_age", xmp=f"{_EXTENSION}:ModelAge", most=3),
    _bag(id="organisations", xmp=f"{_EXTENSION}:OrganisationInImageName"),
    _bag(id="organisation_codes", xmp=f"{_EXTENSION}:OrganisationInImageCode"),
    _text(id="event", xmp=f"{_EXTENSION}:Event", by_language=True),
    _bag(id="event_id", xmp=f"{_EXTENSION}:EventId"),
)
_CREATOR = (
    StandardField(
        id="author",
        xmp="dc:creator",
        iim="2:80",
        exif="IFD0:Artist",
        shape=Shape.NAMES,
        shelter="author",
    ),
    _text(id="position", xmp="photoshop:AuthorsPosition", iim="2:85", shelter="position"),
    _prose(
        id="contact_address",
        xmp=f"{_CONTACT}CiAdrExtadr",
        most=2_000,
        shelter="contact_info.address",
    ),
    _text(id="contact_city", xmp=f"{_CONTACT}CiAdrCity", shelter="contact_info.city"),
    _text(id="contact_region", xmp=f"{_CONTACT}CiAdrRegion", shelter="contact_info.region"),
    _text(id="contact_postcode", xmp=f"{_CONTACT}CiAdrPcode", shelter="contact_info.postal_code"),
    _text(id="contact_country", xmp=f"{_CONTACT}CiAdrCtry", shelter="contact_info.country"),
    _text(id="contact_phone", xmp=f"{_CONTACT}CiTelWork", shelter="contact_info.phone"),
    _text(id="contact_email", xmp=f"{_CONTACT}CiEmailWork", shelter="contact_info.email"),
    _link(id="contact_url", xmp=f"{_CONTACT}CiUrlWork", shelter="contact_info.url"),
    _bag(id="contributors", xmp="dc:contributor"),
    _bag(id="publishers", xmp="dc:publisher"),
)
_RIGHTS = (
    _text(
        id="copyright",
        xmp="dc:rights",
        iim="2:116",
        exif="IFD0:Copyright",
        by_language=True,
        shelter="copyright",
    ),
    _choice(id="copyright_status", xmp="xmpRights:Marked", choices=COPYRIGHT_STATES),
    _text(id="credit", xmp="photoshop:Credit", iim="2:110", shelter="credit"),
    _text(id="source", xmp="photoshop:Source", iim="2:115", shelter="source"),
    _prose(id="usage_terms", xmp="xmpRights:UsageTerms", by_language=True, shelter="rights"),
    _link(id="web_statement", xmp="xmpRights:WebStatement", shelter="web_statement"),
    _prose(id="instructions", xmp="photoshop:Instructions", iim="2:40", shelter="instructions"),
    _prose(id="media_constraints", xmp="plus:MediaConstraints", by_language=True),
    _prose(id="region_constraints", xmp="plus:RegionConstraints", by_language=True),
    _prose(id="other_constraints", xmp="plus:OtherConstraints", by_language=True),
    _text(id="supplier_name", xmp="plus:ImageSupplier[1]/plus:ImageSupplierName"),
    _text(id="supplier_id", xmp="plus:ImageSupplier[1]/plus:ImageSupplierID"),
    _text(id="supplier_image_id", xmp="plus:ImageSupplierImageID"),
    _bag(id="rights_owners", xmp="xmpRights:Owner"),
    _link(id="rights_certificate", xmp="xmpRights:Certificate"),
    _choice(id="data_mining", xmp="plus:DataMining", choices=DATA_MINING),
    _choice(id="credit_required", xmp="plus:CreditLineRequired", choices=CREDITS_REQUIRED),
    _choice(id="adult_warning", xmp="plus:AdultContentWarning", choices=ADULT_WARNINGS),
    _text(id="license_id", xmp="plus:LicenseID"),
    _prose(id="terms", xmp="plus:TermsAndConditionsText", by_language=True),
    _link(id="terms_url", xmp="plus:TermsAndConditionsURL"),
    _prose(id="other_conditions", xmp="plus:OtherConditions", by_language=True),
    _prose(id="product_constraints", xmp="plus:ProductOrServiceConstraints", by_language=True),
    _prose(id="license_requirements", xmp="plus:OtherLicenseRequirements", by_language=True),
    _text(id="media_summary_code", xmp="plus:MediaSummaryCode"),
    _moment(id="license_date", xmp="plus:LicenseTransactionDate"),
    _text(id="licensee_name", xmp="plus:Licensee[1]/plus:LicenseeName"),
    _text(id="licensee_id", xmp="plus:Licensee[1]/plus:LicenseeID"),
    _text(id="licensor_image_id", xmp="plus:LicensorImageID"),
    _text(id="owner_image_id", xmp="plus:CopyrightOwnerImageID"),
    _text(id="registration_number", xmp="plus:CopyrightRegistrationNumber"),
    _moment(id="first_published", xmp="plus:FirstPublicationDate"),
    _moment(id="rights_start", xmp="plus:LicenseStartDate", iim="2:30+2:35", editable=False),
    _moment(id="rights_end", xmp="plus:LicenseEndDate", iim="2:37+2:38", editable=False),
)
_RELEASES = (
    _choice(
        id="model_released",
        xmp="plus:ModelReleaseStatus",
        choices=MODEL_RELEASES,
        shelter="media.model_released",
    ),
    _bag(id="model_release_ids", xmp="plus:ModelReleaseID"),
    _choice(id="minor_model_age", xmp="plus:MinorModelAgeDisclosure", choices=MINOR_AGES),
    _choice(
        id="property_released",
        xmp="plus:PropertyReleaseStatus",
        choices=PROPERTY_RELEASES,
        shelter="media.property_released",
    ),
    _bag(id="property_release_ids", xmp="plus:PropertyReleaseID"),
)
_OWNERS = (
    _text(id="copyright_owner", xmp="plus:CopyrightOwner[1]/plus:CopyrightOwnerName"),
    _text(id="copyright_owner_id", xmp="plus:CopyrightOwner[1]/plus:CopyrightOwnerID"),
)
_LICENSORS = (
    _text(id="licensor_name", xmp=f"{_LICENSOR}Name"),
    _text(id="licensor_id", xmp=f"{_LICENSOR}ID"),
    _text(id="licensor_email", xmp=f"{_LICENSOR}Email"),
    _text(id="licensor_phone", xmp=f"{_LICENSOR}Telephone1"),
    _link(id="licensor_url", xmp=f"{_LICENSOR}URL"),
    _text(id="licensor_address", xmp=f"{_LICENSOR}StreetAddress"),
    _text(id="licensor_city", xmp=f"{_LICENSOR}City"),
    _text(id="licensor_region", xmp=f"{_LICENSOR}Region"),
    _text(id="licensor_postcode", xmp=f"{_LICENSOR}PostalCode"),
    _text(id="licensor_country", xmp=f"{_LICENSOR}Country"),
    *MORE_OF_LICENSOR,
)
_PLACE = (
    _text(id="location", xmp=f"{_CORE}:Location", iim="2:92", shelter="location"),
    _text(id="city", xmp="photoshop:City", iim="2:90", shelter="city"),
    _text(id="state", xmp="photoshop:State", iim="2:95", shelter="state"),
    _text(id="country", xmp="photoshop:Country", iim="2:101", shelter="country"),
    _text(id="country_iso", xmp=f"{_CORE}:CountryCode", iim="2:100", most=3, shelter="country_iso"),
    StandardField(
        id="coordinate",
        xmp="exif:GPSLatitude+exif:GPSLongitude",
        exif="GPS",
        shape=Shape.COORDINATE,
    ),
    _fact(id="altitude", xmp="exif:GPSAltitude", exif="GPS:GPSAltitude"),
)
_PARTS = (
    ("location", "Sublocation"),
    ("city", "City"),
    ("state", "ProvinceState"),
    ("country", "CountryName"),
    ("country_iso", "CountryCode"),
    ("region", "WorldRegion"),
)
_PLACE_CREATED, _PLACE_SHOWN = (
    (
        *(
            _text(
                id=f"{place}_{part}", xmp=f"{at}{name}", most=3 if part == "country_iso" else None
            )
            for part, name in _PARTS
        ),
        *more_of_place(place, at),
    )
    for place, at in (("created", _CREATED), ("shown", _SHOWN))
)
_ARTWORKS = (
    _text(id="artwork_title", xmp=f"{_ARTWORK}Title", by_language=True),
    StandardField(id="artwork_creator", xmp=f"{_ARTWORK}Creator", shape=Shape.NAMES),
    _text(id="artwork_copyright", xmp=f"{_ARTWORK}CopyrightNotice"),
    _text(id="artwork_owner", xmp=f"{_ARTWORK}CurrentCopyrightOwnerName"),
    _moment(id="artwork_date", xmp=f"{_ARTWORK}DateCreated"),
    _prose(id="artwork_content", xmp=f"{_ARTWORK}ContentDescription", by_language=True),
    _text(id="artwork_source", xmp=f"{_ARTWORK}Source"),
    _text(id="artwork_number", xmp=f"{_ARTWORK}SourceInvNo"),
    *MORE_OF_ARTWORK,
)
_PRODUCTS = (
    _text(id="product_name", xmp=f"{_PRODUCT}ProductName", by_language=True),
    _text(id="product_gtin", xmp=f"{_PRODUCT}ProductGTIN", most=14),
    _text(id="product_id", xmp=f"{_PRODUCT}ProductId"),
    _prose(id="product_description", xmp=f"{_PRODUCT}ProductDescription", by_language=True),
)
_DATES = (
    _moment(
        id="date_taken",
        xmp="photoshop:DateCreated",
        iim="2:55+2:60",
        exif="ExifIFD:DateTimeOriginal",
        shelter="date_taken",
    ),
    _moment(
        id="date_digitised",
        xmp="xmp:CreateDate",
        iim="2:62+2:63",
        exif="ExifIFD:DateTimeDigitized",
    ),
    _bag(id="dates", xmp="dc:date", most=40),
    _moment(id="date_modified", xmp="xmp:ModifyDate", exif="IFD0:DateTime", editable=False),
)
_REVIEW = (
    StandardField(
        id="rating",
        xmp="xmp:Rating",
        exif="IFD0:Rating",  # as Windows has it; it cannot say that a picture is rejected
        shape=Shape.WHOLE,
        least=-1,
        greatest=5,
        shelter="media.rating",
    ),
    _text(id="label", xmp="xmp:Label"),
    _choice(
        id="urgency",
        xmp="photoshop:Urgency",
        iim="2:10",
        choices=URGENCIES,
        shelter="urgency",
    ),
    _text(id="trans_ref", xmp="photoshop:TransmissionReference", iim="2:103", shelter="trans_ref"),
)
_CAMERA = (
    _fact(id="camera_make", xmp="tiff:Make", exif="IFD0:Make"),
    _fact(id="camera_model", xmp="tiff:Model", exif="IFD0:Model"),
    _fact(id="camera_serial", xmp="exifEX:BodySerialNumber", exif="ExifIFD:BodySerialNumber"),
    _fact(id="lens", xmp="exifEX:LensModel", exif="ExifIFD:LensModel"),
    _fact(id="exposure_time", xmp="exif:ExposureTime", exif="ExifIFD:ExposureTime"),
    _fact(id="f_number", xmp="exif:FNumber", exif="ExifIFD:FNumber"),
    _fact(id="iso", xmp="exif:ISOSpeedRatings", exif="ExifIFD:ISOSpeedRatings"),
    _fact(id="focal_length", xmp="exif:FocalLength", exif="ExifIFD:FocalLength"),
    _fact(
        id="focal_length_35", xmp="exif:FocalLengthIn35mmFilm", exif="ExifIFD:FocalLengthIn35mmFilm"
    ),
    _fact(id="exposure_bias", xmp="exif:ExposureBiasValue", exif="ExifIFD:ExposureBiasValue"),
    _fact(id="flash", xmp="exif:Flash", exif="ExifIFD:Flash"),
    _fact(id="software", xmp="xmp:CreatorTool", exif="IFD0:Software"),
)
_GROUPS = (
    (Group.DESCRIPTION, _DESCRIPTION),
    (Group.TERM, TERMS),
    (Group.GENRE, GENRES),
    (Group.PEOPLE, _PEOPLE),
    (Group.PERSON, PERSONS),
    (Group.CREATOR, _CREATOR),
    (Group.IMAGE_CREATOR, IMAGE_CREATORS),
    (Group.CONTRIBUTOR, CONTRIBUTORS),
    (Group.RIGHTS, _RIGHTS),
    (Group.RELEASES, _RELEASES),
    (Group.OWNER, _OWNERS),
    (Group.LICENSOR, _LICENSORS),
    (Group.REGISTRY, REGISTRIES),
    (Group.EXPRESSION, EXPRESSIONS),
    (Group.LINKED_EXPRESSION, LINKED_EXPRESSIONS),
    (Group.PLACE, _PLACE),
    (Group.PLACE_CREATED, _PLACE_CREATED),
    (Group.PLACE_SHOWN, _PLACE_SHOWN),
    (Group.ARTWORK, _ARTWORKS),
    (Group.PRODUCT, _PRODUCTS),
    (Group.REGION, REGIONS),
    (Group.DATES, _DATES),
    (Group.REVIEW, _REVIEW),
    (Group.CAMERA, _CAMERA),
)


def _row(field: StandardField, group: Group) -> StandardField:
    return replace(
        field,
        group=group,
        label=LABELS[field.id],
        meaning=MEANINGS[field.id],
        mapping=field.id if field.id in IN_CLOUD else "",
        cloud=IN_CLOUD.get(field.id, ""),
    )


FIELDS = tuple(_row(field, group) for group, fields in _GROUPS for field in fields)
"""All standard fields, in the order of a form."""
BY_ID = {field.id: field for field in FIELDS}
