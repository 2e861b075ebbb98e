export const ADDRESS_REVEAL_REASONS = ["answer", "payment", "misdirected", "law", "other"] as const;
export type AddressRevealReason = (typeof ADDRESS_REVEAL_REASONS)[number];

export const STAFF_ACT_REASONS = ["asked", "mistake", "fraud", "other"] as const;
export type StaffActReason = (typeof STAFF_ACT_REASONS)[number];

/**
 * Why a colleague responds to a dispute. `dispute`: to send evidence, for which a colleague need not choose a reason.
 */
export type DisputeResponseReason = StaffActReason | "dispute";

export const MAX_REASON_LENGTH = 200;

export type StaffReason<Reason extends string> = { why: Reason; words: string | null };
export type StaffReasonProblem = "why-missing" | "words-missing" | "words-too-long" | "words-name-somebody";
export type ParseStaffReasonResult<Reason extends string> =
  | ({ kind: "why" } & StaffReason<Reason>)
  | { kind: "refused"; reason: StaffReasonProblem };

/** Matches e-mail addresses and phone numbers, which must not get into the audit log. Names cannot be detected. */
const NAMES_SOMEBODY = /\S@\S|\+?\d[\d\s()./-]{6,}\d/;

/** Checks the reason that a colleague gave. `words` must not be empty if the reason is `other`. */
export function parseStaffReason<Reason extends string>(
  typed: { why: string | null; words: string | null },
  reasons: readonly Reason[],
): ParseStaffReasonResult<Reason> {
  const why = reasons.find((reason) => reason === typed.why);
  const words = (typed.words ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  if (!why) return { kind: "refused", reason: "why-missing" };
  if (words === "" && why === "other") return { kind: "refused", reason: "words-missing" };
  if ([...words].length > MAX_REASON_LENGTH) return { kind: "refused", reason: "words-too-long" };
  if (NAMES_SOMEBODY.test(words)) return { kind: "refused", reason: "words-name-somebody" };
  return { kind: "why", why, words: words || null };
}
