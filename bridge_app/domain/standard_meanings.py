"""What each of the standard fields is for, in a sentence."""

from types import MappingProxyType

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

MEANINGS = MappingProxyType(
    {
        "title": QT_TRANSLATE_NOOP("standard", "A short name of the picture, often an identifier."),
        "headline": QT_TRANSLATE_NOOP("standard", "A short synopsis that can be published."),
        "caption": QT_TRANSLATE_NOOP(
            "standard", "What the picture shows: who, what, where, when and why."
        ),
        "alt_text": QT_TRANSLATE_NOOP(
            "standard", "What it shows for those who cannot see it, in one or two sentences."
        ),
        "extended_description": QT_TRANSLATE_NOOP(
            "standard", "A longer description for those who cannot see it."
        ),
        "keywords": QT_TRANSLATE_NOOP("standard", "Words by which it is found."),
        "keyword_paths": QT_TRANSLATE_NOOP(
            "standard", "Keywords with those above them, as in “Place|France|Paris”."
        ),
        "caption_writer": QT_TRANSLATE_NOOP("standard", "Who wrote or edited the caption."),
        "languages": QT_TRANSLATE_NOOP("standard", "The languages of the content."),
        "genre": QT_TRANSLATE_NOOP("standard", "What sort of journalistic or artistic work it is."),
        "scene": QT_TRANSLATE_NOOP("standard", "IPTC’s codes of the scene, six digits each."),
        "subject_code": QT_TRANSLATE_NOOP(
            "standard", "IPTC’s codes of the subject, eight digits each."
        ),
        "category": QT_TRANSLATE_NOOP(
            "standard", "A code of one to three letters; superseded by the subject codes."
        ),
        "supplemental_categories": QT_TRANSLATE_NOOP(
            "standard", "Further categories; superseded by the subject codes."
        ),
        "digital_source_type": QT_TRANSLATE_NOOP("standard", "How the picture came into being."),
        "people": QT_TRANSLATE_NOOP("standard", "The names of the people in the picture."),
        "model_info": QT_TRANSLATE_NOOP(
            "standard", "Ethnicity and other facts about the models in a released picture."
        ),
        "model_age": QT_TRANSLATE_NOOP("standard", "The age of each model when it was taken."),
        "organisations": QT_TRANSLATE_NOOP(
            "standard", "The names of organisations that the picture features."
        ),
        "organisation_codes": QT_TRANSLATE_NOOP("standard", "Codes of these organisations."),
        "event": QT_TRANSLATE_NOOP("standard", "The event at which it was taken."),
        "event_id": QT_TRANSLATE_NOOP("standard", "Identifiers of the event."),
        "author": QT_TRANSLATE_NOOP(
            "standard", "Who took or made it; several are separated by a semicolon."
        ),
        "position": QT_TRANSLATE_NOOP(
            "standard", "The job of the creator, such as staff photographer."
        ),
        "contact_address": QT_TRANSLATE_NOOP(
            "standard", "Where the creator can be reached: street and house."
        ),
        "contact_city": QT_TRANSLATE_NOOP("standard", "The city of the creator’s address."),
        "contact_region": QT_TRANSLATE_NOOP(
            "standard", "The state or province of the creator’s address."
        ),
        "contact_postcode": QT_TRANSLATE_NOOP(
            "standard", "The postal code of the creator’s address."
        ),
        "contact_country": QT_TRANSLATE_NOOP("standard", "The country of the creator’s address."),
        "contact_phone": QT_TRANSLATE_NOOP("standard", "Telephone numbers of the creator."),
        "contact_email": QT_TRANSLATE_NOOP("standard", "E-mail addresses of the creator."),
        "contact_url": QT_TRANSLATE_NOOP("standard", "The creator’s website."),
        "contributors": QT_TRANSLATE_NOOP("standard", "Others who had a part in it."),
        "publishers": QT_TRANSLATE_NOOP("standard", "Who makes it available."),
        "copyright": QT_TRANSLATE_NOOP(
            "standard", "Who holds the copyright, as it is to be printed."
        ),
        "copyright_status": QT_TRANSLATE_NOOP("standard", "Is it protected by copyright?"),
        "copyright_owner": QT_TRANSLATE_NOOP("standard", "Who owns the copyright."),
        "credit": QT_TRANSLATE_NOOP("standard", "Who is to be credited when it is published."),
        "source": QT_TRANSLATE_NOOP("standard", "Who it was obtained from."),
        "usage_terms": QT_TRANSLATE_NOOP("standard", "How it may be used."),
        "web_statement": QT_TRANSLATE_NOOP("standard", "The address of a page about the rights."),
        "instructions": QT_TRANSLATE_NOOP("standard", "What those who use it have to know."),
        "media_constraints": QT_TRANSLATE_NOOP(
            "standard", "In which media it may not be used, or only."
        ),
        "region_constraints": QT_TRANSLATE_NOOP(
            "standard", "In which regions it may not be used, or only."
        ),
        "other_constraints": QT_TRANSLATE_NOOP("standard", "Other limits of use."),
        "supplier_name": QT_TRANSLATE_NOOP("standard", "Who supplied the picture."),
        "supplier_image_id": QT_TRANSLATE_NOOP("standard", "The supplier’s identifier of it."),
        "rights_start": QT_TRANSLATE_NOOP(
            "standard", "When the licence begins; changed with the rights, not here."
        ),
        "rights_end": QT_TRANSLATE_NOOP(
            "standard", "When the licence ends; changed with the rights, not here."
        ),
        "model_released": QT_TRANSLATE_NOOP("standard", "Have the people shown agreed?"),
        "model_release_ids": QT_TRANSLATE_NOOP("standard", "Identifiers of the agreements."),
        "minor_model_age": QT_TRANSLATE_NOOP(
            "standard", "The age of the youngest person when it was taken."
        ),
        "property_released": QT_TRANSLATE_NOOP(
            "standard", "Have the owners of what is shown agreed?"
        ),
        "property_release_ids": QT_TRANSLATE_NOOP("standard", "Identifiers of these agreements."),
        "copyright_owner_id": QT_TRANSLATE_NOOP(
            "standard", "The number by which PLUS knows who owns the copyright."
        ),
        "licensor_name": QT_TRANSLATE_NOOP("standard", "Who grants licences."),
        "licensor_id": QT_TRANSLATE_NOOP(
            "standard", "The licensor’s identifier in the PLUS registry."
        ),
        "licensor_email": QT_TRANSLATE_NOOP("standard", "Where to ask for a licence."),
        "licensor_phone": QT_TRANSLATE_NOOP("standard", "The licensor’s telephone."),
        "licensor_url": QT_TRANSLATE_NOOP("standard", "The licensor’s website."),
        "licensor_address": QT_TRANSLATE_NOOP("standard", "The street of the licensor’s address."),
        "licensor_city": QT_TRANSLATE_NOOP("standard", "The city of the licensor’s address."),
        "licensor_region": QT_TRANSLATE_NOOP(
            "standard", "The state or province of the licensor’s address."
        ),
        "licensor_postcode": QT_TRANSLATE_NOOP(
            "standard", "The postal code of the licensor’s address."
        ),
        "licensor_country": QT_TRANSLATE_NOOP("standard", "The country of the licensor’s address."),
        "location": QT_TRANSLATE_NOOP("standard", "The place within the city."),
        "city": QT_TRANSLATE_NOOP("standard", "The city."),
        "state": QT_TRANSLATE_NOOP("standard", "The state or province."),
        "country": QT_TRANSLATE_NOOP("standard", "The country’s name."),
        "country_iso": QT_TRANSLATE_NOOP(
            "standard", "The country’s code of two or three letters (ISO 3166)."
        ),
        "coordinate": QT_TRANSLATE_NOOP("standard", "Where the camera stood, in decimal degrees."),
        "altitude": QT_TRANSLATE_NOOP("standard", "How high the camera was, in metres."),
        "created_location": QT_TRANSLATE_NOOP(
            "standard", "The place within the city where it was taken."
        ),
        "created_city": QT_TRANSLATE_NOOP("standard", "The city where it was taken."),
        "created_state": QT_TRANSLATE_NOOP("standard", "The state or province where it was taken."),
        "created_country": QT_TRANSLATE_NOOP("standard", "The country where it was taken."),
        "created_country_iso": QT_TRANSLATE_NOOP(
            "standard", "The code of the country where it was taken."
        ),
        "created_region": QT_TRANSLATE_NOOP(
            "standard", "The part of the world where it was taken."
        ),
        "shown_location": QT_TRANSLATE_NOOP("standard", "The place within the city that it shows."),
        "shown_city": QT_TRANSLATE_NOOP("standard", "The city that it shows."),
        "shown_state": QT_TRANSLATE_NOOP("standard", "The state or province that it shows."),
        "shown_country": QT_TRANSLATE_NOOP("standard", "The country that it shows."),
        "shown_country_iso": QT_TRANSLATE_NOOP(
            "standard", "The code of the country that it shows."
        ),
        "shown_region": QT_TRANSLATE_NOOP("standard", "The part of the world that it shows."),
        "artwork_title": QT_TRANSLATE_NOOP("standard", "What the artwork is called."),
        "artwork_creator": QT_TRANSLATE_NOOP(
            "standard", "Who made the artwork; several in their order."
        ),
        "artwork_copyright": QT_TRANSLATE_NOOP("standard", "The artwork’s own copyright notice."),
        "artwork_owner": QT_TRANSLATE_NOOP(
            "standard", "Who owns the copyright of the artwork now."
        ),
        "artwork_date": QT_TRANSLATE_NOOP("standard", "When the artwork was made."),
        "artwork_content": QT_TRANSLATE_NOOP("standard", "What is seen in the artwork."),
        "artwork_source": QT_TRANSLATE_NOOP(
            "standard", "The museum, archive or person that has the artwork."
        ),
        "artwork_number": QT_TRANSLATE_NOOP(
            "standard", "The number that who keeps it has given the artwork."
        ),
        "product_name": QT_TRANSLATE_NOOP("standard", "What the product is called."),
        "product_gtin": QT_TRANSLATE_NOOP(
            "standard", "The product’s number in trade, as its bar code has it."
        ),
        "product_id": QT_TRANSLATE_NOOP(
            "standard", "The number that its maker has given the product."
        ),
        "product_description": QT_TRANSLATE_NOOP("standard", "What the product is."),
        "date_taken": QT_TRANSLATE_NOOP(
            "standard", "When the picture was taken, or the work was made."
        ),
        "date_digitised": QT_TRANSLATE_NOOP(
            "standard", "When the digital file was made, such as by a scanner."
        ),
        "date_modified": QT_TRANSLATE_NOOP(
            "standard", "When the file was changed last, as the program that did says."
        ),
        "rating": QT_TRANSLATE_NOOP("standard", "One to five stars; -1 is rejected."),
        "label": QT_TRANSLATE_NOOP("standard", "A word or colour of one’s own workflow."),
        "urgency": QT_TRANSLATE_NOOP("standard", "How urgent it is, from 1 to 8."),
        "trans_ref": QT_TRANSLATE_NOOP("standard", "A number or name of the job it belongs to."),
        "camera_make": QT_TRANSLATE_NOOP("standard", "The maker of the camera."),
        "camera_model": QT_TRANSLATE_NOOP("standard", "The model of the camera."),
        "camera_serial": QT_TRANSLATE_NOOP("standard", "The serial number of the camera."),
        "lens": QT_TRANSLATE_NOOP("standard", "The model of the lens."),
        "exposure_time": QT_TRANSLATE_NOOP("standard", "How long it was exposed, in seconds."),
        "f_number": QT_TRANSLATE_NOOP("standard", "The f-number."),
        "iso": QT_TRANSLATE_NOOP("standard", "The sensitivity."),
        "focal_length": QT_TRANSLATE_NOOP("standard", "The focal length in millimetres."),
        "focal_length_35": QT_TRANSLATE_NOOP(
            "standard", "The focal length that is the same on 35 mm film."
        ),
        "exposure_bias": QT_TRANSLATE_NOOP(
            "standard", "By how many stops the exposure was changed."
        ),
        "flash": QT_TRANSLATE_NOOP("standard", "Did the flash fire?"),
        "software": QT_TRANSLATE_NOOP("standard", "The program that wrote the file."),
        "coverage": QT_TRANSLATE_NOOP("standard", "Which place and time the content is about."),
        "relations": QT_TRANSLATE_NOOP("standard", "What it is related to."),
        "content_types": QT_TRANSLATE_NOOP("standard", "The nature or genre of the content."),
        "identifier": QT_TRANSLATE_NOOP("standard", "What identifies it within its context."),
        "derived_from": QT_TRANSLATE_NOOP("standard", "What it was made from."),
        "media_type": QT_TRANSLATE_NOOP("standard", "The kind of file, as the file says."),
        "image_guid": QT_TRANSLATE_NOOP("standard", "A number that no other picture has."),
        "max_width": QT_TRANSLATE_NOOP(
            "standard", "The width of the largest version that can be had, in pixels."
        ),
        "max_height": QT_TRANSLATE_NOOP(
            "standard", "The height of the largest version that can be had, in pixels."
        ),
        "ai_prompt": QT_TRANSLATE_NOOP("standard", "What a generating system was asked for."),
        "ai_prompt_writer": QT_TRANSLATE_NOOP("standard", "Who wrote what it was asked for."),
        "ai_system": QT_TRANSLATE_NOOP("standard", "The system that generated it."),
        "ai_version": QT_TRANSLATE_NOOP("standard", "The version of that system."),
        "term_name": QT_TRANSLATE_NOOP(
            "standard", "What the picture is about, as a vocabulary calls it."
        ),
        "term_id": QT_TRANSLATE_NOOP("standard", "The identifier of this term."),
        "term_vocabulary": QT_TRANSLATE_NOOP(
            "standard", "The address of the vocabulary of this term."
        ),
        "term_refined": QT_TRANSLATE_NOOP("standard", "The identifier of what refines this term."),
        "genre_name": QT_TRANSLATE_NOOP("standard", "The genre, as a vocabulary calls it."),
        "genre_id": QT_TRANSLATE_NOOP("standard", "The identifier of this genre."),
        "genre_vocabulary": QT_TRANSLATE_NOOP(
            "standard", "The address of the vocabulary of this genre."
        ),
        "genre_refined": QT_TRANSLATE_NOOP(
            "standard", "The identifier of what refines this genre."
        ),
        "person_name": QT_TRANSLATE_NOOP("standard", "The name of a person in the picture."),
        "person_id": QT_TRANSLATE_NOOP("standard", "Identifiers of this person."),
        "person_description": QT_TRANSLATE_NOOP(
            "standard", "What is worth knowing of this person."
        ),
        "contributor_name": QT_TRANSLATE_NOOP("standard", "Who had a part in it."),
        "contributor_id": QT_TRANSLATE_NOOP("standard", "Identifiers of this contributor."),
        "contributor_role": QT_TRANSLATE_NOOP("standard", "Which part this contributor had."),
        "image_creator": QT_TRANSLATE_NOOP("standard", "Who created the image, as PLUS has it."),
        "image_creator_id": QT_TRANSLATE_NOOP(
            "standard", "The number by which PLUS knows the creator."
        ),
        "supplier_id": QT_TRANSLATE_NOOP(
            "standard", "The number by which PLUS knows the supplier."
        ),
        "rights_owners": QT_TRANSLATE_NOOP("standard", "Who owns rights in it."),
        "rights_certificate": QT_TRANSLATE_NOOP(
            "standard", "The address of a certificate of the rights."
        ),
        "data_mining": QT_TRANSLATE_NOOP("standard", "May programs be trained with it?"),
        "credit_required": QT_TRANSLATE_NOOP(
            "standard", "Has the credit line to be printed, and where?"
        ),
        "adult_warning": QT_TRANSLATE_NOOP("standard", "Does it need a warning?"),
        "license_id": QT_TRANSLATE_NOOP("standard", "The identifier of the licence."),
        "terms": QT_TRANSLATE_NOOP("standard", "The terms and conditions of the licence."),
        "terms_url": QT_TRANSLATE_NOOP("standard", "The address of the terms and conditions."),
        "other_conditions": QT_TRANSLATE_NOOP("standard", "Further conditions of the licence."),
        "product_constraints": QT_TRANSLATE_NOOP(
            "standard", "For which products and services it may be used."
        ),
        "license_requirements": QT_TRANSLATE_NOOP("standard", "What the licence asks for besides."),
        "media_summary_code": QT_TRANSLATE_NOOP(
            "standard", "PLUS’s code of all uses that are licensed."
        ),
        "license_date": QT_TRANSLATE_NOOP("standard", "The day of the licence."),
        "licensee_name": QT_TRANSLATE_NOOP("standard", "Who holds the licence."),
        "licensee_id": QT_TRANSLATE_NOOP("standard", "PLUS’s ID of the licensee."),
        "licensor_image_id": QT_TRANSLATE_NOOP("standard", "The licensor’s identifier of it."),
        "owner_image_id": QT_TRANSLATE_NOOP("standard", "The copyright owner’s identifier of it."),
        "dates": QT_TRANSLATE_NOOP(
            "standard", "Further days and times in its life, as Dublin Core has them."
        ),
        "registration_number": QT_TRANSLATE_NOOP(
            "standard", "The number under which the copyright is registered."
        ),
        "first_published": QT_TRANSLATE_NOOP(
            "standard", "When it was published for the first time."
        ),
        "licensor_address_more": QT_TRANSLATE_NOOP(
            "standard", "Further lines of the licensor’s address."
        ),
        "licensor_phone_type": QT_TRANSLATE_NOOP("standard", "Which telephone this is."),
        "licensor_phone_2": QT_TRANSLATE_NOOP("standard", "Another telephone of the licensor."),
        "licensor_phone_2_type": QT_TRANSLATE_NOOP("standard", "Which telephone this is."),
        "registry_item": QT_TRANSLATE_NOOP(
            "standard", "The number that a registry has given the picture."
        ),
        "registry_organisation": QT_TRANSLATE_NOOP("standard", "The identifier of the registry."),
        "registry_role": QT_TRANSLATE_NOOP("standard", "Why the picture is registered there."),
        "expression_text": QT_TRANSLATE_NOOP("standard", "Rights in a language for machines."),
        "expression_encoding": QT_TRANSLATE_NOOP(
            "standard", "How the rights expression is encoded."
        ),
        "expression_language": QT_TRANSLATE_NOOP(
            "standard", "The language of the rights expression."
        ),
        "linked_expression": QT_TRANSLATE_NOOP(
            "standard", "Where rights in a language for machines are found."
        ),
        "linked_encoding": QT_TRANSLATE_NOOP("standard", "How the linked expression is encoded."),
        "linked_language": QT_TRANSLATE_NOOP("standard", "The language of the linked expression."),
        "created_name": QT_TRANSLATE_NOOP(
            "standard", "What the place is called where it was taken."
        ),
        "created_id": QT_TRANSLATE_NOOP("standard", "Identifiers of the place where it was taken."),
        "created_coordinate": QT_TRANSLATE_NOOP(
            "standard", "Where the place lies, in decimal degrees."
        ),
        "shown_name": QT_TRANSLATE_NOOP("standard", "What the place is called that it shows."),
        "shown_id": QT_TRANSLATE_NOOP("standard", "Identifiers of the place that it shows."),
        "shown_coordinate": QT_TRANSLATE_NOOP(
            "standard", "Where the place that it shows lies, in decimal degrees."
        ),
        "artwork_creator_id": QT_TRANSLATE_NOOP(
            "standard", "Identifiers of who made the artwork, in their order."
        ),
        "artwork_owner_id": QT_TRANSLATE_NOOP(
            "standard", "The identifier of who owns its copyright now."
        ),
        "artwork_licensor": QT_TRANSLATE_NOOP("standard", "Who licenses the artwork now."),
        "artwork_licensor_id": QT_TRANSLATE_NOOP(
            "standard", "The identifier of who licenses it now."
        ),
        "artwork_circa": QT_TRANSLATE_NOOP("standard", "About when the artwork was made."),
        "artwork_url": QT_TRANSLATE_NOOP(
            "standard", "The address of the artwork in its keeper’s inventory."
        ),
        "artwork_contribution": QT_TRANSLATE_NOOP("standard", "Who did what to the artwork."),
        "artwork_physical": QT_TRANSLATE_NOOP(
            "standard", "What the artwork is made of, and its state."
        ),
        "artwork_style": QT_TRANSLATE_NOOP("standard", "The styles or periods of the artwork."),
        "region_name": QT_TRANSLATE_NOOP("standard", "What is seen in this part of the picture."),
        "region_id": QT_TRANSLATE_NOOP("standard", "The identifier of this part."),
        "region_type": QT_TRANSLATE_NOOP("standard", "What sort of thing is seen there."),
        "region_role": QT_TRANSLATE_NOOP("standard", "What this part is for."),
        "region_shape": QT_TRANSLATE_NOOP("standard", "The form of this part."),
        "region_unit": QT_TRANSLATE_NOOP("standard", "What its numbers count."),
        "region_x": QT_TRANSLATE_NOOP(
            "standard", "Its left edge, or its middle where it is a circle."
        ),
        "region_y": QT_TRANSLATE_NOOP(
            "standard", "Its upper edge, or its middle where it is a circle."
        ),
        "region_w": QT_TRANSLATE_NOOP("standard", "How wide a rectangle is."),
        "region_h": QT_TRANSLATE_NOOP("standard", "How high a rectangle is."),
        "region_radius": QT_TRANSLATE_NOOP("standard", "How far a circle reaches."),
    }
)
"""Field -> its meaning; the window translates it in the context `standard`."""
