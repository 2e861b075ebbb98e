import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { tryPasskeyAsSecondFactor } from "@/systems/auth/passkeys";
import { withColleagueEvenWithoutSecondFactor } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code";

export const POST = withColleagueEvenWithoutSecondFactor(codePage, async (sent) => {
  const answer = await tryPasskeyAsSecondFactor(await database(), sent.viewer, sent.form.get("answer") ?? "");
  if (answer === "shown") return seeOther(safeNewsroomPath(sent.form.get("next")));
  return seeOther(codePage(sent), await flashMessageCookie(PAGE, { passkey: answer }));
});

function codePage({ form }: { form: URLSearchParams }): string {
  return factorPath("enter", form.get("next") ?? "");
}
