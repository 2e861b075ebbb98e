import { Fragment } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney, type MoneyInAnyCurrency } from "@/domain/money";
import { SignWithSpokenText } from "../ui/scroll-table";

/** Renders one amount per currency, each on its own line. Amounts in different currencies are never added up. */
export function AmountList({ t, amounts }: { t: Translate; amounts: MoneyInAnyCurrency[] }) {
  if (amounts.length === 0) return <NoAmountDash t={t} />;
  return amounts.map((amount, index) => (
    <Fragment key={amount.currency}>
      {index > 0 ? <br /> : null}
      {formatMoney(amount, { locale: t.locale, alwaysDecimals: true })}
    </Fragment>
  ));
}

/** Renders a dash for "no amount". Screen readers read a word instead of the dash. */
export function NoAmountDash({ t }: { t: Translate }) {
  return <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
}
