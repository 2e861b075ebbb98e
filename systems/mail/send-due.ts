// Empties the outbox. A mail is claimed before it is sent and marked after, so that two workers never send one at once; a
// crash in between may send it twice under one Message-ID, and never loses it.

import { z } from "zod";
import { isPaymentFrequency, type PaymentFrequency } from "../../domain/giving/frequency";
import type { PaymentMailKind } from "../../domain/ledger/outbox";
import { findOutdated } from "../../domain/ledger/outdated-mail";
import { type Currency, isCurrency } from "../../domain/money";
import { LINK_LASTS_MINUTES } from "../../domain/supporters/sign-in";
import { publication } from "../../publication";
import { crashPoint } from "../crash-points";
import type { Db } from "../database";
import { siteUrl } from "../env";
import type { Identity } from "../identity";
import { log } from "../log";
import { type DueMail, renderMail } from "./render";
import type { MailTransport } from "./transport";

/** `goesOn`: asked before each mail. */
type Room = { now: Date; transport: MailTransport; identity: Identity; limit?: number; goesOn?: () => boolean };
type SendFailure = { kind: "server-away" | "refused" | "too-late"; reason: string };
type Row = Awaited<ReturnType<typeof listDue>>[number];

const MINUTE_MS = 60_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;
/** A round claims nothing after this long, so that no claim can run out while its mail is being sent. */
const ROUND_MS = MINUTE_MS;
const CLAIM_MS = 4 * MINUTE_MS;
/** A server that is away is waited for without end; one that has looked at a mail and refused it is asked this long. */
const REFUSED_MS = 3 * 24 * 60 * MINUTE_MS;
const TOO_LATE: SendFailure = { kind: "too-late", reason: "out of date" };

/**
 * Sends what is due at `now`, by priority; answers how many left. A mail that fails is due again later and throws
 * nothing; what the ledger throws is thrown.
 */
export async function sendDueMail(
  db: Db,
  { now, transport, identity, limit = 20, goesOn = () => true }: Room,
): Promise<number> {
  const startedMs = performance.now();
  let sent = 0;
  for (const row of await listDue(db, now, limit)) {
    if (performance.now() - startedMs > ROUND_MS || !goesOn()) break;
    if (!(await claim(db, row.id, now))) continue;
    const failure = isTooLate(row, now) ? TOO_LATE : await trySend(db, row, { transport, identity });
    await db.outboxMail.update({ where: { id: row.id }, data: failure ? failed(row, failure, now) : sentAt(now) });
    if (!failure) sent += 1;
    else log.warn({ mail: row.id, kind: row.kind, reason: failure.reason }, "a mail did not leave");
    if (failure?.kind === "server-away") break;
  }
  return sent;
}

function listDue(db: Db, now: Date, limit: number) {
  return db.outboxMail.findMany({
    where: due(now),
    orderBy: [{ priority: "asc" }, { sendAfter: "asc" }],
    take: limit,
  });
}

function due(now: Date) {
  return { sentAt: null, sendAfter: { lte: now }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] };
}

async function claim(db: Db, id: string, now: Date): Promise<boolean> {
  const heldUntil = new Date(now.getTime() + CLAIM_MS);
  const { count } = await db.outboxMail.updateMany({ where: { id, ...due(now) }, data: { heldUntil } });
  return count === 1;
}

/** A link that no longer opens anything only confuses; whoever still wants one has asked again. */
function isTooLate({ kind, queuedAt }: Row, now: Date): boolean {
  return kind === "sign-in" && now.getTime() - queuedAt.getTime() > LINK_LASTS_MINUTES * MINUTE_MS;
}

async function trySend(
  db: Db,
  row: Row,
  { transport, identity }: Pick<Room, "transport" | "identity">,
): Promise<SendFailure | null> {
  try {
    const mail = readMail(row, identity);
    const outdated = await findOutdated(db, mail);
    if (outdated) return { kind: "too-late", reason: outdated };
    const rendered = renderMail(mail, { locale: row.locale, publication, siteUrl: siteUrl() });
    crashPoint("before-mail");
    await transport.send({ id: row.id, to: identity.open(row.toSealed), ...rendered });
    crashPoint("after-mail");
    return null;
  } catch (error) {
    return readFailure(error);
  }
}

const ofPayment = z.object({
  paymentId: z.string(),
  amountMinor: z.int(),
  currency: z.custom<Currency>((value) => typeof value === "string" && isCurrency(value)),
  frequency: z.custom<PaymentFrequency>((value) => typeof value === "string" && isPaymentFrequency(value)),
  paidAt: z.iso.datetime(),
  isSecond: z.boolean().optional(),
});
const wentBack = ofPayment.extend({ refundId: z.string(), givenMinor: z.int(), refundedAt: z.iso.datetime() });
const burst = z.object({ beganAt: z.iso.datetime() });
const signIn = z.object({ tokenSealed: z.string(), next: z.string() });

function readMail({ kind, values }: Row, identity: Identity): DueMail {
  const given: unknown = JSON.parse(values);
  if (isOfPayment(kind)) return { kind, values: ofPayment.parse(given) };
  if (kind === "went-back") return { kind, values: wentBack.parse(given) };
  if (kind === "burst") return { kind, values: burst.parse(given) };
  if (kind !== "sign-in") throw new Error("a mail of a kind that this site does not send");
  const { tokenSealed, next } = signIn.parse(given);
  return { kind, values: { token: identity.open(tokenSealed), next } };
}

function isOfPayment(kind: string): kind is PaymentMailKind {
  return kind === "thanks" || kind === "debit-begun" || kind === "debit-bounced";
}

const smtpFailure = z.object({ code: z.string(), responseCode: z.int().optional(), command: z.string().optional() });

/** Codes only: a server's words may repeat the address. */
function readFailure(error: unknown): SendFailure {
  const { data } = smtpFailure.safeParse(error);
  if (!data) return { kind: "refused", reason: "cannot be written" };
  const aboutThisMail = (data.code === "EENVELOPE" || data.code === "EMESSAGE") && (data.responseCode ?? 500) >= 500;
  const reason = [data.code, data.responseCode, data.command].filter(Boolean).join(" ");
  return { kind: aboutThisMail ? "refused" : "server-away", reason };
}

function sentAt(now: Date) {
  return { ...OVER, sentAt: now, lastError: null };
}

function failed(row: Row, { kind, reason }: SendFailure, now: Date) {
  const attempts = row.attempts + 1;
  const ageMs = now.getTime() - row.queuedAt.getTime();
  if (kind === "too-late" || (kind === "refused" && ageMs > REFUSED_MS)) {
    return { ...OVER, attempts, lastError: reason };
  }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(row.attempts, 20), LONGEST_WAIT_MS);
  return { attempts, lastError: reason, heldUntil: null, sendAfter: new Date(now.getTime() + waitMs) };
}

/** No longer due, and nothing kept of the person or of what was written. The row stays, so that the fact is written of once. */
const OVER = { sendAfter: null, heldUntil: null, toSealed: "", values: "{}" };
