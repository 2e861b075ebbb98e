import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LetterText } from "@/components/supporters/letter-text";
import { LettersClosed } from "@/components/supporters/letters-closed";
import { translator } from "@/content/messages";
import { mayReadLetters } from "@/domain/supporters/letters";
import { publication } from "@/publication";
import { requireViewer } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { findLetter, listLetters } from "@/systems/content";
import { database } from "@/systems/database";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("supporters.letter.for-you") };

export default async function LetterPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/supporters/letters/${slug}`);
  const { locale } = viewer;
  const t = translator(locale);
  const letter = findLetter(slug, locale) ?? notFound();
  if (await mayReadLetters(await database(), viewer, currentTime()))
    return (
      <div className="page page-narrow">
        <p className="supporters-back">
          <a href="/supporters">{t("supporters.letter.all")}</a>
        </p>
        <LetterText locale={locale} letter={letter} />
      </div>
    );
  return (
    <div className="page supporters">
      <header className="supporters-head">
        <h1>{t("supporters.closed.title")}</h1>
      </header>
      <LettersClosed locale={locale} letters={listLetters(locale)} />
    </div>
  );
}
