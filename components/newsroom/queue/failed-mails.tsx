// The recipients are not shown.
import type { FailedMail } from "@/domain/newsroom/attention";
import type { WaitingTasksAndCount } from "@/domain/newsroom/work";
import * as workOf from "@/domain/newsroom/work-names";
import { Button } from "../../ui/button";
import { formatWorkTime, WorkItemBar, type WorkItemBarContext } from "./work-item-bar";

export function FailedMails({
  context,
  mails: { shown, count },
}: {
  context: WorkItemBarContext;
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
            <WorkItemBar context={context} work={workOf.failedMailTaskKeyAndState(mail)}>
              {mail.sendAfter ? (
                <form method="post" action="/newsroom/queue/mails/send">
                  <input type="hidden" name="mail" value={mail.id} />
                  <Button kind="quiet" aria-label={`${t("work.mail.send")}: ${mail.id}`}>
                    {t("work.mail.send")}
                  </Button>
                </form>
              ) : null}
            </WorkItemBar>
          </li>
        ))}
      </ul>
    </div>
  );
}

function fateText(context: WorkItemBarContext, { attempts, queuedAt, sendAfter }: FailedMail): string {
  const { t } = context;
  const times = { tries: attempts, queued: formatWorkTime(context, queuedAt) };
  return sendAfter ? t("work.mail.failing", times) : t("work.mail.given-up", times);
}
