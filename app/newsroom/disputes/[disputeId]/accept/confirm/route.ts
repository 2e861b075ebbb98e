import { withStaff } from "@/systems/auth/with-viewer";
import { noteFor } from "@/systems/note";
import { disputePage, takeDisputeForm } from "@/systems/people/dispute-verb";
import { keepWhy, readWhy } from "@/systems/people/why";
import { type OwnForm, seeOther } from "@/systems/same-origin-form";

type Params = { disputeId: string };
const acceptPage = (sent: OwnForm<Params>) => `${disputePage(sent)}/accept`;

export const POST = withStaff<Params>("people", acceptPage, async (sent) => {
  const page = acceptPage(sent);
  const why = readWhy(sent.form);
  if (why.kind === "refused") return seeOther(page, await noteFor(page, keepWhy(sent.form, why.reason)));
  return takeDisputeForm(sent, { verb: "accept", why });
});
