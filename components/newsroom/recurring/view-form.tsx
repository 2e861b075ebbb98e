// Chooses what the Recurring page shows. A form that is sent by GET, so that the address holds the whole view.
import { Button } from "@/components/ui/button";
import type { Translate } from "@/content/messages";
import { dayAfterMonths } from "@/domain/calendar";
import { MONTHS_SHOWN, type RecurringView, recurringQuery } from "@/domain/newsroom/recurring-view";

type ViewFormProps = {
  t: Translate;
  view: RecurringView;
  today: string;
  /** Those that gifts came in. */
  currencies: readonly string[];
  /** The currency of sums over all currencies. */
  inOne: string;
};

export function ViewForm({ t, view, today, currencies, inOne }: ViewFormProps) {
  // A link may name a currency in which nothing has come yet.
  const named = [...new Set([...currencies, ...(view.currency ? [view.currency] : [])])];
  return (
    <form className="income-view" method="get" action="/newsroom/recurring" aria-label={t("income.form")}>
      <input type="hidden" name="until" value={view.until} />
      <Choice
        name="months"
        label={t("renewals.months")}
        chosen={String(view.months)}
        options={MONTHS_SHOWN.map((count) => [String(count), t("renewals.months.count", { count })])}
      />
      <Choice
        name="currency"
        label={t("income.currency")}
        chosen={view.currency ?? "all"}
        options={[
          ["all", t("income.currency.all", { currency: inOne })],
          ...named.map((each): [string, string] => [each, each]),
        ]}
      />
      <Button kind="quiet">{t("income.show")}</Button>
      <Steps t={t} view={view} thisMonth={today.slice(0, 7)} />
    </form>
  );
}

/** As many months before these, after them, and those until now. */
function Steps({ t, view, thisMonth }: { t: Translate; view: RecurringView; thisMonth: string }) {
  const moved = (months: number) => dayAfterMonths(`${view.until}-01`, months).slice(0, 7);
  const later = moved(view.months);
  return (
    <p className="income-steps">
      <a href={addressOf({ ...view, until: moved(-view.months) })}>{t("income.earlier")}</a>
      {view.until < thisMonth ? (
        <>
          <a href={addressOf({ ...view, until: later < thisMonth ? later : thisMonth })}>{t("income.later")}</a>
          <a href={addressOf({ ...view, until: thisMonth })}>{t("income.today")}</a>
        </>
      ) : null}
    </p>
  );
}

function addressOf(view: RecurringView): string {
  return `/newsroom/recurring?${recurringQuery(view)}`;
}

type ChoiceProps = { name: string; label: string; chosen: string; options: readonly (readonly [string, string])[] };

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={name}>
        {label}
      </label>
      <select className="select" id={name} name={name} defaultValue={chosen}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
