// Gifts that had to wait because unusually many were started at once.
import type { Translate } from "@/content/messages";
import type { RateLimitAlert } from "@/domain/newsroom/store";

type BurstsProps = { t: Translate; bursts: RateLimitAlert[]; timeZone: string };

export function Bursts({ t, bursts, timeZone }: BurstsProps) {
  const time = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return bursts.map(({ action, slowed, beganAt, lastAt }) => (
    <p key={action}>
      {t("newsroom.attention.burst", { count: slowed, from: time.format(beganAt), to: time.format(lastAt) })}
    </p>
  ));
}
