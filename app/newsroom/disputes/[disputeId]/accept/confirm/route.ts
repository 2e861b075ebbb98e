import { withStaff } from "@/systems/auth/with-viewer";
import { flashNoteCookie } from "@/systems/note";
import { actReasonNote, parseActReason } from "@/systems/people/act-reason";
import { disputePage, handleDisputeForm } from "@/systems/people/dispute-verb";
import { type OwnForm, seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const acceptPage = (sent: OwnForm<Params>) => `${disputePage(sent)}/accept`;

export const POST = withStaff<Params>("people", acceptPage, async (sent) => {
  const page = acceptPage(sent);
  const why = parseActReason(sent.form);
  if (why.kind === "refused") return seeOther(page, await flashNoteCookie(page, actReasonNote(sent.form, why.reason)));
  return handleDisputeForm(sent, { verb: "accept", why });
});
