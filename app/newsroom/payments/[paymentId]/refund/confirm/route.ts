import { notFound } from "next/navigation";
import { findPaymentForStaff } from "@/domain/newsroom/people/payment";
import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { requestRefund } from "@/systems/people/refunds";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { paymentId: string };
const refundPage = ({ params }: SameOriginForm<Params>) => `/newsroom/payments/${params.paymentId}/refund`;
const MAX_AMOUNT_LENGTH = 40;

export const POST = withStaff<Params>("people", refundPage, async (sent) => {
  const { form, params, viewer } = sent;
  const page = refundPage(sent);
  const { paymentId } = params;
  const db = await database();
  if (!(await findPaymentForStaff(db, paymentId))) notFound();
  const [amountText, ends] = [(form.get("amount") ?? "").slice(0, MAX_AMOUNT_LENGTH), form.get("ends") ?? ""];
  const again = `${page}?${new URLSearchParams({ amount: amountText, ends })}`;
  const id = parseIdOfRequestFromColleague(form.get("request"));
  if (!id) return seeOther(again);
  const why = parseStaffActReason(form);
  if (why.kind === "refused")
    return seeOther(again, await flashMessageCookie(page, flashMessageWithTypedReason(form, why.reason)));
  const result = await requestRefund(db, {
    ...{ id, paymentId, amountText, why, endsGift: ends === "yes", colleague: viewer.colleague },
    shownKeptMinor: Number(form.get("shown")),
  });
  if (result.kind === "refused") return seeOther(page, await flashMessageCookie(page, { refusal: result.reason }));
  const payments = `/newsroom/payments/${paymentId}`;
  return seeOther(payments, await flashMessageCookie(payments, { request: result.request.id }));
});
