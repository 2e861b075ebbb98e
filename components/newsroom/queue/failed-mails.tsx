// The recipients are not shown.
import type { FailedMail } from "@/domain/newsroom/attention";
import * as taskOf from "@/domain/newsroom/task-names";
import type { WaitingTasksAndCount } from "@/domain/newsroom/task-progress";
import { Button } from "../../ui/button";
import { formatTaskTime, StaffTaskBar, type StaffTaskBarContext } from "./staff-task-bar";

export function FailedMails({
  context,
  mails: { shown, count },
}: {
  context: StaffTaskBarContext;
  mails: WaitingTasksAndCount<FailedMail>;
}) {
  const { t } = context;
  if (count === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.attention.mails", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((mail) => (
          <li key={mail.id}>
            <p>
              {t("work.mail.kind", { kind: mail.kind.replaceAll("-", "_") })} <code>{mail.id}</code>
              <br />
              <span className="newsroom-note">{fateText(context, mail)}</span>
            </p>
            <StaffTaskBar context={context} work={taskOf.failedMailTaskKeyAndState(mail)}>
              {mail.sendAfter ? (
                <form method="post" action="/newsroom/queue/mails/send">
                  <input type="hidden" name="mail" value={mail.id} />
                  <Button kind="quiet" aria-label={`${t("work.mail.send")}: ${mail.id}`}>
                    {t("work.mail.send")}
                  </Button>
                </form>
              ) : null}
            </StaffTaskBar>
          </li>
        ))}
      </ul>
    </div>
  );
}

function fateText(context: StaffTaskBarContext, { attempts, queuedAt, sendAfter }: FailedMail): string {
  const { t } = context;
  const times = { tries: attempts, queued: formatTaskTime(context, queuedAt) };
  return sendAfter ? t("work.mail.failing", times) : t("work.mail.given-up", times);
}
