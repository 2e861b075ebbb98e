// Addresses whose holder said that our mail was not for them. Staff find the gift at Stripe, then press one of two buttons.
import type { Translate } from "@/content/messages";
import { Button } from "../ui/button";

/** `key`: opaque, for the form; it is not the address. */
export type MailStopToShow = { key: string; stoppedAt: Date; stripeId: string | null };

type MailStopsProps = { t: Translate; stops: MailStopToShow[]; timeZone: string };

export function MailStops({ t, stops, timeZone }: MailStopsProps) {
  if (stops.length === 0) return null;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <div className="newsroom-waiting">
      <p>{t("newsroom.mail-stops.text", { count: stops.length })}</p>
      <ul>
        {stops.map(({ key, stoppedAt, stripeId }) => (
          <li key={key}>
            <p>
              {day.format(stoppedAt)}{" "}
              {stripeId ? <code>{stripeId}</code> : <span>{t("newsroom.mail-stops.no-gift")}</span>}
            </p>
            <form method="post" action="/newsroom/queue/mail-stops">
              <input type="hidden" name="stop" value={key} />
              <Button kind="quiet" name="do" value="handled">
                {t("newsroom.mail-stops.handled")}
              </Button>
              <Button kind="plain" name="do" value="allow">
                {t("newsroom.mail-stops.allow")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}
