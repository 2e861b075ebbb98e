// npm run books:check -- [--repair] [--grace MINUTES]: compares the ledger with Stripe's objects. Exits with 1 if a
// difference remains. Also exits with 1 if an object cannot be read, because it could be missing from the ledger. Exits
// with 2 if the command itself fails.
import { parseArgs } from "node:util";
import { checkBooks } from "../../systems/books-check";
import { syncClockWithStandIn } from "../../systems/clock";
import { database } from "../../systems/database";
import { BOOKS_CHECK_PHASES } from "../../systems/stripe/book-objects";
import { progressBar } from "../run/console.mjs";
import { printBooksCheck } from "./print-books-check";

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
      const done = BOOKS_CHECK_PHASES.indexOf(phase as (typeof BOOKS_CHECK_PHASES)[number]);
      showProgress(
        done < 0 ? BOOKS_CHECK_PHASES.length : done,
        BOOKS_CHECK_PHASES.length,
        `${compared} objects compared`,
      );
    },
  });
  const exitCode = await printBooksCheck(db, check);
  await db.$disconnect();
  return exitCode;
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
