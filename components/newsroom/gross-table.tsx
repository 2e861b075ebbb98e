// A table of gross amounts, by article or by wording of the appeal.
import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import type { SettledMoney } from "@/domain/money";
import { ScrollTable } from "../ui/scroll-table";
import { Amounts } from "./amounts";

type GrossRow = { key: string; name: string; payments: number; gross: SettledMoney[] };
type GrossTableProps = {
  t: Translate;
  /** The id of the heading, which names the table for screen readers. */
  id: string;
  title: string;
  /** The heading of the first column. */
  head: string;
  rows: GrossRow[];
  nameClass?: string;
  children?: ReactNode;
};

/** `children`: notes above the table. */
export function GrossTable({ t, id, title, head, rows, nameClass, children }: GrossTableProps) {
  return (
    <section className="newsroom-part">
      <h2 id={id}>{title}</h2>
      {children}
      <ScrollTable labelledBy={id}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="figure">
              {t("newsroom.articles.payments")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.articles.gross")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, payments, gross }) => (
            <tr key={key}>
              <th scope="row" className={nameClass}>
                {name}
              </th>
              <td className="figure">{payments.toLocaleString(t.locale)}</td>
              <td className="figure">
                <Amounts t={t} amounts={gross} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
