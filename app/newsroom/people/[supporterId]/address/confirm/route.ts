import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { withStaffAndFreshFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { requestAddressChangeForSupporter } from "@/systems/people/identity-acts";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}/address`;
const MAX_EMAIL_LENGTH = 254;

export const POST = withStaffAndFreshFactor<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const id = parseIdOfRequestFromColleague(form.get("request"));
  if (!id) return seeOther(page);
  const typed = { email: (form.get("email") ?? "").slice(0, MAX_EMAIL_LENGTH), lost: form.get("lost") ?? "" };
  const why = parseStaffActReason(form);
  if (why.kind === "refused")
    return seeOther(
      page,
      await flashMessageCookie(page, { ...typed, ...flashMessageWithTypedReason(form, why.reason) }),
    );
  const change = {
    id,
    ...params,
    colleague: viewer.colleague,
    why,
    typed: typed.email,
    isOldLost: typed.lost === "yes",
  };
  const answer = await requestAddressChangeForSupporter(await database(), change);
  if (answer !== "asked")
    return seeOther(
      page,
      await flashMessageCookie(page, { ...typed, ...flashMessageWithTypedReason(form, null), refusal: answer }),
    );
  const supporter = `/newsroom/people/${params.supporterId}`;
  return seeOther(supporter, await flashMessageCookie(supporter, { done: "address" }));
});
