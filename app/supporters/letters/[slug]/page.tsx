import { notFound } from "next/navigation";
import { LetterNeighbours } from "@/components/supporters/letter-neighbours";
import { LetterText } from "@/components/supporters/letter-text";
import { LettersLocked } from "@/components/supporters/letters-locked";
import { translator } from "@/content/messages";
import { neighboursOf } from "@/domain/articles/letters";
import { mayReadLetters } from "@/domain/supporters/letters";
import { requireSignedInUser } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { listPublishedLetters } from "@/systems/letters/published-letters";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.letter.for-you");

export default async function LetterPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireSignedInUser(`/supporters/letters/${slug}`);
  const { locale } = viewer;
  const t = translator(locale);
  const now = currentTime();
  const letters = listPublishedLetters(locale, now);
  const letter = letters.find((one) => one.slug === slug) ?? notFound();
  if (await mayReadLetters(await database(), viewer, now))
    return (
      <div className="page page-narrow">
        <p className="supporters-back">
          <a href="/supporters">{t("supporters.letter.all")}</a>
        </p>
        <LetterText locale={locale} letter={letter} />
        <LetterNeighbours locale={locale} {...neighboursOf(slug, letters)} />
      </div>
    );
  return (
    <div className="page supporters">
      <header className="supporters-head">
        <h1>{t("supporters.closed.title")}</h1>
      </header>
      <LettersLocked locale={locale} letters={letters} />
    </div>
  );
}
