import { offeredLanguage, versionsOf } from "@/domain/languages";
import { publication } from "@/publication";

/** Tells search engines of a page's other languages. */
export function alternateLinks({ site, path }: { site: string; path: string }) {
  const versions = versionsOf(path, publication);
  if (versions.length < 2) return null;
  return [...versions, { language: "x-default", path }].map((version) => (
    <link key={version.language} rel="alternate" hrefLang={version.language} href={site + version.path} />
  ));
}

/** Links to the same page in the other languages, each in its own language. */
export function OtherLanguages({ locale, path }: { locale: string; path: string }) {
  const own = offeredLanguage(locale, publication);
  return versionsOf(path, publication).map(({ language, path: href }) =>
    language === own ? null : (
      <a key={language} href={href} lang={language} hrefLang={language}>
        {nameOf(language)}
      </a>
    ),
  );
}

/** The offered languages other than this one. */
export function languagesBeside(locale: string): readonly string[] {
  const own = offeredLanguage(locale, publication);
  return publication.languages.filter((language) => language !== own);
}

/** The language's name in the language itself, as a label. */
export function nameOf(language: string): string {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
