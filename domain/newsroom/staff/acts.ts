// The audit log. Entries can only be appended, and form a chain: each row has a hash of itself and of the hash of the
// row before it.
import type { Act } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { Colleague } from "./colleagues";
import { findLatestStaffAct, findStaffAct, insertStaffAct, selectActs } from "./store";

/** The kinds of entries in the audit log. The text of each has the key `newsroom.act.<kind>` in content/messages. */
export const STAFF_ACT_KINDS = [
  "events-replayed",
  "mail-stop-handled",
  "mail-stop-lifted",
  "address-revealed",
  "gift-amount-changed",
  "gift-paused",
  "gift-resumed",
  "gift-cancelled",
  "gift-unchanged",
  "refund-asked",
  "refund-confirmed",
  "refund-declined",
  "refund-expired",
  "refund-refused",
  "payment-refunded",
  "dispute-draft-saved",
  "dispute-file-sent",
  "dispute-evidence-staged",
  "dispute-evidence-submitted",
  "dispute-accepted",
  "dispute-unchanged",
  "receipt-sent",
  "payment-link-sent",
  "address-change-asked",
  "merger-asked",
  "erasure-asked",
  "free-seat-given",
  "free-seat-ended",
  "message-read",
  "message-published",
  "message-hidden",
  "mail-hastened",
  "work-taken",
  "work-released",
  "work-done",
  "work-reopened",
  "payments-exported",
  "appeal-published",
  "appeal-withdrawn",
  "appeal-started",
  "appeal-ended",
  "appeal-rolled-back",
  "appeal-taken-over",
  "signed-in",
  "code-repeated",
  "code-refused",
  "factor-set-up",
  "factor-changed",
  "factor-reset",
  "passkey-added",
  "passkey-removed",
  "recovery-code-used",
  "recovery-codes-made",
  "colleague-invited",
  "invitation-repeated",
  "role-changed",
  "colleague-removed",
  "sessions-ended",
  "log-exported",
  "experiment-planned",
  "experiment-plan-deleted",
  "experiment-started",
  "experiment-ended",
] as const;
export type StaffActKind = (typeof STAFF_ACT_KINDS)[number];

/** An entry to append. `colleague`: null if the site acted by itself, for example when a scheduled appeal started. */
export type NewStaffAct = {
  colleague: Colleague | null;
  kind: StaffActKind;
  /**
   * The subject of the entry, such as `payment:…` with the payment's id. It must not contain an e-mail address or its
   * hash.
   */
  about: string;
  before?: ValuesBeforeOrAfterStaffAct;
  after?: ValuesBeforeOrAfterStaffAct;
  reason?: string;
  now: Date;
};

/** The values before an act, or the values after it. Amounts are in minor units of the currency in `currency`. */
export type ValuesBeforeOrAfterStaffAct = Record<string, string | number | boolean | null>;

/** Returns the keyed SHA-256 of a text, in base64url. */
export type AuditLogHashFunction = (text: string) => string;

const BATCH = 500;

/**
 * Appends an entry to the log. If the entry records a change in the ledger, append it in the same transaction. If it
 * records what a colleague asks of Stripe, append it before the call to Stripe.
 */
export async function appendToAuditLog(
  tx: Tx,
  { colleague, kind, about, before, after, reason, now }: NewStaffAct,
  digest: AuditLogHashFunction,
): Promise<void> {
  const last = await findLatestStaffAct(tx);
  const act = {
    number: (last?.number ?? 0) + 1,
    at: now,
    by: colleague?.id ?? "site",
    role: colleague?.role ?? "site",
    kind,
    about,
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
    reason: reason ?? null,
  };
  await insertStaffAct(tx, { ...act, chain: chainOf(act, last?.chain ?? "", digest) });
}

/** The number and hash of a log entry. The hash depends on this entry and on all entries before it. */
export type AuditLogCheckpoint = Pick<Act, "number" | "chain">;

/**
 * `whole`: the log is intact; `head` is its last entry. `broken`: the entry `number` has a wrong hash, because it was
 * changed, or an entry before it was changed or removed. `cut`: the entry `number` is missing, although it is known
 * from outside the log.
 */
export type AuditLogIntegrity =
  | { kind: "whole"; head: AuditLogCheckpoint }
  | { kind: "broken" | "cut"; number: number };

const BEFORE_THE_FIRST: AuditLogCheckpoint = { number: 0, chain: "" };

/**
 * Checks that no log entry after `from` was changed or removed. `known`: entries whose numbers and hashes are also
 * stored outside the log. Without them, the check could not notice that the log's last entries were removed.
 */
export async function verifyAuditLog(
  db: Db,
  digest: AuditLogHashFunction,
  { from = BEFORE_THE_FIRST, known = [] }: { from?: AuditLogCheckpoint; known?: readonly AuditLogCheckpoint[] } = {},
): Promise<AuditLogIntegrity> {
  for (const head of [from, ...known]) {
    const lost = await findLost(db, head);
    if (lost) return lost;
  }
  let last = from;
  for (;;) {
    const acts = await selectActs(db, { after: last.number, limit: BATCH });
    for (const act of acts) {
      const fits = act.number === last.number + 1 && act.chain === chainOf(act, last.chain, digest);
      if (!fits) return { kind: "broken", number: act.number };
      last = act;
    }
    if (acts.length < BATCH) return { kind: "whole", head: { number: last.number, chain: last.chain } };
  }
}

/**
 * Returns the number of the first entry that does not fit the entry before it (see AuditLogIntegrity). Returns null if
 * the log is intact.
 */
export async function findFirstBrokenAuditLogNumber(db: Db, digest: AuditLogHashFunction): Promise<number | null> {
  const state = await verifyAuditLog(db, digest);
  return state.kind === "whole" ? null : state.number;
}

async function findLost(db: Db, { number, chain }: AuditLogCheckpoint): Promise<AuditLogIntegrity | null> {
  if (number === 0) return null;
  const act = await findStaffAct(db, number);
  if (!act) return { kind: "cut", number };
  return act.chain === chain ? null : { kind: "broken", number };
}

function chainOf(act: Omit<Act, "chain">, previous: string, digest: AuditLogHashFunction): string {
  const { number, at, by, role, kind, about, before, after, reason } = act;
  return digest(JSON.stringify([previous, number, at.toISOString(), by, role, kind, about, before, after, reason]));
}
