import { LinkStyledAsButton } from "@/components/ui/button";
import { translator } from "@/content/messages";
import type { LetterToSupporters } from "@/domain/articles/article";
import { pathInLanguage } from "../site/own-path";
import { LetterList } from "./letter-list";

export function LettersLocked({ locale, letters }: { locale: string; letters: readonly LetterToSupporters[] }) {
  const t = translator(locale);
  return (
    <div className="letters-closed">
      <div className="letters-closed-why">
        <p>{t("supporters.closed.why")}</p>
        <p>{t("supporters.closed.how")}</p>
        <LinkStyledAsButton href={pathInLanguage(t, "/give")}>{t("supporters.closed.give")}</LinkStyledAsButton>
        <p className="supporters-note">{t("supporters.closed.other-address")}</p>
      </div>
      <section className="supporters-section" aria-labelledby="letters">
        <h2 id="letters">{t("supporters.closed.list")}</h2>
        <LetterList locale={locale} letters={letters} isOpen={false} />
      </section>
    </div>
  );
}
