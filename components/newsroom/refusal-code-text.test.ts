import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import type { StaffRequest } from "@/domain/newsroom/people/requests-from-colleagues";
import { refundRequestStatusText } from "./people/refund-requests-from-colleagues";
import { refusalCodeText } from "./refusal-code-text";

const CODES = [
  ..."no_payment_intent no_longer_kept gift_not_ended over changed unchanged unknown".split(" "),
  ..."charge_already_refunded charge_disputed refund_disputed_payment charge_not_refundable".split(" "),
  ..."amount_too_large balance_insufficient insufficient_funds dispute_already_closed".split(" "),
  ..."dispute_evidence_page_limit_exceeded resource_missing api_key_expired".split(" "),
  ..."StripePermissionError StripeAuthenticationError StripeInvalidRequestError".split(" "),
];

test.each(CODES)("a Russian page says in Russian what %s means", (code) => {
  expect(refusalCodeText(translator("ru"), code).replace("Stripe", "")).toMatch(/^[а-яё ,]+$/);
});

test("an unknown code is shown in Stripe's words", () => {
  expect(refusalCodeText(translator("ru"), "sent_to_mars")).toBe("sent to mars");
});

test("the list of refunds says why one was refused, and whether the recurring gift could be ended", () => {
  const text = (status: string, code: string | null, locale = "en") =>
    refundRequestStatusText(translator(locale), { status, code } as StaffRequest);
  expect(text("refused", "no_longer_kept")).toBe("refused (the amount is no longer kept)");
  expect(text("refused", "no_longer_kept", "ru")).toBe("отказано (этой суммы у редакции уже нет)");
  expect(text("done", null)).toBe("done");
  expect(text("done", "gift_not_ended")).toBe("done, but the gift could not be ended");
  expect(text("waiting", null)).toBe("waits for a second colleague");
});
