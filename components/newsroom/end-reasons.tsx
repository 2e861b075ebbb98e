import { ChartLinks } from "@/components/charts/chart-frame";
import type { Translate } from "@/content/messages";
import type { EndReasonCounts as Listed } from "@/domain/newsroom/endings";
import { ScrollTable } from "../ui/scroll-table";
import { RecurringListLink } from "./recurring/recurring-list-link";

type EndingsProps = { t: Translate; endings: Listed; mayOpenPeople: boolean; csv: string };

export function EndReasonsTable({ t, endings: { endings, days }, mayOpenPeople, csv }: EndingsProps) {
  return (
    <section className="newsroom-part">
      <h2 id="endings">{t("newsroom.endings.title")}</h2>
      {endings.length === 0 ? (
        <p className="newsroom-note">{t("newsroom.endings.none", { days })}</p>
      ) : (
        <>
          <p className="newsroom-note">{t("newsroom.endings.note", { days })}</p>
          <ScrollTable labelledBy="endings">
            <thead>
              <tr>
                <th scope="col">{t("newsroom.endings.reason")}</th>
                <th scope="col" className="figure">
                  {t("newsroom.endings.gifts")}
                </th>
              </tr>
            </thead>
            <tbody>
              {endings.map(({ reason, gifts }) => (
                <tr key={reason}>
                  <th scope="row">{t(`newsroom.endings.${reason}`)}</th>
                  <td className="figure">{gifts.toLocaleString(t.locale)}</td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
      {mayOpenPeople ? <RecurringListLink t={t} list="ended" /> : null}
      <ChartLinks t={t} title={t("newsroom.endings.title")} csv={csv} figures={["lost"]} />
    </section>
  );
}
