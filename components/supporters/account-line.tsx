// Shows who is signed in, and the button to sign out.
import { Button } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { whole } from "./whole";

export function AccountLine({ locale, address }: { locale: string; address: string | null }) {
  const t = translator(locale);
  return (
    <form className="account-line" method="post" action="/supporters/sign-out">
      <span>{address ? t.rich("supporters.signed-in-as", { address, whole }) : t("supporters.signed-in")}</span>
      <a href="/supporters/sessions">{t("sessions.link")}</a>
      <Button kind="plain">{t("supporters.sign-out")}</Button>
    </form>
  );
}
