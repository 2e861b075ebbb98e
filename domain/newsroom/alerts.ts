// A burst at a door that was slowed down: staff see it in the newsroom, and get one mail for each burst.
import type { Db } from "../database";
import { queueMail } from "../ledger/outbox";

/** A quiet hour ends a burst. */
const QUIET_MS = 60 * 60 * 1000;
/** One reader who is asked to wait is no news. */
export const TELL_STAFF_AFTER = 10;
const SHOWN_FOR_MS = 24 * 60 * 60 * 1000;

export type DoorAlert = { door: string; beganAt: Date; lastAt: Date; slowed: number };

type Slowed = { door: string; now: Date; locale: string; staff: readonly { emailHash: string; emailSealed: string }[] };

/** Counts one who was asked to wait. The one with whom it becomes a burst sends each of the staff a mail. */
export async function noteSlowed(db: Db, { door, now, locale, staff }: Slowed): Promise<void> {
  await db.$transaction(async (tx) => {
    const known = await tx.doorAlert.findUnique({ where: { door } });
    const goesOn = known !== null && now.getTime() - known.lastAt.getTime() < QUIET_MS;
    const burst = { beganAt: goesOn ? known.beganAt : now, lastAt: now, slowed: goesOn ? known.slowed + 1 : 1 };
    await tx.doorAlert.upsert({ where: { door }, create: { door, ...burst }, update: burst });
    if (burst.slowed !== TELL_STAFF_AFTER) return;
    for (const { emailHash, emailSealed } of staff) {
      const factKey = `burst:${door}:${burst.beganAt.toISOString()}:${emailHash}`;
      const values = { beganAt: burst.beganAt.toISOString() };
      await queueMail(tx, { kind: "burst", factKey, to: { emailHash, emailSealed, locale }, values, now });
    }
  });
}

/** For the newsroom: bursts of the last day that staff were told of. */
export async function listAlerts(db: Db, now: Date): Promise<DoorAlert[]> {
  const since = new Date(now.getTime() - SHOWN_FOR_MS);
  return db.doorAlert.findMany({
    where: { slowed: { gte: TELL_STAFF_AFTER }, lastAt: { gte: since } },
    orderBy: { lastAt: "desc" },
  });
}
