import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { queueReceiptAgain } from "@/systems/people/send-again";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { paymentId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/payments/${params.paymentId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const requestId = parseIdOfRequestFromColleague(form.get("request"));
  if (!requestId) return seeOther(page);
  const isSent = await queueReceiptAgain(await database(), { ...params, colleague: viewer.colleague, requestId });
  return seeOther(page, await flashMessageCookie(page, { done: isSent ? "receipt" : "receipt-nobody" }));
});
