// Buttons that choose another language, for people who are signed in. Renders nothing if the site has only one language.
import { Button, type ButtonKind } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { languageName, otherLanguages } from "./other-languages";

type LanguageButtonsProps = {
  /** The page's current language. It gets no button. */
  locale: string;
  /** The URL that stores the choice. */
  action: string;
  kind: ButtonKind;
  className?: string;
  /** Other hidden fields that the form needs. */
  fields?: Record<string, string>;
};

export function LanguageButtons({ locale, action, kind, className, fields = {} }: LanguageButtonsProps) {
  const others = otherLanguages(locale);
  if (others.length === 0) return null;
  return (
    <form className={className} method="post" action={action}>
      <HiddenFields fields={fields} />
      {others.map((language) => (
        <Button key={language} kind={kind} name="language" value={language} lang={language}>
          {languageName(language)}
        </Button>
      ))}
    </form>
  );
}
