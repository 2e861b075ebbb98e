import { parseGiftAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { isChangedByHand, mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
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
  if (isChangedByHand(gift)) return seeOther(path, await noteFor(path, { done: "not-ours" }));
  const before = gift.money;
  if (!mayChangeAmount(gift) || !before) return seeOther(path);
  const amount = (form.get("amount") ?? "").slice(0, LONGEST_AMOUNT);
  const parsed = parseGiftAmount({ text: amount, currency: gift.currency, publication });
  if (parsed.kind === "refused") return seeOther(`${path}?${new URLSearchParams({ amount })}`);
  if (parsed.money.amountMinor === before.amountMinor) return seeOther(path, await noteFor(path, { done: "same" }));
  const db = await database();
  const outcome = await askStripe(() => changeAmount(db, { recurringGiftId: id, money: parsed.money }), {
    about: { recurringGift: id },
  });
  if (outcome === "failed") {
    const typed = new URLSearchParams({ amount });
    return seeOther(`${path}?${typed}`, await noteFor(path, { done: "failed" }));
  }
  // As Stripe shows it now: it may have become a gift that only a person can change.
  const { gift: now } = await requireOwnRecurringGift(id, path);
  if (isChangedByHand(now)) return seeOther(path, await noteFor(path, { done: "not-ours" }));
  return seeOther(path, await noteFor(path, { done: "amount", before: toDecimal(before) }));
}
