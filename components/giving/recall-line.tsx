// The line with which the gift form recalls a gift that was not finished. It is in every form, hidden: only the device knows, and its
// script (components/browser/recall.ts) shows it. It does not say that nothing was charged, because the device cannot know that.
import type { Translate } from "@/content/messages";
import { FREQUENCIES } from "@/domain/giving/gift";
import { Button } from "../ui/button";

/** The script puts the amount in its place. */
const AMOUNT = "[amount]";

export function RecallLine({ t, id }: { t: Translate; id: string }) {
  return (
    <div className="gift-recall" data-recall="" hidden>
      <p id={id}>
        {FREQUENCIES.map((frequency) => (
          <span key={frequency} data-recall-every={frequency} hidden>
            {t(`giving.recall.${frequency}`, { amount: AMOUNT })}
          </span>
        ))}{" "}
        {t("giving.recall.paid")}
      </p>
      <Button type="button" kind="plain" className="gift-recall-no" data-recall-no="">
        {t("giving.recall.forget")}
      </Button>
    </div>
  );
}
