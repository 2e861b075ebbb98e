import { makeFailedMailDue } from "@/domain/ledger/outbox";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";
import { runBackgroundJobsSoon } from "@/systems/wake-jobs";

const PAGE = "/newsroom/queue";

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const id = form.get("mail") ?? "";
  const isTried = await (await database()).$transaction(async (tx) => {
    const isDue = await makeFailedMailDue(tx, { id, now: currentTime() });
    if (isDue) await recordActInAuditLog(tx, { colleague, kind: "mail-hastened", about: `mail:${id}` });
    return isDue;
  });
  if (isTried) runBackgroundJobsSoon();
  return seeOther(PAGE);
});
