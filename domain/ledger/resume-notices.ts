import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { type FailureReporter, forEachIsolated } from "../for-each-isolated";
import type { RecurringFrequency } from "../giving/frequency";
import { moneyOf } from "../money";
import { queueMail } from "./outbox";
import { listGiftsThatResume } from "./store/recurring-gifts";
import { findMailAddress } from "./store/supporters";

const NOTICE_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * Queues an e-mail for each paused gift that resumes automatically within three days. Queues a new e-mail if the time
 * of the resumption changes.
 */
export async function queueMailsBeforeGiftsResume(db: Db, now: Date, onFailure: FailureReporter): Promise<void> {
  const gifts = await listGiftsThatResume(db, { from: now, until: new Date(now.getTime() + NOTICE_MS) });
  await forEachIsolated(gifts, (gift) => queueResumeNotice(db, gift, now), {
    onFailure: ({ id }, error) => onFailure(id, error),
  });
}

async function queueResumeNotice(db: Db, gift: RecurringGift, now: Date): Promise<void> {
  const { id, subscriptionId, supporterId, resumesAt, chargesNextAt, unusual, ...terms } = gift;
  if (!supporterId || !resumesAt) return;
  const money = unusual === null || terms.amountMinor > 0n ? moneyOf(terms.amountMinor, terms.currency) : null;
  const values = {
    ...{ recurringGiftId: id, subscriptionId, money, frequency: terms.frequency as RecurringFrequency },
    ...{ resumesAt: resumesAt.toISOString(), chargesNextAt: chargesNextAt?.toISOString() ?? null },
  };
  await db.$transaction(async (tx) => {
    const to = await findMailAddress(tx, supporterId);
    if (!to) return;
    const factKey = `resumes:${id}:${resumesAt.toISOString()}`;
    await queueMail(tx, { kind: "resumes", factKey, to, now, values });
  });
}
