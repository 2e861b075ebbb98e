import { deletePasskey } from "@/domain/newsroom/staff/store/passkeys";
import { recordAct } from "@/systems/auth/staff";
import { requireFreshFactor } from "@/systems/auth/viewer";
import { withAnyStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await requireFreshFactor(viewer, PAGE);
  const { colleague } = viewer;
  const db = await database();
  await db.$transaction(async (tx) => {
    if (await deletePasskey(tx, { id: form.get("passkey") ?? "", staffId: colleague.id }))
      await recordAct(tx, { colleague, kind: "passkey-removed", about: `staff:${colleague.id}` });
  });
  return seeOther(PAGE);
});
