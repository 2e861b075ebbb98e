import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { enterRecoveryCode } from "@/systems/auth/second-factor";
import { withColleagueBeforeFactor } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code";
const ACCOUNT = "/newsroom/account";

export const POST = withColleagueBeforeFactor(codePage, async (sent) => {
  const answer = await enterRecoveryCode(await database(), sent.viewer, sent.form.get("recovery") ?? "");
  if (answer !== "shown") return seeOther(codePage(sent), await flashMessageCookie(PAGE, { recovery: answer }));
  // Redirects to the account page, not to the page `next`: the colleague has perhaps lost the phone, and has one
  // recovery code fewer.
  return seeOther(
    ACCOUNT,
    await flashMessageCookie(ACCOUNT, { recovered: true, next: safeNewsroomPath(sent.form.get("next")) }),
  );
});

function codePage({ form }: { form: URLSearchParams }): string {
  return factorPath("enter", form.get("next") ?? "");
}
