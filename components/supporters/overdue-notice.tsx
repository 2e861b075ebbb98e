import { LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { isOverdue, type OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { recurringAmountText, recurringGiftStandingText } from "./recurring-words";

export function OverdueNotices({ locale, gifts }: { locale: string; gifts: readonly OwnRecurringGift[] }) {
  const t = translator(locale);
  return gifts.filter(isOverdue).map((gift) => <OverdueNotice key={gift.id} t={t} gift={gift} />);
}

function OverdueNotice({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  return (
    <Notice kind="bad" title={t("supporters.overdue.title", { amount: recurringAmountText(t, gift) })}>
      <p>{recurringGiftStandingText(t, gift)}</p>
      <LinkStyledAsButton href={`/supporters/recurring/${gift.id}`}>{t("supporters.overdue.open")}</LinkStyledAsButton>
    </Notice>
  );
}
