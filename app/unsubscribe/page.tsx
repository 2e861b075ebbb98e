// The page to which the unsubscribe link in an e-mail leads. Opening the page changes nothing; only its button does.
// The page shows no personal data.
import { pathWithLanguageQuery } from "@/components/site/own-path";
import { Button } from "@/components/ui/button";
import { getsLettersByMail } from "@/domain/supporters/letter-readers";
import { findReminder } from "@/domain/supporters/reminders";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { ONE_CLICK_UNSUBSCRIBE_PATH, readMailLinkToken } from "@/systems/mail/own-links";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("unsubscribe.title");

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function UnsubscribePage({ searchParams }: Props) {
  const t = await pageTranslator();
  const { token } = await searchParams;
  const link = readMailLinkToken(token);
  if (!link || link.purpose === "confirm reminder")
    return (
      <div className="page page-narrow sign-in">
        <h1>{t("unsubscribe.unreadable-title")}</h1>
        <p>{t("unsubscribe.unreadable-text", { contact: publication.contact })}</p>
      </div>
    );
  const of = link.purpose === "leave letters" ? "letters" : "reminder";
  if (!(await goesOn(link)))
    return (
      <div className="page page-narrow sign-in">
        <h1>{t(`unsubscribe.${of}.done-title`)}</h1>
        <p>{t(`unsubscribe.${of}.done-text`)}</p>
      </div>
    );
  return (
    <div className="page page-narrow sign-in">
      <h1>{t(`unsubscribe.${of}.title`)}</h1>
      <p>{t(`unsubscribe.${of}.text`)}</p>
      <form
        method="post"
        action={pathWithLanguageQuery(
          t,
          `${ONE_CLICK_UNSUBSCRIBE_PATH}?${new URLSearchParams({ token: String(token) })}`,
        )}
      >
        <input type="hidden" name="List-Unsubscribe" value="One-Click" />
        <Button>{t(`unsubscribe.${of}.button`)}</Button>
      </form>
    </div>
  );
}

async function goesOn({ purpose, id }: { purpose: string; id: string }): Promise<boolean> {
  const db = await database();
  if (purpose === "leave letters") return getsLettersByMail(db, id);
  return (await findReminder(db, { id, now: currentTime() })) !== null;
}
