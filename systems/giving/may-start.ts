// May this gift be begun now, or is its reader asked to wait? Counted in the database, so that instances and restarts share the
// budgets (domain/giving/budgets.ts has the figures).
import "server-only";
import {
  HIDDEN_FIELD_WAIT_SECONDS,
  isSmall,
  LINES,
  longerWait,
  SITE_WIDE,
  type Wait,
  WINDOW_MINUTES,
  waitForAll,
  waitInLine,
} from "../../domain/giving/budgets";
import type { Gift } from "../../domain/giving/gift";
import { noteSlowed } from "../../domain/newsroom/alerts";
import { publication } from "../../publication";
import { clientAddress, neighbours } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";
import { log } from "../log";
import { countAttempt, forgetExpiredCounts } from "../rate-limit";
import { wakeJobs } from "../wake-jobs";

const DOOR = "give";
/** A reader may come back from Checkout and choose another sum, but one form does not begin gifts without end. */
const GIFTS_OF_A_FORM = { most: 3, windowMinutes: 60 };

type Asked = { gift: Gift; headers: Headers; filledHiddenField: boolean; now: Date };

/** Counts this gift against every budget, the client's first: a client beyond its own uses up nobody else's. */
export async function waitBeforeGift(db: Db, asked: Asked): Promise<Wait> {
  const { filledHiddenField, now } = asked;
  await forgetExpiredCounts(db, now);
  const counted = await countGift(db, asked);
  const wait = filledHiddenField
    ? longerWait(counted, { kind: "seconds", seconds: HIDDEN_FIELD_WAIT_SECONDS })
    : counted;
  if (wait.kind !== "none") await tellOfWait(db, { wait, now });
  return wait;
}

/** Whether this form may begin another gift. */
export async function mayFormBegin(db: Db, { formId, now }: { formId: string; now: Date }): Promise<boolean> {
  const { most, windowMinutes } = GIFTS_OF_A_FORM;
  const secret = env().NEXTAUTH_SECRET;
  return (await countAttempt(db, { door: DOOR, of: "form", who: formId, windowMinutes, secret, now })) <= most;
}

async function countGift(db: Db, { gift, headers, now }: Asked): Promise<Wait> {
  const knock = { door: DOOR, windowMinutes: WINDOW_MINUTES, secret: env().NEXTAUTH_SECRET, now };
  const count = (of: string, who = "*") => countAttempt(db, { ...knock, of, who });
  let wait: Wait = { kind: "none" };
  const client = clientAddress(headers, env().TRUSTED_PROXY_HOPS);
  if (client !== null) {
    wait = waitInLine(await count("client", client), LINES.client);
    if (wait.kind !== "next-window")
      wait = longerWait(wait, waitInLine(await count("network", neighbours(client)), LINES.network));
    if (wait.kind === "next-window") return wait;
  }
  if (isSmall(gift.money, publication)) wait = longerWait(wait, waitForAll(await count("small"), SITE_WIDE.small));
  return longerWait(wait, waitForAll(await count("all"), SITE_WIDE.all));
}

async function tellOfWait(db: Db, { wait, now }: { wait: Wait; now: Date }): Promise<void> {
  log.warn({ door: DOOR, wait: wait.kind === "seconds" ? wait.seconds : wait.kind }, "a gift was asked to wait");
  const identity = ownIdentity();
  const staff = env().STAFF_EMAILS.flatMap((email) => identity.sealAddress(email) ?? []);
  await noteSlowed(db, { door: DOOR, now, locale: publication.defaultLanguage, staff });
  wakeJobs();
}
