import { withStaff } from "@/systems/auth/with-signed-in-user";
import { flashMessageCookie } from "@/systems/flash-message";
import { disputePagePath, handleDisputeForm } from "@/systems/people/dispute-verb";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const acceptPage = (sent: SameOriginForm<Params>) => `${disputePagePath(sent)}/accept`;

export const POST = withStaff<Params>("people", acceptPage, async (sent) => {
  const page = acceptPage(sent);
  const why = parseStaffActReason(sent.form);
  if (why.kind === "refused")
    return seeOther(page, await flashMessageCookie(page, flashMessageWithTypedReason(sent.form, why.reason)));
  return handleDisputeForm(sent, { verb: "accept", why });
});
