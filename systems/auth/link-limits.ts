// How many sign-in links may be asked for. Counted by client before address, so that a stranger's requests use up the stranger's
// own budget first, and counted alike whether or not an address is known here: what the page then says tells nothing of it.
import "server-only";
import { clientAddress, neighbours } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { consume, countAttempt, forgetExpiredCounts } from "../rate-limit";

/** Short, so that nobody is kept out for long: until then the links of the same window still work (LINK_LASTS_MINUTES). */
export const WINDOW_MINUTES = 15;
/**
 * `pair`: one client for one address. `address`: everybody for one address, so that no mailbox is flooded; a stranger needs three
 * clients to use it up, and the owner of an older link renews it without any of this (`mayRenewLink`).
 */
const MOST = { client: 10, network: 50, pair: 4, address: 12 };
/** Links to addresses that nobody knows leave at this pace, so that made-up ones neither shut others out nor make us a spammer. */
const STRANGERS = { most: 100, windowMinutes: 10 };

const DOOR = "sign-in";

/** `subject`: an e-mail hash, or what else was named instead of an address. */
export async function mayAskForLink(db: Db, asked: { subject: string; headers: Headers; now: Date }): Promise<boolean> {
  const { subject, now } = asked;
  await forgetExpiredCounts(db, now);
  const client = clientAddress(asked.headers, env().TRUSTED_PROXY_HOPS);
  const limits = [
    ...clientLimits(client),
    ...(client === null ? [] : [{ of: "pair", who: `${client} ${subject}`, most: MOST.pair }]),
    { of: "address", who: subject, most: MOST.address },
  ];
  return consume(db, { door: DOOR, windowMinutes: WINDOW_MINUTES, limits, secret: env().NEXTAUTH_SECRET, now });
}

/** Who holds a link that was mailed holds the mailbox: only the client's own budget counts. */
export async function mayRenewLink(db: Db, { headers, now }: { headers: Headers; now: Date }): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const limits = clientLimits(clientAddress(headers, env().TRUSTED_PROXY_HOPS));
  return consume(db, { door: DOOR, windowMinutes: WINDOW_MINUTES, limits, secret: env().NEXTAUTH_SECRET, now });
}

/** When a link to an address that nobody knows may leave. */
export async function strangersLinkLeavesAt(db: Db, now: Date): Promise<Date> {
  const { most, windowMinutes } = STRANGERS;
  const knock = { door: DOOR, of: "strangers", who: "*", windowMinutes, secret: env().NEXTAUTH_SECRET, now };
  const windowsLater = Math.floor(((await countAttempt(db, knock)) - 1) / most);
  return new Date(now.getTime() + windowsLater * windowMinutes * 60 * 1000);
}

function clientLimits(client: string | null) {
  if (client === null) return [];
  return [
    { of: "client", who: client, most: MOST.client },
    { of: "network", who: neighbours(client), most: MOST.network },
  ];
}
