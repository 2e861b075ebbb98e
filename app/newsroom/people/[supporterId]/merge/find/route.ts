import { findSupporterIdBySearch } from "@/domain/newsroom/people/find";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}/merge`;
const MAX_SEARCH_LENGTH = 254;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params } = sent;
  const page = pageOf(sent);
  const typed = (form.get("what") ?? "").slice(0, MAX_SEARCH_LENGTH);
  const other = await findSupporterIdBySearch(await database(), {
    text: typed,
    identity: identityCrypto(),
    now: currentTime(),
  });
  if (!other) return seeOther(page, await flashMessageCookie(page, { what: typed, refusal: "none" }));
  if (other === params.supporterId)
    return seeOther(page, await flashMessageCookie(page, { what: typed, refusal: "same" }));
  return seeOther(`${page}?${new URLSearchParams({ other })}`);
});
