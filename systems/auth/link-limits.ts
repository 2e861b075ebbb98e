// Limits on requests for sign-in links and reminders. The client is counted before the e-mail address, so that a stranger first
// uses up their own limit. Known and unknown addresses are counted alike, so that the page reveals nothing about an address.
import "server-only";
import { clientAddress, networkOf } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { consumeRateLimit, countAttempt, forgetExpiredCounts } from "../rate-limit";

/**
 * The window of the limits: short, so that nobody is locked out for long. A link is valid for as long, so it works at least until
 * the window ends.
 */
export const WINDOW_MINUTES = 15;
/**
 * `pair`: one client and one e-mail address. `address`: one e-mail address from all clients, so that no mailbox is flooded. A
 * stranger needs three clients to use it up. Even then the owner of an older link can renew it (`mayRenewLink`).
 */
const MAX = { client: 10, network: 50, pair: 4, address: 12 };
/** The pace of links to unknown e-mail addresses. Invented ones must neither delay other people's links nor make us a spammer. */
const UNKNOWN_ADDRESSES = { max: 100, windowMinutes: 10 };

const ACTION = "sign-in";
const REMINDER = "reminder";
const REMINDERS_PER_DAY = 3;

/**
 * `subject`: what is limited besides the client. It is the e-mail hash, the request as JSON if no address was found for it, or the
 * subscription id of a mailed gift link.
 */
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
  return consumeRateLimit(db, {
    action: ACTION,
    windowMinutes: WINDOW_MINUTES,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now,
  });
}

/** The holder of a mailed link owns the mailbox, so only the client's own limits count. */
export async function mayRenewLink(db: Db, { headers, now }: { headers: Headers; now: Date }): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const limits = clientLimits(clientAddress(headers, env().TRUSTED_PROXY_HOPS));
  return consumeRateLimit(db, {
    action: ACTION,
    windowMinutes: WINDOW_MINUTES,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now,
  });
}

/** Limits requests for reminders: fewer per e-mail address, since nobody needs several, and counted separately from sign-in links. */
export async function mayAskForReminder(
  db: Db,
  { emailHash, headers, now }: { emailHash: string; headers: Headers; now: Date },
): Promise<boolean> {
  await forgetExpiredCounts(db, now);
  const attempt = { action: REMINDER, secret: env().NEXTAUTH_SECRET, now };
  const limits = clientLimits(clientAddress(headers, env().TRUSTED_PROXY_HOPS));
  const perDay = [{ kind: "address", subject: emailHash, max: REMINDERS_PER_DAY }];
  return (
    (await consumeRateLimit(db, { ...attempt, windowMinutes: WINDOW_MINUTES, limits })) &&
    (await consumeRateLimit(db, { ...attempt, windowMinutes: 24 * 60, limits: perDay }))
  );
}

/** Returns the earliest time at which a mail to an unconfirmed e-mail address may be sent. Each action has its own pace. */
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
