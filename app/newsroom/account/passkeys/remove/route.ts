import { deletePasskey } from "@/domain/newsroom/staff/store/passkeys";
import { requireFreshSecondFactor } from "@/systems/auth/signed-in-user";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withAnyStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await requireFreshSecondFactor(viewer, PAGE);
  const { colleague } = viewer;
  const db = await database();
  await db.$transaction(async (tx) => {
    if (await deletePasskey(tx, { id: form.get("passkey") ?? "", staffId: colleague.id }))
      await recordActInAuditLog(tx, { colleague, kind: "passkey-removed", about: `staff:${colleague.id}` });
  });
  return seeOther(PAGE);
});
