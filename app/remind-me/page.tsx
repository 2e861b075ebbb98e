import { ReminderForm } from "@/components/supporters/reminder-form";
import { Notice } from "@/components/ui/notice";
import { parseReminder, readUncheckedReminderForm } from "@/domain/supporters/reminder-form";
import { publication } from "@/publication";
import { LINK_LIMIT_WINDOW_MINUTES } from "@/systems/auth/link-limits";
import { readFlashMessage } from "@/systems/flash-message";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("reminders.title");

/**
 * Shows the form for a reminder. After a refusal, reads the typed values from an encrypted cookie, so that no e-mail
 * address is in the URL.
 */
export default async function RemindMePage() {
  const t = await pageTranslator();
  const note = await readFlashMessage("/remind-me");
  const typed = (name: string) => (typeof note?.[name] === "string" ? note[name] : null);
  const form = readUncheckedReminderForm(typed, publication);
  const parsed = note ? parseReminder(form, publication) : null;
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.title")}</h1>
      <p>{t("reminders.intro")}</p>
      {note?.refused === "often" ? (
        <Notice kind="bad" title={t("signIn.often-title")}>
          <p>{t("reminders.often", { minutes: LINK_LIMIT_WINDOW_MINUTES })}</p>
        </Notice>
      ) : null}
      <ReminderForm
        locale={t.locale}
        publication={publication}
        form={form}
        refusal={parsed?.kind === "refused" ? parsed : null}
      />
      <p className="sign-in-note">{t("reminders.what-we-keep")}</p>
    </div>
  );
}
