import type { ReactNode } from "react";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import type { OwnStaffAccount } from "@/domain/newsroom/staff/own-account";
import type { Role } from "@/domain/staff-role";
import { LanguageButtons } from "../../site/language-buttons";
import { listOtherLanguages } from "../../site/other-languages";
import { OwnPasskeys } from "./own-passkeys";

type AccountViewProps = {
  locale: string;
  role: Role;
  timeZone: string;
  account: OwnStaffAccount;
  done: "recovered" | "changed" | null;
  setUpPath: string;
  passkey: Pick<Parameters<typeof OwnPasskeys>[0], "creationOptions" | "done">;
};

export function AccountView({ locale, role, timeZone, account, done, setUpPath, passkey }: AccountViewProps) {
  const t = translator(locale);
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const { app, recovery, wantsSummary } = account;
  return (
    <div className="staff-door">
      <h1>{t("staff.account.title")}</h1>
      {done === "recovered" ? (
        <Notice title={t("staff.account.recovered.title")}>
          <p>{t("staff.account.recovered.text")}</p>
        </Notice>
      ) : null}
      {done === "changed" ? <Notice kind="good" title={t("staff.set-up.changed")} /> : null}
      <p>{t("staff.account.role", { role: t(`staff.role.${role}`) })}</p>
      <Part id="app" title={t("staff.account.app.title")}>
        {app ? <p>{t("staff.account.app.since", { day: days.format(app.since) })}</p> : null}
        <p>
          <LinkStyledAsButton kind="quiet" href={setUpPath}>
            {t("staff.account.app.change")}
          </LinkStyledAsButton>
        </p>
      </Part>
      <Part id="recovery" title={t("staff.account.recovery.title")}>
        <p>
          {t("staff.account.recovery.left", { count: recovery.left })}
          {recovery.madeAt ? ` ${t("staff.account.recovery.made", { day: days.format(recovery.madeAt) })}` : ""}
        </p>
        <form className="staff-form" method="post" action="/newsroom/account/recovery-codes">
          <Button kind="quiet">{t("staff.account.recovery.again")}</Button>
        </form>
        <p className="newsroom-note">{t("staff.account.recovery.note")}</p>
      </Part>
      <OwnPasskeys t={t} timeZone={timeZone} passkeys={account.passkeys} {...passkey} />
      <Summary t={t} isWanted={wantsSummary} />
      <Language t={t} />
    </div>
  );
}

function Summary({ t, isWanted }: { t: Translate; isWanted: boolean }) {
  return (
    <Part id="summary" title={t("staff.account.summary.title")}>
      <p>{t("staff.account.summary.text")}</p>
      <p>{t(isWanted ? "staff.account.summary.on" : "staff.account.summary.off")}</p>
      <form className="staff-form" method="post" action="/newsroom/account/summary">
        <input type="hidden" name="wanted" value={isWanted ? "no" : "yes"} />
        <Button kind="quiet">{t(isWanted ? "staff.account.summary.stop" : "staff.account.summary.start")}</Button>
      </form>
    </Part>
  );
}

function Language({ t }: { t: Translate }) {
  if (listOtherLanguages(t.locale).length === 0) return null;
  return (
    <Part id="language" title={t("staff.account.language.title")}>
      <p>{t("staff.account.language.text")}</p>
      <LanguageButtons locale={t.locale} kind="quiet" className="staff-form" action="/newsroom/account/language" />
    </Part>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="staff-step" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
