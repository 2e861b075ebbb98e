// The page on which a mailed reminder request is confirmed. Opening it changes nothing, because mail scanners open links too.
import type { Metadata } from "next";
import { formatDay } from "@/components/site/format-day";
import { Button, LinkButton } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import { findReminder, type ShownReminder } from "@/domain/supporters/reminders";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readLinkToken } from "@/systems/mail/own-links";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("reminders.confirm-title"), robots: { index: false } };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function ConfirmReminder({ searchParams }: Props) {
  const { token } = await searchParams;
  const link = readLinkToken(token);
  const reminder =
    link?.purpose === "confirm reminder"
      ? await findReminder(await database(), { id: link.id, now: currentTime() })
      : null;
  if (!reminder) return <Gone />;
  return reminder.isConfirmed ? <Confirmed reminder={reminder} /> : <Ask reminder={reminder} token={String(token)} />;
}

function Ask({ reminder, token }: { reminder: ShownReminder; token: string }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.confirm-title")}</h1>
      <p>{t(`reminders.confirm.${reminder.rhythm}`, { amount: amountOf(reminder) })}</p>
      <form method="post" action="/remind-me/confirm/accept">
        <input type="hidden" name="token" value={token} />
        <Button>{t("reminders.confirm-button")}</Button>
      </form>
      <p className="sign-in-note">{t("reminders.confirm-note")}</p>
    </div>
  );
}

function Confirmed({ reminder }: { reminder: ShownReminder }) {
  const day = reminder.nextAt ? formatDay(reminder.nextAt, { locale: t.locale }) : "";
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.confirmed-title")}</h1>
      <p>{t(`reminders.confirmed.${reminder.rhythm}`, { day, amount: amountOf(reminder) })}</p>
      <LinkButton kind="quiet" href="/">
        {t("reminders.read-on")}
      </LinkButton>
    </div>
  );
}

function Gone() {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("reminders.gone-title")}</h1>
      <p>{t("reminders.gone-text")}</p>
      <LinkButton kind="quiet" href="/remind-me">
        {t("reminders.again")}
      </LinkButton>
    </div>
  );
}

function amountOf({ money }: ShownReminder): string {
  return money ? formatMoney(money, { locale: t.locale }) : "none";
}
