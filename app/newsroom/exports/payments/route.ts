import { countAccountingRows, parseDayRange, timeRangeOf } from "@/domain/newsroom/exports/payments";
import { publication } from "@/publication";
import { recordAct } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { sendCsvInParts } from "@/systems/documents/send";
import { streamPayments } from "@/systems/exports";
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
  const rows = await countAccountingRows(db, timeRangeOf(range, timeZone));
  const act = { colleague: sent.viewer.colleague, kind: "payments-exported", about: "export:payments" } as const;
  await db.$transaction((tx) => recordAct(tx, { ...act, after: { ...range, rows } }));
  return sendCsvInParts(streamPayments(db, { range, timeZone }), `payments-${range.from}-${range.to}.csv`);
});
