import { translator } from "@/content/messages";
import { FIGURE_GROUPS, type FigureGroup } from "@/domain/newsroom/figure-names";
import { NewsroomPage } from "./newsroom-page";

const GROUPS = Object.keys(FIGURE_GROUPS) as FigureGroup[];

type DefinitionsScreenProps = { locale: string; now: Date; timeZone: string };

export function DefinitionsScreen({ locale, now, timeZone }: DefinitionsScreenProps) {
  const t = translator(locale);
  return (
    <NewsroomPage locale={locale} section="income" title={t("figures.title")} now={now} timeZone={timeZone}>
      <p className="newsroom-note">{t("figures.note")}</p>
      {GROUPS.map((group) => (
        <section key={group} className="newsroom-part">
          <h2>{t(`figures.${group}`)}</h2>
          <dl className="definitions">
            {FIGURE_GROUPS[group].map((figure) => (
              <div key={figure} id={figure}>
                <dt>{t(`figure.${figure}.name`)}</dt>
                <dd>{t(`figure.${figure}.definition`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </NewsroomPage>
  );
}
