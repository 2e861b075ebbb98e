import { makeFailedMailDue } from "@/domain/ledger/outbox";
import { recordAct } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";
import { wakeJobs } from "@/systems/wake-jobs";

const PAGE = "/newsroom/queue";

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const id = form.get("mail") ?? "";
  const isTried = await (await database()).$transaction(async (tx) => {
    const isDue = await makeFailedMailDue(tx, { id, now: currentTime() });
    if (isDue) await recordAct(tx, { colleague, kind: "mail-hastened", about: `mail:${id}` });
    return isDue;
  });
  if (isTried) wakeJobs();
  return seeOther(PAGE);
});
