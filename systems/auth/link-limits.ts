// Limits requests for sign-in links and reminders. The limit per client is checked before the limit per e-mail address.
// So one client cannot use up the limit of somebody else's address. Known and unknown addresses have the same limits,
// so the response does not reveal if an address is known.
import "server-only";
import { clientIpAddressOrNetwork, networkOf } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { consumeRateLimit, deleteExpiredRateLimitCounts, incrementAttemptCount } from "../rate-limit";

/** A short window, so that nobody is locked out for long. A sign-in link is valid for the same time. */
export const LINK_LIMIT_WINDOW_MINUTES = 15;
/**
 * The maximum number of requests in LINK_LIMIT_WINDOW_MINUTES. `client`: per IP address. `network`: per network.
 * `pair`: per IP address and e-mail address together. `address`: per e-mail address.
 */
const MAX = { client: 10, network: 50, pair: 4, address: 12 };
/**
 * The most e-mails to unconfirmed addresses in a window, counted separately for sign-in links and reminders. Further
 * e-mails wait for the next window. Without this limit, e-mails to invented addresses could delay the e-mails to
 * supporters, and the site could be used to send spam.
 */
const UNKNOWN_ADDRESSES = { max: 100, windowMinutes: 10 };

const ACTION = "sign-in";
const REMINDER = "reminder";
const REMINDERS_PER_DAY = 3;

/**
 * Counts a request for a sign-in link, and returns false if a limit is exceeded. `subject`: the e-mail hash or the
 * subscription id for which the link was requested. If the site finds no address to send the link to, `subject` is the
 * request as JSON.
 */
export async function consumeSignInLinkRateLimit(
  db: Db,
  { subject, headers, now }: { subject: string; headers: Headers; now: Date },
): Promise<boolean> {
  await deleteExpiredRateLimitCounts(db, now);
  const client = clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS);
  const limits = [
    ...clientLimits(client),
    ...(client === null ? [] : [{ kind: "pair", subject: `${client} ${subject}`, max: MAX.pair }]),
    { kind: "address", subject, max: MAX.address },
  ];
  return consumeRateLimit(db, {
    action: ACTION,
    windowMinutes: LINK_LIMIT_WINDOW_MINUTES,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now,
  });
}

/**
 * Counts an attempt to replace an expired sign-in link by a new one. Returns false if a limit per client or network is
 * exceeded. Has no limit per e-mail address, because the old link shows that the person owns the mailbox.
 */
export async function consumeLinkRenewalRateLimit(
  db: Db,
  { headers, now }: { headers: Headers; now: Date },
): Promise<boolean> {
  await deleteExpiredRateLimitCounts(db, now);
  const limits = clientLimits(clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS));
  return consumeRateLimit(db, {
    action: ACTION,
    windowMinutes: LINK_LIMIT_WINDOW_MINUTES,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now,
  });
}

/**
 * Counts a request for a reminder, and returns false if a limit is exceeded. The limit per e-mail address is lower than
 * for sign-in links, because nobody needs several reminders.
 */
export async function consumeReminderRequestLimit(
  db: Db,
  { emailHash, headers, now }: { emailHash: string; headers: Headers; now: Date },
): Promise<boolean> {
  await deleteExpiredRateLimitCounts(db, now);
  const attempt = { action: REMINDER, secret: env().NEXTAUTH_SECRET, now };
  const limits = clientLimits(clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS));
  const perDay = [{ kind: "address", subject: emailHash, max: REMINDERS_PER_DAY }];
  return (
    (await consumeRateLimit(db, { ...attempt, windowMinutes: LINK_LIMIT_WINDOW_MINUTES, limits })) &&
    (await consumeRateLimit(db, { ...attempt, windowMinutes: 24 * 60, limits: perDay }))
  );
}

/**
 * Counts an e-mail to an unconfirmed address and returns the earliest time at which it may be sent. Each action has its
 * own count.
 */
export async function reserveSendTimeForUnconfirmedAddress(
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
  const windowsLater = Math.floor(((await incrementAttemptCount(db, attempt)) - 1) / max);
  return new Date(now.getTime() + windowsLater * windowMinutes * 60 * 1000);
}

function clientLimits(client: string | null) {
  if (client === null) return [];
  return [
    { kind: "client", subject: client, max: MAX.client },
    { kind: "network", subject: networkOf(client), max: MAX.network },
  ];
}
