import { factorPath } from "@/systems/auth/factor-paths";
import { issueRecoveryCodes } from "@/systems/auth/second-factor";
import { requireFreshSecondFactor } from "@/systems/auth/signed-in-user";
import { withAnyStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ viewer }) => {
  await requireFreshSecondFactor(viewer, PAGE);
  await issueRecoveryCodes(await database(), viewer);
  return seeOther(factorPath("store-codes", PAGE));
});
