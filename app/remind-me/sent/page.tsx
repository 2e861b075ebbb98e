import type { Metadata } from "next";
import { typedAddress } from "@/components/supporters/typed-address";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { readNote } from "@/systems/note";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("signIn.sent-title") };

export default async function ReminderSent() {
  const note = await readNote("/remind-me/sent");
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.sent-title")}</h1>
      <p>
        {typeof note?.email === "string"
          ? t.rich("reminders.sent-to", { email: note.email, address: typedAddress })
          : t("reminders.sent-text")}
      </p>
      <p className="sign-in-note">{t("reminders.sent-late")}</p>
    </div>
  );
}
