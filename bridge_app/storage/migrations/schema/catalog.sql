CREATE TABLE "_sqlite_migrations" (
"id" INTEGER PRIMARY KEY,
"migration_set" TEXT,
"name" TEXT,
"applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE asset (
rowid INTEGER PRIMARY KEY,
id TEXT NOT NULL UNIQUE,
library TEXT NOT NULL,
path BLOB NOT NULL,
folder BLOB NOT NULL,
name TEXT NOT NULL,
name_key TEXT NOT NULL,
kind TEXT NOT NULL,
format TEXT NOT NULL,
bytes INTEGER NOT NULL,
modified_ns INTEGER NOT NULL,
modified_at TEXT NOT NULL,
file_key TEXT NOT NULL,
sha256 TEXT,
md5 TEXT,
width INTEGER,
height INTEGER,
orientation INTEGER NOT NULL DEFAULT 1,
display_width INTEGER,
display_height INTEGER,
shape TEXT,
duration_s REAL,
pages INTEGER,
colour_space TEXT,
icc_profile TEXT,
title TEXT NOT NULL DEFAULT '',
caption TEXT NOT NULL DEFAULT '',
keywords TEXT NOT NULL DEFAULT '[]',
creator TEXT NOT NULL DEFAULT '',
credit TEXT NOT NULL DEFAULT '',
copyright TEXT NOT NULL DEFAULT '',
usage_terms TEXT NOT NULL DEFAULT '',
rating INTEGER,
taken_at TEXT,
dated TEXT NOT NULL,
rights_from TEXT,
rights_until TEXT,
rights_unreadable TEXT,
error TEXT,
missing INTEGER NOT NULL DEFAULT 0, version_key TEXT, restrictions TEXT NOT NULL DEFAULT '{}', content TEXT
GENERATED ALWAYS AS (coalesce(sha256, version_key)) VIRTUAL, sidecars TEXT NOT NULL DEFAULT '',
UNIQUE (library, path)
);
CREATE INDEX asset_by_name ON asset (name_key, id);
CREATE INDEX asset_by_folder ON asset (library, folder, name_key);
CREATE INDEX asset_by_date ON asset (dated, id);
CREATE INDEX asset_by_change ON asset (modified_at, id);
CREATE INDEX asset_by_bytes ON asset (bytes, id);
CREATE INDEX asset_by_rating ON asset (rating, id);
CREATE INDEX asset_by_kind ON asset (kind, name_key, id);
CREATE INDEX asset_by_file ON asset (library, file_key);
CREATE INDEX asset_by_end ON asset (rights_until) WHERE rights_until IS NOT NULL;
CREATE INDEX asset_by_start ON asset (rights_from) WHERE rights_from IS NOT NULL;
CREATE INDEX asset_in_trouble ON asset (name_key, id) WHERE error IS NOT NULL;
CREATE TABLE found_by (rowid INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE asset_text USING fts5(
folded, content='found_by', content_rowid='rowid', tokenize='trigram case_sensitive 1'
);
CREATE TRIGGER found_by_added AFTER INSERT ON found_by BEGIN
INSERT INTO asset_text(rowid, folded) VALUES (new.rowid, new.folded);
END;
CREATE TRIGGER found_by_removed AFTER DELETE ON found_by BEGIN
INSERT INTO asset_text(asset_text, rowid, folded)
VALUES ('delete', old.rowid, old.folded);
END;
CREATE TRIGGER found_by_changed AFTER UPDATE ON found_by
WHEN old.folded <> new.folded BEGIN
INSERT INTO asset_text(asset_text, rowid, folded)
VALUES ('delete', old.rowid, old.folded);
INSERT INTO asset_text(rowid, folded) VALUES (new.rowid, new.folded);
END;
CREATE TRIGGER asset_removed AFTER DELETE ON asset BEGIN
DELETE FROM found_by WHERE rowid = old.rowid;
END;
CREATE TABLE skipped (
library TEXT NOT NULL,
path BLOB NOT NULL,
reason TEXT NOT NULL,
PRIMARY KEY (library, path)
);
CREATE TABLE cloud_asset (
id TEXT PRIMARY KEY,
environment TEXT NOT NULL,
asset_id TEXT NOT NULL,
public_id TEXT NOT NULL,
resource_type TEXT NOT NULL,
delivery_type TEXT NOT NULL,
format TEXT NOT NULL,
version INTEGER NOT NULL,
bytes INTEGER NOT NULL,
width INTEGER,
height INTEGER,
duration_s REAL,
pages INTEGER,
etag TEXT NOT NULL,
asset_folder TEXT NOT NULL,
display_name TEXT NOT NULL,
created_at TEXT NOT NULL,
updated_at TEXT NOT NULL,
tags TEXT NOT NULL,
context TEXT NOT NULL,
metadata TEXT NOT NULL,
moderation TEXT NOT NULL,
access_control TEXT NOT NULL,
placeholder INTEGER NOT NULL,
url TEXT NOT NULL,
claimed_sha256 TEXT,
seen INTEGER NOT NULL,
missing INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
;
CREATE UNIQUE INDEX cloud_asset_by_identity ON cloud_asset (environment, asset_id);
CREATE INDEX cloud_asset_by_public_id ON cloud_asset (environment, public_id);
CREATE INDEX cloud_asset_by_creation ON cloud_asset (environment, created_at);
CREATE INDEX cloud_asset_by_change ON cloud_asset (environment, updated_at);
CREATE INDEX cloud_asset_by_folder ON cloud_asset (environment, asset_folder);
CREATE INDEX cloud_asset_by_claim ON cloud_asset (claimed_sha256)
WHERE claimed_sha256 IS NOT NULL
;
CREATE TRIGGER cloud_asset_removed AFTER DELETE ON asset BEGIN
DELETE FROM cloud_asset WHERE id = old.id;
END;
CREATE TABLE cloud_folder (
environment TEXT NOT NULL,
path TEXT NOT NULL,
external_id TEXT NOT NULL,
PRIMARY KEY (environment, path)
) WITHOUT ROWID
;
CREATE TABLE cloud_sync (
environment TEXT PRIMARY KEY,
folder_mode TEXT NOT NULL,
listing INTEGER NOT NULL,
complete INTEGER NOT NULL,
since TEXT,
cursor TEXT,
reached TEXT,
settled TEXT,
newest TEXT,
looked_at TEXT,
finished_at TEXT,
difference INTEGER NOT NULL,
doubtful INTEGER NOT NULL
) WITHOUT ROWID
;
CREATE TABLE metadata_schema (
environment TEXT PRIMARY KEY,
fields TEXT NOT NULL,
rules TEXT NOT NULL,
read_at TEXT NOT NULL
) WITHOUT ROWID
;
CREATE INDEX asset_by_content ON asset (content);
CREATE TABLE shelter_asset (
id TEXT PRIMARY KEY,
account TEXT NOT NULL,
media_id TEXT NOT NULL,
kind TEXT NOT NULL,
file_name TEXT NOT NULL,
bytes INTEGER NOT NULL,
width INTEGER,
height INTEGER,
duration_s REAL,
rating INTEGER,
flagged INTEGER NOT NULL,
galleries TEXT NOT NULL,
iptc TEXT NOT NULL,
custom TEXT NOT NULL,
model_released INTEGER,
property_released INTEGER,
license_expires_at TEXT NOT NULL,
review TEXT NOT NULL,
visibility TEXT NOT NULL,
hash TEXT NOT NULL,
version INTEGER NOT NULL,
created_at TEXT NOT NULL,
modified_at TEXT NOT NULL,
home TEXT NOT NULL,
approval TEXT NOT NULL,
is_master INTEGER NOT NULL,
seen INTEGER NOT NULL,
gone_at TEXT
);
CREATE UNIQUE INDEX shelter_asset_by_identity ON shelter_asset (account, media_id);
CREATE INDEX shelter_asset_by_creation ON shelter_asset (account, created_at);
CREATE INDEX shelter_asset_by_change ON shelter_asset (account, modified_at);
CREATE INDEX shelter_asset_by_home ON shelter_asset (account, home);
CREATE INDEX shelter_asset_by_listing ON shelter_asset (account, seen);
CREATE INDEX shelter_asset_gone ON shelter_asset (account, gone_at)
WHERE gone_at IS NOT NULL
;
CREATE TRIGGER shelter_asset_removed AFTER DELETE ON asset BEGIN
DELETE FROM shelter_place WHERE asset = old.id;
DELETE FROM shelter_asset WHERE id = old.id;
END;
CREATE TABLE shelter_container (
account TEXT NOT NULL,
id TEXT NOT NULL,
kind TEXT NOT NULL,
name TEXT NOT NULL,
description TEXT NOT NULL,
parents TEXT NOT NULL,
is_listed INTEGER NOT NULL,
visibility TEXT NOT NULL,
created_at TEXT NOT NULL,
modified_at TEXT NOT NULL,
seen INTEGER NOT NULL,
listed_as TEXT, gone_at TEXT,
PRIMARY KEY (account, id)
) WITHOUT ROWID
;
CREATE TABLE shelter_folder (
account TEXT NOT NULL,
path BLOB NOT NULL,
container TEXT NOT NULL,
name TEXT NOT NULL,
PRIMARY KEY (account, path)
) WITHOUT ROWID
;
CREATE INDEX shelter_folder_by_container ON shelter_folder (account, container);
CREATE TABLE shelter_place (
account TEXT NOT NULL,
gallery TEXT NOT NULL,
asset TEXT NOT NULL,
PRIMARY KEY (account, gallery, asset)
) WITHOUT ROWID
;
CREATE INDEX shelter_place_by_asset ON shelter_place (asset);
CREATE TABLE shelter_sync (
account TEXT PRIMARY KEY,
listing INTEGER NOT NULL,
complete INTEGER NOT NULL,
tree INTEGER NOT NULL,
todo TEXT,
batch TEXT,
since TEXT NOT NULL,
page INTEGER NOT NULL,
newest TEXT,
difference INTEGER NOT NULL,
doubtful INTEGER NOT NULL,
finished_at TEXT,
swept_at TEXT
) WITHOUT ROWID
;
CREATE TABLE asset_record (
asset TEXT PRIMARY KEY,
record TEXT NOT NULL,
differs TEXT NOT NULL
) WITHOUT ROWID
;
CREATE TRIGGER asset_record_removed AFTER DELETE ON asset BEGIN
DELETE FROM asset_record WHERE asset = old.id;
END;
CREATE TABLE picture_hash (key TEXT PRIMARY KEY, bits BLOB NOT NULL) WITHOUT ROWID
;
CREATE TABLE delivery_pack (
day INTEGER PRIMARY KEY,
stamp TEXT NOT NULL,
columns BLOB NOT NULL
);
CREATE VIEW bi_assets AS
SELECT id AS asset, library, name, kind, format, bytes, content, sha256, display_width AS width,
display_height AS height, duration_s, nullif(title, '') AS title,
nullif(caption, '') AS caption, nullif(creator, '') AS owner, keywords, rating, taken_at,
modified_at, rights_from, rights_until, error
FROM asset WHERE missing = 0;
CREATE VIEW bi_keywords AS
SELECT a.id AS asset, k.value AS keyword FROM asset AS a, json_each(a.keywords) AS k
WHERE a.missing = 0;
CREATE VIEW bi_cloud_assets AS
SELECT id AS asset, environment AS cloud_name, asset_id, public_id, resource_type,
delivery_type, format, bytes, width, height, duration_s, asset_folder, display_name,
created_at, updated_at, version
FROM cloud_asset WHERE missing = 0;
CREATE VIEW bi_media AS
SELECT id AS asset, account, media_id, file_name, bytes, nullif(license_expires_at, '')
AS license_expires_at, visibility, created_at, modified_at
FROM shelter_asset WHERE gone_at IS NULL AND is_master;
CREATE TABLE reading_order (language TEXT NOT NULL);
