import { Button } from "@/components/ui/button";
import { EmailField } from "@/components/ui/field";
import { translator } from "@/content/messages";
import { HiddenLanguageField } from "../site/hidden-language-field";

/** `refusedAddress`: a typed text that was not a valid e-mail address. */
type SignInFormProps = { locale: string; next: string; refusedAddress: string | null };

export function SignInForm({ locale, next, refusedAddress }: SignInFormProps) {
  const t = translator(locale);
  return (
    <form className="sign-in-form" method="post" action="/sign-in/send">
      <input type="hidden" name="next" value={next} />
      <HiddenLanguageField locale={locale} />
      <EmailField
        id="email"
        name="email"
        label={t("signIn.email")}
        defaultValue={refusedAddress ?? undefined}
        error={refusedAddress === null ? undefined : t("signIn.email-refused")}
      />
      <Button>{t("signIn.send")}</Button>
    </form>
  );
}
