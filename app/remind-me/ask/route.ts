// Sends the e-mail with which a reader confirms that they want a reminder. Refuses an invalid form, and a form that was
// sent too often. Otherwise the response is the same for every e-mail address.
import { setTimeout as pause } from "node:timers/promises";
import { formatEmailAddress } from "@/domain/email-address";
import { parseReminder, readUncheckedReminderForm } from "@/domain/supporters/reminder-form";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { queueReminderConfirmationMail } from "@/systems/reminders";
import { formLanguage, pathInFormLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

const PAGE = "/remind-me";
const SENT = "/remind-me/sent";
/**
 * Every response to a valid form takes at least this long, in milliseconds. The work takes less, so the time reveals
 * nothing about the e-mail address.
 */
const RESPONSE_MS = 300;

export const POST = withSameOriginForm(pageOf, async ({ form: fields, headers }) => {
  const page = pageOf({ form: fields });
  const form = readUncheckedReminderForm((name) => fields.get(name), publication);
  const parsed = parseReminder(form, publication);
  if (parsed.kind === "refused") return seeOther(page, await flashMessageCookie(PAGE, form));
  const { email, reminder } = parsed;
  const locale = formLanguage(fields);
  const asking = queueReminderConfirmationMail(await database(), {
    email,
    reminder,
    locale,
    headers,
    now: currentTime(),
  });
  const [outcome] = await Promise.all([asking, pause(RESPONSE_MS)]);
  if (outcome === "too-often") return seeOther(page, await flashMessageCookie(PAGE, { ...form, refused: "often" }));
  return seeOther(
    pathInFormLanguage(SENT, fields),
    await flashMessageCookie(SENT, { email: formatEmailAddress(email) }),
  );
});

function pageOf({ form }: { form: URLSearchParams }): string {
  return pathInFormLanguage(PAGE, form);
}
