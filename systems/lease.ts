// Only the instance that holds the lease runs the background jobs. Still, two instances can run them at once, because a
// frozen process can continue after its lease has ended. So everything that the holder does must be safe to repeat.
import "server-only";
import { hostname } from "node:os";
import type { Db } from "../domain/database";

const LASTS_MS = 30_000;
/** The holder renews the lease only when less than this time is left, so that an idle site seldom writes. */
const RENEW_BELOW_MS = 15_000;
/** How often the other instances try to get the lease. */
const RETRY_EVERY_MS = 5_000;

export type Lease = {
  isHeld: (db: Db, now: Date) => Promise<boolean>;
  /** Makes `isHeld` return false from now on. The lease itself is released only by `giveBack`. */
  stopHolding: () => void;
  giveBack: (db: Db) => Promise<void>;
};

/**
 * Returns an object with which this process takes and gives back the lease `name`. `holder`: the host and process id of
 * this process.
 */
export function newLease(name: string, holder = `${hostname()}:${process.pid}`): Lease {
  let heldUntilMs = 0;
  let askAgainMs = 0;
  let asking: Promise<boolean> | undefined;
  let ended = false;

  async function ask(db: Db, now: Date): Promise<boolean> {
    const nowMs = now.getTime();
    const until = new Date(nowMs + LASTS_MS);
    const isOurs = await take(db, { name, holder, until, now });
    heldUntilMs = isOurs ? until.getTime() : 0;
    askAgainMs = isOurs ? 0 : nowMs + RETRY_EVERY_MS;
    return isOurs;
  }

  return {
    async isHeld(db, now) {
      if (ended) return false;
      if (heldUntilMs - now.getTime() > RENEW_BELOW_MS) return true;
      if (now.getTime() < askAgainMs) return false;
      // Makes only one attempt to take the lease at a time. If this process made two at once, the second would find
      // that the row has changed. It would then report that another instance holds the lease.
      asking ??= ask(db, now).finally(() => {
        asking = undefined;
      });
      return (await asking) && !ended;
    },
    stopHolding() {
      ended = true;
    },
    async giveBack(db) {
      ended = true;
      // An attempt in progress could take the lease again after the row is deleted, so it must end first.
      await asking?.catch(() => {});
      await db.lease.deleteMany({ where: { name, holder } });
    },
  };
}

/**
 * Tries to take the lease, and returns true if it succeeded. If several attempts run at once, only the first one
 * succeeds: the others find that the row has changed since they read it.
 */
async function take(db: Db, wanted: { name: string; holder: string; until: Date; now: Date }): Promise<boolean> {
  const { name, holder, until, now } = wanted;
  const current = await db.lease.findUnique({ where: { name } });
  if (!current) return create(db, { name, holder, until });
  if (current.holder !== holder && current.until > now && !hasExited(current.holder)) return false;
  const asRead = { name, holder: current.holder, until: current.until };
  const { count } = await db.lease.updateMany({ where: asRead, data: { holder, until } });
  return count === 1;
}

async function create(db: Db, data: { name: string; holder: string; until: Date }): Promise<boolean> {
  try {
    await db.lease.create({ data });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "P2002") return false;
    throw error;
  }
}

/**
 * Returns true if the holder was a process on this machine that has exited. Nobody then needs to wait until its lease
 * expires.
 */
function hasExited(holder: string): boolean {
  const [host, pid] = holder.split(":");
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
