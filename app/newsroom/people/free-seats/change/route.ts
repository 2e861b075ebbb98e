import { parseDay } from "@/domain/newsroom/people/find";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { unsealEmailHash } from "@/systems/links/address-link";
import { freeSeatEndUnlessPast, giveFreeSeat, withdrawFreeSeat } from "@/systems/people/seats-and-stops";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/people/free-seats";

export const POST = withStaff("people", PAGE, async ({ form, viewer }) => {
  const emailHash = unsealEmailHash(form.get("seat") ?? "");
  if (!emailHash) return seeOther(PAGE);
  const [db, seat] = [await database(), { to: { emailHash }, by: viewer }];
  if (form.get("do") === "end") {
    await withdrawFreeSeat(db, seat);
    return seeOther(PAGE, await flashMessageCookie(PAGE, { done: "end" }));
  }
  const day = parseDay(form.get("until") ?? "");
  const until = day && freeSeatEndUnlessPast(day);
  if (!until) return seeOther(PAGE, await flashMessageCookie(PAGE, { refused: "day" }));
  await giveFreeSeat(db, { ...seat, until });
  return seeOther(PAGE, await flashMessageCookie(PAGE, { done: "give", until: until.toISOString() }));
});
