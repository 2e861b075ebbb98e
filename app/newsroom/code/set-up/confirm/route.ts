import { factorPath } from "@/systems/auth/factor-paths";
import { confirmAuthenticatorApp } from "@/systems/auth/second-factor";
import { withColleagueEvenWithoutSecondFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code/set-up";
const ACCOUNT = "/newsroom/account";

export const POST = withColleagueEvenWithoutSecondFactor(setUpPage, async (sent) => {
  const answer = await confirmAuthenticatorApp(await database(), sent.viewer, sent.form.get("code") ?? "");
  if (answer === "set-up") return seeOther(factorPath("store-codes", sent.form.get("next") ?? ""));
  if (answer === "changed") return seeOther(ACCOUNT, await flashMessageCookie(ACCOUNT, { changed: true }));
  if (answer === "not-fresh") return seeOther(factorPath("enter", sent.form.get("next") ?? ""));
  return seeOther(setUpPage(sent), await flashMessageCookie(PAGE, { code: answer }));
});

function setUpPage({ form }: { form: URLSearchParams }): string {
  return factorPath("set-up", form.get("next") ?? "");
}
