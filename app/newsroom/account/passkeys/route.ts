import { addPasskey } from "@/systems/auth/passkeys";
import { requireFreshSecondFactor } from "@/systems/auth/signed-in-user";
import { withAnyStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";
import { runBackgroundJobsSoon } from "@/systems/wake-jobs";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await requireFreshSecondFactor(viewer, PAGE);
  const isAdded = await addPasskey(await database(), viewer, form.get("answer") ?? "");
  runBackgroundJobsSoon();
  return seeOther(PAGE, await flashMessageCookie(PAGE, { passkey: isAdded ? "added" : "refused" }));
});
