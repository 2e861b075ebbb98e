import { feeRuleText } from "@/components/giving/cover-fee";
import { currencySign } from "@/components/giving/currency-choice";
import { type RefusedAmount, refusalText } from "@/components/giving/refusal-text";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { Field } from "@/components/ui/field";
import type { Translate } from "@/content/messages";
import { cardFeeOf } from "@/domain/giving/covered-fee";
import {
  COVER_FEE_CHECKED_VALUE,
  COVER_FEE_FIELD,
  maximumGiftAmount,
  minimumGiftAmount,
} from "@/domain/giving/gift-form";
import { formatMoney, type Money, toDecimal } from "@/domain/money";
import {
  amountWithFeeIfCovered,
  amountWithoutFeeOf,
  nearestPresetAmounts,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { formatDay } from "../site/format-day";
import { recurringAmountText } from "./recurring-words";

/**
 * An amount that the supporter has typed before. The page takes it from its URL's query and shows it in the form again.
 * `form`: the form in which it was typed.
 */
export type TypedAmount = {
  form: "amount" | "frequency";
  text: string;
  coversFee: boolean;
  refusal: RefusedAmount | null;
};

type AmountFormProps = { t: Translate; gift: OwnRecurringGift; typed: TypedAmount | null };

export function AmountForm({ t, gift, typed }: AmountFormProps) {
  const { chargesNextAt, frequency, standing } = gift;
  const action = `/supporters/recurring/${gift.id}/amount`;
  const day = chargesNextAt && formatDay(chargesNextAt, { locale: t.locale });
  return (
    <>
      {standing === "late" || !day ? (
        <p>{t("supporters.verb.amount-late")}</p>
      ) : (
        <p>{t("supporters.verb.amount-text", { day })}</p>
      )}
      <form method="post" action={action} className="verb-choices">
        <KeepFeeCoveredHiddenInput gift={gift} />
        {nearestPresetAmounts(gift, publication).map((money) => (
          <Button key={money.amountMinor} kind="quiet" name="amount" value={toDecimal(money)}>
            {t("supporters.verb.give", {
              amount: recurringAmountText(t, {
                money: amountWithFeeIfCovered(gift, { money, publication }),
                frequency,
              }),
            })}
          </Button>
        ))}
      </form>
      {gift.coveredFee ? <p className="supporters-note">{t("supporters.verb.with-card-fee")}</p> : null}
      <form method="post" action={action} className="amount-form">
        <CustomAmountField t={t} gift={gift} typed={typed} id="amount" value={amountWithoutFeeOf(gift)} />
        <CoverFeeCheckBox t={t} gift={gift} typed={typed} />
        <Button>{t("supporters.amount.submit")}</Button>
      </form>
    </>
  );
}

/**
 * Adds a hidden field to the form if the gift covers the card fee now. With this field, the gift still covers the fee
 * after the change.
 */
export function KeepFeeCoveredHiddenInput({ gift }: { gift: OwnRecurringGift }) {
  return gift.coveredFee ? <input type="hidden" name={COVER_FEE_FIELD} value={COVER_FEE_CHECKED_VALUE} /> : null;
}

/**
 * Shows the checkbox for covering the card fee. If the supporter has sent the form (`typed`), the checkbox is shown as
 * they sent it. Without `typed`, it is checked if the gift covers the fee. Shows nothing if the currency has no card
 * fee.
 */
export function CoverFeeCheckBox({ t, gift, typed }: AmountFormProps) {
  const { currency, coveredFee } = gift;
  const fee = cardFeeOf(publication, currency);
  if (!fee) return null;
  const isChecked = typed?.coversFee ?? coveredFee !== null;
  return (
    <CheckBox name={COVER_FEE_FIELD} value={COVER_FEE_CHECKED_VALUE} defaultChecked={isChecked}>
      <span>{feeRuleText(t, { currency, fee })}</span>
    </CheckBox>
  );
}

type CustomAmountFieldProps = AmountFormProps & { id: string; value: Money | null };

export function CustomAmountField({ t, gift, typed, id, value }: CustomAmountFieldProps) {
  const { currency } = gift;
  const { locale } = t;
  const limits = { currency, publication };
  return (
    <Field
      id={id}
      name="amount"
      label={t("supporters.verb.custom", { currency })}
      hint={t("giving.custom.hint", {
        min: formatMoney(minimumGiftAmount(limits), { locale }),
        max: formatMoney(maximumGiftAmount(limits), { locale }),
      })}
      prefix={currencySign(currency, locale)}
      error={typed?.refusal ? refusalText(t, { ...typed.refusal, currency }) : undefined}
      defaultValue={typed?.text ?? (value ? toDecimal(value) : "")}
      inputMode="decimal"
      autoComplete="off"
      maxLength={40}
      required
    />
  );
}
