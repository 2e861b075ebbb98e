import { factorPath, newsroomPath } from "@/systems/auth/factor-paths";
import { enterPasskey } from "@/systems/auth/passkeys";
import { withColleague } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashNoteCookie } from "@/systems/note";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code";

export const POST = withColleague(codePage, async (sent) => {
  const answer = await enterPasskey(await database(), sent.viewer, sent.form.get("answer") ?? "");
  if (answer === "shown") return seeOther(newsroomPath(sent.form.get("next")));
  return seeOther(codePage(sent), await flashNoteCookie(PAGE, { passkey: answer }));
});

function codePage({ form }: { form: URLSearchParams }): string {
  return factorPath("enter", form.get("next") ?? "");
}
