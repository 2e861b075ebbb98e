// A recurring gift in figures.
import type { Translate } from "@/content/messages";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../site/format-day";
import { sumWords } from "./recurring-words";

export function RecurringFacts({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const { locale } = t;
  const isEnding = gift.standing === "ending" || gift.standing === "ended";
  const facts = [
    [t("supporters.recurring.amount"), sumWords(t, gift)],
    [t("supporters.recurring.since"), gift.startedAt && formatDay(gift.startedAt, { locale })],
    isEnding
      ? [t("supporters.recurring.ends-label"), gift.endsAt && formatDay(gift.endsAt, { locale })]
      : [t("supporters.recurring.next-label"), gift.nextPaymentAt && formatDay(gift.nextPaymentAt, { locale })],
  ];
  return (
    <dl className="recurring-facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
