// Confirms a reminder. Pressing the button again changes nothing.
import { confirmReminder } from "@/domain/supporters/reminders";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readMailLinkToken } from "@/systems/mail/own-links";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

type Sent = { form: URLSearchParams };

export const POST = withSameOriginForm(confirmPage, async (sent) => {
  const [db, link] = [await database(), readMailLinkToken(sent.form.get("token"))];
  const terms = { now: currentTime(), timeZone: publication.timeZone };
  if (link?.purpose === "confirm reminder") await confirmReminder(db, { id: link.id, ...terms });
  return seeOther(confirmPage(sent));
});

function confirmPage({ form }: Sent): string {
  const query = new URLSearchParams({ token: (form.get("token") ?? "").slice(0, 200) });
  return pathInFormLanguage(`/remind-me/confirm?${query}`, form);
}
