import type { Translate } from "@/content/messages";
import type { FigureName } from "@/domain/newsroom/figure-names";

export function FigureDefinitionLink({ t, figure }: { t: Translate; figure: FigureName }) {
  return (
    <a className="figure-link" href={`/newsroom/definitions#${figure}`}>
      {t(`figure.${figure}.name`)}
    </a>
  );
}
