// Redirects to the page of the supporter's recurring gift, with the amount from the URL filled in. If the supporter has
// no gift whose amount can be changed, or several, redirects to /supporters. Letters contain a link such as
// /supporters/recurring/raise?to=15, which is the same for every supporter.
import { parseGiftAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { listOwnRecurringGifts, mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireSignedInUser } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const MAX_AMOUNT_LENGTH = 40;

export async function GET(request: Request): Promise<Response> {
  const text = (new URL(request.url).searchParams.get("to") ?? "").slice(0, MAX_AMOUNT_LENGTH);
  const query = text && `?${new URLSearchParams({ to: text })}`;
  const { supporterId } = await requireSignedInUser(`/supporters/recurring/raise${query}`);
  const gifts = supporterId === null ? [] : await listOwnRecurringGifts(await database(), supporterId);
  const [gift, ...others] = gifts.filter(mayChangeAmount);
  if (!gift || others.length > 0) return seeOther("/supporters");
  const path = `/supporters/recurring/${gift.id}`;
  const parsed = parseGiftAmount({ text, currency: gift.currency, publication });
  if (parsed.kind === "refused") return seeOther(path);
  return seeOther(`${path}?${new URLSearchParams({ amount: toDecimal(parsed.money) })}`);
}
