"""The controlled vocabularies of the standards whose fields take one of a few values.

Sources: PLUS picture licensing glossary (ns.useplus.org/ldf/vocab), IPTC NewsCodes
(cv.iptc.org/newscodes/digitalsourcetype), IIM 4.2 for the urgency.
"""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

Choices = tuple[tuple[str, str], ...]
PLUS = "http://ns.useplus.org/ldf/vocab/"
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
UNLIMITED_MODELS, NO_MODELS = f"{PLUS}MR-UMR", f"{PLUS}MR-NON"
UNLIMITED_PROPERTIES, NO_PROPERTIES = f"{PLUS}PR-UPR", f"{PLUS}PR-NON"

MODEL_RELEASES: Choices = (
    (UNLIMITED_MODELS, QT_TRANSLATE_NOOP("standard", "All models released")),
    (f"{PLUS}MR-LMR", QT_TRANSLATE_NOOP("standard", "Limited or incomplete model releases")),
    (NO_MODELS, QT_TRANSLATE_NOOP("standard", "No model release")),
    (f"{PLUS}MR-NAP", QT_TRANSLATE_NOOP("standard", "Model release not applicable")),
)
PROPERTY_RELEASES: Choices = (
    (UNLIMITED_PROPERTIES, QT_TRANSLATE_NOOP("standard", "All properties released")),
    (f"{PLUS}PR-LPR", QT_TRANSLATE_NOOP("standard", "Limited or incomplete property releases")),
    (NO_PROPERTIES, QT_TRANSLATE_NOOP("standard", "No property release")),
    (f"{PLUS}PR-NAP", QT_TRANSLATE_NOOP("standard", "Property release not applicable")),
)
MINOR_AGES: Choices = (
    (f"{PLUS}AG-UNK", QT_TRANSLATE_NOOP("standard", "Age unknown")),
    (f"{PLUS}AG-A25", QT_TRANSLATE_NOOP("standard", "25 or older")),
    *((f"{PLUS}AG-A{age}", str(age)) for age in range(24, 14, -1)),
    (f"{PLUS}AG-U14", QT_TRANSLATE_NOOP("standard", "14 or younger")),
)
COPYRIGHT_STATES: Choices = (
    ("True", QT_TRANSLATE_NOOP("standard", "Protected by copyright")),
    ("False", QT_TRANSLATE_NOOP("standard", "Public domain")),
)
"""XMP's `Marked`: absent is unknown."""
URGENCIES: Choices = (
    ("1", QT_TRANSLATE_NOOP("standard", "1 – most urgent")),
    *((str(one), str(one)) for one in range(2, 5)),
    ("5", QT_TRANSLATE_NOOP("standard", "5 – normal")),
    *((str(one), str(one)) for one in range(6, 8)),
    ("8", QT_TRANSLATE_NOOP("standard", "8 – least urgent")),
)
DIGITAL_SOURCES: Choices = (
    (f"{SOURCE_TYPE}digitalCapture", QT_TRANSLATE_NOOP("standard", "Taken by a digital camera")),
    (
        f"{SOURCE_TYPE}computationalCapture",
        QT_TRANSLATE_NOOP("standard", "Computed from several frames of a camera"),
    ),
    (f"{SOURCE_TYPE}negativeFilm", QT_TRANSLATE_NOOP("standard", "Scanned from negative film")),
    (f"{SOURCE_TYPE}positiveFilm", QT_TRANSLATE_NOOP("standard", "Scanned from positive film")),
    (f"{SOURCE_TYPE}print", QT_TRANSLATE_NOOP("standard", "Scanned from a print")),
    (f"{SOURCE_TYPE}humanEdits", QT_TRANSLATE_NOOP("standard", "Edited by people")),
    (f"{SOURCE_TYPE}digitalCreation", QT_TRANSLATE_NOOP("standard", "Drawn by people")),
    (f"{SOURCE_TYPE}compositeCapture", QT_TRANSLATE_NOOP("standard", "Composed of captures")),
    (f"{SOURCE_TYPE}composite", QT_TRANSLATE_NOOP("standard", "Composed of elements")),
    (
        f"{SOURCE_TYPE}compositeSynthetic",
        QT_TRANSLATE_NOOP("standard", "Composed, with synthetic elements"),
    ),
    (
        f"{SOURCE_TYPE}compositeWithTrainedAlgorithmicMedia",
        QT_TRANSLATE_NOOP("standard", "Edited by a trained algorithm"),
    ),
    (
        f"{SOURCE_TYPE}trainedAlgorithmicMedia",
        QT_TRANSLATE_NOOP("standard", "Made by a trained algorithm"),
    ),
    (
        f"{SOURCE_TYPE}algorithmicMedia",
        QT_TRANSLATE_NOOP("standard", "Made by an algorithm without training"),
    ),
    (
        f"{SOURCE_TYPE}algorithmicallyEnhanced",
        QT_TRANSLATE_NOOP("standard", "Enhanced by an algorithm"),
    ),
    (f"{SOURCE_TYPE}dataDrivenMedia", QT_TRANSLATE_NOOP("standard", "Drawn from data")),
    (f"{SOURCE_TYPE}screenCapture", QT_TRANSLATE_NOOP("standard", "Captured from a screen")),
    (
        f"{SOURCE_TYPE}virtualRecording",
        QT_TRANSLATE_NOOP("standard", "Recorded in a virtual world"),
    ),
)
DATA_MINING: Choices = (
    (f"{PLUS}DMI-UNSPECIFIED", QT_TRANSLATE_NOOP("standard", "Not said")),
    (f"{PLUS}DMI-ALLOWED", QT_TRANSLATE_NOOP("standard", "Allowed")),
    (
        f"{PLUS}DMI-PROHIBITED-AIMLTRAINING",
        QT_TRANSLATE_NOOP("standard", "Not for training of AI"),
    ),
    (
        f"{PLUS}DMI-PROHIBITED-GENAIMLTRAINING",
        QT_TRANSLATE_NOOP("standard", "Not for training of generative AI"),
    ),
    (
        f"{PLUS}DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
        QT_TRANSLATE_NOOP("standard", "Only for search engines"),
    ),
    (f"{PLUS}DMI-PROHIBITED", QT_TRANSLATE_NOOP("standard", "Prohibited")),
    (
        f"{PLUS}DMI-PROHIBITED-SEECONSTRAINT",
        QT_TRANSLATE_NOOP("standard", "Prohibited, as other constraints say"),
    ),
    (
        f"{PLUS}DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR",
        QT_TRANSLATE_NOOP("standard", "Prohibited, as the rights expression says"),
    ),
    (
        f"{PLUS}DMI-PROHIBITED-SEELINKEDRIGHTSEXPR",
        QT_TRANSLATE_NOOP("standard", "Prohibited, as the linked rights expression says"),
    ),
)
CREDITS_REQUIRED: Choices = (
    (f"{PLUS}CR-NRQ", QT_TRANSLATE_NOOP("standard", "Not required")),
    (f"{PLUS}CR-COI", QT_TRANSLATE_NOOP("standard", "On the picture")),
    (f"{PLUS}CR-CAI", QT_TRANSLATE_NOOP("standard", "Beside the picture")),
    (f"{PLUS}CR-CCA", QT_TRANSLATE_NOOP("standard", "Among the credits")),
)
ADULT_WARNINGS: Choices = (
    (f"{PLUS}CW-NRQ", QT_TRANSLATE_NOOP("standard", "No warning required")),
    (f"{PLUS}CW-AWR", QT_TRANSLATE_NOOP("standard", "Warning required")),
    (f"{PLUS}CW-UNK", QT_TRANSLATE_NOOP("standard", "Unknown")),
)
PHONES: Choices = (
    (f"{PLUS}work", QT_TRANSLATE_NOOP("standard", "At work")),
    (f"{PLUS}cell", QT_TRANSLATE_NOOP("standard", "Mobile")),
    (f"{PLUS}fax", QT_TRANSLATE_NOOP("standard", "Fax")),
    (f"{PLUS}home", QT_TRANSLATE_NOOP("standard", "At home")),
    (f"{PLUS}pager", QT_TRANSLATE_NOOP("standard", "Pager")),
)
REGION_SHAPES: Choices = (
    ("rectangle", QT_TRANSLATE_NOOP("standard", "Rectangle")),
    ("circle", QT_TRANSLATE_NOOP("standard", "Circle")),
    ("polygon", QT_TRANSLATE_NOOP("standard", "Polygon")),
)
REGION_UNITS: Choices = (
    ("pixel", QT_TRANSLATE_NOOP("standard", "Pixels")),
    ("relative", QT_TRANSLATE_NOOP("standard", "Parts of the picture")),
)
