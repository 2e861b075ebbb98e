import { Button } from "@/components/ui/button";
import type { Translate } from "@/content/messages";
import { withoutCoveredFee } from "@/domain/giving/covered-fee";
import { giveAgainPath } from "@/domain/giving/gift-form";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { pathInLanguage } from "../site/own-path";
import { recurringAmountText } from "./recurring-words";

export function RestartEndedGiftForm({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const { id, money, coveredFee, frequency } = gift;
  if (!money) return null;
  const amount = recurringAmountText(t, gift);
  return (
    <section className="supporters-section" aria-labelledby="again">
      <h2 id="again">{t("supporters.again.title")}</h2>
      <p>{t("supporters.again.text", { amount })}</p>
      <div className="verb-choices">
        <form method="post" action={`/supporters/recurring/${id}/again`}>
          <Button>{t("supporters.again.submit", { amount })}</Button>
        </form>
        <a href={pathInLanguage(t, giveAgainPath({ money: withoutCoveredFee(money, coveredFee), frequency }))}>
          {t("supporters.again.elsewhere")}
        </a>
      </div>
    </section>
  );
}
