import type { TaskKeyAndState } from "@/domain/newsroom/task-progress";
import { Button } from "../ui/button";
import { StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";

/** `sealedEmailHash`: the encrypted hash of the stopped e-mail address, for the form's hidden field. */
export type StoppedAddressToShow = {
  sealedEmailHash: string;
  stoppedAt: Date;
  stripeId: string | null;
  work: TaskKeyAndState;
};

type MailStopsProps = { context: StaffTaskBarContext; stops: StoppedAddressToShow[] };

export function StoppedAddresses({ context, stops }: MailStopsProps) {
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
            <StaffTaskBar context={context} work={work} offersDoneButton={false}>
              <form method="post" action="/newsroom/queue/mail-stops">
                <input type="hidden" name="stop" value={sealedEmailHash} />
                <Button kind="quiet" name="do" value="handled">
                  {t("newsroom.mail-stops.handled")}
                </Button>
                <Button kind="plain" name="do" value="allow">
                  {t("newsroom.mail-stops.allow")}
                </Button>
              </form>
            </StaffTaskBar>
          </li>
        ))}
      </ul>
    </div>
  );
}
