import { lastCharactersOfId } from "@/domain/newsroom/latest";
import { withStaffAndFreshFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { eraseSupporterOnStaffRequest } from "@/systems/people/identity-acts";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}/erase`;
const MAX_WORD_LENGTH = 40;

export const POST = withStaffAndFreshFactor<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const word = (form.get("word") ?? "").slice(0, MAX_WORD_LENGTH);
  const why = parseStaffActReason(form);
  const isTyped = word.trim().toLowerCase() === lastCharactersOfId(params.supporterId);
  if (why.kind === "refused" || !isTyped) {
    const typed = flashMessageWithTypedReason(form, why.kind === "refused" ? why.reason : null);
    return seeOther(page, await flashMessageCookie(page, { word, mistyped: !isTyped, ...typed }));
  }
  const supporter = `/newsroom/people/${params.supporterId}`;
  const outcome = await eraseSupporterOnStaffRequest(await database(), { ...params, colleague: viewer.colleague, why });
  return outcome === "erased"
    ? seeOther(supporter)
    : seeOther(supporter, await flashMessageCookie(supporter, { done: "erase-waits" }));
});
