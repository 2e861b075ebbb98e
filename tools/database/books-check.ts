// npm run books:check [-- --repair]: compares the ledger with Stripe's objects. Exits with 1 if a difference remains or an
// object cannot be read, because that object may be missing from the ledger.
import { parseArgs } from "node:util";
import { reasonProblemText } from "../../components/newsroom/reason-text";
import { translator } from "../../content/messages";
import { listDifferences } from "../../domain/ledger/check/store/progress";
import { parseUnrecordableReason } from "../../domain/ledger/unrecordable";
import type { BooksDifference } from "../../generated/sqlite/client";
import { publication } from "../../publication";
import { checkBooks } from "../../systems/books-check";
import { syncClockWithStandIn } from "../../systems/clock";
import { type Db, database } from "../../systems/database";
import { CHECK_PHASES } from "../../systems/stripe/book-objects";
import { progressBar } from "../run/console.mjs";

const USAGE = "npm run books:check -- [--repair] [--grace MINUTES]";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { repair: { type: "boolean" }, grace: { type: "string" } } });
  const graceMs = values.grace === undefined ? undefined : minutes(values.grace);
  const showProgress = progressBar();
  await syncClockWithStandIn();
  const db = await database();
  const check = await checkBooks(db, {
    mode: values.repair ? "repair" : "check",
    graceMs,
    onPage: ({ phase, compared }) => {
      const done = CHECK_PHASES.indexOf(phase as (typeof CHECK_PHASES)[number]);
      showProgress(done < 0 ? CHECK_PHASES.length : done, CHECK_PHASES.length, `${compared} objects compared`);
    },
  });
  const differences = await listDifferences(db, check.id);
  for (const line of differences.map(lineOf)) console.log(line);
  await printSums(db);
  const left = differences.filter(({ repaired }) => !repaired);
  const unread = left.filter(({ cause }) => cause === "unreadable").length;
  const repaired = differences.length - left.length;
  console.log(`${check.compared} Stripe objects compared${repaired > 0 ? `, ${repaired} differences repaired` : ""}`);
  console.log(outcome(left.length - unread, unread));
  await db.$disconnect();
  return left.length === 0 ? 0 : 1;
}

function outcome(different: number, unread: number): string {
  const books = different === 0 ? "equal" : `${different} ${different === 1 ? "difference" : "differences"}`;
  if (unread === 0) return books;
  return `${books}, but ${unread} ${unread === 1 ? "object" : "objects"} of ours could not be read`;
}

function lineOf({ object, place, cause, ours, theirs, repaired }: BooksDifference): string {
  if (cause === "unreadable")
    return `  unread   ${object}  ${place}  ${reasonProblemText(translator(publication.defaultLanguage), parseUnrecordableReason(theirs))}`;
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

function minutes(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Error(USAGE);
  return Number(text) * 60_000;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
