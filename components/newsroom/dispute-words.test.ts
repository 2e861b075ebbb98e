import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { declineReasonText } from "./decline-words";
import { disputeStatusLabel } from "./dispute-words";

const STATUSES = [
  ..."lost needs_response prevented under_review warning_closed warning_needs_response".split(" "),
  ..."warning_under_review won".split(" "),
];
const CODES = [
  ..."account_closed account_frozen authentication_required bank_account_closed bank_account_restricted".split(" "),
  ..."card_declined card_velocity_exceeded debit_not_authorized expired_card incorrect_cvc incorrect_number".split(" "),
  ..."insufficient_funds invalid_account_number invalid_number no_account processing_error".split(" "),
  ..."payment_intent_authentication_failure payment_method_customer_decline".split(" "),
  ..."payment_method_provider_decline".split(" "),
];

test.each(STATUSES)("a Russian page names the dispute status %s in Russian", (status) => {
  expect(disputeStatusLabel(translator("ru"), status)).toMatch(/^[а-яё ]+$/);
});

test.each(CODES)("a Russian page gives the reason %s in Russian", (code) => {
  expect(declineReasonText(translator("ru"), code)).toMatch(/^[А-ЯЁа-яё ]+$/);
});

test("an unknown status or code is shown in Stripe's words", () => {
  expect(disputeStatusLabel(translator("ru"), "sent_to_mars")).toBe("sent to mars");
  expect(declineReasonText(translator("ru"), "sent_to_mars")).toBe("sent to mars");
});
