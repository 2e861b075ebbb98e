// Shown only while something stands still. Ids to look up in Stripe's dashboard, and nothing of a reader.
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { Attention } from "@/domain/newsroom/attention";

type NeedsAPersonProps = { t: Translate; attention: Attention; timeZone: string };

export function NeedsAPerson({ t, attention: { failedEvents, stuckMails }, timeZone }: NeedsAPersonProps) {
  if (failedEvents.length === 0 && stuckMails === 0) return null;
  const time = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <Notice kind="bad" title={t("newsroom.attention.title")}>
      {failedEvents.length > 0 ? <p>{t("newsroom.attention.events", { count: failedEvents.length })}</p> : null}
      <ul>
        {failedEvents.map(({ id, type, receivedAt }) => (
          <li key={id}>{t("newsroom.attention.event", { time: time.format(receivedAt), type, id })}</li>
        ))}
      </ul>
      {stuckMails > 0 ? <p>{t("newsroom.attention.mails", { count: stuckMails })}</p> : null}
    </Notice>
  );
}
