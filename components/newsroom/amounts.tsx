import { Fragment } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney, type SettledMoney } from "@/domain/money";
import { EmptyCell } from "../ui/scroll-table";

/** Shows amounts in different currencies below each other. They are never added up. */
export function AmountList({ t, amounts }: { t: Translate; amounts: SettledMoney[] }) {
  if (amounts.length === 0) return <NoAmount t={t} />;
  return amounts.map((amount, index) => (
    <Fragment key={amount.currency}>
      {index > 0 ? <br /> : null}
      {formatMoney(amount, { locale: t.locale, exact: true })}
    </Fragment>
  ));
}

/** A dash for a missing amount. Screen readers read a word instead. */
export function NoAmount({ t }: { t: Translate }) {
  return <EmptyCell sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
}
