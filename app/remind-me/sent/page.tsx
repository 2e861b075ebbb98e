import { emphasizedAddress } from "@/components/supporters/emphasized-address";
import { readFlashMessage } from "@/systems/flash-message";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("signIn.sent-title");

export default async function ReminderSentPage() {
  const t = await pageTranslator();
  const note = await readFlashMessage("/remind-me/sent");
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.sent-title")}</h1>
      <p>
        {typeof note?.email === "string"
          ? t.rich("reminders.sent-to", { email: note.email, address: emphasizedAddress })
          : t("reminders.sent-text")}
      </p>
      <p className="sign-in-note">{t("reminders.sent-late")}</p>
    </div>
  );
}
