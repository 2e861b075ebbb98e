import { notFound } from "next/navigation";
import { parseReceiptNumber } from "@/domain/ledger/receipt-number";
import { findOwnReceipt } from "@/domain/supporters/own-gifts";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { saveOrWithdrawGiftMessage } from "@/systems/messages/send-message";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { paymentId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/supporters/gifts/${params.paymentId}`;

export const POST = withSupporter<Params>(pageOf, async (sent) => {
  const { form, headers, params, viewer } = sent;
  const page = pageOf(sent);
  const db = await database();
  const paymentId = parseReceiptNumber(params.paymentId) ?? params.paymentId;
  const receipt = await findOwnReceipt(db, { paymentId, supporterId: viewer.supporterId });
  if (!receipt) notFound();
  const answer = await saveOrWithdrawGiftMessage(db, { paymentId: receipt.paymentId, form, headers });
  return seeOther(`${page}#message`, await flashMessageCookie(page, answer));
});
