CREATE TABLE "_sqlite_migrations" (
"id" INTEGER PRIMARY KEY,
"migration_set" TEXT,
"name" TEXT,
"applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE picture (
sha256 TEXT NOT NULL,
edge_px INTEGER NOT NULL,
used INTEGER NOT NULL,
bytes INTEGER NOT NULL,
pixels BLOB NOT NULL,
PRIMARY KEY (sha256, edge_px)
);
CREATE INDEX picture_by_use ON picture (used);
