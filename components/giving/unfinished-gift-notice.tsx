// The notice is hidden until components/browser/recall.ts shows it. Its text must not claim that the gift was not
// charged, because the device cannot know that.

import type { Translate } from "@/content/messages";
import { FREQUENCIES } from "@/domain/frequencies";
import { Button } from "../ui/button";

const AMOUNT = "[amount]";

export function UnfinishedGiftNotice({ t, textElementId }: { t: Translate; textElementId: string }) {
  return (
    <div className="gift-recall" data-recall="" hidden>
      <p id={textElementId}>
        {FREQUENCIES.map((frequency) => (
          <span key={frequency} data-recall-every={frequency} hidden>
            {t(`giving.recall.${frequency}`, { amount: AMOUNT })}
          </span>
        ))}
        {` ${t("giving.recall.paid")}`}
      </p>
      <Button type="button" kind="plain" className="gift-recall-no" data-recall-no="">
        {t("giving.recall.forget")}
      </Button>
    </div>
  );
}
