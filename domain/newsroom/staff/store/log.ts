import type { Act, Prisma } from "../../../../generated/sqlite/client";
import type { Db } from "../../../database";

/**
 * A filter for log entries. A field that is null does not filter. `about`: the text with which an entry's subject
 * begins. An entry at the time `from` is found, an entry at the time `before` is not.
 */
export type AuditLogRowFilter = {
  by: string | null;
  kind: string | null;
  about: string | null;
  from: Date | null;
  before: Date | null;
};

export function selectOlderActs(
  db: Db,
  wanted: AuditLogRowFilter,
  { beforeNumber, limit }: { beforeNumber: number; limit: number },
): Promise<Act[]> {
  const where = { AND: [whereOf(wanted), { number: { lt: beforeNumber } }] };
  return db.act.findMany({ where, orderBy: { number: "desc" }, take: limit });
}

export function selectNewerActs(
  db: Db,
  wanted: AuditLogRowFilter,
  { after, limit }: { after: number; limit: number },
): Promise<Act[]> {
  const where = { AND: [whereOf(wanted), { number: { gt: after } }] };
  return db.act.findMany({ where, orderBy: { number: "asc" }, take: limit });
}

function whereOf({ by, kind, about, from, before }: AuditLogRowFilter): Prisma.ActWhereInput {
  return {
    ...(by && { by }),
    ...(kind && { kind }),
    // Finds all entries whose `about` begins with this text. A range query can use the index and needs no escaping,
    // unlike LIKE. The column contains only ASCII and is compared by code points, so U+007F sorts after every other
    // character.
    ...(about && { about: { gte: about, lt: `${about}\u007f` } }),
    ...((from || before) && { at: { ...(from && { gte: from }), ...(before && { lt: before }) } }),
  };
}
