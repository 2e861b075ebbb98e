// Opening the page changes nothing, because mail scanners open links too.
import { formatDay } from "@/components/site/format-day";
import { HiddenLanguageField } from "@/components/site/hidden-language-field";
import { pathInLanguage, pathWithLanguageQuery } from "@/components/site/own-path";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import { findReminder, type ReminderWithStatus } from "@/domain/supporters/reminders";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readMailLinkToken } from "@/systems/mail/own-links";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("reminders.confirm-title");

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function ConfirmReminderPage({ searchParams }: Props) {
  const t = await pageTranslator();
  const { token } = await searchParams;
  const link = readMailLinkToken(token);
  const reminder =
    link?.purpose === "confirm reminder"
      ? await findReminder(await database(), { id: link.id, now: currentTime() })
      : null;
  if (!reminder) return <Gone t={t} />;
  if (reminder.isConfirmed) return <Confirmed t={t} reminder={reminder} />;
  return <Ask t={t} reminder={reminder} token={String(token)} />;
}

type ReminderProps = { t: Translate; reminder: ReminderWithStatus };

function Ask({ t, reminder, token }: ReminderProps & { token: string }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.confirm-title")}</h1>
      <p>{t(`reminders.confirm.${reminder.rhythm}`, { amount: amountOf(t, reminder) })}</p>
      <form method="post" action="/remind-me/confirm/accept">
        <HiddenLanguageField locale={t.locale} />
        <input type="hidden" name="token" value={token} />
        <Button>{t("reminders.confirm-button")}</Button>
      </form>
      <p className="sign-in-note">{t("reminders.confirm-note")}</p>
    </div>
  );
}

function Confirmed({ t, reminder }: ReminderProps) {
  const day = reminder.nextAt ? formatDay(reminder.nextAt, { locale: t.locale }) : "";
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.confirmed-title")}</h1>
      <p>{t(`reminders.confirmed.${reminder.rhythm}`, { day, amount: amountOf(t, reminder) })}</p>
      <LinkStyledAsButton kind="quiet" href={pathInLanguage(t, "/")}>
        {t("reminders.read-on")}
      </LinkStyledAsButton>
    </div>
  );
}

function Gone({ t }: { t: Translate }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.gone-title")}</h1>
      <p>{t("reminders.gone-text")}</p>
      <LinkStyledAsButton kind="quiet" href={pathWithLanguageQuery(t, "/remind-me")}>
        {t("reminders.again")}
      </LinkStyledAsButton>
    </div>
  );
}

function amountOf(t: Translate, { money }: ReminderWithStatus): string {
  return money ? formatMoney(money, { locale: t.locale }) : "none";
}
