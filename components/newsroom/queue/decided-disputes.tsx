import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { DecidedDispute } from "@/domain/newsroom/disputes";
import { disputePhaseOf } from "@/domain/newsroom/evidence/dispute-case";
import { disputePath } from "@/domain/newsroom/evidence/dispute-path";
import { formatDay } from "../../site/format-day";

export function DecidedDisputes({ t, disputes }: { t: Translate; disputes: DecidedDispute[] }) {
  if (disputes.length === 0) return null;
  return (
    <section className="newsroom-part" aria-labelledby="decided">
      <h2 id="decided">{t("dispute.decided.title")}</h2>
      <ul className="people-plain">
        {disputes.map(({ id, money, status, openedAt }) => (
          <li key={id}>
            {t(`dispute.fate.${disputePhaseOf({ status })}`, { time: "" })}:{" "}
            {t("dispute.decided.line", {
              amount: formatMoney(money, { locale: t.locale, exact: true }),
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
