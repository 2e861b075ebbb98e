// The second of two clicks: says what cancelling does, offers a smaller amount, and has the button.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { frequencyWords } from "@/components/giving/frequency-words";
import { formatDay } from "@/components/site/format-day";
import { amountWords } from "@/components/supporters/recurring-words";
import { Button, LinkButton } from "@/components/ui/button";
import { type Translate, translator } from "@/content/messages";
import { toDecimal } from "@/domain/money";
import {
  mayCancel,
  mayChangeAmount,
  type OwnRecurringGift,
  smallerAmount,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("supporters.cancel.open") };

export default async function CancelRecurringGiftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift, locale } = await requireOwnRecurringGift(id, `${path}/cancel`);
  if (!mayCancel(gift)) redirect(path);
  const t = translator(locale);
  const { word, every } = frequencyWords(t, gift.frequency);
  return (
    <div className="page page-narrow recurring-page">
      <h1>{t(`supporters.cancel.ask.${word}`, { every })}</h1>
      <p>{consequence(t, gift)}</p>
      <div className="cancel-choice">
        <form method="post" action={`${path}/cancel/confirm`}>
          <Button>{t("supporters.cancel.confirm")}</Button>
        </form>
        <LinkButton kind="quiet" href={path}>
          {t("supporters.cancel.keep")}
        </LinkButton>
      </div>
      <GiveLess t={t} gift={gift} />
    </div>
  );
}

function consequence(t: Translate, gift: OwnRecurringGift): string {
  const amount = amountWords(t, gift);
  const suffix = gift.money ? "" : "-unknown";
  if (gift.standing !== "running" || !gift.paidUntil) return t(`supporters.cancel.now${suffix}`, { amount });
  return t(`supporters.cancel.until${suffix}`, { amount, day: formatDay(gift.paidUntil, { locale: t.locale }) });
}

function GiveLess({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const money = mayChangeAmount(gift) ? smallerAmount(gift, publication) : null;
  if (!money) return null;
  return (
    <section className="supporters-section" aria-labelledby="less">
      <h2 id="less">{t("supporters.cancel.less-title")}</h2>
      <p>{t("supporters.cancel.less-text")}</p>
      <form method="post" action={`/supporters/recurring/${gift.id}/amount`}>
        <input type="hidden" name="amount" value={toDecimal(money)} />
        <Button kind="quiet">
          {t("supporters.cancel.less", { amount: amountWords(t, { money, frequency: gift.frequency }) })}
        </Button>
      </form>
    </section>
  );
}
