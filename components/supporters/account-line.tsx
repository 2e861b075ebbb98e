import { Button } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { LanguageButtons } from "../site/language-buttons";
import { keepOnOneLine } from "./keep-on-one-line";

type AccountLineProps = {
  locale: string;
  address: string | null;
  /**
   * True if the line lets the person choose a language. True only for supporters, because the chosen language is stored
   * with the supporter.
   */
  choosesLanguage?: boolean;
};

export function AccountLine({ locale, address, choosesLanguage = false }: AccountLineProps) {
  const t = translator(locale);
  return (
    <div className="account-line">
      <span>
        {address ? t.rich("supporters.signed-in-as", { address, whole: keepOnOneLine }) : t("supporters.signed-in")}
      </span>
      {choosesLanguage ? (
        <LanguageButtons
          locale={locale}
          kind="plain"
          action="/supporters/own-data/language"
          fields={{ page: "/supporters" }}
        />
      ) : null}
      <a href="/supporters/sessions">{t("sessions.link")}</a>
      <form method="post" action="/supporters/sign-out">
        <Button kind="plain">{t("supporters.sign-out")}</Button>
      </form>
    </div>
  );
}
