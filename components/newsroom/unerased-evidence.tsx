// Lists evidence that Stripe refused to remove. A person must remove it in Stripe's dashboard. Shows ids and names of
// fields, and nothing about the supporter.
import type { UnerasedEvidence } from "@/domain/newsroom/disputes";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import * as taskOf from "@/domain/newsroom/task-names";
import { StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";

export function UnerasedEvidenceItems({
  context,
  unerasedEvidence,
}: {
  context: StaffTaskBarContext;
  unerasedEvidence: UnerasedEvidence[];
}) {
  if (unerasedEvidence.length === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <p>{context.t("newsroom.left-evidence.text", { count: unerasedEvidence.length })}</p>
      <ul>
        {unerasedEvidence.map((each) => (
          <li key={each.disputeId}>
            <LeftEvidenceText context={context} evidence={each} />
            <StaffTaskBar context={context} work={taskOf.unerasedEvidenceTaskKeyAndState(each)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function LeftEvidenceText({
  context: { t, timeZone },
  evidence,
}: {
  context: StaffTaskBarContext;
  evidence: UnerasedEvidence;
}) {
  const { disputeId, names, leftAt, answerBy } = evidence;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <p>
      {answerBy ? <strong>{t("newsroom.left-evidence.until", { day: day.format(answerBy) })}</strong> : null}
      {answerBy ? <br /> : null}
      <a href={disputePath(disputeId)}>
        <code>{disputeId}</code>
      </a>
      {": "}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 ? ", " : ""}
          <code>{name}</code>
        </span>
      ))}
      <br />
      <span className="newsroom-note">{t("newsroom.left-evidence.since", { day: day.format(leftAt) })}</span>
    </p>
  );
}
