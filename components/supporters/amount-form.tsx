// Changes the amount of a recurring gift, with the rules and words of a new gift. A refused amount stays in the field.
import { currencySign } from "@/components/giving/currency-choice";
import { type RefusedAmount, refusalText } from "@/components/giving/refusal-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { translator } from "@/content/messages";
import { maximumAmount, minimumAmount } from "@/domain/giving/gift-form";
import { formatMoney } from "@/domain/money";
import type { Publication } from "@/domain/publication";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";

type AmountFormProps = {
  locale: string;
  gift: OwnRecurringGift;
  typed: string;
  refusal: RefusedAmount | null;
  publication: Publication;
};

export function AmountForm({ locale, gift, typed, refusal, publication }: AmountFormProps) {
  const t = translator(locale);
  const { currency } = gift;
  const limits = { currency, publication };
  return (
    <form className="amount-form" method="post" action={`/supporters/recurring/${gift.id}/amount`}>
      <Field
        id="amount"
        name="amount"
        label={t("supporters.amount.label", { currency })}
        hint={t("supporters.amount.hint", {
          min: formatMoney(minimumAmount(limits), { locale }),
          max: formatMoney(maximumAmount(limits), { locale }),
        })}
        prefix={currencySign(currency, locale)}
        error={refusal ? refusalText(t, { ...refusal, currency }) : undefined}
        defaultValue={typed}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        required
      />
      <Button>{t("supporters.amount.submit")}</Button>
    </form>
  );
}
