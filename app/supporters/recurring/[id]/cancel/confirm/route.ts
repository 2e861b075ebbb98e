import { mayCancel } from "@/domain/supporters/own-recurring-gifts";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { describe, log } from "@/systems/log";
import { readOwnForm, seeOther } from "@/systems/own-form";
import { cancelRecurringGift } from "@/systems/recurring-gifts";

export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift } = await requireOwnRecurringGift(id, `${path}/cancel`);
  if (!mayCancel(gift)) return seeOther(path);
  try {
    await cancelRecurringGift(await database(), { recurringGiftId: id });
  } catch (error) {
    log.error({ recurringGift: id, error: describe(error) }, "the recurring gift could not be cancelled");
    return seeOther(`${path}?done=failed`);
  }
  return seeOther(`${path}?done=cancelled`);
}
