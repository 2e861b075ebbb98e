import { offeredLanguage, pathIn } from "@/domain/languages";
import { publication } from "@/publication";

type Version = { language: string; path: string };

/** The addresses of a page in each language, if there is more than one. */
function versionsOf(path: string): Version[] {
  const { languages } = publication;
  if (languages.length < 2) return [];
  return languages.map((language) => ({ language, path: pathIn(language, path, publication) }));
}

/** Tells search engines of a page's other languages. */
export function alternateLinks({ site, path }: { site: string; path: string }) {
  const versions = versionsOf(path);
  if (versions.length === 0) return null;
  return [...versions, { language: "x-default", path }].map((version) => (
    <link key={version.language} rel="alternate" hrefLang={version.language} href={site + version.path} />
  ));
}

/** Links to the same page in the other languages, each in its own language. */
export function OtherLanguages({ locale, path }: { locale: string; path: string }) {
  const own = offeredLanguage(locale, publication);
  return versionsOf(path).map(({ language, path: href }) =>
    language === own ? null : (
      <a key={language} href={href} lang={language} hrefLang={language}>
        {nameOf(language)}
      </a>
    ),
  );
}

function nameOf(language: string): string {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
