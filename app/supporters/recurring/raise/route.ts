// A letter asks for a raise with a link to this address, the same for every reader: /supporters/recurring/raise?to=15. It leads to the
// reader's own recurring gift, which shows the old and the new amount, and where one press changes it.
import { parseGiftAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { listOwnRecurringGifts, mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireViewer } from "@/systems/auth/viewer";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const LONGEST_AMOUNT = 40;

/** Without exactly one gift that can be changed, the supporters' page shows what there is. */
export async function GET(request: Request): Promise<Response> {
  const text = (new URL(request.url).searchParams.get("to") ?? "").slice(0, LONGEST_AMOUNT);
  const query = text && `?${new URLSearchParams({ to: text })}`;
  const { supporterId } = await requireViewer(`/supporters/recurring/raise${query}`);
  const gifts = supporterId === null ? [] : await listOwnRecurringGifts(await database(), supporterId);
  const [gift, ...others] = gifts.filter(mayChangeAmount);
  if (!gift || others.length > 0) return seeOther("/supporters");
  const path = `/supporters/recurring/${gift.id}`;
  const parsed = parseGiftAmount({ text, currency: gift.currency, publication });
  if (parsed.kind === "refused") return seeOther(path);
  return seeOther(`${path}?${new URLSearchParams({ amount: toDecimal(parsed.money) })}`);
}
