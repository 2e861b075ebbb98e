import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { deleteSealedRecoveryCodes } from "@/systems/auth/second-factor";
import { isFactorAccepted } from "@/systems/auth/viewer";
import { withColleagueBeforeFactor } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withColleagueBeforeFactor(codesPage, async ({ form, viewer }) => {
  const next = safeNewsroomPath(form.get("next"));
  if (!isFactorAccepted(viewer)) return seeOther(factorPath("enter", next));
  await deleteSealedRecoveryCodes(await database(), viewer);
  return seeOther(next);
});

function codesPage({ form }: { form: URLSearchParams }): string {
  return factorPath("store-codes", form.get("next") ?? "");
}
