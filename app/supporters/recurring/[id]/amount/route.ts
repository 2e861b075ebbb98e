import { parseSum } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { readOwnForm, seeOther } from "@/systems/own-form";
import { changeAmount } from "@/systems/recurring-gifts";
import { askStripe } from "@/systems/stripe/ask";

const LONGEST_AMOUNT = 40;

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift } = await requireOwnRecurringGift(id, path);
  if (!mayChangeAmount(gift)) return seeOther(path);
  const amount = (form.get("amount") ?? "").slice(0, LONGEST_AMOUNT);
  const parsed = parseSum({ text: amount, currency: gift.money.currency, publication });
  if (parsed.kind === "refused") return seeOther(`${path}?${new URLSearchParams({ amount })}`);
  if (parsed.money.amountMinor === gift.money.amountMinor) return seeOther(`${path}?done=same`);
  const db = await database();
  const outcome = await askStripe(() => changeAmount(db, { recurringGiftId: id, money: parsed.money }), {
    about: { recurringGift: id },
  });
  return seeOther(
    outcome === "done"
      ? `${path}?${new URLSearchParams({ done: "amount", before: toDecimal(gift.money) })}`
      : `${path}?${new URLSearchParams({ done: "failed", amount })}`,
  );
}
