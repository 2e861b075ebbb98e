// The rate limits of gifts (domain/giving/rate-limits.ts). The counts are in the database, so all instances share them
// and restarts keep them.
import "server-only";
import type { Gift } from "../../domain/giving/gift";
import {
  type GiftWait,
  giftWaitByIpLimit,
  giftWaitBySiteWideLimit,
  IP_LIMITS,
  isAtMostSmallestPreset,
  longerWait,
  RATE_LIMIT_WINDOW_MINUTES,
  SITE_WIDE_GIFT_RATE_LIMITS,
  WAIT_SECONDS_IF_HONEYPOT_FILLED,
} from "../../domain/giving/rate-limits";
import { countRateLimitedGiftAndAlertStaff } from "../../domain/newsroom/alerts";
import { listAddressesWithRight } from "../../domain/newsroom/staff/colleague-list";
import { publication } from "../../publication";
import { staffChangeContext } from "../auth/staff";
import { clientIpAddressOrNetwork, networkOf } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { log } from "../log";
import { deleteExpiredRateLimitCounts, incrementAttemptCount } from "../rate-limit";
import { runBackgroundJobsSoon } from "../wake-jobs";

const ACTION = "give";
/** The most gifts from one form in an hour. A reader can return from Checkout and choose another amount. */
const GIFTS_PER_FORM = { max: 3, windowMinutes: 60 };

type GiftRequest = { gift: Gift; headers: Headers; filledHiddenField: boolean; now: Date };

/**
 * Counts a gift and returns how long its reader must wait. Checks the limit per client first. If a client exceeds it,
 * the gift does not count against the limits that all clients share.
 */
export async function countGiftAndFindWait(db: Db, request: GiftRequest): Promise<GiftWait> {
  const { filledHiddenField, now } = request;
  await deleteExpiredRateLimitCounts(db, now);
  const counted = await countGift(db, request);
  const wait = filledHiddenField
    ? longerWait(counted, { kind: "seconds", seconds: WAIT_SECONDS_IF_HONEYPOT_FILLED })
    : counted;
  if (wait.kind !== "none") await reportWait(db, { wait, now });
  return wait;
}

/**
 * Counts a gift that was sent with this form. Returns false if more gifts were sent with it in this hour than
 * GIFTS_PER_FORM allows.
 */
export async function countGiftAndCheckWithinFormLimit(
  db: Db,
  { formId, now }: { formId: string; now: Date },
): Promise<boolean> {
  const { max, windowMinutes } = GIFTS_PER_FORM;
  const secret = env().NEXTAUTH_SECRET;
  return (
    (await incrementAttemptCount(db, { action: ACTION, kind: "form", subject: formId, windowMinutes, secret, now })) <=
    max
  );
}

async function countGift(db: Db, { gift, headers, now }: GiftRequest): Promise<GiftWait> {
  const attempt = { action: ACTION, windowMinutes: RATE_LIMIT_WINDOW_MINUTES, secret: env().NEXTAUTH_SECRET, now };
  const count = (kind: string, subject = "*") => incrementAttemptCount(db, { ...attempt, kind, subject });
  let wait: GiftWait = { kind: "none" };
  const client = clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS);
  if (client !== null) {
    wait = giftWaitByIpLimit(await count("client", client), IP_LIMITS.client);
    if (wait.kind !== "next-window")
      wait = longerWait(wait, giftWaitByIpLimit(await count("network", networkOf(client)), IP_LIMITS.network));
    if (wait.kind === "next-window") return wait;
  }
  if (isAtMostSmallestPreset(gift.money, publication))
    wait = longerWait(wait, giftWaitBySiteWideLimit(await count("small"), SITE_WIDE_GIFT_RATE_LIMITS.small));
  return longerWait(wait, giftWaitBySiteWideLimit(await count("all"), SITE_WIDE_GIFT_RATE_LIMITS.all));
}

async function reportWait(db: Db, { wait, now }: { wait: GiftWait; now: Date }): Promise<void> {
  log.warn(
    { action: ACTION, wait: wait.kind === "seconds" ? wait.seconds : wait.kind },
    "a reader has to wait before giving",
  );
  const { roots, locale } = staffChangeContext();
  const staff = await listAddressesWithRight(db, "queue", { roots, now });
  await countRateLimitedGiftAndAlertStaff(db, { action: ACTION, now, locale, staff });
  runBackgroundJobsSoon();
}
