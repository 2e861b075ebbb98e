import { formatMoney } from "@/domain/money";
import type { OpenDispute } from "@/domain/newsroom/disputes";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import * as taskOf from "@/domain/newsroom/task-names";
import { disputeReasonLabel } from "./dispute-words";
import { StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";

export function OpenDisputes({ context, disputes }: { context: StaffTaskBarContext; disputes: OpenDispute[] }) {
  if (disputes.length === 0) return null;
  const { t } = context;
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.disputes.text", { count: disputes.length })}</p>
      <ul>
        {disputes.map((dispute) => (
          <li key={dispute.id}>
            <DisputeText context={context} dispute={dispute} />
            <StaffTaskBar context={context} work={taskOf.disputeTaskKeyAndState(dispute)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function DisputeText({ context: { t, timeZone }, dispute }: { context: StaffTaskBarContext; dispute: OpenDispute }) {
  const { id, money, reason, openedAt, answerBy } = dispute;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <p>
      <strong>
        {answerBy
          ? t("newsroom.disputes.answer-by", { day: day.format(answerBy) })
          : t("newsroom.disputes.with-the-bank")}
      </strong>
      <br />
      {formatMoney(money, { locale: t.locale, alwaysDecimals: true })}, {disputeReasonLabel(t, reason)}{" "}
      <a href={disputePath(id)}>
        <code>{id}</code>
      </a>
      <br />
      <span className="newsroom-note">{t("newsroom.disputes.opened", { day: day.format(openedAt) })}</span>
    </p>
  );
}
