import type { StripeObjectKind } from "./objects";

export type SqlFragment = {
  text: string;
  boundValues: (string | number)[];
};

export type StoredObjectsQuery = {
  /** Conditions by column name, or by the JSON path of a field of the object ("$.status"). */
  where?: Record<string, Condition | null | undefined>;
  /**
   * For events only. True selects events that every endpoint has accepted, false those that at least one endpoint has
   * not.
   */
  delivered?: boolean | null;
  matching?: SqlFragment;
  created?: Range;
  limit?: number;
  startingAfter?: string | null;
  endingBefore?: string | null;
};

/** Bounds in whole Unix seconds. */
type Range = Partial<Record<"gt" | "gte" | "lt" | "lte", number | null>>;
type Condition = string | number | boolean | { not: string } | { anyOf: string[] } | { like: string } | Range;

const OPERATORS = { gt: ">", gte: ">=", lt: "<", lte: "<=" };
const COLUMNS = new Set(["customer", "payment_intent", "subscription", "invoice", "source", "payout"]);

/**
 * Returns the SQL that lists objects, the newest first; with `endingBefore`, the oldest first. `startingAfter` and
 * `endingBefore` are ids of objects. An object's position in the list depends on its `created` and `seq`.
 */
export function objectListSql(account: string, kind: StripeObjectKind, query: StoredObjectsQuery) {
  const { text, values } = filterSql(account, kind, query);
  const order = query.endingBefore ? "created, seq" : "created DESC, seq DESC";
  return {
    text: `SELECT json FROM objects WHERE ${text} ORDER BY ${order} LIMIT ?`,
    values: [...values, query.limit ?? -1],
  };
}

export function countObjectsSql(account: string, kind: StripeObjectKind, query: StoredObjectsQuery) {
  const { text, values } = filterSql(account, kind, query);
  return { text: `SELECT count(*) AS count FROM objects WHERE ${text}`, values };
}

function filterSql(
  account: string,
  kind: StripeObjectKind,
  query: StoredObjectsQuery,
): { text: string; values: unknown[] } {
  const parts = ["account = ?", namesLink(query) ? "+kind = ?" : "kind = ?"];
  const values: unknown[] = [account, kind];
  for (const [name, value] of Object.entries(query.where ?? {})) {
    if (value === undefined || value === null) continue;
    if (!COLUMNS.has(name)) values.push(name);
    const { text, boundValues } = conditionSql(value);
    parts.push(`${COLUMNS.has(name) ? name : "json_extract(json, ?)"} ${text}`);
    values.push(...boundValues);
  }
  if (typeof query.delivered === "boolean") {
    parts.push(`${query.delivered ? "NOT " : ""}EXISTS (${OPEN_ENDPOINTS})`);
  }
  for (const [bound, second] of Object.entries(query.created ?? {})) {
    if (second === undefined || second === null) continue;
    parts.push(`${isBehindCursor(bound, query) ? "+" : ""}created ${OPERATORS[bound as keyof typeof OPERATORS]} ?`);
    values.push(second);
  }
  if (query.matching) {
    parts.push(`(${query.matching.text})`);
    values.push(...query.matching.boundValues);
  }
  const cursor = query.endingBefore ?? query.startingAfter;
  if (cursor) {
    const place = "(SELECT created, seq FROM objects WHERE account = ? AND id = ?)";
    parts.push(`(created, seq) ${query.endingBefore ? ">" : "<"} ${place}`);
    values.push(account, cursor);
  }
  return { text: parts.join(" AND "), values };
}

/**
 * Returns true if the query filters by a related object, such as a customer. filterSql() then writes `+kind` instead of
 * `kind`, so that SQLite does not use the index objects_by_time. Through that index, SQLite would read all objects of
 * this kind. Through the index on the related object, it reads and sorts only a few.
 */
function namesLink({ where = {} }: StoredObjectsQuery): boolean {
  return Object.entries(where).some(([name, value]) => COLUMNS.has(name) && typeof value === "string");
}

/**
 * Returns true if the time bound and the cursor limit the same end of the list. In that case filterSql() writes a plus
 * sign before the column `created`, so that SQLite begins to read at the cursor. Without the plus sign, SQLite would
 * begin at the time bound and read all earlier pages again.
 */
function isBehindCursor(bound: string, { endingBefore, startingAfter }: StoredObjectsQuery): boolean {
  if (endingBefore) return bound.startsWith("gt");
  return Boolean(startingAfter) && bound.startsWith("lt");
}

/** Selects the endpoints that should have received an event and have accepted none of its deliveries. */
const OPEN_ENDPOINTS = `SELECT 1 FROM deliveries AS meant WHERE meant.account = objects.account AND meant.event = objects.id
  GROUP BY meant.endpoint HAVING max(meant.state = 'delivered') = 0`;

function conditionSql(value: Condition): SqlFragment {
  if (typeof value === "boolean") return { text: "= ?", boundValues: [Number(value)] };
  if (typeof value !== "object") return { text: "= ?", boundValues: [value] };
  if ("like" in value) return { text: "GLOB ?", boundValues: [value.like] };
  if ("not" in value) return { text: "<> ?", boundValues: [value.not] };
  if (!("anyOf" in value)) return { text: "BETWEEN ? AND ?", boundValues: endsOf(value) };
  return { text: `IN (${value.anyOf.map(() => "?").join(", ")})`, boundValues: value.anyOf };
}

function endsOf({ gt, gte, lt, lte }: Range): [number, number] {
  const from = Math.max(gte ?? 0, (gt ?? -1) + 1);
  return [from, Math.min(lte ?? Number.MAX_SAFE_INTEGER, (lt ?? Number.MAX_SAFE_INTEGER) - 1)];
}
