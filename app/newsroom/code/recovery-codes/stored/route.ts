import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { deleteSealedCopyOfRecoveryCodes } from "@/systems/auth/second-factor";
import { hasPassedSecondFactor } from "@/systems/auth/viewer";
import { withColleagueBeforeFactor } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withColleagueBeforeFactor(codesPage, async ({ form, viewer }) => {
  const next = safeNewsroomPath(form.get("next"));
  if (!hasPassedSecondFactor(viewer)) return seeOther(factorPath("enter", next));
  await deleteSealedCopyOfRecoveryCodes(await database(), viewer);
  return seeOther(next);
});

function codesPage({ form }: { form: URLSearchParams }): string {
  return factorPath("store-codes", form.get("next") ?? "");
}
