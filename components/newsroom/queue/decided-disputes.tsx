import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import { DECIDED_DISPUTES_OPENED_WITHIN_DAYS, type DecidedDisputeList } from "@/domain/newsroom/disputes";
import { disputePhaseOf } from "@/domain/newsroom/evidence/dispute-case";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { formatDay } from "../../site/format-day";

export function DecidedDisputes({ t, decided: { disputes, isMore } }: { t: Translate; decided: DecidedDisputeList }) {
  if (disputes.length === 0) return null;
  return (
    <section className="newsroom-part" aria-labelledby="decided">
      <h2 id="decided">{t("dispute.decided.title")}</h2>
      <p className="newsroom-note">
        {t("dispute.decided.note", {
          isMore: isMore ? "yes" : "no",
          ...{ count: disputes.length, days: DECIDED_DISPUTES_OPENED_WITHIN_DAYS },
        })}
      </p>
      <ul className="people-plain">
        {disputes.map(({ id, money, status, openedAt }) => (
          <li key={id}>
            {t(`dispute.fate.${disputePhaseOf({ status })}`, { time: "" })}:{" "}
            {t("dispute.decided.line", {
              amount: formatMoney(money, { locale: t.locale, alwaysDecimals: true }),
              day: formatDay(openedAt, { locale: t.locale }),
            })}{" "}
            <a href={disputePath(id)}>
              <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
