import { parseDay } from "@/domain/newsroom/people/find";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { freeSeatEndUnlessPast, giveFreeSeat, withdrawFreeSeat } from "@/systems/people/seats-and-stops";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { supporterId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/people/${params.supporterId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { form, params, viewer } = sent;
  const page = pageOf(sent);
  const back = async (note: Record<string, string>) =>
    seeOther(`${page}#letters`, await flashMessageCookie(page, note));
  const [db, seat] = [await database(), { to: params, by: viewer }];
  if (form.get("do") === "end") {
    await withdrawFreeSeat(db, seat);
    return back({ done: "seat-end" });
  }
  const day = parseDay(form.get("until") ?? "");
  const until = day && freeSeatEndUnlessPast(day);
  if (!until) return back({ done: "seat-day" });
  await giveFreeSeat(db, { ...seat, until });
  return back({ done: "seat-give", until: until.toISOString() });
});
