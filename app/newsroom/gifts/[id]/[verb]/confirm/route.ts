import { notFound } from "next/navigation";
import { parseIdOfRequestFromColleague } from "@/domain/newsroom/people/requests-from-colleagues";
import { parseNewAmountOrPauseMonths, parseStaffGiftChangeAction } from "@/domain/newsroom/people/staff-gift-changes";
import { publication } from "@/publication";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { changeRecurringGiftForStaff } from "@/systems/people/change-gift";
import { getGiftForStaff } from "@/systems/people/gift-for-staff";
import { flashMessageWithTypedReason, parseStaffActReason } from "@/systems/people/staff-act-reason";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { id: string; verb: string };
const giftPage = ({ params }: SameOriginForm<Params>) => `/newsroom/gifts/${params.id}`;

export const POST = withStaff<Params>("people", giftPage, async (sent) => {
  const { form, params, viewer } = sent;
  const page = giftPage(sent);
  const verb = parseStaffGiftChangeAction(params.verb) ?? notFound();
  const { gift } = await getGiftForStaff(params.id);
  const typed = { amount: form.get("amount") ?? "", months: form.get("months") ?? "" };
  const parsed = parseNewAmountOrPauseMonths({ verb, gift, ...typed, now: currentTime() }, publication);
  const id = parseIdOfRequestFromColleague(form.get("request"));
  if (!parsed || !id) return seeOther(page);
  const why = parseStaffActReason(form);
  const { colleague } = viewer;
  if (why.kind === "refused") {
    const path = `${page}/${verb}`;
    return seeOther(
      `${path}?${new URLSearchParams(typed)}`,
      await flashMessageCookie(path, flashMessageWithTypedReason(form, why.reason)),
    );
  }
  const change = { id, verb, recurringGiftId: gift.id, shown: form.get("shown") ?? "", ...parsed };
  const done = await changeRecurringGiftForStaff(await database(), { ...change, colleague, why });
  return seeOther(page, await flashMessageCookie(page, { done }));
});
