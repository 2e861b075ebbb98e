// Changes a supporter's identity for a colleague. A new e-mail address, or a merger of two supporters, must be
// confirmed from both mailboxes. Otherwise colleagues alone could move a supporter's gifts to somebody else. If the old
// mailbox is lost, a confirmation from the new mailbox is enough once DAYS_TO_STOP_ADDRESS_CHANGE have passed since the
// request.
import "server-only";
import { findMailAddress } from "../../domain/ledger/store/supporters";
import type { StaffActReason, StaffReason } from "../../domain/newsroom/people/reasons";
import { recordRequestFromColleagueDoneAtOnce } from "../../domain/newsroom/people/requests-from-colleagues";
import { findSupporterWithAddresses } from "../../domain/newsroom/people/store/supporter";
import type { StaffActValues } from "../../domain/newsroom/staff/act-values";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { startAddressChange } from "../address-change";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { endGiftsAndErase, startErasure } from "../erasure";
import type { SealedAddress } from "../identity";
import { identityCrypto } from "../identity";
import { tryStripeCall } from "../stripe/ask";
import { runBackgroundJobsSoon } from "../wake-jobs";

type RequestedAct = {
  /** The id of the form. A form that is sent twice causes no second e-mail. */
  id: string;
  supporterId: string;
  colleague: Colleague;
  why: StaffReason<StaffActReason>;
};

/**
 * `same`: the supporter already has this address. `none`: the supporter, or the other supporter of a merger, has no
 * current e-mail address.
 */
export type RequestIdentityChangeResult = "asked" | "not-an-address" | "same" | "none";

export function requestAddressChangeForSupporter(
  db: Db,
  { typed, isOldLost, ...requested }: RequestedAct & { typed: string; isOldLost: boolean },
): Promise<RequestIdentityChangeResult> {
  return ask(db, {
    ...requested,
    kind: "address",
    to: identityCrypto().sealAddress(typed),
    isOldLost,
    after: { isOldLost },
  });
}

/**
 * Requests that everything of the supporter `supporterId` is moved to the supporter `otherId`. It is moved once the
 * owners of the mailboxes have confirmed this by e-mail.
 */
export async function requestSupporterMerger(
  db: Db,
  { otherId, isOldLost, ...requested }: RequestedAct & { otherId: string; isOldLost: boolean },
): Promise<RequestIdentityChangeResult> {
  const to = await findMailAddress(db, otherId);
  if (!to) return "none";
  return ask(db, { ...requested, kind: "merger", to, isOldLost, after: { isOldLost, into: otherId } });
}

type Asking = RequestedAct & {
  kind: "address" | "merger";
  to: SealedAddress | null;
  isOldLost: boolean;
  after: Partial<Pick<StaffActValues, "isOldLost" | "into">>;
};

async function ask(
  db: Db,
  { id, kind, supporterId, to, isOldLost, colleague, why, after }: Asking,
): Promise<RequestIdentityChangeResult> {
  if (!to) return "not-an-address";
  const old = await findMailAddress(db, supporterId);
  if (!old) return "none";
  if (old.emailHash === to.emailHash) return "same";
  const about = `supporter:${supporterId}`;
  const act = {
    colleague,
    kind: kind === "merger" ? ("merger-asked" as const) : ("address-change-asked" as const),
    about,
    after: { ...after, why: why.why },
    ...(why.words ? { reason: why.words } : {}),
  };
  const isNew = await db.$transaction(async (tx) => {
    if (!(await recordRequestFromColleagueDoneAtOnce(tx, { id, kind, about, colleague, why, now: currentTime() })))
      return false;
    await recordActInAuditLog(tx, act);
    return true;
  });
  const { emailHash, emailSealed } = to;
  const change = { supporterId, oldEmailHash: old.emailHash, isOldLost, locale: old.locale, by: "staff" as const };
  if (isNew) await startAddressChange(db, { ...change, to: { emailHash, emailSealed } });
  return "asked";
}

/**
 * Erases the supporter. Returns "waits" if that could not be finished at once, for example because Stripe has not ended
 * a recurring gift. The background jobs then continue.
 */
export async function eraseSupporterOnStaffRequest(
  db: Db,
  { supporterId, colleague, why }: Omit<RequestedAct, "id">,
): Promise<"erased" | "waits"> {
  if (!(await findSupporterWithAddresses(db, supporterId))) return "erased";
  const act = { colleague, kind: "erasure-asked", about: `supporter:${supporterId}`, after: { why: why.why } } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, ...(why.words ? { reason: why.words } : {}) }));
  await startErasure(db, supporterId);
  const outcome = await tryStripeCall(() => endGiftsAndErase(db, supporterId), { about: { erasure: "staff" } });
  runBackgroundJobsSoon();
  return outcome === "failed" ? "waits" : "erased";
}
