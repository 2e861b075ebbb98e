// Queues an e-mail to a colleague about their second factor. The caller must call runBackgroundJobsSoon() after the
// commit.
import "server-only";
import type { StaffAccessMailValues } from "../../domain/ledger/outbox";
import { queueAccessMailToColleague } from "../../domain/newsroom/staff/staff-news";
import { findColleagueById } from "../../domain/newsroom/staff/store";
import type { Tx } from "../database";
import { staffChangeContext } from "./staff";

export async function queueMailAboutSecondFactor(
  tx: Tx,
  staffId: string,
  { news, left }: { news: StaffAccessMailValues["news"]; left?: number },
): Promise<void> {
  const row = await findColleagueById(tx, staffId);
  const { locale, now } = staffChangeContext();
  if (row) await queueAccessMailToColleague(tx, row, { news, locale, now, ...(left === undefined ? {} : { left }) });
}
