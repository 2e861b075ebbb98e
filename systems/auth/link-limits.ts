// Limits on requests for sign-in links and reminders. The client is counted before the address, so that a stranger uses up their own budget
// first. Known and unknown addresses are counted alike, so that the page reveals nothing about an address.
import "server-only";
import { clientAddress, networkOf } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { consume, countAttempt, forgetExpiredCounts } from "../rate-limit";

/** The window of the limits: short, so that nobody is locked out for long. A link lasts as long, so it works at least until its window ends. */
export const WINDOW_MINUTES = 15;
/**
 * `pair`: one client for one address. `address`: all clients for one address, so that no mailbox is flooded. A stranger needs three
 * clients to use it up, and the owner of an older link can renew it all the same (`mayRenewLink`).
 */
const MAX = { client: 10, network: 50, pair: 4, address: 12 };
/** Pace of links to unknown addresses, so that invented ones neither delay other people's links nor make us a spammer. */
const UNKNOWN_ADDRESSES = { max: 100, windowMinutes: 10 };

const ACTION = "sign-in";
const REMINDER = "reminder";
const REMINDERS_PER_DAY = 3;

/** `subject`: an e-mail hash, or the request itself when it named no address. */
export async function mayAskForLink(
  db: Db,
  { subject, headers, now }: { subject: string; headers: Headers; now: Date },
): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const client = clientAddress(headers, env().TRUSTED_PROXY_HOPS);
  const limits = [
    ...clientLimits(client),
    ...(client === null ? [] : [{ kind: "pair", subject: `${client} ${subject}`, max: MAX.pair }]),
    { kind: "address", subject, max: MAX.address },
  ];
  return consume(db, { action: ACTION, windowMinutes: WINDOW_MINUTES, limits, secret: env().NEXTAUTH_SECRET, now });
}

/** The holder of a mailed link owns the mailbox, so only the client's own budget counts. */
export async function mayRenewLink(db: Db, { headers, now }: { headers: Headers; now: Date }): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const limits = clientLimits(clientAddress(headers, env().TRUSTED_PROXY_HOPS));
  return consume(db, { action: ACTION, windowMinutes: WINDOW_MINUTES, limits, secret: env().NEXTAUTH_SECRET, now });
}

/** Requests to be reminded: fewer for each address, since nobody needs several, and counted apart from sign-in links. */
export async function mayAskForReminder(
  db: Db,
  { emailHash, headers, now }: { emailHash: string; headers: Headers; now: Date },
): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const attempt = { action: REMINDER, secret: env().NEXTAUTH_SECRET, now };
  const limits = clientLimits(clientAddress(headers, env().TRUSTED_PROXY_HOPS));
  const perDay = [{ kind: "address", subject: emailHash, max: REMINDERS_PER_DAY }];
  return (
    (await consume(db, { ...attempt, windowMinutes: WINDOW_MINUTES, limits })) &&
    (await consume(db, { ...attempt, windowMinutes: 24 * 60, limits: perDay }))
  );
}

/** Returns when a mail to an address that nobody has confirmed may leave. Each action has a pace of its own. */
export async function unknownAddressSendTime(
  db: Db,
  now: Date,
  action: typeof ACTION | typeof REMINDER = ACTION,
): Promise<Date> {
  const { max, windowMinutes } = UNKNOWN_ADDRESSES;
  const attempt = {
    action,
    kind: "strangers",
    subject: "*",
    windowMinutes,
    secret: env().NEXTAUTH_SECRET,
    now,
  };
  const windowsLater = Math.floor(((await countAttempt(db, attempt)) - 1) / max);
  return new Date(now.getTime() + windowsLater * windowMinutes * 60 * 1000);
}

function clientLimits(client: string | null) {
  if (client === null) return [];
  return [
    { kind: "client", subject: client, max: MAX.client },
    { kind: "network", subject: networkOf(client), max: MAX.network },
  ];
}
