// What each wording of the appeal brought.
import type { Translate } from "@/content/messages";
import type { VariantTotals } from "@/domain/newsroom/by-variant";
import { ScrollTable } from "../ui/scroll-table";
import { Amounts } from "./money-received";

export function ByVariant({ t, variants }: { t: Translate; variants: VariantTotals[] }) {
  return (
    <section className="newsroom-part">
      <h2 id="by-variant">{t("newsroom.variants.title")}</h2>
      <p className="newsroom-note">{t("newsroom.variants.note")}</p>
      <ScrollTable labelledBy="by-variant">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.variants.wording")}</th>
            <th scope="col" className="figure">
              {t("newsroom.articles.payments")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.articles.gross")}
            </th>
          </tr>
        </thead>
        <tbody>
          {variants.map(({ appeal, variant, payments, gross }) => (
            <tr key={`${appeal}/${variant}`}>
              <th scope="row">
                {appeal ? t("newsroom.variants.of", { appeal, variant: variant ?? "" }) : t("newsroom.variants.none")}
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
