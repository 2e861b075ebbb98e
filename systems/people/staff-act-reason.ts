import "server-only";
import {
  MAX_REASON_LENGTH,
  type ParseStaffReasonResult,
  parseStaffReason,
  STAFF_ACT_REASONS,
  type StaffActReason,
  type StaffReasonProblem,
} from "../../domain/newsroom/people/reasons";
import type { FlashMessage } from "../flash-message";

const MAX_LENGTH = 4 * MAX_REASON_LENGTH;

export function parseStaffActReason(form: URLSearchParams): ParseStaffReasonResult<StaffActReason> {
  return parseStaffReason({ why: form.get("why"), words: form.get("words") }, STAFF_ACT_REASONS);
}

/**
 * Returns a flash message with the typed reason, so that the form shows it again after a refusal. `refusal`: why this
 * reason was refused; null if something else was refused.
 */
export function flashMessageWithTypedReason(form: URLSearchParams, refusal: StaffReasonProblem | null): FlashMessage {
  return { why: form.get("why") ?? "", words: (form.get("words") ?? "").slice(0, MAX_LENGTH), refused: refusal };
}

const REFUSALS = ["why-missing", "words-missing", "words-too-long", "words-name-somebody"] as const;

/**
 * Returns the reason that a colleague typed before the form was refused, or before they had to enter a second-factor
 * code. Returns null if there is none.
 */
export function findTypedStaffReason(
  note: FlashMessage | null,
): { why: string; words: string; refusal: StaffReasonProblem | null } | null {
  const { why, words, refused } = flashMessageWithFormFields(note);
  if (typeof why !== "string") return null;
  const refusal = REFUSALS.find((each) => each === refused) ?? null;
  return { why, words: typeof words === "string" ? words : "", refusal };
}

/**
 * Returns the flash message. If the colleague had to enter a second-factor code after sending a form, also returns the
 * form's fields, which are in `typed` (systems/auth/with-signed-in-user.ts).
 */
export function flashMessageWithFormFields(note: FlashMessage | null): FlashMessage {
  const typed = note?.typed;
  return { ...(typeof typed === "object" ? typed : {}), ...note };
}
