"use client";
// Imports as little as possible, because the error can come from a failed import.
import { useSyncExternalStore } from "react";
import { siteJsonByLanguage } from "@/content/messages/site-words";
import { directionOf } from "@/domain/direction";
import { languageOfReader } from "@/domain/languages";
import { publication } from "@/publication";
import "@/components/style/site.css";

type SiteWords = (typeof siteJsonByLanguage)["en"];

const WORDS: Record<string, SiteWords> = siteJsonByLanguage;

export default function GlobalErrorPage({ retry }: { retry: () => void }) {
  const language = useSyncExternalStore(neverChanges, readLanguage, () => publication.defaultLanguage);
  const words = WORDS[language] ?? siteJsonByLanguage.en;
  return (
    <html lang={language} dir={directionOf(language)} className="fonts own-fonts">
      <head>
        <title>{words["error.failed-title"]}</title>
      </head>
      <body>
        <main className="plain-page">
          <h1>{words["error.failed-title"]}</h1>
          <p>{words["error.failed-text"]}</p>
          <p>
            <button type="button" className="button" onClick={() => retry()}>
              {words["error.again"]}
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}

function readLanguage(): string {
  const previousLanguage = document.documentElement.lang;
  return languageOfReader(
    { previousLanguage, url: new URL(location.href), preferred: navigator.languages },
    publication,
  );
}

function neverChanges(): () => void {
  return () => {};
}
