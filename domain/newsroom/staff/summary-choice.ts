// Starts or stops a colleague's daily summary. Stopping also withdraws an unsent summary.
import type { Db } from "../../database";
import { withdrawUnsentMail } from "../../ledger/store/outbox";
import { findColleagueById, setWantsSummary } from "./store";

export async function chooseSummary(db: Db, { id, wanted }: { id: string; wanted: boolean }): Promise<void> {
  await db.$transaction(async (tx) => {
    await setWantsSummary(tx, { id, wanted });
    const row = await findColleagueById(tx, id);
    if (row && !wanted) await withdrawUnsentMail(tx, summaryKeyPrefix(row));
  });
}

/** The prefix of the keys of a colleague's summaries. The day follows it. */
export function summaryKeyPrefix({ emailHash }: { emailHash: string }): string {
  return `summary:${emailHash}:`;
}
