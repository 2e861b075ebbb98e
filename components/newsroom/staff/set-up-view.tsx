import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { QrCode } from "@/components/ui/qr-code";
import { translator } from "@/content/messages";
import { CodeField, type SecondFactorRefusal } from "./code-view";

type FactorSetUpViewProps = {
  locale: string;
  name: string;
  next: string;
  /** In base32. */
  secret: string;
  appLink: string;
  /** True if the colleague replaces their authenticator app; false if they set one up for the first time. */
  isChange: boolean;
  waitMinutes: number;
  refused: SecondFactorRefusal | null;
};

export function FactorSetUpView({
  locale,
  name,
  next,
  secret,
  appLink,
  isChange,
  waitMinutes,
  refused,
}: FactorSetUpViewProps) {
  const t = translator(locale);
  return (
    <div className="staff-door">
      <h1>{t(isChange ? "staff.set-up.change-title" : "staff.set-up.title")}</h1>
      {isChange ? null : <p>{t("staff.set-up.why")}</p>}
      <section className="staff-step" aria-labelledby="app">
        <h2 id="app">{t("staff.set-up.app-title")}</h2>
        <p>{t("staff.set-up.app-text")}</p>
        <div className="staff-key">
          <QrCode text={appLink} label={t("staff.set-up.picture", { name })} />
          <div>
            <p>{t("staff.set-up.key")}</p>
            <p>
              <code>{inGroups(secret)}</code>
            </p>
            <p>
              {t.rich<ReactNode>("staff.set-up.here", {
                link: (words) => (
                  <a key="link" href={appLink}>
                    {words}
                  </a>
                ),
              })}
            </p>
          </div>
        </div>
      </section>
      <section className="staff-step" aria-labelledby="first">
        <h2 id="first">{t("staff.set-up.code-title")}</h2>
        <form className="staff-form" method="post" action="/newsroom/code/set-up/confirm">
          <input type="hidden" name="next" value={next} />
          <CodeField t={t} refused={refused} waitMinutes={waitMinutes} />
          <Button>{t("staff.set-up.confirm")}</Button>
        </form>
      </section>
    </div>
  );
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
