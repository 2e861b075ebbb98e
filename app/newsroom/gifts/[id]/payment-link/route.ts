import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { queueMailWithLinkToPay } from "@/systems/people/send-again";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { id: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/gifts/${params.id}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const requestId = parseIdOfRequestFromColleague(form.get("request"));
  if (!requestId) return seeOther(page);
  const link = { recurringGiftId: params.id, colleague: viewer.colleague, requestId };
  const isSent = await queueMailWithLinkToPay(await database(), link);
  return seeOther(page, await flashMessageCookie(page, { done: isSent ? "link-sent" : "link-nothing" }));
});
