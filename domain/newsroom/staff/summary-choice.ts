import type { Db } from "../../database";
import { withdrawUnsentMail } from "../../ledger/store/outbox";
import { findColleagueById, setWantsSummary } from "./store";

export async function saveDailySummaryChoice(db: Db, { id, wanted }: { id: string; wanted: boolean }): Promise<void> {
  await db.$transaction(async (tx) => {
    await setWantsSummary(tx, { id, wanted });
    const row = await findColleagueById(tx, id);
    if (row && !wanted) await withdrawUnsentMail(tx, summaryMailKeyPrefix(row));
  });
}

/** Returns the beginning of the `factKey` of a colleague's daily summaries. The full key ends with the day. */
export function summaryMailKeyPrefix({ emailHash }: { emailHash: string }): string {
  return `summary:${emailHash}:`;
}
