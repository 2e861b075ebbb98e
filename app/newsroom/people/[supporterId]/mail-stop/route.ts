import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { resumeMailToSupporter } from "@/systems/people/seats-and-stops";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { params, viewer } = sent;
  await resumeMailToSupporter(await database(), { ...params, colleague: viewer.colleague });
  return seeOther(pageOf(sent), await flashMessageCookie(pageOf(sent), { done: "mail-stop" }));
});
