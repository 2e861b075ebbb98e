import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaffAndFreshFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { requestSupporterMerger } from "@/systems/people/identity-acts";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}/merge`;
/** Returns the URL of the merger's preview, to which a colleague returns after entering a code. */
const previewOf = (sent: SameOriginForm<Params>) =>
  `${pageOf(sent)}?${new URLSearchParams({ other: sent.form.get("other") ?? "" })}`;

export const POST = withStaffAndFreshFactor<Params>("people", previewOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const [id, otherId, lost] = [
    parseIdOfRequestFromColleague(form.get("request")),
    form.get("other") ?? "",
    form.get("lost") ?? "",
  ];
  if (!id || otherId === params.supporterId) return seeOther(page);
  const why = parseStaffActReason(form);
  if (why.kind === "refused")
    return seeOther(
      previewOf(sent),
      await flashMessageCookie(page, { lost, ...flashMessageWithTypedReason(form, why.reason) }),
    );
  const merger = { id, ...params, otherId, colleague: viewer.colleague, why, isOldLost: lost === "yes" };
  const answer = await requestSupporterMerger(await database(), merger);
  if (answer !== "asked") return seeOther(page, await flashMessageCookie(page, { refusal: answer }));
  const supporter = `/newsroom/people/${params.supporterId}`;
  return seeOther(supporter, await flashMessageCookie(supporter, { done: "merge" }));
});
