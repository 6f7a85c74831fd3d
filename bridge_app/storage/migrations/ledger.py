"""The ledger's schema: what people said, and the work that follows. Precious."""

from sqlite_utils import Database, Migrations

from bridge_app.storage.migrations import audit as _audit
from bridge_app.storage.migrations import campaign_events as _campaign_events
from bridge_app.storage.migrations import channels as _channels
from bridge_app.storage.migrations import contentstack as _contentstack
from bridge_app.storage.migrations import differences as _differences
from bridge_app.storage.migrations import edits as _edits
from bridge_app.storage.migrations import environments as _environments
from bridge_app.storage.migrations import file_approvals as _file_approvals
from bridge_app.storage.migrations import first_schema as _first_schema
from bridge_app.storage.migrations import governance as _governance
from bridge_app.storage.migrations import insights as _insights
from bridge_app.storage.migrations import kits as _kits
from bridge_app.storage.migrations import looks as _looks
from bridge_app.storage.migrations import master_edits as _master_edits
from bridge_app.storage.migrations import metadata_words as _metadata_words
from bridge_app.storage.migrations import policies as _policies
from bridge_app.storage.migrations import presets as _presets
from bridge_app.storage.migrations import product_copies as _product_copies
from bridge_app.storage.migrations import product_feeds as _product_feeds
from bridge_app.storage.migrations import retractions as _retractions
from bridge_app.storage.migrations import review_packs as _review_packs
from bridge_app.storage.migrations import reviews as _reviews
from bridge_app.storage.migrations import rights_claims as _rights_claims
from bridge_app.storage.migrations import shelters as _shelters
from bridge_app.storage.migrations import write_backs as _write_backs

ledger = Migrations("ledger")


@ledger(name="0001_what_people_said")
def what_people_said(db: Database) -> None:
    """Libraries, accounts without secrets, decisions that cannot be rewritten, and jobs.

    `review` is the newest decision on each content. `placement` is the public ID an asset was
    given, so that a later version goes to the same place; `delivery` what is known to be there.
    """
    for statement in _first_schema.STATEMENTS:
        db.execute(statement)


@ledger(name="0002_uploads_in_parts")
def uploads_in_parts(db: Database) -> None:
    """How far each large upload has come: what the service has acknowledged, byte by byte.

    `identity` is a digest of everything the upload says and carries, so that another run, days
    later, goes on with exactly the same one. `sent` is the first byte not acknowledged.
    """
    db.execute(
        """
        CREATE TABLE upload (
            environment TEXT NOT NULL,
            identity TEXT NOT NULL,
            upload_id TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            part_bytes INTEGER NOT NULL,
            sent INTEGER NOT NULL,
            updated_at TEXT NOT NULL,
            PRIMARY KEY (environment, identity)
        ) WITHOUT ROWID
        """
    )


@ledger(name="0003_environments")
def environments(db: Database) -> None:
    """Environments get names, colours and stages, and what the service told of them is kept.

    `organisation` is a Cloudinary account that lists its environments, without its secret;
    `told` is JSON of limits and usage; `learnt` what a key may or may not do.
    """
    for statement in _environments.STATEMENTS:
        db.execute(statement)


@ledger(name="0004_edits")
def edits(db: Database) -> None:
    """What people said about records of the service, and where that met what others said.

    `change` is an edit's identity, `batch` what was said together. `base`, `value`, `ours`,
    `theirs` and `chosen` are JSON. At most one conflict of a field is open.
    """
    for statement in _edits.STATEMENTS:
        db.execute(statement)


@ledger(name="0005_cloud_changes")
def cloud_changes(db: Database) -> None:
    """Where this desktop is told of changes: a channel of its own in each environment."""
    db.execute(
        """
        CREATE TABLE channel (
            environment TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            trigger_id TEXT NOT NULL,
            added_at TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


@ledger(name="0006_rendition_presets")
def rendition_presets(db: Database) -> None:
    """Presets, sets, and which renditions were made of what in the cloud.

    `preset` and `rendition_set` hold JSON in `told`, and their order in `place`. `edition` says
    which editions of the starting library were copied in, so that what was deleted stays deleted.
    """
    for statement in _presets.STATEMENTS:
        db.execute(statement)


@ledger(name="0007_shelters")
def shelters(db: Database) -> None:
    """Accounts of PhotoShelter-style services, without their secrets.

    `shelter_kept` are the containers whose pictures (and originals) are fetched ahead, with ""
    for the whole library; `shelter_intake` those whose new items go to the review queue.
    """
    for statement in _shelters.STATEMENTS:
        db.execute(statement)


@ledger(name="0008_governance")
def governance(db: Database) -> None:
    """The field mapping as people changed it: JSON in `told`, at most one row."""
    db.execute(_governance.FIELD_MAPPING)


@ledger(name="0009_write_backs")
def write_backs(db: Database) -> None:
    """What of published renditions was recorded at their masters' service, and archives.

    `entry` names a rendition of a master, `told` is JSON of it, `withdrawn_at` "" while it is
    published. `document` and `file` are the service's IDs of what was written. The steps of an
    archive are carried out in the order of their places; `result` keeps what undoing needs.
    """
    for statement in _write_backs.STATEMENTS:
        db.execute(statement)


@ledger(name="0010_retractions")
def retractions(db: Database) -> None:
    """What became of delivered copies that may not be seen any more, one row for each.

    `before` are the access rules that a copy had, `reasons` why it was retracted, both JSON.
    Where it `follows_rights`, its rules move with the window of its master's rights.
    """
    for statement in _retractions.STATEMENTS:
        db.execute(statement)


@ledger(name="0011_policies")
def policies(db: Database) -> None:
    """Approvals of renditions and in stages, what environments demand, and who overrode it.

    `review` is the newest decision on a content through a transformation ("" is the master) in a
    stage ("" is the whole). `told` of a policy is JSON, `lifts` of an override are reasons.
    """
    for statement in _policies.STATEMENTS:
        db.execute(statement)


@ledger(name="0012_audit")
def audit(db: Database) -> None:
    """The audit trail: append-only, each entry bound to those before it, and its head kept beside.

    It begins with the decisions that were made before there was one. `detail` is JSON; `filed`
    says whether the head was ever kept in a file beside the ledger. A job knows who asked for it.
    """
    for statement in _audit.STATEMENTS:
        db.execute(statement)
    _audit.begin_with_decisions(db)


@ledger(name="0013_reviews")
def reviews(db: Database) -> None:
    """Comments in threads, review requests with their items, and marks of assets.

    `place`, `strokes`, `mentions` and `reviewers` are JSON. `since` is the last decision on
    record when a request was made; `closed_at` and `resolved_at` are "" until that happened.
    """
    for statement in _reviews.STATEMENTS:
        db.execute(statement)


@ledger(name="0014_rights_claims")
def rights_claims(db: Database) -> None:
    """What people claim of rights, never changed: the newest of an asset or its content holds.

    `told` is JSON of the claim, `starts` and `ends` its window. `rights_notice` remembers which
    ends were told ahead, and how many days; `rights_told` the blocks that we wrote to a service,
    each with what others had said there before.
    """
    for statement in _rights_claims.STATEMENTS:
        db.execute(statement)


@ledger(name="0015_differences")
def differences(db: Database) -> None:
    """What is needed to tell a new version from the approved one, and what moderators say.

    `preset_edition` has every form a preset ever had, `approved_content` the pixels of masters
    whose pictures are kept, `difference` what was measured. `told` is JSON of all moderations.
    """
    for statement in _differences.STATEMENTS:
        db.execute(statement)


@ledger(name="0016_review_packs")
def review_packs(db: Database) -> None:
    """Packs that were handed out for review, and what of them came back and was recorded.

    `told` is JSON of what a pack holds, `document` the file that came back, as it came. A
    verdict is known by the browser's `session` and the time it was given (milliseconds there).
    """
    for statement in _review_packs.STATEMENTS:
        db.execute(statement)


@ledger(name="0017_looks")
def looks(db: Database) -> None:
    """How often a job was taken in hand, whatever became of it, and what could not be ended.

    `claims` counts runs that were given back as well: each may have reached the service. A
    `rendition_retraction` is of a rendition that was deleted there and is made anew by its address;
    `reasons` is JSON.
    """
    for statement in _looks.STATEMENTS:
        db.execute(statement)


@ledger(name="0018_metadata_words")
def metadata_words(db: Database) -> None:
    """Metadata templates (`told` is JSON) and vocabularies (`text` as it came), by their names.

    A vocabulary is for the words of one `field`; a `closed` one refuses others there.
    """
    for statement in _metadata_words.STATEMENTS:
        db.execute(statement)


@ledger(name="0019_master_edits")
def master_edits(db: Database) -> None:
    """What edits of masters leave behind.

    `same_picture` has the contents that differ from one `before` in nothing but metadata.
    `attempt` is what a set said when an edit of it was sent, and what it was to say then, as
    JSON: after a crash or a lost reply it tells whether it arrived. `field_agreed` has what a
    copy (`asset`) and its master said of a mapped field when they last agreed, as JSON.
    """
    for statement in _master_edits.STATEMENTS:
        db.execute(statement)


@ledger(name="0020_channels")
def channels(db: Database) -> None:
    """Who is told of what happens, what happened since they were told, and where things went.

    `told` is JSON of what an endpoint wants. A `channel_event` is written by the transaction of
    what it tells (`ref` is the audit entry, the edit, or the notice), while anybody listens, and
    goes when its messages are queued; its `id` is theirs. A `place` is somewhere that a master or
    a rendition of it went; `detail` is JSON.
    """
    for statement in _channels.STATEMENTS:
        db.execute(statement)


@ledger(name="0021_contentstack")
def contentstack(db: Database) -> None:
    """Stacks of Contentstack that are published to, and what was written into their entries.

    `told` is JSON: of a destination where its stack is, of a publication what is wanted, what
    stood in the field when it was seen last, and what was written.
    """
    for statement in _contentstack.STATEMENTS:
        db.execute(statement)


@ledger(name="0022_file_approvals")
def file_approvals(db: Database) -> None:
    """What the files of masters said of their approval when they were read last, "" for nothing.

    `since` is how many decisions were on record when that was new: a later one answers it. It is
    `answered`, too, once the same was decided.
    """
    for statement in _file_approvals.STATEMENTS:
        db.execute(statement)


@ledger(name="0023_kits")
def kits(db: Database) -> None:
    """Channel kits, and how channels show what they are given; `told` is JSON.

    A `kit_edition` was copied in from the ready ones; what people removed of it stays removed.
    """
    for statement in _kits.STATEMENTS:
        db.execute(statement)


@ledger(name="0024_product_feeds")
def product_feeds(db: Database) -> None:
    """Feeds of products, what became of each of their files, and what they say.

    `told` is JSON, `digest` tells whether a product is said differently, `stamp` whether a file is
    another one. A deleted product stays, so that an older word does not bring it back. A
    `feed_link` is an image that a feed names; `feed_told` what delivery was told of an image of a
    product.
    """
    for statement in _product_feeds.STATEMENTS:
        db.execute(statement)


@ledger(name="0025_insights")
def insights(db: Database) -> None:
    """What nobody tells again of use: usage by day, and what imported access logs say.

    `told` is JSON. Days of deliveries are counted from 1970-01-01; a log counts once its state is
    `counted`, and its rows go when it is none of these any more. Views that begin with `bi_` are
    for others who read this file, and stay as they are (docs/insights.md).
    """
    for statement in _insights.LEDGER:
        db.execute(statement)


@ledger(name="0026_product_copies")
def product_copies(db: Database) -> None:
    """Which images were delivered for products alone: they go with the last that allows them."""
    for statement in _product_copies.STATEMENTS:
        db.execute(statement)


@ledger(name="0027_campaign_events")
def campaign_events(db: Database) -> None:
    """Endpoints are told of archived campaigns."""
    for statement in _campaign_events.STATEMENTS:
        db.execute(statement)


@ledger(name="0028_archived_assets")
def archived_assets(db: Database) -> None:
    """Endpoints are told of each master that an archive marks."""
    for statement in _campaign_events.ASSETS:
        db.execute(statement)


@ledger(name="0029_newest_on_record")
def newest_on_record(db: Database) -> None:
    """The gate asks for the newest moment on record with every asset it reads."""
    for statement in _audit.INDEXES:
        db.execute(statement)
