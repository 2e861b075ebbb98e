import { factorPath, newsroomPath } from "@/systems/auth/factor-paths";
import { enterCode } from "@/systems/auth/second-factor";
import { withColleague } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashNoteCookie } from "@/systems/note";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/code";

export const POST = withColleague(codePage, async (sent) => {
  const answer = await enterCode(await database(), sent.viewer, sent.form.get("code") ?? "");
  if (answer === "shown") return seeOther(newsroomPath(sent.form.get("next")));
  return seeOther(codePage(sent), await flashNoteCookie(PAGE, { code: answer }));
});

function codePage({ form }: { form: URLSearchParams }): string {
  return factorPath("enter", form.get("next") ?? "");
}
