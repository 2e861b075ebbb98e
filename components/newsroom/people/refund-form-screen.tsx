import { type Translate, translator } from "@/content/messages";
import { formatMoneyWithDecimals, toDecimal } from "@/domain/money";
import type { PaymentForStaff } from "@/domain/newsroom/people/payment";
import type { ConfirmRefundRefusal, RefundRequestRefusal } from "@/domain/newsroom/people/requests-from-colleagues";
import { currencySign } from "../../giving/currency-choice";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { type NoticeContent, PeopleScreenFrame } from "./people-screen-frame";

type RefundFormScreenProps = {
  locale: string;
  payment: PaymentForStaff;
  typed: { amount: string; ends: boolean } | null;
  refusal: RefundRequestRefusal | null;
  notice: NoticeContent | null;
};

export function RefundFormScreen({ locale, payment, typed, refusal, notice }: RefundFormScreenProps) {
  const t = translator(locale);
  const { id, kept, row } = payment;
  const path = `/newsroom/payments/${id}`;
  return (
    <PeopleScreenFrame
      title={t("people.refund.title")}
      back={{
        href: path,
        label: t("people.payment.title", { amount: formatMoneyWithDecimals(t.locale, payment.money) }),
      }}
      notice={notice}
    >
      <form method="get" action={`${path}/refund`} className="people-form">
        <Field
          id="amount"
          name="amount"
          label={t("people.refund.amount")}
          hint={t("people.refund.amount-hint", { kept: formatMoneyWithDecimals(t.locale, kept) })}
          prefix={currencySign(kept.currency, locale)}
          defaultValue={typed?.amount ?? toDecimal(kept)}
          error={refusal ? refundRefusalText(t, { refusal, payment }) : null}
          inputMode="decimal"
          autoComplete="off"
          maxLength={40}
          required
        />
        {row.recurringGiftId ? (
          <label className="people-check">
            <input type="checkbox" name="ends" value="yes" defaultChecked={typed?.ends ?? false} />
            <span>
              {t("people.refund.ends")} <small>{t("people.refund.ends-hint")}</small>
            </span>
          </label>
        ) : null}
        <Button>{t("people.refund.preview")}</Button>
      </form>
    </PeopleScreenFrame>
  );
}

export function refundRefusalText(
  t: Translate,
  { refusal, payment }: { refusal: RefundRequestRefusal | ConfirmRefundRefusal; payment: PaymentForStaff },
): string {
  const { kept } = payment;
  return t(`people.refund.refused.${refusal}`, {
    kept: formatMoneyWithDecimals(t.locale, kept),
    currency: kept.currency,
  });
}
