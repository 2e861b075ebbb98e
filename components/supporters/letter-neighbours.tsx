import { translator } from "@/content/messages";
import type { LetterToSupporters } from "@/domain/articles/article";
import type { NeighbouringLetters } from "@/domain/articles/letters";

export function LetterNeighbours({ locale, older, newer }: NeighbouringLetters & { locale: string }) {
  const t = translator(locale);
  if (!older && !newer) return null;
  return (
    <nav className="letter-neighbours" aria-label={t("letters.neighbours")}>
      {older ? <Neighbour letter={older} label={t("letters.older")} rel="prev" /> : <span />}
      {newer ? <Neighbour letter={newer} label={t("letters.newer")} rel="next" /> : <span />}
    </nav>
  );
}

function Neighbour({ letter, label, rel }: { letter: LetterToSupporters; label: string; rel: "prev" | "next" }) {
  return (
    <a className={`letter-neighbour letter-neighbour-${rel}`} href={`/supporters/letters/${letter.slug}`} rel={rel}>
      <span>{label}</span>
      <b>{letter.headline}</b>
    </a>
  );
}
