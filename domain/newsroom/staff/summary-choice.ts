// A colleague starts or stops their daily summary. Stopping it also withdraws one that has not left yet.
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

/** The beginning of the keys of a colleague's summaries; the day follows. */
export function summaryKeyPrefix({ emailHash }: { emailHash: string }): string {
  return `summary:${emailHash}:`;
}
