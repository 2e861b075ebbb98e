import type { Metadata } from "next";
import { ReminderForm } from "@/components/supporters/reminder-form";
import { Notice } from "@/components/ui/notice";
import { translator } from "@/content/messages";
import { parseReminder, readReminderForm } from "@/domain/supporters/reminder-form";
import { publication } from "@/publication";
import { WINDOW_MINUTES } from "@/systems/auth/link-limits";
import { readNote } from "@/systems/note";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("reminders.title") };

/** A refused form comes back in a signed note (systems/note.ts), so that no typed e-mail address is in the URL. */
export default async function RemindMe() {
  const note = await readNote("/remind-me");
  const typed = (name: string) => (typeof note?.[name] === "string" ? note[name] : null);
  const form = readReminderForm(typed, publication);
  const parsed = note ? parseReminder(form, publication) : null;
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.title")}</h1>
      <p>{t("reminders.intro")}</p>
      {note?.refused === "often" ? (
        <Notice kind="bad" title={t("signIn.often-title")}>
          <p>{t("reminders.often", { minutes: WINDOW_MINUTES })}</p>
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
