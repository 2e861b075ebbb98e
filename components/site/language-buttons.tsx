// The buttons with which a signed-in person chooses their language.
import { Button, type ButtonKind } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { listOtherLanguages, nativeLanguageName } from "./other-languages";

type LanguageButtonsProps = {
  /** The current language of the page. It gets no button. */
  locale: string;
  /** The URL that stores the choice. */
  action: string;
  kind: ButtonKind;
  className?: string;
  fields?: Record<string, string>;
};

export function LanguageButtons({ locale, action, kind, className, fields = {} }: LanguageButtonsProps) {
  const others = listOtherLanguages(locale);
  if (others.length === 0) return null;
  return (
    <form className={className} method="post" action={action}>
      <HiddenFields fields={fields} />
      {others.map((language) => (
        <Button key={language} kind={kind} name="language" value={language} lang={language}>
          {nativeLanguageName(language)}
        </Button>
      ))}
    </form>
  );
}
