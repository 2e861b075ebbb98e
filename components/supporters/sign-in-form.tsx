// Asks for an email address to send a sign-in link to. The browser checks its form first.

import { Button } from "@/components/ui/button";
import { EmailField } from "@/components/ui/field";
import { translator } from "@/content/messages";
import { LanguageField } from "../site/language-field";

/** `refused`: typed text that is not an address. */
type SignInFormProps = { locale: string; next: string; refused: string | null };

export function SignInForm({ locale, next, refused }: SignInFormProps) {
  const t = translator(locale);
  return (
    <form className="sign-in-form" method="post" action="/sign-in/send">
      <input type="hidden" name="next" value={next} />
      <LanguageField locale={locale} />
      <EmailField
        id="email"
        name="email"
        label={t("signIn.email")}
        defaultValue={refused ?? undefined}
        error={refused === null ? undefined : t("signIn.email-refused")}
      />
      <Button>{t("signIn.send")}</Button>
    </form>
  );
}
