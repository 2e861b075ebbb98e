// A figure's name that leads to its one definition, on /newsroom/definitions.
import type { Translate } from "@/content/messages";
import type { Figure } from "@/domain/newsroom/figure-names";

export function FigureLink({ t, figure }: { t: Translate; figure: Figure }) {
  return (
    <a className="figure-link" href={`/newsroom/definitions#${figure}`}>
      {t(`figure.${figure}.name`)}
    </a>
  );
}
