import { languageVersionsOf, offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/**
 * Returns links that tell search engines the page's versions in all languages. Returns null if only one language is
 * offered.
 */
export function alternateLinks({ site, path }: { site: string; path: string }) {
  const versions = languageVersionsOf(path, publication);
  if (versions.length < 2) return null;
  return [...versions, { language: "x-default", path }].map((version) => (
    <link key={version.language} rel="alternate" hrefLang={version.language} href={site + version.path} />
  ));
}

/**
 * Renders a link to the page in each other language that the site offers. Each link is labelled in its own language.
 */
export function OtherLanguages({ locale, path }: { locale: string; path: string }) {
  const own = offeredLanguage(locale, publication);
  return languageVersionsOf(path, publication).map(({ language, path: href }) =>
    language === own ? null : (
      <a key={language} href={href} lang={language} hrefLang={language}>
        {nativeLanguageName(language)}
      </a>
    ),
  );
}

export function listOtherLanguages(locale: string): readonly string[] {
  const own = offeredLanguage(locale, publication);
  return publication.languages.filter((language) => language !== own);
}

/** Returns the language's name for itself, with a capital letter. */
export function nativeLanguageName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
