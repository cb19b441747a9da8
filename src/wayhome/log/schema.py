"""The tables of the SQLite file. Stored bytes are never rewritten; later versions add, they do not change."""

from __future__ import annotations

APPLICATION_ID = 0x57415948
"""'WAYH'."""
VERSION = 1

ROW_BY_MARK = "CREATE INDEX IF NOT EXISTS row_by_mark ON row(view, mark, key, scope)"
ROW_BY_MARK_AND_SCOPE = "CREATE INDEX IF NOT EXISTS row_by_mark_and_scope ON row(view, mark, scope)"
"""What is asked for by key or scope is looked for under each mark that the viewer holds, and under no other: what is
hidden takes just as many steps as what is absent. Folders from before these get them when they are opened."""

TABLES = f"""
CREATE TABLE entry(
    stream TEXT NOT NULL, replica TEXT NOT NULL, seq INTEGER NOT NULL, fact TEXT NOT NULL,
    header BLOB NOT NULL, sealed BLOB NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL,
    skewed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_by_place ON entry(stream, replica, seq);
-- Not unique: two replicas that each got the same intent wrote the same fact, and a merge keeps both.
CREATE INDEX entry_by_fact ON entry(fact);

CREATE TABLE head(
    stream TEXT NOT NULL, replica TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, named INTEGER NOT NULL,
    clock_ms INTEGER NOT NULL, clock_n INTEGER NOT NULL,
    PRIMARY KEY(stream, replica)
) STRICT, WITHOUT ROWID;

CREATE TABLE forked(
    hash BLOB PRIMARY KEY, header BLOB NOT NULL, sealed BLOB NOT NULL, prev BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;

CREATE TABLE stream_key(
    stream TEXT NOT NULL, key_id BLOB NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY(stream, key_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE destroyed(stream TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE replica(
    id TEXT PRIMARY KEY, public_key BLOB NOT NULL, label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE statement(
    signed_by TEXT PRIMARY KEY, heads BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE snapshot(name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;

CREATE TABLE row(
    id INTEGER PRIMARY KEY,
    view TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, sort TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX row_by_key ON row(view, key, scope);
-- The mark lies in both, so that the viewer's predicate is decided before a body is fetched.
CREATE INDEX row_by_scope ON row(view, scope, sort, key, mark);
CREATE INDEX row_by_view ON row(view, sort, key, scope, mark);
{ROW_BY_MARK};
{ROW_BY_MARK_AND_SCOPE};

CREATE TABLE grant_held(person TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY(person, mark)) STRICT, WITHOUT ROWID;
CREATE INDEX grant_by_mark ON grant_held(mark, person);

CREATE TABLE timer(
    id TEXT PRIMARY KEY, due_ms INTEGER NOT NULL, owner TEXT NOT NULL, stream TEXT NOT NULL, what TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
