import { publishAppeal } from "@/domain/appeal/publish-appeal";
import { parseLocalDateTime } from "@/domain/calendar";
import { publication } from "@/publication";
import {
  appealEditorTimeAndActRecorder,
  newsroomAppealPath,
  redirectWithFlashMessage,
} from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";

type Params = { id: string };

const pageOf = ({ params: { id } }: { params: Params }) => newsroomAppealPath(id);

export const POST = withStaff<Params>("appeals", pageOf, async ({ form, params: { id }, viewer: { colleague } }) => {
  const typed = { start: form.get("start") ?? "", end: form.get("end") ?? "" };
  const [startsAt, endsAt] = [readTime(typed.start), readTime(typed.end)];
  const page = newsroomAppealPath(id);
  const unread = startsAt === undefined ? "start" : endsAt === undefined ? "end" : null;
  if (startsAt === undefined || endsAt === undefined)
    return redirectWithFlashMessage(page, { refused: "not-a-time", field: unread, ...typed });
  const plan = { version: Number(form.get("version")), startsAt, endsAt, languages: publication.languages };
  const published = await publishAppeal(await database(), {
    id,
    ...appealEditorTimeAndActRecorder(colleague),
    ...plan,
  });
  if (published.kind === "published")
    return redirectWithFlashMessage(page, { said: published.state === "scheduled" ? "scheduled" : "published" });
  const missing = published.reason === "missing-words" ? published.missing : [];
  const places = missing.map(({ variant, language }) => `${variant} (${language})`).join(", ");
  return redirectWithFlashMessage(page, { refused: published.reason, field: "end", places, ...typed });
});

/** Returns null if the text is empty, and undefined if it is not a valid date and time. */
function readTime(text: string): Date | null | undefined {
  return text.trim() === "" ? null : (parseLocalDateTime(text.trim(), publication.timeZone) ?? undefined);
}
