import { mayUndoCancel } from "@/domain/supporters/own-recurring-gifts";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { describe, log } from "@/systems/log";
import { readOwnForm, seeOther } from "@/systems/own-form";
import { undoCancel } from "@/systems/recurring-gifts";

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift } = await requireOwnRecurringGift(id, path);
  if (!mayUndoCancel(gift)) return seeOther(path);
  try {
    await undoCancel(await database(), { recurringGiftId: id });
  } catch (error) {
    log.error({ recurringGift: id, error: describe(error) }, "the cancellation could not be undone");
    return seeOther(`${path}?done=failed`);
  }
  return seeOther(`${path}?done=undone`);
}
