import { type Translate, translator } from "@/content/messages";
import type { Currency } from "@/domain/money";
import type { FoundPayments } from "@/domain/newsroom/people/find";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { PaymentsTable } from "../payments/payments-table";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "./people-screen-frame";

export type AmountSearch = {
  amount: string;
  currency: string;
  day: string;
  refusal: { field: "amount" | "day"; text: string } | null;
};

type SearchScreenProps = {
  locale: string;
  timeZone: string;
  typed: string;
  notice: NoticeContent | null;
  currencies: Currency[];
  search: AmountSearch;
  found: FoundPayments | null;
};

export function SearchScreen(props: SearchScreenProps) {
  const { locale, timeZone, typed, notice, found } = props;
  const t = translator(locale);
  return (
    <PeopleScreenFrame title={t("newsroom.section.people")} notice={notice}>
      <PeopleScreenSection id="find" title={t("people.find.title")}>
        <p className="newsroom-note">{t("people.find.sealed")}</p>
        <form method="post" action="/newsroom/people/find" className="people-form">
          <Field
            id="what"
            name="what"
            label={t("people.find.label")}
            hint={t("people.find.hint")}
            defaultValue={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
          />
          <Button>{t("people.find.submit")}</Button>
        </form>
      </PeopleScreenSection>
      <PeopleScreenSection id="by-amount" title={t("people.amount.title")}>
        <AmountForm t={t} {...props} />
        {found ? <Results t={t} found={found} timeZone={timeZone} /> : null}
      </PeopleScreenSection>
      <p>
        <a href="/newsroom/payments">{t("payments.all")}</a>
      </p>
      <p>
        <a href="/newsroom/people/free-seats">{t("people.seats.link")}</a>
      </p>
    </PeopleScreenFrame>
  );
}

/**
 * The form uses GET, so that a colleague can reopen the list of results by its URL. This is safe, because an amount and
 * a day do not identify a person.
 */
function AmountForm({ t, currencies, search }: { t: Translate } & Pick<SearchScreenProps, "currencies" | "search">) {
  const { amount, currency, day, refusal } = search;
  return (
    <form method="get" action="/newsroom/people" className="people-form people-form-row">
      <Field
        id="amount"
        name="amount"
        label={t("people.amount.amount")}
        defaultValue={amount}
        error={refusal?.field === "amount" ? refusal.text : null}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        required
      />
      <div className="field">
        <label className="field-label" htmlFor="currency">
          {t("people.amount.currency")}
        </label>
        <select className="select" id="currency" name="currency" defaultValue={currency}>
          {currencies.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
      <Field
        id="day"
        name="day"
        type="date"
        label={t("people.amount.day")}
        defaultValue={day}
        error={refusal?.field === "day" ? refusal.text : null}
        required
      />
      <Button kind="quiet">{t("people.amount.submit")}</Button>
    </form>
  );
}

function Results({ t, found, timeZone }: { t: Translate; found: FoundPayments; timeZone: string }) {
  const { payments, isMore } = found;
  if (payments.length === 0) return <p className="newsroom-empty">{t("people.amount.none")}</p>;
  return (
    <>
      <p id="found">{t(isMore ? "people.amount.more" : "people.amount.found", { count: payments.length })}</p>
      <PaymentsTable t={t} payments={payments} timeZone={timeZone} mayOpenPayments labelledBy="found" />
    </>
  );
}
