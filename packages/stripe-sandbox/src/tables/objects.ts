import type { InternalStateOf } from "../internal-state";
import { countObjectsSql, objectListSql, type StoredObjectsQuery } from "../listing";
import {
  creationTimeOf,
  linkedIdsOf,
  nextHandlingTimeOf,
  type StoredObject,
  type StripeObjectKind,
  type StripeObjectsByKind,
  testClockIdOf,
} from "../objects";
import { type PrepareSql, parseJsonColumn } from "./database";

/**
 * Returns SQL for the time when the object is due: the object's own due time or the one in its internal state,
 * whichever is earlier.
 */
const soonerDue = (state: string) =>
  `coalesce(min(@dueAt, json_extract(${state}, '$.dueAt')), @dueAt, json_extract(${state}, '$.dueAt'))`;
const CLOCK = "coalesce(@clock, json_extract(coalesce(@internalState, internal_state), '$.clock'))";
const PUT = `
INSERT INTO objects (account, kind, id, created, json, internal_state, due_at, clock, customer, payment_intent, subscription, invoice, source)
VALUES (@account, @kind, @id, @created, @json, @internalState, ${soonerDue("@internalState")},
  coalesce(@clock, json_extract(@internalState, '$.clock')), @customer, @payment_intent, @subscription, @invoice, @source)
ON CONFLICT (account, id) DO UPDATE SET json = excluded.json, internal_state = coalesce(excluded.internal_state, internal_state),
  due_at = ${soonerDue("coalesce(@internalState, internal_state)")}, clock = ${CLOCK}, customer = excluded.customer, payment_intent = excluded.payment_intent,
  subscription = excluded.subscription, invoice = excluded.invoice, source = excluded.source`;

function put(
  sql: PrepareSql,
  account: string,
  { object, internalState }: { object: StoredObject; internalState: unknown },
): void {
  const { id, object: kind } = object;
  const created = creationTimeOf(object);
  const row = {
    account,
    kind,
    id,
    created,
    dueAt: nextHandlingTimeOf(object),
    clock: testClockIdOf(object),
    ...linkedIdsOf(object),
  };
  sql(PUT).run({
    ...row,
    json: JSON.stringify(object),
    internalState: internalState === undefined ? null : JSON.stringify(internalState),
  });
}

export function objectQueries(sql: PrepareSql) {
  return {
    put: (account: string, object: StoredObject, internalState?: unknown) =>
      put(sql, account, { object, internalState }),

    find<K extends StripeObjectKind>(account: string, kind: K, id: string): StripeObjectsByKind[K] | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ? AND kind = ?").get(account, id, kind);
      return row ? parseJsonColumn(row) : null;
    },

    findAny(account: string, id: string): StoredObject | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ?").get(account, id);
      return row ? parseJsonColumn(row) : null;
    },

    internalState<K extends StripeObjectKind>(account: string, id: string): InternalStateOf<K> | null {
      const row = sql("SELECT internal_state AS json FROM objects WHERE account = ? AND id = ?").get(account, id);
      return row ? parseJsonColumn(row) : null;
    },

    list<K extends StripeObjectKind>(account: string, kind: K, query: StoredObjectsQuery): StripeObjectsByKind[K][] {
      const { text, values } = objectListSql(account, kind, query);
      const rows = sql(text)
        .all(...values)
        .map((row) => parseJsonColumn<StripeObjectsByKind[K]>(row));
      return query.endingBefore ? rows.reverse() : rows;
    },

    count(account: string, kind: StripeObjectKind, query: StoredObjectsQuery): number {
      const { text, values } = countObjectsSql(account, kind, query);
      return (sql(text).get(...values) as { count: number }).count;
    },

    listEndpoints(account: string): StripeObjectsByKind["webhook_endpoint"][] {
      const text = "SELECT json FROM objects WHERE account = ? AND kind = 'webhook_endpoint' ORDER BY seq";
      return sql(text)
        .all(account)
        .map((row) => parseJsonColumn<StripeObjectsByKind["webhook_endpoint"]>(row));
    },

    /**
     * Returns the account of an object whose hosted page was requested. The page's URL does not contain the account.
     */
    findAccountOf(kind: StripeObjectKind, id: string): string | null {
      const text = "SELECT account FROM objects WHERE account IN (SELECT id FROM accounts) AND id = ? AND kind = ?";
      return (sql(text).get(id, kind) as { account: string } | undefined)?.account ?? null;
    },
  };
}
