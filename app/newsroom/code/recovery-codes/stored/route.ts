import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { deleteSealedCopyOfRecoveryCodes } from "@/systems/auth/second-factor";
import { hasPassedSecondFactor } from "@/systems/auth/signed-in-user";
import { withColleagueEvenWithoutSecondFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withColleagueEvenWithoutSecondFactor(codesPage, async ({ form, viewer }) => {
  const next = safeNewsroomPath(form.get("next"));
  if (!hasPassedSecondFactor(viewer)) return seeOther(factorPath("enter", next));
  await deleteSealedCopyOfRecoveryCodes(await database(), viewer);
  return seeOther(next);
});

function codesPage({ form }: { form: URLSearchParams }): string {
  return factorPath("store-codes", form.get("next") ?? "");
}
