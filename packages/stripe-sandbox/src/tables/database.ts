import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, hint TEXT NOT NULL, livemode INTEGER NOT NULL,
  ahead INTEGER NOT NULL DEFAULT 0, billing TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
  json TEXT NOT NULL, internal_state TEXT, due_at INTEGER, clock TEXT,
  customer TEXT, payment_intent TEXT, subscription TEXT, invoice TEXT, source TEXT, payout TEXT,
  UNIQUE (account, id));
CREATE INDEX IF NOT EXISTS objects_by_time ON objects (account, kind, created, seq);
CREATE INDEX IF NOT EXISTS objects_due ON objects (account, clock, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_customer ON objects (account, customer) WHERE customer IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_payment ON objects (account, payment_intent) WHERE payment_intent IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_subscription ON objects (account, subscription) WHERE subscription IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_invoice ON objects (account, invoice) WHERE invoice IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_source ON objects (account, source) WHERE source IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_payout ON objects (account, payout, created) WHERE payout IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_unpaid ON objects (account, json_extract(json, '$.available_on'))
  WHERE kind = 'balance_transaction' AND payout IS NULL;
CREATE INDEX IF NOT EXISTS objects_clock ON objects (id) WHERE kind = 'test_helpers.test_clock';
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, event TEXT NOT NULL, event_type TEXT NOT NULL, endpoint TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due_ms INTEGER NOT NULL, place INTEGER, shuffled INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_pending ON deliveries (endpoint, id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS deliveries_next ON deliveries (endpoint, coalesce(place, id), id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS deliveries_event ON deliveries (account, event, endpoint);
CREATE INDEX IF NOT EXISTS deliveries_held ON deliveries (id) WHERE due_ms < 0;
CREATE INDEX IF NOT EXISTS deliveries_shuffled ON deliveries (shuffled) WHERE shuffled IS NOT NULL;
CREATE TABLE IF NOT EXISTS attempts (
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, delivery INTEGER NOT NULL, at_ms INTEGER NOT NULL, status INTEGER,
  note TEXT NOT NULL, took_ms INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (delivery);
CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0, struck INTEGER NOT NULL DEFAULT 0, remembers TEXT);
CREATE INDEX IF NOT EXISTS faults_of ON faults (kind, account);
CREATE TABLE IF NOT EXISTS counters (account TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (account, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
  account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
  request_id TEXT, created INTEGER NOT NULL, PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS asked_again (id INTEGER PRIMARY KEY, account TEXT NOT NULL, event TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS answers_by_time ON answers (account, created);
`;

const VERSION = 7;

export type PrepareSql = (text: string) => Database.Statement;

export function openDatabase(path: string): Database.Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  // This page size applies only to new files. Most objects fit into one such page, so the file is a sixth smaller than
  // with pages of 4 KB.
  db.pragma("page_size = 8192");
  db.pragma("cache_size = -64000");
  // While a long history is created, the same index pages change again and again. Rare checkpoints mean that each page
  // is seldom copied to the database file.
  db.pragma("wal_autocheckpoint = 8000");
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("busy_timeout = 5000");
  // Searches use `fold` instead of SQLite's own lower(), which converts only ASCII letters.
  db.function("fold", { deterministic: true }, (text) => (typeof text === "string" ? text.toLowerCase() : text));
  upgrade(db);
  refuseOtherVersion(db, path);
  db.exec(SCHEMA);
  return db;
}

export function cacheStatements(db: Database.Database): PrepareSql {
  const statements = new Map<string, Database.Statement>();
  return (text) => {
    const statement = statements.get(text) ?? db.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}

/** Upgrades a database file of an older version, such as a snapshot. The stand-in must not have the file open. */
export function upgradeStateFile(path: string): void {
  const db = new Database(path);
  upgrade(db);
  db.close();
}

/** Old and new names of the keys of internal state that were renamed after version 6. */
const RENAMED_KEYS = { asked: "requested", former: "previousSecret" };

/** Upgrades a file of version 5 or 6. In version 5 the column for internal state was called `aside`. */
function upgrade(db: Database.Database): void {
  const version = db.pragma("user_version", { simple: true });
  if (version !== 5 && version !== 6) return;
  db.transaction(() => {
    if (version === 5) db.exec("ALTER TABLE objects RENAME COLUMN aside TO internal_state");
    for (const [old, name] of Object.entries(RENAMED_KEYS))
      db.exec(`UPDATE objects
        SET internal_state = json_remove(json_set(internal_state, '$.${name}', json_extract(internal_state, '$.${old}')), '$.${old}')
        WHERE json_type(internal_state, '$.${old}') IS NOT NULL`);
    db.pragma(`user_version = ${VERSION}`);
  })();
}

function refuseOtherVersion(db: Database.Database, path: string): void {
  const version = db.pragma("user_version", { simple: true });
  const isEmpty = db.prepare("SELECT 1 FROM sqlite_master").get() === undefined;
  if (!isEmpty && version !== VERSION)
    throw new Error(`${path} was written by another version of stripe-sandbox: delete it, or name another file.`);
  db.pragma(`user_version = ${VERSION}`);
}

export function parseJsonColumn<T>(row: unknown): T {
  const { json } = row as { json: string | null };
  return JSON.parse(json ?? "null");
}
