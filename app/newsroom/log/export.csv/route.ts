import {
  type AuditLogFilter,
  formatAuditLogUrlQuery,
  listAllActs,
  parseAuditLogFilter,
} from "@/domain/newsroom/staff/log";
import type { Act } from "@/generated/sqlite/client";
import { publication } from "@/publication";
import { listColleaguesWithMaskedAddress } from "@/systems/auth/colleagues-with-address";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { database } from "@/systems/database";
import { streamTableAsCsv } from "@/systems/documents/csv";
import { sendCsvInParts } from "@/systems/documents/send";

/** The columns are the same for every filter, so that several exported files can be joined into one table. */
const COLUMNS = ["number", "at", "by", "colleague", "role", "kind", "about", "before", "after", "reason", "chain"];

/**
 * After signing in, a colleague gets the audit log's page instead of the file. With the file, the browser would start a
 * download but still show the sign-in page.
 */
const PAGE = "/newsroom/log";

export async function GET(request: Request): Promise<Response> {
  const filter = parseAuditLogFilter(Object.fromEntries(new URL(request.url).searchParams));
  const { colleague } = await requireStaff("exports", pageOf(filter));
  const db = await database();
  const after = { filter: formatAuditLogUrlQuery({ ...filter, olderThan: null }) };
  await db.$transaction((tx) => recordActInAuditLog(tx, { colleague, kind: "log-exported", about: "log:", after }));
  const names = new Map((await listColleaguesWithMaskedAddress(db)).map(({ id, address }) => [id, address]));
  const { timeZone } = publication;
  return sendCsvInParts(streamTableAsCsv(COLUMNS, rowsOf(listAllActs(db, { filter, timeZone }), names)), "log.csv");
}

function pageOf(filter: AuditLogFilter): string {
  const query = formatAuditLogUrlQuery(filter);
  return query ? `${PAGE}?${query}` : PAGE;
}

async function* rowsOf(batches: AsyncIterable<Act[]>, names: ReadonlyMap<string, string>) {
  for await (const acts of batches)
    yield acts.map(({ number, at, by, role, kind, about, before, after, reason, chain }) => [
      ...[number, at.toISOString(), by, names.get(by) ?? "", role],
      ...[kind, about, before, after, reason, chain],
    ]);
}
