import { notFound } from "next/navigation";
import { ADDRESS_REVEAL_REASONS, parseStaffReason } from "@/domain/newsroom/people/reasons";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { MAX_ADDRESS_REVEALS_PER_HOUR, recordAddressRevealIfAllowed } from "@/systems/people/reveal";
import { flashMessageWithTypedReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}`;

/**
 * Lets the supporter's page show their e-mail address to this colleague once. The redirect's cookie says only that the
 * page may show it, and does not contain the address.
 */
export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const why = parseStaffReason({ why: form.get("why"), words: form.get("words") }, ADDRESS_REVEAL_REASONS);
  if (why.kind === "refused")
    return seeOther(`${page}#address`, await flashMessageCookie(page, flashMessageWithTypedReason(form, why.reason)));
  const { colleague } = viewer;
  const answer = await recordAddressRevealIfAllowed(await database(), {
    supporterId: params.supporterId,
    colleague,
    why,
  });
  if (answer === "unknown") return notFound();
  if (answer === "often")
    return seeOther(page, await flashMessageCookie(page, { done: "often", most: MAX_ADDRESS_REVEALS_PER_HOUR }));
  return seeOther(`${page}#address`, await flashMessageCookie(page, { revealed: true }));
});
