import { mayUndoCancel } from "@/domain/supporters/own-recurring-gifts";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { undoCancel } from "@/systems/recurring-gifts";
import { readSameOriginForm, seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift } = await requireOwnRecurringGift(id, path);
  if (!mayUndoCancel(gift)) return seeOther(path);
  const db = await database();
  const outcome = await askStripe(() => undoCancel(db, { recurringGiftId: id }), { about: { recurringGift: id } });
  if (outcome === "failed") return seeOther(path, await noteFor(path, { done: "failed" }));
  // Reports the state that Stripe shows now: the gift may still end.
  const { gift: now } = await requireOwnRecurringGift(id, path);
  return seeOther(path, await noteFor(path, { done: mayUndoCancel(now) ? "still-ends" : "undone" }));
}
