// Shows the evidence for a last check before a colleague submits it to the bank. Opening the page submits nothing.

import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import type { DisputeEvidence } from "@/domain/newsroom/evidence/fields";
import { Button, LinkStyledAsButton } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { PeopleScreenFrame, PeopleScreenSection } from "../people/people-screen-frame";
import { type DisputeScreenContext, formatDisputeTime, hiddenFieldsWithNewRequestId } from "./dispute-context";
import { disputeTitle } from "./dispute-screen";
import { EvidenceTextsAndFiles } from "./evidence-facts";

type EvidenceReviewScreenProps = { context: DisputeScreenContext; evidence: DisputeEvidence; stateFingerprint: string };

export function EvidenceReviewScreen({ context, evidence, stateFingerprint }: EvidenceReviewScreenProps) {
  const { t, disputeCase } = context;
  const path = disputePath(disputeCase.id);
  return (
    <PeopleScreenFrame
      title={t("dispute.check.title")}
      back={{ href: path, label: disputeTitle(context) }}
      notice={null}
    >
      <EvidenceTextsAndFiles t={t} evidence={evidence} />
      <Notice kind="info" title={t("dispute.check.once")}>
        <p>
          {disputeCase.answerBy
            ? `${t("dispute.check.due", { time: formatDisputeTime(context, disputeCase.answerBy) })} `
            : null}
          {t("dispute.check.dashboard")}
        </p>
      </Notice>
      <form method="post" action={`${path}/submit/confirm`} className="people-form">
        {hiddenFieldsWithNewRequestId({ shown: stateFingerprint }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="people-choice">
          <Button>{t("dispute.check.submit")}</Button>
          <LinkStyledAsButton kind="quiet" href={path}>
            {t("dispute.check.keep")}
          </LinkStyledAsButton>
        </div>
      </form>
      <PeopleScreenSection id="stage" title={t("dispute.check.stage-title")}>
        <p className="dispute-text">{t("dispute.check.stage-text")}</p>
        <form method="post" action={`${path}/submit/stage`}>
          {hiddenFieldsWithNewRequestId({ shown: stateFingerprint }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button kind="quiet">{t("dispute.check.stage")}</Button>
        </form>
      </PeopleScreenSection>
    </PeopleScreenFrame>
  );
}
