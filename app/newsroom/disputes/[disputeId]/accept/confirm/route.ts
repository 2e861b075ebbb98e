import { withStaff } from "@/systems/auth/with-signed-in-user";
import { flashMessageCookie } from "@/systems/flash-message";
import { flashMessageWithTypedReason, parseActReason } from "@/systems/people/act-reason";
import { disputePagePath, handleDisputeForm } from "@/systems/people/dispute-verb";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const acceptPage = (sent: SameOriginForm<Params>) => `${disputePagePath(sent)}/accept`;

export const POST = withStaff<Params>("people", acceptPage, async (sent) => {
  const page = acceptPage(sent);
  const why = parseActReason(sent.form);
  if (why.kind === "refused")
    return seeOther(page, await flashMessageCookie(page, flashMessageWithTypedReason(sent.form, why.reason)));
  return handleDisputeForm(sent, { verb: "accept", why });
});
