// One field, one button: a link by mail. The browser checks the address before it is sent; what the server refuses is not
// shown again, since an address belongs into no URL.
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { translator } from "@/content/messages";

type SignInFormProps = { locale: string; next: string; isRefused: boolean };

export function SignInForm({ locale, next, isRefused }: SignInFormProps) {
  const t = translator(locale);
  return (
    <form className="sign-in-form" method="post" action="/sign-in/send">
      <input type="hidden" name="next" value={next} />
      <Field
        id="email"
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required
        label={t("signIn.email")}
        error={isRefused ? t("signIn.email-refused") : undefined}
      />
      <Button>{t("signIn.send")}</Button>
    </form>
  );
}
