// Opening the page changes nothing.
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import type { Evidence } from "@/domain/newsroom/evidence/fields";
import { Button, LinkButton } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { PeoplePage, PeopleSection } from "../people/people-page";
import { type DisputeContext, formatDisputeTime, hiddenFields } from "./dispute-desk";
import { disputeTitle } from "./dispute-screen";
import { EvidenceTexts } from "./evidence-texts";

type EvidenceReviewScreenProps = { desk: DisputeContext; evidence: Evidence; shown: string };

export function EvidenceReviewScreen({ desk, evidence, shown }: EvidenceReviewScreenProps) {
  const { t, found } = desk;
  const path = disputePath(found.id);
  return (
    <PeoplePage title={t("dispute.check.title")} back={{ href: path, label: disputeTitle(desk) }} told={null}>
      <EvidenceTexts t={t} evidence={evidence} />
      <Notice kind="info" title={t("dispute.check.once")}>
        <p>
          {found.answerBy ? `${t("dispute.check.due", { time: formatDisputeTime(desk, found.answerBy) })} ` : null}
          {t("dispute.check.dashboard")}
        </p>
      </Notice>
      <form method="post" action={`${path}/submit/confirm`} className="people-form">
        {hiddenFields({ shown }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="people-choice">
          <Button>{t("dispute.check.submit")}</Button>
          <LinkButton kind="quiet" href={path}>
            {t("dispute.check.keep")}
          </LinkButton>
        </div>
      </form>
      <PeopleSection id="stage" title={t("dispute.check.stage-title")}>
        <p className="dispute-text">{t("dispute.check.stage-text")}</p>
        <form method="post" action={`${path}/submit/stage`}>
          {hiddenFields({ shown }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button kind="quiet">{t("dispute.check.stage")}</Button>
        </form>
      </PeopleSection>
    </PeoplePage>
  );
}
