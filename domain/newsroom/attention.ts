// What stands still until a person looks: events that could not be recorded, mail that does not leave. Ids and kinds only.
import type { Db } from "../../systems/database";

export type Attention = {
  /** Newest first; Stripe's ids, so that they can be found in its dashboard and sent again. */
  failedEvents: { id: string; type: string; receivedAt: Date }[];
  /** Tried several times and not sent. */
  stuckMails: number;
};

const MOST_EVENTS = 10;
const TRIES = 3;

export async function findAttention(db: Db): Promise<Attention> {
  const failedEvents = await db.receivedEvent.findMany({
    where: { outcome: "failed" },
    orderBy: { receivedAt: "desc" },
    take: MOST_EVENTS,
    select: { id: true, type: true, receivedAt: true },
  });
  const stuckMails = await db.outboxMail.count({
    where: { sentAt: null, sendAfter: { not: null }, attempts: { gte: TRIES } },
  });
  return { failedEvents, stuckMails };
}
