import { mayCancel } from "@/domain/supporters/own-recurring-gifts";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { cancelRecurringGift } from "@/systems/recurring-gifts";
import { readSameOriginForm, seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift } = await requireOwnRecurringGift(id, `${path}/cancel`);
  if (!mayCancel(gift)) return seeOther(path);
  const db = await database();
  const outcome = await askStripe(() => cancelRecurringGift(db, { recurringGiftId: id }), {
    about: { recurringGift: id },
  });
  return seeOther(path, await noteFor(path, { done: outcome === "done" ? "cancelled" : "failed" }));
}
