// Queues an e-mail to a colleague about their second factor. The caller must call wakeJobs() after the
// commit.
import "server-only";
import type { StaffNewsValues } from "../../domain/ledger/outbox";
import { queueMailAboutStaffAccount } from "../../domain/newsroom/staff/staff-news";
import { findColleagueById } from "../../domain/newsroom/staff/store";
import type { Tx } from "../database";
import { staffRulesContext } from "./staff";

export async function queueFactorMail(
  tx: Tx,
  staffId: string,
  { news, left }: { news: StaffNewsValues["news"]; left?: number },
): Promise<void> {
  const row = await findColleagueById(tx, staffId);
  const { locale, now } = staffRulesContext();
  if (row) await queueMailAboutStaffAccount(tx, row, { news, locale, now, ...(left === undefined ? {} : { left }) });
}
