import { translator } from "@/content/messages";
import { FREQUENCIES } from "@/domain/frequencies";
import { currenciesOf, type Publication } from "@/domain/publication";
import type { UncheckedReminderForm as Form, ParseReminderResult } from "@/domain/supporters/reminder-form";
import { currencyName } from "../giving/currency-choice";
import { refusalText } from "../giving/refusal-text";
import { HiddenLanguageField } from "../site/hidden-language-field";
import { Button } from "../ui/button";
import { EmailField, Field } from "../ui/field";

type Refusal = Extract<ParseReminderResult, { kind: "refused" }>;
type ReminderFormProps = { locale: string; publication: Publication; form: Form; refusal: Refusal | null };

export function ReminderForm({ locale, publication, form, refusal }: ReminderFormProps) {
  const t = translator(locale);
  const currencies = currenciesOf(publication);
  return (
    <form className="sign-in-form reminder-form" method="post" action="/remind-me/ask">
      <HiddenLanguageField locale={locale} />
      <fieldset className="gift-every">
        <legend className="gift-legend">{t("reminders.rhythm")}</legend>
        <div className="segments">
          {FREQUENCIES.map((rhythm) => (
            <label key={rhythm}>
              <input type="radio" name="rhythm" value={rhythm} defaultChecked={rhythm === form.rhythm} />
              <span>{t(`reminders.rhythm.${rhythm}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="reminder-amount">
        <Field
          id="amount"
          name="amount"
          label={t("reminders.amount")}
          hint={t("reminders.amount-hint")}
          error={
            refusal?.reason === "amount" ? refusalText(t, { ...refusal.amount, currency: form.currency }) : undefined
          }
          defaultValue={form.amount}
          inputMode="decimal"
          autoComplete="off"
          maxLength={40}
        />
        <div className="gift-currency" hidden={currencies.length === 1}>
          <label className="gift-legend" htmlFor="currency">
            {t("giving.currency")}
          </label>
          <select className="select" id="currency" name="currency" defaultValue={form.currency}>
            {currencies.map((currency) => (
              <option key={currency} value={currency}>
                {currencyName(currency, locale)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <EmailField
        id="email"
        name="email"
        label={t("signIn.email")}
        defaultValue={form.email}
        error={refusal?.reason === "email" ? t("signIn.email-refused") : undefined}
      />
      <Button>{t("reminders.ask")}</Button>
    </form>
  );
}
