import type { TaskKeyAndState } from "@/domain/newsroom/work";
import { Button } from "../ui/button";
import { WorkItemBar, type WorkItemBarContext } from "./queue/work-item-bar";

/** `sealedEmailHash`: the encrypted hash of the stopped e-mail address, for the form's hidden field. */
export type MailStopToShow = {
  sealedEmailHash: string;
  stoppedAt: Date;
  stripeId: string | null;
  work: TaskKeyAndState;
};

type MailStopsProps = { context: WorkItemBarContext; stops: MailStopToShow[] };

export function MailStops({ context, stops }: MailStopsProps) {
  const { t, timeZone } = context;
  if (stops.length === 0) return null;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.mail-stops.text", { count: stops.length })}</p>
      <ul>
        {stops.map(({ sealedEmailHash, stoppedAt, stripeId, work }) => (
          <li key={sealedEmailHash}>
            <p>
              {day.format(stoppedAt)}{" "}
              {stripeId ? <code>{stripeId}</code> : <span>{t("newsroom.mail-stops.no-gift")}</span>}
            </p>
            <WorkItemBar context={context} work={work} canBeDone={false}>
              <form method="post" action="/newsroom/queue/mail-stops">
                <input type="hidden" name="stop" value={sealedEmailHash} />
                <Button kind="quiet" name="do" value="handled">
                  {t("newsroom.mail-stops.handled")}
                </Button>
                <Button kind="plain" name="do" value="allow">
                  {t("newsroom.mail-stops.allow")}
                </Button>
              </form>
            </WorkItemBar>
          </li>
        ))}
      </ul>
    </div>
  );
}
