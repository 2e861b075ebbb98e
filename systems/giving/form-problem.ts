// Redirects a reader to the gift form and tells the reason why no gift was started. The URL contains the reason and a
// signature, so that nobody else can create such a link.
import "server-only";
import type { GiftFormProblem } from "../../domain/giving/form-problem";
import { CheckoutStatusUnknownError } from "../../domain/giving/payment-page";
import { currentTime } from "../clock";
import { isRetryableDatabaseError } from "../database";
import { seeOther } from "../same-origin-form";
import { signNoticeForUrl } from "../signed-notice";
import { isStripeRefusal } from "../stripe/ask";

/** Redirects to the gift form. `path`: its path, with the reader's choices in the query. */
export function redirectToGiftForm(path: string, problem?: GiftFormProblem): Response {
  return seeOther(problem ? `${path}&signature=${signNoticeForUrl(problem, currentTime())}&problem=${problem}` : path);
}

export function giftFormProblemOf(error: unknown): GiftFormProblem {
  if (isRetryableDatabaseError(error)) return "busy";
  if (error instanceof CheckoutStatusUnknownError) return "unsure";
  return isStripeRefusal(error) ? "refused" : "unreachable";
}
