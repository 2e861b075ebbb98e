// The SQLite file. Each API call, each story and each result of a delivery is one transaction, so a kill never leaves half
// a story.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type Stripe from "stripe";
import type { InternalStateOf } from "./internal-state";
import { countSql, listSql, type Query } from "./listing";
import type { Kind, Objects, StoredObject } from "./objects";
import { clockOf, createdOf, dueAtOf, linksOf } from "./objects";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, hint TEXT NOT NULL, livemode INTEGER NOT NULL,
  ahead INTEGER NOT NULL DEFAULT 0, billing TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
  json TEXT NOT NULL, internalState TEXT, due_at INTEGER, clock TEXT,
  customer TEXT, payment_intent TEXT, subscription TEXT, invoice TEXT, source TEXT, payout TEXT,
  UNIQUE (account, id));
CREATE INDEX IF NOT EXISTS objects_by_time ON objects (account, kind, created, seq);
CREATE INDEX IF NOT EXISTS objects_due ON objects (account, clock, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_customer ON objects (account, customer) WHERE customer IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_payment ON objects (account, payment_intent) WHERE payment_intent IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_subscription ON objects (account, subscription) WHERE subscription IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_invoice ON objects (account, invoice) WHERE invoice IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_source ON objects (account, source) WHERE source IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_payout ON objects (account, payout) WHERE payout IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_clock ON objects (id) WHERE kind = 'test_helpers.test_clock';
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, event TEXT NOT NULL, event_type TEXT NOT NULL, endpoint TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due_ms INTEGER NOT NULL, place INTEGER, shuffled INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_pending ON deliveries (endpoint, id) WHERE state = 'pending';
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

export type AccountRow = {
  id: string;
  hint: string;
  livemode: number;
  ahead: number;
};

export type Gone = Stripe.DeletedCustomer;

export type Due = {
  account: string;
  kind: Kind;
  id: string;
  dueAt: number;
};

export type Store = ReturnType<typeof openStore>;

export function openStore(path: string) {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("busy_timeout = 5000");
  // SQLite's own lower() handles only ASCII letters.
  db.function("fold", { deterministic: true }, (text) => (typeof text === "string" ? text.toLowerCase() : text));
  refuseOtherVersion(db, path);
  db.exec(SCHEMA);
  const statements = new Map<string, Database.Statement>();

  function sql(text: string): Database.Statement {
    const known = statements.get(text) ?? db.prepare(text);
    statements.set(text, known);
    return known;
  }

  function tables(): string[] {
    const rows = sql("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    return (rows as { name: string }[]).map(({ name }) => name);
  }

  return {
    sql,
    tables,
    columnsOf: (table: string) =>
      (sql("SELECT name FROM pragma_table_info(?)").all(table) as { name: string }[]).map(({ name }) => name),
    transaction: <T>(work: () => T): T => (db.inTransaction ? work() : db.transaction(work).immediate()),
    /** A savepoint in the transaction: if the work fails, only its own writes are undone. */
    attempt: <T>(work: () => T): T => db.transaction(work)(),
    put: (account: string, object: StoredObject, internalState?: unknown) => put(sql, account, object, internalState),

    find<K extends Kind>(account: string, kind: K, id: string): Objects[K] | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ? AND kind = ?").get(account, id, kind);
      return row ? readJson(row) : null;
    },

    findAny(account: string, id: string): StoredObject | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ?").get(account, id);
      return row ? readJson(row) : null;
    },

    internalState<K extends Kind>(account: string, id: string): InternalStateOf<K> | null {
      const row = sql("SELECT internalState AS json FROM objects WHERE account = ? AND id = ?").get(account, id);
      return row ? readJson(row) : null;
    },

    list<K extends Kind>(account: string, kind: K, query: Query): Objects[K][] {
      const { text, values } = listSql(account, kind, query);
      const rows = sql(text)
        .all(...values)
        .map((row) => readJson<Objects[K]>(row));
      return query.endingBefore ? rows.reverse() : rows;
    },

    count(account: string, kind: Kind, query: Query): number {
      const { text, values } = countSql(account, kind, query);
      return (sql(text).get(...values) as { count: number }).count;
    },

    listEndpoints(account: string): Objects["webhook_endpoint"][] {
      const text = "SELECT json FROM objects WHERE account = ? AND kind = 'webhook_endpoint' ORDER BY seq";
      return sql(text)
        .all(account)
        .map((row) => readJson<Objects["webhook_endpoint"]>(row));
    },

    /** The first objects due by `until`, on an account's own clock or on one test clock. */
    nextDue(account: string, clock: string | null, until: number): Due | undefined {
      const text = `SELECT account, kind, id, due_at AS dueAt FROM objects
        WHERE account = ? AND clock IS ? AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, seq LIMIT 1`;
      return sql(text).get(account, clock, until) as Due | undefined;
    },

    dueAtOf(account: string, id: string): number | null {
      const row = sql("SELECT due_at AS dueAt FROM objects WHERE account = ? AND id = ?").get(account, id);
      return (row as Pick<Due, "dueAt"> | undefined)?.dueAt ?? null;
    },

    /** Stops the clock from handling the object until it is written again. */
    forgetDue(account: string, id: string): void {
      sql("UPDATE objects SET due_at = NULL WHERE account = ? AND id = ?").run(account, id);
    },

    /** Test clocks that are advancing, including those that a restart interrupted. */
    listAdvancing(): { account: string; id: string; target: number }[] {
      const target = "json_extract(json, '$.status_details.advancing.target_frozen_time')";
      const text = `SELECT account, id, ${target} AS target FROM objects
        WHERE kind = 'test_helpers.test_clock' AND json_extract(json, '$.status') = 'advancing'`;
      return sql(text).all() as { account: string; id: string; target: number }[];
    },

    /** Money that is available and in no payout, per currency. */
    listUnpaid(account: string, now: number): { currency: string; amount: number }[] {
      const text = `SELECT json_extract(json, '$.currency') AS currency, sum(json_extract(json, '$.net')) AS amount
        ${UNPAID} GROUP BY 1 ORDER BY 1`;
      return sql(text).all(account, now) as { currency: string; amount: number }[];
    },

    markPaidOut(
      account: string,
      { payout, currency, until }: { payout: string; currency: string; until: number },
    ): void {
      const which = `SELECT id ${UNPAID} AND json_extract(json, '$.currency') = ?`;
      sql(`UPDATE objects SET payout = ? WHERE account = ? AND id IN (${which})`).run(
        payout,
        account,
        account,
        until,
        currency,
      );
    },

    /** Seconds by which an account's clock is ahead of the process's. */
    aheadOf(account: string): number {
      const row = sql("SELECT ahead FROM accounts WHERE id = ?").get(account) as { ahead: number } | undefined;
      return row?.ahead ?? 0;
    },

    setAhead(account: string, seconds: number): void {
      sql("UPDATE accounts SET ahead = ? WHERE id = ?").run(seconds, account);
    },

    /** The account's renewal settings as JSON; see resources/billing-settings.ts. */
    billingOf(account: string): string {
      const row = sql("SELECT billing FROM accounts WHERE id = ?").get(account) as { billing: string } | undefined;
      return row?.billing ?? "{}";
    },

    setBilling(account: string, json: string): void {
      sql("UPDATE accounts SET billing = ? WHERE id = ?").run(json, account);
    },

    /** Records that a key was used, and a hint of it. */
    rememberAccount(id: string, key: string): void {
      const hint = `${key.slice(0, 8)}…${key.slice(-4)}`;
      sql("INSERT OR IGNORE INTO accounts (id, hint, livemode) VALUES (?, ?, ?)").run(id, hint, Number(isLiveKey(key)));
    },

    listAccounts(): AccountRow[] {
      return sql("SELECT * FROM accounts ORDER BY rowid").all() as AccountRow[];
    },

    /** Finds an object by id alone, because a page's URL does not name the account. */
    findAccountOf(kind: Kind, id: string): string | null {
      const text = "SELECT account FROM objects WHERE account IN (SELECT id FROM accounts) AND id = ? AND kind = ?";
      return (sql(text).get(id, kind) as { account: string } | undefined)?.account ?? null;
    },

    /** Deletes an object that others may still name: only its id and the mark remain. */
    bury(account: string, gone: Gone): void {
      const text =
        "UPDATE objects SET kind = 'gone', json = ?, internalState = NULL, due_at = NULL WHERE account = ? AND id = ?";
      sql(text).run(JSON.stringify(gone), account, gone.id);
    },

    findBuried(account: string, id: string): Gone | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ? AND kind = 'gone'").get(account, id);
      return row ? readJson(row) : null;
    },

    drop(account: string, id: string): void {
      sql("DELETE FROM objects WHERE account = ? AND id = ?").run(account, id);
    },

    /** The next number of a counter: 1, 2, 3 … */
    countUp(account: string, name: string): number {
      const text = `INSERT INTO counters (account, name, value) VALUES (?, ?, 1)
        ON CONFLICT (account, name) DO UPDATE SET value = value + 1 RETURNING value`;
      return (sql(text).get(account, name) as { value: number }).value;
    },

    /** Deletes everything, or everything of one account. */
    reset(account: string | null): void {
      for (const table of tables()) {
        const column = table === "accounts" ? "id" : "account";
        if (account === null) sql(`DELETE FROM ${table}`).run();
        else sql(`DELETE FROM ${table} WHERE ${column} = ?`).run(account);
      }
    },

    close: () => db.close(),
  };
}

const VERSION = 6;

function refuseOtherVersion(db: Database.Database, path: string): void {
  upgrade(db);
  const version = db.pragma("user_version", { simple: true });
  const isEmpty = db.prepare("SELECT 1 FROM sqlite_master").get() === undefined;
  if (!isEmpty && version !== VERSION)
    throw new Error(`${path} was written by another version of stripe-sandbox: delete it, or name another file.`);
  db.pragma(`user_version = ${VERSION}`);
}

/** In version 5 the column for internal state was called `aside`. */
function upgrade(db: Database.Database): void {
  if (db.pragma("user_version", { simple: true }) !== 5) return;
  db.transaction(() => {
    db.exec("ALTER TABLE objects RENAME COLUMN aside TO internal_state");
    db.pragma("user_version = 6");
  })();
}

function isLiveKey(key: string): boolean {
  return key.split("_")[1] === "live";
}

/** Balance transactions in no automatic payout; a manual payout is itself such a transaction. */
const UNPAID = `FROM objects WHERE account = ? AND kind = 'balance_transaction' AND payout IS NULL
  AND json_extract(json, '$.available_on') <= ?`;

type Sql = (text: string) => Database.Statement;

/** The object's own time or that of its internal state, whichever is sooner. */
const soonerDue = (internalState: string) =>
  `coalesce(min(@dueAt, json_extract(${internalState}, '$.dueAt')), @dueAt, json_extract(${internalState}, '$.dueAt'))`;
const CLOCK = "coalesce(@clock, json_extract(coalesce(@internalState, internalState), '$.clock'))";
const PUT = `
INSERT INTO objects (account, kind, id, created, json, internalState, due_at, clock, customer, payment_intent, subscription, invoice, source)
VALUES (@account, @kind, @id, @created, @json, @internalState, ${soonerDue("@internalState")},
  coalesce(@clock, json_extract(@internalState, '$.clock')), @customer, @payment_intent, @subscription, @invoice, @source)
ON CONFLICT (account, id) DO UPDATE SET json = excluded.json, internalState = coalesce(excluded.internalState, internalState),
  due_at = ${soonerDue("coalesce(@internalState, internalState)")}, clock = ${CLOCK}, customer = excluded.customer, payment_intent = excluded.payment_intent,
  subscription = excluded.subscription, invoice = excluded.invoice, source = excluded.source`;

function put(sql: Sql, account: string, object: StoredObject, internalState: unknown): void {
  const { id, object: kind } = object;
  const created = createdOf(object);
  const row = { account, kind, id, created, dueAt: dueAtOf(object), clock: clockOf(object), ...linksOf(object) };
  sql(PUT).run({
    ...row,
    json: JSON.stringify(object),
    internalState: internalState === undefined ? null : JSON.stringify(internalState),
  });
}

function readJson<T>(row: unknown): T {
  const { json } = row as { json: string | null };
  return JSON.parse(json ?? "null");
}
