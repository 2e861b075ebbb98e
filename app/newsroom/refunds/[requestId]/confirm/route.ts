import { idOfRequestedObject } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { confirmWaitingRefund } from "@/systems/people/refunds";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { requestId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/refunds/${params.requestId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const confirm = { id: params.requestId, colleague: viewer.colleague, shownKeptMinor: Number(form.get("shown")) };
  const confirmed = await confirmWaitingRefund(await database(), confirm);
  if (confirmed.kind === "refused")
    return seeOther(page, await flashMessageCookie(page, { refusal: confirmed.reason }));
  const { request } = confirmed;
  const payment = `/newsroom/payments/${idOfRequestedObject(request.about)}`;
  return seeOther(payment, await flashMessageCookie(payment, { request: request.id }));
});
