import { unrecordableReasonText } from "../../components/newsroom/reason-text";
import { translator } from "../../content/messages";
import { listBooksDifferences } from "../../domain/ledger/check/store/progress";
import { parseUnrecordableReason } from "../../domain/ledger/unrecordable";
import type { BooksDifference } from "../../generated/sqlite/client";
import { publication } from "../../publication";
import type { Db } from "../../systems/database";

/**
 * Prints the differences that a finished check found. Returns the command's exit code: 1 if a difference is left,
 * otherwise 0.
 */
export async function printBooksCheck(db: Db, check: { id: string; compared: number }): Promise<number> {
  const differences = await listBooksDifferences(db, check.id);
  for (const line of differences.map(lineOf)) console.log(line);
  await printSums(db);
  const left = differences.filter(({ repaired }) => !repaired);
  const unread = left.filter(({ cause }) => cause === "unreadable").length;
  const repaired = differences.length - left.length;
  console.log(`${check.compared} Stripe objects compared${repaired > 0 ? `, ${repaired} differences repaired` : ""}`);
  console.log(outcome(left.length - unread, unread));
  return left.length === 0 ? 0 : 1;
}

function outcome(different: number, unread: number): string {
  const books = different === 0 ? "equal" : `${different} ${different === 1 ? "difference" : "differences"}`;
  if (unread === 0) return books;
  return `${books}, but ${unread} ${unread === 1 ? "object" : "objects"} of ours could not be read`;
}

function lineOf({ object, place, cause, ours, theirs, repaired }: BooksDifference): string {
  if (cause === "unreadable")
    return `  unread   ${object}  ${place}  ${unrecordableReasonText(translator(publication.defaultLanguage), parseUnrecordableReason(theirs))}`;
  const sides = [ours === null ? null : `ours ${ours}`, theirs === null ? null : `Stripe's ${theirs}`].filter(Boolean);
  return `  ${repaired ? "repaired" : "differs "}  ${object}  ${place}  ${cause}${sides.length > 0 ? `: ${sides.join(", ")}` : ""}`;
}

async function printSums(db: Db): Promise<void> {
  const sums = await db.balanceEntry.groupBy({
    by: ["currency"],
    _count: true,
    _sum: { amountMinor: true, feeMinor: true, netMinor: true },
  });
  for (const { currency, _count, _sum } of sums)
    console.log(
      `  ${currency}  ${_count} entries, gross ${_sum.amountMinor}, fees ${_sum.feeMinor}, net ${_sum.netMinor} (minor units)`,
    );
}
