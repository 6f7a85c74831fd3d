CREATE TABLE "_sqlite_migrations" (
"id" INTEGER PRIMARY KEY,
"migration_set" TEXT,
"name" TEXT,
"applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE library (
id TEXT PRIMARY KEY,
name TEXT NOT NULL,
location BLOB NOT NULL UNIQUE,
added_at TEXT NOT NULL
);
CREATE TABLE account (
environment TEXT PRIMARY KEY,
api_key TEXT NOT NULL,
upload_prefix TEXT,
cname TEXT,
label TEXT NOT NULL,
in_use INTEGER NOT NULL DEFAULT 0,
added_at TEXT NOT NULL
, owner TEXT NOT NULL DEFAULT '', hue TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT '', login TEXT NOT NULL DEFAULT 'key', client_id TEXT, folder_mode TEXT, media_limits TEXT);
CREATE TABLE decision (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
asset TEXT NOT NULL,
sha256 TEXT NOT NULL,
name TEXT NOT NULL,
approval TEXT NOT NULL,
comment TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL,
previous TEXT NOT NULL,
digest TEXT NOT NULL UNIQUE
, transformation TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT '');
CREATE TABLE sqlite_sequence(name,seq);
CREATE INDEX decision_by_asset ON decision (asset, approval);
CREATE INDEX decision_by_content ON decision (sha256);
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN
SELECT RAISE(ABORT, 'decisions are never deleted');
END;
CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision BEGIN
SELECT RAISE(ABORT, 'decisions are never changed');
END;
CREATE TABLE job (
id INTEGER PRIMARY KEY AUTOINCREMENT,
kind TEXT NOT NULL,
identity TEXT NOT NULL,
batch TEXT NOT NULL,
environment TEXT,
asset TEXT,
name TEXT NOT NULL,
state TEXT NOT NULL,
attempts INTEGER NOT NULL DEFAULT 0,
done INTEGER NOT NULL DEFAULT 0,
total INTEGER NOT NULL DEFAULT 0,
params TEXT NOT NULL,
waiting_for TEXT,
waiting_until TEXT,
error TEXT,
result TEXT,
created_at TEXT NOT NULL,
updated_at TEXT NOT NULL
, who TEXT NOT NULL DEFAULT '', claims INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX job_once ON job (identity)
WHERE state IN ('queued', 'running', 'waiting')
;
CREATE INDEX job_by_state ON job (state, waiting_until);
CREATE INDEX job_by_batch ON job (batch);
CREATE TABLE placement (
environment TEXT NOT NULL,
asset TEXT NOT NULL,
public_id TEXT NOT NULL,
PRIMARY KEY (environment, asset)
) WITHOUT ROWID
;
CREATE TABLE delivery (
environment TEXT NOT NULL,
resource_type TEXT NOT NULL,
public_id TEXT NOT NULL,
delivery_type TEXT NOT NULL,
version INTEGER NOT NULL,
asset_id TEXT NOT NULL,
format TEXT NOT NULL,
etag TEXT NOT NULL,
sha256 TEXT NOT NULL,
bytes INTEGER NOT NULL,
url TEXT NOT NULL,
delivered_at TEXT NOT NULL,
PRIMARY KEY (environment, resource_type, public_id)
) WITHOUT ROWID
;
CREATE INDEX delivery_by_content ON delivery (sha256, environment);
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
;
CREATE TABLE usage (
environment TEXT PRIMARY KEY,
told TEXT NOT NULL,
read_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE learnt (
environment TEXT NOT NULL,
capability TEXT NOT NULL,
allowed INTEGER NOT NULL,
reason TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (environment, capability)
) WITHOUT ROWID
;
CREATE TABLE organisation (
id TEXT PRIMARY KEY,
name TEXT NOT NULL,
api_key TEXT NOT NULL,
upload_prefix TEXT,
added_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE edit (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
change TEXT NOT NULL UNIQUE,
batch TEXT NOT NULL,
environment TEXT NOT NULL,
asset TEXT NOT NULL,
asset_id TEXT NOT NULL,
name TEXT NOT NULL,
path TEXT NOT NULL,
base TEXT NOT NULL,
value TEXT NOT NULL,
state TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL,
error TEXT,
settled_at TEXT
, attempt TEXT);
CREATE INDEX edit_open ON edit (asset, environment)
WHERE state IN ('pending', 'sending', 'failed', 'conflict')
;
CREATE INDEX edit_by_asset ON edit (asset, seq);
CREATE INDEX edit_by_batch ON edit (batch);
CREATE TABLE conflict (
id INTEGER PRIMARY KEY AUTOINCREMENT,
environment TEXT NOT NULL,
asset TEXT NOT NULL,
asset_id TEXT NOT NULL,
name TEXT NOT NULL,
path TEXT NOT NULL,
base TEXT NOT NULL,
ours TEXT NOT NULL,
theirs TEXT NOT NULL,
found_at TEXT NOT NULL,
settled_at TEXT,
chosen TEXT
);
CREATE UNIQUE INDEX conflict_open ON conflict (asset, path) WHERE settled_at IS NULL;
CREATE TABLE channel (
environment TEXT PRIMARY KEY,
name TEXT NOT NULL,
trigger_id TEXT NOT NULL,
added_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE preset (
name TEXT PRIMARY KEY,
place INTEGER NOT NULL,
told TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE rendition_set (
name TEXT PRIMARY KEY,
place INTEGER NOT NULL,
told TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE edition (number INTEGER PRIMARY KEY, copied_at TEXT NOT NULL);
CREATE TABLE rendition (
environment TEXT NOT NULL,
public_id TEXT NOT NULL,
version INTEGER NOT NULL,
transformation TEXT NOT NULL,
format TEXT NOT NULL,
asset TEXT NOT NULL,
name TEXT NOT NULL,
sha256 TEXT NOT NULL,
preset TEXT NOT NULL,
market TEXT NOT NULL,
language TEXT NOT NULL,
url TEXT NOT NULL,
width INTEGER NOT NULL,
height INTEGER NOT NULL,
bytes INTEGER NOT NULL,
made_at TEXT NOT NULL, channel TEXT NOT NULL DEFAULT '', made_by TEXT NOT NULL DEFAULT '',
PRIMARY KEY (environment, public_id, version, transformation, format, preset, market,
language)
) WITHOUT ROWID
;
CREATE INDEX rendition_by_preset ON rendition (preset);
CREATE TABLE shelter (
account TEXT PRIMARY KEY,
name TEXT NOT NULL,
base_url TEXT NOT NULL,
organization TEXT NOT NULL,
organization_id TEXT NOT NULL,
email TEXT NOT NULL,
write_back TEXT NOT NULL,
added_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE shelter_kept (
account TEXT NOT NULL,
container TEXT NOT NULL,
originals INTEGER NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (account, container)
) WITHOUT ROWID
;
CREATE TABLE shelter_intake (
account TEXT NOT NULL,
container TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (account, container)
) WITHOUT ROWID
;
CREATE TABLE field_mapping (
id INTEGER PRIMARY KEY CHECK (id = 1),
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
);
CREATE INDEX rendition_by_asset ON rendition (asset);
CREATE TABLE write_back (
account TEXT NOT NULL,
media_id TEXT NOT NULL,
asset TEXT NOT NULL,
mode TEXT NOT NULL,
gallery TEXT NOT NULL,
document TEXT NOT NULL,
document_name TEXT NOT NULL,
digest TEXT NOT NULL,
written_at TEXT NOT NULL,
PRIMARY KEY (account, media_id)
) WITHOUT ROWID
;
CREATE INDEX write_back_by_asset ON write_back (asset);
CREATE TABLE write_back_entry (
account TEXT NOT NULL,
media_id TEXT NOT NULL,
entry TEXT NOT NULL,
told TEXT NOT NULL,
withdrawn_at TEXT NOT NULL,
file TEXT NOT NULL,
file_name TEXT NOT NULL,
PRIMARY KEY (account, media_id, entry)
) WITHOUT ROWID
;
CREATE TABLE write_back_mode (
account TEXT NOT NULL,
container TEXT NOT NULL,
mode TEXT NOT NULL,
PRIMARY KEY (account, container)
) WITHOUT ROWID
;
CREATE TABLE archive (
id TEXT PRIMARY KEY,
account TEXT NOT NULL,
container TEXT NOT NULL,
name TEXT NOT NULL,
wish TEXT NOT NULL,
state TEXT NOT NULL,
who TEXT NOT NULL,
begun_at TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE archive_step (
archive TEXT NOT NULL REFERENCES archive (id),
place INTEGER NOT NULL,
action TEXT NOT NULL,
subject TEXT NOT NULL,
told TEXT NOT NULL,
state TEXT NOT NULL,
result TEXT NOT NULL,
changed_at TEXT NOT NULL,
PRIMARY KEY (archive, place)
) WITHOUT ROWID
;
CREATE INDEX archive_step_closed ON archive_step (subject) WHERE action = 'restrict';
CREATE TABLE retraction (
environment TEXT NOT NULL,
asset_id TEXT NOT NULL,
public_id TEXT NOT NULL,
name TEXT NOT NULL,
content TEXT NOT NULL,
version INTEGER NOT NULL,
state TEXT NOT NULL,
before TEXT NOT NULL,
reasons TEXT NOT NULL,
follows_rights INTEGER NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (environment, asset_id)
) WITHOUT ROWID
;
CREATE INDEX decision_by_rendition ON decision (asset, transformation)
WHERE transformation <> ''
;
CREATE TABLE review (
sha256 TEXT NOT NULL,
transformation TEXT NOT NULL,
stage TEXT NOT NULL,
approval TEXT NOT NULL,
seq INTEGER NOT NULL REFERENCES decision (seq),
PRIMARY KEY (sha256, transformation, stage)
) WITHOUT ROWID
;
CREATE INDEX review_by_approval ON review (approval, sha256)
WHERE transformation = '' AND stage = ''
;
CREATE TABLE policy (
environment TEXT NOT NULL,
place INTEGER NOT NULL,
name TEXT NOT NULL,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL,
PRIMARY KEY (environment, place)
) WITHOUT ROWID
;
CREATE TABLE override (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
asset TEXT NOT NULL,
name TEXT NOT NULL,
content TEXT NOT NULL,
transformation TEXT NOT NULL,
environment TEXT NOT NULL,
who TEXT NOT NULL,
role TEXT NOT NULL,
reason TEXT NOT NULL,
lifts TEXT NOT NULL,
until TEXT,
at TEXT NOT NULL,
previous TEXT NOT NULL,
digest TEXT NOT NULL UNIQUE
);
CREATE INDEX override_by_content ON override (content, seq);
CREATE TRIGGER override_stays BEFORE DELETE ON override BEGIN
SELECT RAISE(ABORT, 'overrides are never deleted');
END;
CREATE TRIGGER override_is_final BEFORE UPDATE ON override BEGIN
SELECT RAISE(ABORT, 'overrides are never changed');
END;
CREATE TABLE audit (
seq INTEGER PRIMARY KEY,
at TEXT NOT NULL,
kind TEXT NOT NULL,
who TEXT NOT NULL,
asset TEXT NOT NULL,
name TEXT NOT NULL,
content TEXT NOT NULL,
transformation TEXT NOT NULL,
environment TEXT NOT NULL,
detail TEXT NOT NULL,
previous TEXT NOT NULL,
digest TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_by_asset ON audit (asset, seq);
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN
SELECT RAISE(ABORT, 'the audit trail is never shortened');
END;
CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN
SELECT RAISE(ABORT, 'the audit trail is never changed');
END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq OR digest = NEW.digest) BEGIN
SELECT RAISE(ABORT, 'the audit trail is never changed');
END;
CREATE TABLE audit_head (
only INTEGER PRIMARY KEY CHECK (only = 1),
count INTEGER NOT NULL,
digest TEXT NOT NULL,
filed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE comment_thread (
id TEXT PRIMARY KEY,
resolved_by TEXT NOT NULL DEFAULT '',
resolved_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
;
CREATE TABLE comment (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
id TEXT NOT NULL UNIQUE,
thread TEXT NOT NULL REFERENCES comment_thread (id),
asset TEXT NOT NULL,
content TEXT NOT NULL,
transformation TEXT NOT NULL,
text TEXT NOT NULL,
place TEXT NOT NULL,
strokes TEXT NOT NULL,
mentions TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE INDEX comment_by_asset ON comment (asset);
CREATE INDEX comment_by_content ON comment (content);
CREATE INDEX comment_by_thread ON comment (thread);
CREATE TRIGGER comment_stays BEFORE DELETE ON comment BEGIN
SELECT RAISE(ABORT, 'comments are never deleted');
END;
CREATE TRIGGER comment_is_final BEFORE UPDATE ON comment BEGIN
SELECT RAISE(ABORT, 'comments are never changed');
END;
CREATE TABLE review_request (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
id TEXT NOT NULL UNIQUE,
title TEXT NOT NULL,
note TEXT NOT NULL,
due TEXT NOT NULL,
reviewers TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL,
since INTEGER NOT NULL,
closed_by TEXT NOT NULL DEFAULT '',
closed_at TEXT NOT NULL DEFAULT ''
);
CREATE TABLE review_item (
request TEXT NOT NULL REFERENCES review_request (id),
place INTEGER NOT NULL,
asset TEXT NOT NULL,
transformation TEXT NOT NULL,
preset TEXT NOT NULL,
PRIMARY KEY (request, place)
) WITHOUT ROWID
;
CREATE TABLE mark (
asset TEXT PRIMARY KEY,
rating INTEGER,
label TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE rights_claim (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
asset TEXT NOT NULL,
content TEXT NOT NULL,
name TEXT NOT NULL,
told TEXT NOT NULL,
starts TEXT,
ends TEXT,
who TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE INDEX rights_claim_by_asset ON rights_claim (asset, seq);
CREATE INDEX rights_claim_by_content ON rights_claim (content, seq);
CREATE TRIGGER rights_claim_stays BEFORE DELETE ON rights_claim BEGIN
SELECT RAISE(ABORT, 'rights claims are never deleted');
END;
CREATE TRIGGER rights_claim_is_final BEFORE UPDATE ON rights_claim BEGIN
SELECT RAISE(ABORT, 'rights claims are never changed');
END;
CREATE TABLE rights_template (
name TEXT PRIMARY KEY,
told TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE rights_notice (
asset TEXT NOT NULL,
ends TEXT NOT NULL,
days INTEGER NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (asset, ends, days)
) WITHOUT ROWID
;
CREATE TABLE rights_told (
asset TEXT NOT NULL,
block TEXT NOT NULL,
theirs TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (asset, block)
) WITHOUT ROWID
;
CREATE TABLE preset_edition (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
preset TEXT NOT NULL,
transformation TEXT NOT NULL,
format TEXT NOT NULL
);
CREATE TRIGGER preset_is_added AFTER INSERT ON preset WHEN json_valid(NEW.told) BEGIN
INSERT INTO preset_edition (preset, transformation, format) VALUES (
NEW.name,
coalesce(json_extract(NEW.told, '$.transformation'), ''),
coalesce(json_extract(NEW.told, '$.format'), '')
);
END;
CREATE TRIGGER preset_is_changed AFTER UPDATE OF told ON preset
WHEN json_valid(NEW.told) AND NEW.told <> OLD.told BEGIN
INSERT INTO preset_edition (preset, transformation, format) VALUES (
NEW.name,
coalesce(json_extract(NEW.told, '$.transformation'), ''),
coalesce(json_extract(NEW.told, '$.format'), '')
);
END;
CREATE TABLE approved_content (
content TEXT PRIMARY KEY,
width INTEGER NOT NULL,
height INTEGER NOT NULL,
at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE difference (
content_before TEXT NOT NULL,
transformation_before TEXT NOT NULL,
content TEXT NOT NULL,
transformation TEXT NOT NULL,
pixels REAL NOT NULL,
perceptual REAL NOT NULL,
same_shape INTEGER NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (content_before, transformation_before, content, transformation)
) WITHOUT ROWID
;
CREATE TABLE moderation (
environment TEXT NOT NULL,
asset_id TEXT NOT NULL,
asset TEXT NOT NULL,
name TEXT NOT NULL,
told TEXT NOT NULL,
status TEXT NOT NULL,
read_at TEXT NOT NULL,
PRIMARY KEY (environment, asset_id)
) WITHOUT ROWID
;
CREATE TABLE review_pack (
pack TEXT PRIMARY KEY,
told TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE review_pack_return (
digest TEXT PRIMARY KEY,
pack TEXT NOT NULL,
reviewer TEXT NOT NULL,
document TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE TABLE review_pack_verdict (
pack TEXT NOT NULL,
session TEXT NOT NULL,
item TEXT NOT NULL,
given_at INTEGER NOT NULL,
approval TEXT NOT NULL,
PRIMARY KEY (pack, session, item, given_at)
) WITHOUT ROWID
;
CREATE TABLE review_pack_comment (
pack TEXT NOT NULL,
session TEXT NOT NULL,
comment TEXT NOT NULL,
PRIMARY KEY (pack, session, comment)
) WITHOUT ROWID
;
CREATE TABLE rendition_retraction (
environment TEXT NOT NULL,
public_id TEXT NOT NULL,
version INTEGER NOT NULL,
transformation TEXT NOT NULL,
format TEXT NOT NULL,
reasons TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (environment, public_id, version, transformation, format)
) WITHOUT ROWID
;
CREATE TABLE metadata_template (
name TEXT PRIMARY KEY,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE vocabulary (
name TEXT PRIMARY KEY,
field TEXT NOT NULL,
text TEXT NOT NULL,
closed INTEGER NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
);
CREATE TABLE same_picture (
content TEXT NOT NULL,
before TEXT NOT NULL,
asset TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (content, before)
) WITHOUT ROWID
;
CREATE INDEX same_picture_by_before ON same_picture (before, asset);
CREATE TABLE field_agreed (
asset TEXT NOT NULL,
environment TEXT NOT NULL,
source TEXT NOT NULL,
master TEXT NOT NULL,
cloud TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (asset, environment, source)
) WITHOUT ROWID
;
CREATE TABLE webhook_endpoint (
id TEXT PRIMARY KEY,
name TEXT NOT NULL,
url TEXT NOT NULL,
told TEXT NOT NULL,
state TEXT NOT NULL,
reason TEXT NOT NULL,
rotated_at TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE channel_event (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
source TEXT NOT NULL,
ref TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE TRIGGER act_is_an_event AFTER INSERT ON audit
WHEN NEW.kind IN ('decision', 'push', 'publication', 'retraction', 'restoration', 'rights_claim') AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at) VALUES ('audit', NEW.seq, NEW.at);
END;
CREATE TRIGGER delivered_edit_is_an_event AFTER UPDATE OF state ON edit
WHEN NEW.state = 'delivered' AND OLD.state <> 'delivered' AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at)
VALUES ('edit', NEW.seq, coalesce(NEW.settled_at, NEW.at));
END;
CREATE TRIGGER notice_is_an_event AFTER INSERT ON rights_notice WHEN EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at)
VALUES ('notice', json_array(NEW.asset, NEW.ends, NEW.days), NEW.at);
END;
CREATE TABLE place (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
kind TEXT NOT NULL,
place TEXT NOT NULL,
asset TEXT NOT NULL,
name TEXT NOT NULL,
content TEXT NOT NULL,
transformation TEXT NOT NULL,
preset TEXT NOT NULL,
channel TEXT NOT NULL,
market TEXT NOT NULL,
environment TEXT NOT NULL,
detail TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL,
gone_at TEXT NOT NULL DEFAULT ''
);
CREATE INDEX place_by_asset ON place (asset, seq);
CREATE INDEX place_by_kind ON place (kind, place, asset);
CREATE TABLE stack_destination (
id TEXT PRIMARY KEY,
name TEXT NOT NULL UNIQUE,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE stack_publication (
id TEXT PRIMARY KEY,
destination TEXT NOT NULL,
asset TEXT NOT NULL,
state TEXT NOT NULL,
told TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE INDEX stack_publication_by_asset ON stack_publication (asset);
CREATE TABLE file_approval (
asset TEXT PRIMARY KEY,
said TEXT NOT NULL,
since INTEGER NOT NULL,
answered INTEGER NOT NULL,
at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE kit (
name TEXT PRIMARY KEY,
place INTEGER NOT NULL,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE kit_edition (number INTEGER PRIMARY KEY, copied_at TEXT NOT NULL);
CREATE TABLE channel_settings (
channel TEXT PRIMARY KEY,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE feed (
id TEXT PRIMARY KEY,
name TEXT NOT NULL UNIQUE,
told TEXT NOT NULL,
state TEXT NOT NULL,
reason TEXT NOT NULL,
looked_at TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TABLE feed_run (
seq INTEGER PRIMARY KEY AUTOINCREMENT,
feed TEXT NOT NULL,
source TEXT NOT NULL,
stamp TEXT NOT NULL,
sha256 TEXT NOT NULL,
result TEXT NOT NULL,
who TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE INDEX feed_run_by_content ON feed_run (feed, sha256);
CREATE TABLE feed_product (
id INTEGER PRIMARY KEY,
feed TEXT NOT NULL,
sku TEXT NOT NULL,
market TEXT NOT NULL,
language TEXT NOT NULL,
sku_key TEXT NOT NULL,
variant_of TEXT NOT NULL,
told TEXT NOT NULL,
digest TEXT NOT NULL,
updated_at TEXT NOT NULL,
is_deleted INTEGER NOT NULL,
UNIQUE (feed, sku, market, language)
);
CREATE INDEX feed_product_by_sku ON feed_product (feed, sku_key);
CREATE TABLE feed_link (
product INTEGER NOT NULL,
slot TEXT NOT NULL,
position INTEGER NOT NULL,
kind TEXT NOT NULL,
ref TEXT NOT NULL,
ref_key TEXT NOT NULL,
alt_text TEXT NOT NULL,
PRIMARY KEY (product, slot, position)
) WITHOUT ROWID
;
CREATE TABLE feed_told (
feed TEXT NOT NULL,
sku TEXT NOT NULL,
market TEXT NOT NULL,
language TEXT NOT NULL,
slot TEXT NOT NULL,
position INTEGER NOT NULL,
asset TEXT NOT NULL,
push TEXT NOT NULL,
content TEXT NOT NULL,
digest TEXT NOT NULL,
environment TEXT NOT NULL,
at TEXT NOT NULL,
PRIMARY KEY (feed, sku, market, language, slot, position)
) WITHOUT ROWID
;
CREATE INDEX feed_told_by_asset ON feed_told (asset);
CREATE TRIGGER feed_run_is_an_event AFTER INSERT ON feed_run WHEN EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at) VALUES ('feed', NEW.seq, NEW.at);
END;
CREATE TRIGGER linked_media_is_an_event AFTER INSERT ON feed_told WHEN EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at)
VALUES ('linked', json_array(NEW.asset, NEW.sku, NEW.market, NEW.language, NEW.slot, NEW.position), NEW.at);
END;
CREATE TRIGGER unlinked_media_is_an_event AFTER DELETE ON feed_told WHEN EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at)
VALUES ('unlinked', json_array(OLD.asset, OLD.sku, OLD.market, OLD.language, OLD.slot, OLD.position), strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'));
END;
CREATE TABLE usage_day (
environment TEXT NOT NULL,
day TEXT NOT NULL,
told TEXT NOT NULL,
read_at TEXT NOT NULL,
PRIMARY KEY (environment, day)
) WITHOUT ROWID
;
CREATE TABLE access_log (
number INTEGER PRIMARY KEY AUTOINCREMENT,
digest TEXT NOT NULL,
state TEXT NOT NULL,
name TEXT NOT NULL,
told TEXT NOT NULL,
first_day INTEGER,
last_day INTEGER,
who TEXT NOT NULL,
at TEXT NOT NULL
);
CREATE UNIQUE INDEX access_log_once ON access_log (digest) WHERE state = 'counted';
CREATE TABLE delivered (
id INTEGER PRIMARY KEY,
environment TEXT NOT NULL,
resource_type TEXT NOT NULL,
delivery_type TEXT NOT NULL,
public_id TEXT NOT NULL,
transformation TEXT NOT NULL,
format TEXT NOT NULL,
UNIQUE (environment, public_id, resource_type, delivery_type, transformation, format)
);
CREATE TABLE referrer (id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE);
CREATE TABLE delivery_day (
day INTEGER NOT NULL,
delivered INTEGER NOT NULL,
referrer INTEGER NOT NULL,
log INTEGER NOT NULL,
requests INTEGER NOT NULL,
bytes INTEGER,
PRIMARY KEY (day, delivered, referrer, log)
) WITHOUT ROWID
;
CREATE TABLE saved_report (
name TEXT PRIMARY KEY,
told TEXT NOT NULL,
who TEXT NOT NULL,
changed_at TEXT NOT NULL,
wrote_at TEXT NOT NULL DEFAULT '',
trouble TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
;
CREATE VIEW bi_usage AS
SELECT d.environment, d.day, m.key AS meter, json_extract(m.value, '$[0]') AS used,
json_extract(m.value, '$[1]') AS "limit", json_extract(m.value, '$[2]') AS credits,
d.read_at
FROM usage_day AS d, json_each(d.told, '$.meters') AS m;
CREATE VIEW bi_delivery AS
SELECT date(t.day * 86400, 'unixepoch') AS usage_date, d.environment AS cloud_name,
d.public_id, d.resource_type, d.delivery_type, nullif(d.format, '') AS format,
nullif(d.transformation, '') AS transformation, nullif(r.host, '') AS url_host,
sum(t.requests) AS requests,
CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END AS bytes
FROM delivery_day AS t JOIN delivered AS d ON d.id = t.delivered
JOIN referrer AS r ON r.id = t.referrer
WHERE t.log IN (SELECT number FROM access_log WHERE state = 'counted')
GROUP BY t.day, t.delivered, t.referrer;
CREATE VIEW bi_copies AS
SELECT d.environment AS cloud_name, p.asset, d.public_id, d.asset_id, d.resource_type,
d.format, d.bytes, d.version, d.sha256, d.delivered_at
FROM delivery AS d LEFT JOIN placement AS p
ON p.environment = d.environment AND p.public_id = d.public_id;
CREATE VIEW bi_renditions AS
SELECT environment AS cloud_name, asset, public_id, version, preset, transformation,
nullif(format, '') AS format, nullif(market, '') AS market,
nullif(language, '') AS language, nullif(channel, '') AS channel, width, height, bytes,
made_at
FROM rendition;
CREATE VIEW bi_places AS
SELECT kind, asset, name, nullif(preset, '') AS preset, nullif(channel, '') AS channel,
nullif(market, '') AS market, nullif(environment, '') AS cloud_name, who, at,
nullif(gone_at, '') AS gone_at
FROM place;
CREATE VIEW bi_approvals AS
SELECT sha256 AS content, approval FROM review WHERE transformation = '' AND stage = '';
CREATE TABLE feed_copy (
environment TEXT NOT NULL,
asset TEXT NOT NULL,
feed TEXT NOT NULL,
sku TEXT NOT NULL,
market TEXT NOT NULL,
language TEXT NOT NULL,
PRIMARY KEY (environment, asset, feed, sku, market, language)
) WITHOUT ROWID
;
CREATE INDEX placement_by_place ON placement (environment, public_id);
CREATE TRIGGER archived_campaign_is_an_event AFTER UPDATE OF state ON archive
WHEN NEW.state = 'done' AND OLD.state <> 'done'
AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at) VALUES ('campaign', NEW.id, NEW.changed_at);
END;
CREATE TRIGGER archived_asset_is_an_event AFTER UPDATE OF state ON archive_step
WHEN NEW.action = 'freeze' AND NEW.state = 'done' AND OLD.state <> 'done'
AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
INSERT INTO channel_event (source, ref, at)
VALUES ('archived', json_array(NEW.archive, NEW.place), NEW.changed_at);
END;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_accepted ON audit (seq) WHERE kind = 'acceptance';
