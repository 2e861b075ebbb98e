import type { Act } from "../../../generated/sqlite/client";
import { parseLocalDateTime } from "../../calendar";
import type { Db } from "../../database";
import { STAFF_ACT_KINDS, type StaffActKind, type ValuesBeforeOrAfterStaffAct } from "./acts";
import { type AuditLogRowFilter, selectNewerActs, selectOlderActs } from "./store/log";

export type ColleagueWithMaskedAddress = { id: string; address: string };

export const ACTS_PER_PAGE = 50;
const EXPORT_BATCH = 1_000;
const AFTER_THE_LAST = 2 ** 31 - 1;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The filter in the URL of the audit log. A value of "" does not filter. `from`, `to`: days, both included.
 * `olderThan`: lists only entries with smaller numbers; null lists the newest.
 */
export type AuditLogFilter = {
  by: string;
  kind: StaffActKind | "";
  about: string;
  from: string;
  to: string;
  olderThan: number | null;
};

/** A value that an entry records as changed. `before`, `after`: null if there was no value. */
export type AuditLogValueChange = {
  name: string;
  before: ValuesBeforeOrAfterStaffAct[string];
  after: ValuesBeforeOrAfterStaffAct[string];
};

/**
 * An entry as the page lists it. `kind`: null if the entry is of a kind that this version of the site does not know.
 */
export type AuditLogListItem = Pick<Act, "number" | "at" | "by" | "role" | "about" | "reason"> & {
  kind: StaffActKind | null;
  changes: AuditLogValueChange[];
  currency: string | null;
};

type Asked = Record<string, string | string[] | undefined>;

export function parseAuditLogFilter(query: Asked): AuditLogFilter {
  const text = (name: string) => (typeof query[name] === "string" ? query[name].trim().slice(0, 100) : "");
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "");
  const number = /^[1-9]\d{0,8}$/.exec(text("older"))?.[0];
  return {
    by: text("by"),
    kind: STAFF_ACT_KINDS.find((kind) => kind === text("kind")) ?? "",
    about: text("about"),
    from: day("from"),
    to: day("to"),
    olderThan: number ? Number(number) : null,
  };
}

export function formatAuditLogUrlQuery({ olderThan, ...filter }: AuditLogFilter): string {
  const params = Object.entries(filter).filter(([, value]) => value !== "");
  return new URLSearchParams([...params, ...(olderThan ? [["older", String(olderThan)]] : [])]).toString();
}

/** Lists one page of log entries, newest first. `older`: the filter for the next page; null on the last page. */
export async function listActs(
  db: Db,
  { filter, timeZone }: { filter: AuditLogFilter; timeZone: string },
): Promise<{ acts: AuditLogListItem[]; older: AuditLogFilter | null }> {
  const beforeNumber = filter.olderThan ?? AFTER_THE_LAST;
  const found = await selectOlderActs(db, wantedOf(filter, timeZone), { beforeNumber, limit: ACTS_PER_PAGE + 1 });
  const acts = found.slice(0, ACTS_PER_PAGE).map(listed);
  const last = acts.at(-1);
  return { acts, older: last && found.length > ACTS_PER_PAGE ? { ...filter, olderThan: last.number } : null };
}

/** Yields, in batches, all log entries that match the filter, oldest first. Ignores `filter.olderThan`. */
export async function* listAllActs(
  db: Db,
  { filter, timeZone }: { filter: AuditLogFilter; timeZone: string },
): AsyncGenerator<Act[]> {
  const wanted = wantedOf(filter, timeZone);
  for (let after = 0; ; ) {
    const acts = await selectNewerActs(db, wanted, { after, limit: EXPORT_BATCH });
    if (acts.length > 0) yield acts;
    if (acts.length < EXPORT_BATCH) return;
    after = acts.at(-1)?.number ?? after;
  }
}

function wantedOf({ by, kind, about, from, to }: AuditLogFilter, timeZone: string): AuditLogRowFilter {
  return {
    by: by || null,
    kind: kind || null,
    about: about || null,
    from: from ? parseLocalDateTime(`${from}T00:00`, timeZone) : null,
    before: to ? parseLocalDateTime(`${dayAfter(to)}T00:00`, timeZone) : null,
  };
}

function dayAfter(day: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? day : new Date(ms + DAY_MS).toISOString().slice(0, 10);
}

function listed({ number, at, by, role, kind, about, before, after, reason }: Act): AuditLogListItem {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => name !== "currency");
  const changes = names.map((name) => ({ name, before: was[name] ?? null, after: is[name] ?? null }));
  const currency = is.currency ?? was.currency;
  return {
    ...{ number, at, by, role, about, reason, changes },
    kind: STAFF_ACT_KINDS.find((each) => each === kind) ?? null,
    currency: typeof currency === "string" ? currency : null,
  };
}

function valuesOf(text: string | null): ValuesBeforeOrAfterStaffAct {
  if (text === null) return {};
  try {
    const values: unknown = JSON.parse(text);
    return typeof values === "object" && values !== null ? (values as ValuesBeforeOrAfterStaffAct) : {};
  } catch {
    return {};
  }
}
