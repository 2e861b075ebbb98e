// Renders the form that filters the list of payments. The form uses GET, so that the URL contains the filter.
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Translate } from "@/content/messages";
import {
  isPaymentListFiltered,
  PAYMENT_KINDS,
  PAYMENT_STANDINGS,
  type ParsedPaymentListFilter,
} from "@/domain/newsroom/payment-view";
import { SelectField } from "../select-field";

type PaymentFilterProps = ParsedPaymentListFilter & { t: Translate; currencies: readonly string[] };

export function PaymentFilter({ t, view, refused, currencies }: PaymentFilterProps) {
  // A link can filter by a currency that the form does not offer.
  const named = [...new Set([...currencies, ...(view.currency ? [view.currency] : [])])];
  const all = (words: string): [string, string] => ["", words];
  const error = (field: "from" | "to") =>
    refused?.field === field ? t(`payments.refused.${refused.reason}`) : undefined;
  const day = (name: "from" | "to") => (
    <Field
      id={name}
      name={name}
      // If the typed date was refused, shows a text field, because a browser empties a date field whose value is not a
      // date.
      type={error(name) ? "text" : "date"}
      label={t(`exports.${name}`)}
      defaultValue={view[name]}
      error={error(name)}
    />
  );
  return (
    <details className="payments-filter" open={isPaymentListFiltered(view)}>
      <summary>{t("payments.filter")}</summary>
      <form method="get" action="/newsroom/payments" aria-label={t("payments.filter")}>
        <SelectField
          name="state"
          label={t("newsroom.latest.status")}
          chosen={view.state ?? ""}
          options={[
            all(t("payments.every-state")),
            ...optionsOf(PAYMENT_STANDINGS, (each) => t(`newsroom.standing.${each}`)),
          ]}
        />
        <SelectField
          name="kind"
          label={t("newsroom.latest.frequency")}
          chosen={view.kind ?? ""}
          options={[all(t("payments.every-kind")), ...optionsOf(PAYMENT_KINDS, (each) => t(`payments.kind.${each}`))]}
        />
        <SelectField
          name="currency"
          label={t("income.currency")}
          chosen={view.currency ?? ""}
          options={[all(t("payments.every-currency")), ...optionsOf(named, (each) => each)]}
        />
        {day("from")}
        {day("to")}
        <p className="payments-pages">
          <Button kind="quiet">{t("payments.show")}</Button>
          {isPaymentListFiltered(view) ? <a href="/newsroom/payments">{t("payments.all")}</a> : null}
        </p>
      </form>
    </details>
  );
}

function optionsOf<Each extends string>(values: readonly Each[], words: (each: Each) => string): [string, string][] {
  return values.map((each) => [each, words(each)]);
}
