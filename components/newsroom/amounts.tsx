import { Fragment } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney, type SettledMoney } from "@/domain/money";
import { Nothing } from "../ui/scroll-table";

/** One below the other: they are in different currencies, and are never added. */
export function Amounts({ t, amounts }: { t: Translate; amounts: SettledMoney[] }) {
  if (amounts.length === 0) return <None t={t} />;
  return amounts.map((amount, index) => (
    <Fragment key={amount.currency}>
      {index > 0 ? <br /> : null}
      {formatMoney(amount, { locale: t.locale, exact: true })}
    </Fragment>
  ));
}

/** A dash. Screen readers read a word instead. */
export function None({ t }: { t: Translate }) {
  return <Nothing sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
}
