import { redirect } from "next/navigation";
import { frequencyKeyEndingAndPlaceholderValue } from "@/components/giving/frequency-words";
import { formatDay } from "@/components/site/format-day";
import { KeepFeeCoveredHiddenInput } from "@/components/supporters/amount-form";
import { recurringAmountText } from "@/components/supporters/recurring-words";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { type Translate, translator } from "@/content/messages";
import { type Money, toDecimal } from "@/domain/money";
import {
  amountWithFeeIfCovered,
  CANCEL_REASONS,
  findSmallerAmountToOffer,
  mayCancel,
  mayChangeAmount,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import {
  hasPeriodOverOneMonth,
  listPauseLengthsInMonths,
  mayPause,
  pauseEndAndNextCharge,
} from "@/domain/supporters/pauses";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { currentTime } from "@/systems/clock";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.cancel.open");

export default async function CancelRecurringGiftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift, locale } = await requireOwnRecurringGift(id, `${path}/cancel`);
  if (!mayCancel(gift)) redirect(path);
  const t = translator(locale);
  const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, gift.frequency);
  return (
    <div className="page page-narrow recurring-page">
      <h1>{t(`supporters.cancel.ask.${word}`, { every })}</h1>
      <p>{consequence(t, gift)}</p>
      <div className="cancel-choice">
        <form method="post" action={`${path}/cancel/confirm`} className="cancel-form">
          <Reasons t={t} />
          <div className="verb-choices">
            <Button>{t("supporters.cancel.confirm")}</Button>
            <LinkStyledAsButton kind="quiet" href={path}>
              {t("supporters.cancel.keep")}
            </LinkStyledAsButton>
          </div>
        </form>
      </div>
      <Alternative t={t} gift={gift} />
    </div>
  );
}

function consequence(t: Translate, gift: OwnRecurringGift): string {
  const amount = recurringAmountText(t, gift);
  const suffix = gift.money ? "" : "-unknown";
  if (gift.standing !== "running" || !gift.periodEndsAt) return t(`supporters.cancel.now${suffix}`, { amount });
  return t(`supporters.cancel.until${suffix}`, { amount, day: formatDay(gift.periodEndsAt, { locale: t.locale }) });
}

/** Shows the reasons for a cancellation. Their names are Stripe's. */
function Reasons({ t }: { t: Translate }) {
  return (
    <fieldset className="cancel-reasons">
      <legend>{t("supporters.cancel.why")}</legend>
      {CANCEL_REASONS.map((reason) => (
        <label key={reason}>
          <input type="radio" name="reason" value={reason} /> {t(`supporters.cancel.why.${reason}`)}
        </label>
      ))}
    </fieldset>
  );
}

function Alternative({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const money = mayChangeAmount(gift) ? findSmallerAmountToOffer(gift, publication) : null;
  if (money) return <GiveLess t={t} gift={gift} money={money} />;
  const months = mayPause(gift) ? listPauseLengthsInMonths(gift, currentTime()) : [];
  return months.includes(PAUSE_INSTEAD_MONTHS) ? <PauseInstead t={t} gift={gift} /> : null;
}

const PAUSE_INSTEAD_MONTHS = 3;

function PauseInstead({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const day = formatDay(pauseEndAndNextCharge(gift, PAUSE_INSTEAD_MONTHS).chargesNextAt, { locale: t.locale });
  const word = hasPeriodOverOneMonth(gift) ? "put-off" : "pause";
  return (
    <section className="supporters-section" aria-labelledby="less">
      <h2 id="less">{t(`supporters.cancel.${word}-title`)}</h2>
      <p>{t(`supporters.cancel.${word}-text`, { day })}</p>
      <form method="post" action={`/supporters/recurring/${gift.id}/pause`}>
        <input type="hidden" name="months" value={PAUSE_INSTEAD_MONTHS} />
        <input type="hidden" name="shown" value={gift.periodEndsAt?.toISOString() ?? ""} />
        <Button kind="quiet">{t(`supporters.cancel.${word}`)}</Button>
      </form>
    </section>
  );
}

function GiveLess({ t, gift, money }: { t: Translate; gift: OwnRecurringGift; money: Money }) {
  return (
    <section className="supporters-section" aria-labelledby="less">
      <h2 id="less">{t("supporters.cancel.less-title")}</h2>
      <p>{t("supporters.cancel.less-text")}</p>
      <form method="post" action={`/supporters/recurring/${gift.id}/amount`}>
        <input type="hidden" name="amount" value={toDecimal(money)} />
        <KeepFeeCoveredHiddenInput gift={gift} />
        <Button kind="quiet">
          {t("supporters.cancel.less", {
            amount: recurringAmountText(t, {
              money: amountWithFeeIfCovered(gift, { money, publication }),
              frequency: gift.frequency,
            }),
          })}
        </Button>
      </form>
    </section>
  );
}
