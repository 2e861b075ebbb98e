import { withStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashNoteCookie } from "@/systems/note";
import { liftMailStop } from "@/systems/people/seats-and-stops";
import { type OwnForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: OwnForm<Params>) => `/newsroom/people/${params.supporterId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { params, viewer } = sent;
  await liftMailStop(await database(), { ...params, colleague: viewer.colleague });
  return seeOther(pageOf(sent), await flashNoteCookie(pageOf(sent), { done: "mail-stop" }));
});
