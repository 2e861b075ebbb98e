import { parseDay } from "@/domain/newsroom/people/find";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { freeSeatEndUnlessPast, giveFreeSeat } from "@/systems/people/seats-and-stops";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/people/free-seats";
const MAX_EMAIL_LENGTH = 254;

export const POST = withStaff("people", PAGE, async ({ form, viewer }) => {
  const address = (form.get("email") ?? "").slice(0, MAX_EMAIL_LENGTH);
  const day = parseDay(form.get("until") ?? "");
  const until = day && freeSeatEndUnlessPast(day);
  if (!until) return seeOther(PAGE, await flashMessageCookie(PAGE, { address, refused: "day" }));
  const isGiven = await giveFreeSeat(await database(), { to: { address }, by: viewer, until });
  const note = isGiven ? { done: "give", until: until.toISOString() } : { address, day, refused: "address" };
  return seeOther(PAGE, await flashMessageCookie(PAGE, note));
});
