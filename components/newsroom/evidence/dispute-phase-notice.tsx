import { formatMoneyWithDecimals } from "@/domain/money";
import { Notice } from "../../ui/notice";
import { type DisputeScreenContext, formatDisputeTime } from "./dispute-context";

const DAY_MS = 24 * 60 * 60 * 1000;

export function DisputePhaseNotice({ context }: { context: DisputeScreenContext }) {
  const { t, disputeCase } = context;
  const { phase, money, status } = disputeCase;
  if (phase === "asked") return <Asked context={context} />;
  const kinds = { "with-bank": "info", won: "good", lost: "bad", closed: "good", other: "bad" } as const;
  return (
    <Notice kind={kinds[phase]} title={t(`dispute.fate.${phase}`)}>
      <p>
        {t(`dispute.fate.${phase}-text`, {
          amount: formatMoneyWithDecimals(t.locale, money),
          status: status.replaceAll("_", " "),
        })}
      </p>
    </Notice>
  );
}

function Asked({ context }: { context: DisputeScreenContext }) {
  const { t, disputeCase, now } = context;
  const { answerBy, isInquiry, money, reason } = disputeCase;
  const helps = (
    <p>
      <strong>{t("dispute.helps.title")}.</strong> {t(`dispute.helps.${reason}`)}
    </p>
  );
  if (!answerBy)
    return (
      <Notice kind="bad" title={t("dispute.fate.no-answer")}>
        <p>{t("dispute.fate.no-answer-text")}</p>
      </Notice>
    );
  const time = formatDisputeTime(context, answerBy);
  if (answerBy < now)
    return (
      <Notice kind="bad" title={t("dispute.fate.late")}>
        <p>{t("dispute.fate.late-text", { time })}</p>
        {helps}
      </Notice>
    );
  const left = Math.floor((answerBy.getTime() - now.getTime()) / DAY_MS);
  const words = { left, isInquiry: isInquiry ? "yes" : "no", amount: formatMoneyWithDecimals(t.locale, money) };
  return (
    <Notice kind="info" title={t("dispute.fate.asked", { time })}>
      <p>{t("dispute.fate.asked-left", words)}</p>
      {helps}
    </Notice>
  );
}
