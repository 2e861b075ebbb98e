// One runner among many instances: who holds the lease does the work, and says so again before it runs out. It protects against
// work done twice for nothing, not against all of it (a frozen process may wake up late): what it guards is safe to repeat.
import "server-only";
import { hostname } from "node:os";
import type { Db } from "./database";

const LASTS_MS = 30_000;
/** Renewed when this much is left, so that an idle site hardly writes. */
const RENEWED_AT_MS = 15_000;
/** How often one that has it not asks for it. */
const ASKED_EVERY_MS = 5_000;

export type Lease = {
  isHeld: (db: Db, now: Date) => Promise<boolean>;
  /** Held no more from now on, whoever asks; the others get it when it is given back. */
  end: () => void;
  giveBack: (db: Db) => Promise<void>;
};

/** `holder` is this process, unless a test speaks for several. */
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
    askAgainMs = isOurs ? 0 : nowMs + ASKED_EVERY_MS;
    return isOurs;
  }

  return {
    async isHeld(db, now) {
      if (ended) return false;
      if (heldUntilMs - now.getTime() > RENEWED_AT_MS) return true;
      if (now.getTime() < askAgainMs) return false;
      // One question at a time: of two by one holder the second would find the row changed, and take it for another's.
      asking ??= ask(db, now).finally(() => {
        asking = undefined;
      });
      return (await asking) && !ended;
    },
    end() {
      ended = true;
    },
    async giveBack(db) {
      ended = true;
      // A question that is under way would take it again behind us.
      await asking?.catch(() => {});
      await db.lease.deleteMany({ where: { name, holder } });
    },
  };
}

/** Of several that take it at once, the one whose write finds the row as all of them read it gets it. */
async function take(db: Db, wanted: { name: string; holder: string; until: Date; now: Date }): Promise<boolean> {
  const { name, holder, until, now } = wanted;
  const known = await db.lease.findUnique({ where: { name } });
  if (!known) return create(db, { name, holder, until });
  if (known.holder !== holder && known.until > now && !hasEnded(known.holder)) return false;
  const asRead = { name, holder: known.holder, until: known.until };
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

/** Where the holder was a process of this machine we need not wait for its lease to run out. */
function hasEnded(holder: string): boolean {
  const [host, pid] = holder.split(":");
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
