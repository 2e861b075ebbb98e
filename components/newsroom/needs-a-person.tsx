// Shown only while something stands still. Ids to look up in Stripe's dashboard, and nothing of a reader.
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { Attention } from "@/domain/newsroom/attention";
import { DeadLetters } from "./dead-letters";
import { OpenDisputes } from "./open-disputes";

type NeedsAPersonProps = { t: Translate; attention: Attention; timeZone: string; now: Date };

export function NeedsAPerson({ t, attention, timeZone, now }: NeedsAPersonProps) {
  const { deadLetters, stuckMails, disputes, bursts, books } = attention;
  const differences = books?.differences ?? 0;
  const isQuiet = deadLetters.count === 0 && stuckMails === 0 && disputes.length === 0 && bursts.length === 0;
  if (isQuiet && differences === 0) return null;
  const time = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <Notice kind="bad" title={t("newsroom.attention.title")}>
      <DeadLetters t={t} {...deadLetters} now={now} />
      <OpenDisputes t={t} disputes={disputes} timeZone={timeZone} />
      {bursts.map(({ door, slowed, beganAt, lastAt }) => (
        <p key={door}>
          {t("newsroom.attention.burst", { count: slowed, from: time.format(beganAt), to: time.format(lastAt) })}
        </p>
      ))}
      {differences > 0 ? <p>{t("newsroom.attention.books", { count: differences })}</p> : null}
      {stuckMails > 0 ? <p>{t("newsroom.attention.mails", { count: stuckMails })}</p> : null}
    </Notice>
  );
}
