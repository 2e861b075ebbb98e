import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { PaymentForStaff } from "@/domain/newsroom/people/payment";
import { requestedAmount, type StaffRequest } from "@/domain/newsroom/people/requests-from-colleagues";
import { refusalCodeText } from "../refusal-code-text";
import type { NoticeContent } from "./people-screen-frame";

/**
 * `flash`: the flash message from the cookie, with the result of the last form. For a refund request, it contains only
 * the request's id. The request's state is in `payment`, so a reloaded page shows the current state.
 */
type PaymentTold = { flash: Record<string, unknown> | null; payment: PaymentForStaff };

export function receiptOrRefundNotice(t: Translate, { flash, payment }: PaymentTold): NoticeContent | null {
  if (flash?.done === "receipt") return { kind: "good", title: t("people.receipt.sent") };
  if (flash?.done === "receipt-nobody")
    return { kind: "bad", title: t("people.receipt.nobody"), text: t("people.receipt.nobody-text") };
  const request = payment.requests.find(({ id }) => id === flash?.request);
  return request ? refundRequestNotice(t, request) : null;
}

export function refundRequestNotice(t: Translate, request: StaffRequest): NoticeContent {
  const amount = formatMoneyWithDecimals(t.locale, requestedAmount(request));
  switch (request.status) {
    case "done":
      return { kind: "good", title: t("people.refund.done.done", { amount }) };
    case "waiting":
      return {
        kind: "info",
        title: t("people.refund.done.waiting", { amount }),
        text: t("people.refund.done.waiting-text"),
      };
    case "refused":
      return {
        kind: "bad",
        title: t("people.refund.done.refused"),
        text: t("people.refund.done.refused-text", { code: refusalCodeText(t, request.code ?? "unknown") }),
      };
    case "declined":
    case "expired":
      return { kind: "info", title: t(`people.refund.done.${request.status}`) };
    default:
      return { kind: "bad", title: t("people.refund.done.asking"), text: t("people.refund.done.asking-text") };
  }
}
