// Sends the e-mails in the outbox. A worker claims an e-mail before it sends it, so that no other worker sends it at
// the same time. Afterwards the worker marks the e-mail as sent. If the process crashes before this mark, the e-mail
// can be sent twice, with the same Message-ID. A crash never loses an e-mail.
import "server-only";
import { z } from "zod";
import { pathWithLanguageParam } from "../../domain/languages";
import { findReasonMailIsOutdated } from "../../domain/ledger/outdated-mail";
import { isBeingErasedWithoutMail } from "../../domain/ledger/store/erasures";
import { SIGN_IN_LINK_MINUTES } from "../../domain/supporters/sign-in";
import { isMailToAddressStopped } from "../../domain/supporters/stopped-addresses";
import { publication } from "../../publication";
import { killProcessAtCrashPoint } from "../crash-points";
import type { Db } from "../database";
import { siteUrl } from "../env";
import type { IdentityCrypto } from "../identity";
import { log } from "../log";
import type { MailLinks } from "./mail-context";
import { signMailLinks } from "./mail-links";
import { confirmReminderUrl, unsubscribeUrls } from "./own-links";
import { readQueuedMail } from "./read-mail";
import { type DecryptedMail, renderMail } from "./render";
import type { MailTransport, OutgoingMail } from "./transport";

/** `shouldContinue` is called before each e-mail. If it returns false, no more are sent. */
type SendTerms = {
  now: Date;
  transport: MailTransport;
  identity: IdentityCrypto;
  limit?: number;
  shouldContinue?: () => boolean;
};
type SendFailure = { kind: "server-unavailable" | "refused" | "too-late"; reason: string };
type Row = Awaited<ReturnType<typeof listDue>>[number];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/**
 * How long an e-mail may wait in the queue before it is dropped, by kind. E-mails of other kinds are never dropped for
 * their age alone.
 */
const LASTS_MS: Partial<Record<string, number>> = {
  "sign-in": SIGN_IN_LINK_MINUTES * MINUTE_MS,
  erased: DAY_MS,
  summary: DAY_MS / 2,
};
const ASKED_OR_FOR_STAFF = new Set(["sign-in", "burst", "staff-news", "summary"]);
const WARNINGS = new Set(["address-old", "address-left"]);
const FIRST_WAIT_MS = 30_000;
const MAX_WAIT_MS = 6 * 60 * MINUTE_MS;
/**
 * After this time, a call of sendDueMail() starts no further e-mail. The call reserves each e-mail until CLAIM_MS after
 * the call's own start. So CLAIM_MS minus ROUND_MS must be enough to send one e-mail. Otherwise another process could
 * send the same e-mail, too.
 */
const ROUND_MS = MINUTE_MS;
const CLAIM_MS = 4 * MINUTE_MS;
/** How long an e-mail that the mail server refuses is retried. There is no limit while the server is unavailable. */
const REFUSED_MS = 3 * 24 * 60 * MINUTE_MS;
/**
 * The result for an e-mail whose row cannot be read or rendered. The mail server did not cause it, so the next e-mails
 * are still sent.
 */
const UNREADABLE: SendFailure = { kind: "refused", reason: "cannot be rendered" };
const OUT_OF_DATE: SendFailure = { kind: "too-late", reason: "out of date" };

/**
 * Sends due e-mails. An e-mail that fails becomes due again later, unless it is out of date or has been refused for
 * three days. Returns two numbers of e-mails. `sent`: accepted by the mail server. `handled`: sent, given up, or put
 * off after a refusal. Throws only if the ledger fails.
 */
export async function sendDueMail(
  db: Db,
  { now, transport, identity, limit = 20, shouldContinue = () => true }: SendTerms,
): Promise<{ sent: number; handled: number }> {
  const startedMs = performance.now();
  let [sent, handled] = [0, 0];
  for (const row of await listDue(db, now, limit)) {
    if (performance.now() - startedMs > ROUND_MS || !shouldContinue()) break;
    if (!(await claim(db, row.id, now))) continue;
    const failure = isTooLate(row, now) ? OUT_OF_DATE : await trySend(db, row, { now, transport, identity });
    // updateMany() does not fail if the row is gone: its person could have been erased meanwhile.
    await db.outboxMail.updateMany({ where: { id: row.id }, data: failure ? failed(row, failure, now) : sentAt(now) });
    if (failure) log.warn({ mail: row.id, kind: row.kind, reason: failure.reason }, "an e-mail was not sent");
    if (failure?.kind === "server-unavailable") break;
    handled += 1;
    if (!failure) sent += 1;
  }
  return { sent, handled };
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

/**
 * Returns true if the e-mail has waited longer than LASTS_MS. For example, a daily summary is too late after half a
 * day.
 */
function isTooLate({ kind, queuedAt }: Row, now: Date): boolean {
  const lasts = LASTS_MS[kind];
  return lasts !== undefined && now.getTime() - queuedAt.getTime() > lasts;
}

async function trySend(
  db: Db,
  row: Row,
  { now, transport, identity }: Pick<SendTerms, "now" | "transport" | "identity">,
): Promise<SendFailure | null> {
  const mail = await prepare(db, row, { now, identity }).catch(() => UNREADABLE);
  if ("reason" in mail) return mail;
  try {
    killProcessAtCrashPoint("before-mail");
    await transport.send(mail);
    killProcessAtCrashPoint("after-mail");
    return null;
  } catch (error) {
    return readFailure(error);
  }
}

/**
 * Returns the e-mail with its links, or the reason why it must not be sent. Throws if its row cannot be read or
 * rendered.
 */
async function prepare(
  db: Db,
  row: Row,
  { now, identity }: Pick<SendTerms, "now" | "identity">,
): Promise<OutgoingMail | SendFailure> {
  const mail = readQueuedMail(row, { identity, now });
  const outdated = (await findStopped(db, row)) ?? (await findReasonMailIsOutdated(db, mail));
  if (outdated) return { kind: "too-late", reason: outdated };
  const ofGift = await signMailLinks(db, { mail, emailHash: row.personHash, now });
  const { oneClick, ...own } = ownLinks(mail);
  const inLanguage = (url: string | null) => url && pathWithLanguageParam(url, row.locale, publication);
  const all = Object.entries({ ...ofGift.links, ...own }).map(([name, url]) => [name, inLanguage(url)]);
  const links: MailLinks = { ...ofGift.links, ...Object.fromEntries(all) };
  const rendered = renderMail(mail, { locale: row.locale, publication, siteUrl: siteUrl(), ...ofGift, links });
  return { id: row.id, to: identity.open(row.toSealed), ...rendered, unsubscribeUrl: inLanguage(oneClick) };
}

/**
 * Returns why this e-mail must not be sent, or null. Sign-in links and e-mail to staff are always sent. During a silent
 * erasure, no other e-mail is sent, because somebody else can read the mailbox. Warnings about a change of address go
 * to the old address even if e-mail to it was stopped.
 */
async function findStopped(db: Db, { kind, personHash }: Row): Promise<string | null> {
  if (!ASKED_OR_FOR_STAFF.has(kind) && (await isBeingErasedWithoutMail(db, personHash)))
    return "the supporter is being erased silently";
  if (ASKED_OR_FOR_STAFF.has(kind) || WARNINGS.has(kind)) return null;
  return (await isMailToAddressStopped(db, personHash)) ? "mail to this address is stopped" : null;
}

/** `oneClick`: where mail programs post a one-click unsubscribe (RFC 8058). Null if the e-mail has no such link. */
function ownLinks(mail: DecryptedMail): Pick<MailLinks, "leave" | "confirm"> & { oneClick: string | null } {
  if (mail.kind === "reminder-confirm") return { confirm: confirmReminderUrl(mail.values.reminderId), oneClick: null };
  if (mail.kind !== "reminder" && mail.kind !== "letter") return { oneClick: null };
  const { page, oneClick } =
    mail.kind === "letter"
      ? unsubscribeUrls("leave letters", mail.values.readerId)
      : unsubscribeUrls("end reminder", mail.values.reminderId);
  return { leave: page, oneClick };
}

const smtpFailure = z.object({ code: z.string(), responseCode: z.int().optional(), command: z.string().optional() });

/**
 * Returns why the mail server did not accept the e-mail. Uses only codes, because the server's text can repeat the
 * e-mail address.
 */
function readFailure(error: unknown): SendFailure {
  const { data } = smtpFailure.safeParse(error);
  if (!data) return { kind: "refused", reason: "no code" };
  const aboutThisMail = (data.code === "EENVELOPE" || data.code === "EMESSAGE") && (data.responseCode ?? 500) >= 500;
  const reason = [data.code, data.responseCode, data.command].filter(Boolean).join(" ");
  return { kind: aboutThisMail ? "refused" : "server-unavailable", reason };
}

function sentAt(now: Date) {
  return { ...DONE, sentAt: now, lastError: null };
}

function failed(row: Row, { kind, reason }: SendFailure, now: Date) {
  const attempts = row.attempts + 1;
  const ageMs = now.getTime() - row.queuedAt.getTime();
  if (kind === "too-late" || (kind === "refused" && ageMs > REFUSED_MS)) {
    return { ...DONE, attempts, lastError: reason };
  }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(row.attempts, 20), MAX_WAIT_MS);
  return { attempts, lastError: reason, heldUntil: null, sendAfter: new Date(now.getTime() + waitMs) };
}

/**
 * The changes to the row of an e-mail that was sent or given up. The address and the values are deleted. The row itself
 * stays, so that a repeated event queues no second e-mail.
 */
const DONE = { sendAfter: null, heldUntil: null, toSealed: "", values: "{}" };
