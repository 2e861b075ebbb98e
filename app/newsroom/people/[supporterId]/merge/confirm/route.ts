import { parseRequestId } from "@/domain/newsroom/people/requests";
import { withFreshStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashNoteCookie } from "@/systems/note";
import { actReasonNote, parseActReason } from "@/systems/people/act-reason";
import { requestMerger } from "@/systems/people/identity-acts";
import { type OwnForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: OwnForm<Params>) => `/newsroom/people/${params.supporterId}/merge`;
/** A colleague returns to this preview after entering a code. */
const previewOf = (sent: OwnForm<Params>) =>
  `${pageOf(sent)}?${new URLSearchParams({ other: sent.form.get("other") ?? "" })}`;

export const POST = withFreshStaff<Params>("people", previewOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const [id, otherId, lost] = [parseRequestId(form.get("request")), form.get("other") ?? "", form.get("lost") ?? ""];
  if (!id || otherId === params.supporterId) return seeOther(page);
  const why = parseActReason(form);
  if (why.kind === "refused")
    return seeOther(previewOf(sent), await flashNoteCookie(page, { lost, ...actReasonNote(form, why.reason) }));
  const wish = { id, ...params, otherId, colleague: viewer.colleague, why, isOldLost: lost === "yes" };
  const answer = await requestMerger(await database(), wish);
  if (answer !== "asked") return seeOther(page, await flashNoteCookie(page, { refusal: answer }));
  const supporter = `/newsroom/people/${params.supporterId}`;
  return seeOther(supporter, await flashNoteCookie(supporter, { done: "merge" }));
});
