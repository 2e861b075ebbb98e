// When a rate limit slows down many gifts, staff get one e-mail for each burst. A burst is a series of slowed gifts
// without a break of QUIET_MS.
import type { Db, Tx } from "../database";
import { queueMail } from "../ledger/outbox";
import type { SealedStaffAddress } from "./staff/colleague-list";
import {
  type BurstOfSlowedGifts,
  deleteRateLimitBursts,
  findBurstOfSlowedGifts,
  insertEndedRateLimitBurst,
  saveRateLimitBurst,
  selectRateLimitBursts,
} from "./store";

/** A burst ends when no gift has been slowed down for this time. */
const QUIET_MS = 60 * 60 * 1000;
/** Staff get an e-mail when the number of slowed gifts in one burst reaches this number. */
export const ALERT_AFTER_SLOWED_GIFTS = 10;
const SHOWN_FOR_MS = 24 * 60 * 60 * 1000;

type Slowed = {
  action: string;
  now: Date;
  /** The language of the e-mails to colleagues who have not chosen a language. */
  locale: string;
  staff: readonly SealedStaffAddress[];
};

export async function countRateLimitedGiftAndAlertStaff(db: Db, { action, now, locale, staff }: Slowed): Promise<void> {
  await db.$transaction(async (tx) => {
    const last = await findBurstOfSlowedGifts(tx, action);
    const goesOn = last !== null && now.getTime() - last.lastAt.getTime() < QUIET_MS;
    if (last && !goesOn) await keepEndedBurst(tx, last, now);
    const burst = { beganAt: goesOn ? last.beganAt : now, lastAt: now, slowed: goesOn ? last.slowed + 1 : 1 };
    await saveRateLimitBurst(tx, { action, ...burst });
    if (burst.slowed !== ALERT_AFTER_SLOWED_GIFTS) return;
    for (const { emailHash, emailSealed, language } of staff) {
      const factKey = `burst:${action}:${burst.beganAt.toISOString()}:${emailHash}`;
      const values = { beganAt: burst.beganAt.toISOString() };
      const to = { emailHash, emailSealed, locale: language ?? locale };
      await queueMail(tx, { kind: "burst", factKey, to, values, now });
    }
  });
}

/** Stores an ended burst if staff got an e-mail about it. Deletes the stored bursts that are too old to be listed. */
async function keepEndedBurst(tx: Tx, burst: BurstOfSlowedGifts, now: Date): Promise<void> {
  if (burst.slowed >= ALERT_AFTER_SLOWED_GIFTS) await insertEndedRateLimitBurst(tx, burst);
  await deleteRateLimitBursts(tx, { before: new Date(now.getTime() - SHOWN_FOR_MS) });
}

/** Lists the bursts of the past day about which staff got an e-mail. */
export async function listRateLimitAlerts(db: Db, now: Date): Promise<BurstOfSlowedGifts[]> {
  const since = new Date(now.getTime() - SHOWN_FOR_MS);
  return selectRateLimitBursts(db, { minSlowed: ALERT_AFTER_SLOWED_GIFTS, since });
}
