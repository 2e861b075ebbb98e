import { countAccountingExportRows, parseDayRange, timeRangeOf } from "@/domain/newsroom/exports/payments";
import { publication } from "@/publication";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { sendCsvInParts } from "@/systems/documents/send";
import { streamPaymentsCsv } from "@/systems/exports";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

function pageFor({ form }: SameOriginForm): string {
  return `/newsroom/exports?${new URLSearchParams(typedIn(form))}`;
}

function typedIn(form: URLSearchParams): { from: string; to: string } {
  return { from: (form.get("from") ?? "").slice(0, 40), to: (form.get("to") ?? "").slice(0, 40) };
}

export const POST = withStaff("exports", pageFor, async (sent) => {
  const parsed = parseDayRange(typedIn(sent.form));
  if (parsed.kind === "refused") return seeOther(pageFor(sent));
  const { range } = parsed;
  const { timeZone } = publication;
  const db = await database();
  const rows = await countAccountingExportRows(db, timeRangeOf(range, timeZone));
  const act = { colleague: sent.viewer.colleague, kind: "payments-exported", about: "export:payments" } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, after: { ...range, rows } }));
  return sendCsvInParts(streamPaymentsCsv(db, { range, timeZone }), `payments-${range.from}-${range.to}.csv`);
});
