import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { tryRecoveryCodeAsSecondFactor } from "@/systems/auth/second-factor";
import { withColleagueEvenWithoutSecondFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code";
const ACCOUNT = "/newsroom/account";

export const POST = withColleagueEvenWithoutSecondFactor(codePage, async (sent) => {
  const answer = await tryRecoveryCodeAsSecondFactor(await database(), sent.viewer, sent.form.get("recovery") ?? "");
  if (answer !== "shown") return seeOther(codePage(sent), await flashMessageCookie(PAGE, { recovery: answer }));
  // Redirects to the account page, where the colleague can replace a lost phone and make new recovery codes. Does not
  // redirect to the page `next`.
  return seeOther(
    ACCOUNT,
    await flashMessageCookie(ACCOUNT, { recovered: true, next: safeNewsroomPath(sent.form.get("next")) }),
  );
});

function codePage({ form }: { form: URLSearchParams }): string {
  return factorPath("enter", form.get("next") ?? "");
}
