import "server-only";
import type { AddressRevealReason, StaffReason } from "../../domain/newsroom/people/reasons";
import { findSupporterWithAddresses } from "../../domain/newsroom/people/store/supporter";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { identityCrypto } from "../identity";
import { consumeRateLimit } from "../rate-limit";

/** The most reveals per colleague and hour. A stolen session must not reveal the whole ledger. */
export const MAX_ADDRESS_REVEALS_PER_HOUR = 30;

type RevealRequest = { supporterId: string; colleague: Colleague; why: StaffReason<AddressRevealReason> };

/**
 * Records in the audit log that the colleague sees a supporter's addresses. `often`: the colleague has reached the
 * limit. `unknown`: there is no such supporter.
 */
export async function recordAddressRevealIfAllowed(
  db: Db,
  { supporterId, colleague, why }: RevealRequest,
): Promise<"revealed" | "often" | "unknown"> {
  if (!(await findSupporterWithAddresses(db, supporterId))) return "unknown";
  const limits = [{ kind: "colleague", subject: colleague.id, max: MAX_ADDRESS_REVEALS_PER_HOUR }];
  const attempt = { action: "reveal", windowMinutes: 60, limits, secret: env().NEXTAUTH_SECRET, now: currentTime() };
  if (!(await consumeRateLimit(db, attempt))) return "often";
  const act = {
    colleague,
    kind: "address-revealed",
    about: `supporter:${supporterId}`,
    after: { why: why.why },
  } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, ...(why.words ? { reason: why.words } : {}) }));
  return "revealed";
}

/**
 * Returns the decrypted e-mail addresses and receipt name. Writes no audit log entry and checks no limit. So call it
 * only once after each call of recordAddressRevealIfAllowed() that returned "revealed".
 */
export async function unsealAddressesAndReceiptName(db: Db, supporterId: string) {
  const row = await findSupporterWithAddresses(db, supporterId);
  const identity = identityCrypto();
  return {
    addresses: (row?.addresses ?? []).map(({ emailSealed, until }) => {
      return { address: identity.open(emailSealed), isCurrent: until === null };
    }),
    receiptName: row?.receiptNameSealed ? identity.open(row.receiptNameSealed) : null,
  };
}
