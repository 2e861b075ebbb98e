import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { OwnStaffAccount } from "@/domain/newsroom/staff/own-account";
import { PasskeyForm } from "./passkey-form";

type OwnPasskeysProps = {
  t: Translate;
  timeZone: string;
  passkeys: OwnStaffAccount["passkeys"];
  /**
   * The options for the browser's dialog that creates a passkey. Null if the site's URL does not allow passkeys, or the
   * colleague already has the maximum number of passkeys.
   */
  creationOptions: Parameters<typeof PasskeyForm>[0]["creationOptions"] | null;
  done: "added" | "refused" | null;
};

export function OwnPasskeys({ t, timeZone, passkeys, creationOptions, done }: OwnPasskeysProps) {
  const days = new Intl.DateTimeFormat(t.locale, { dateStyle: "long", timeZone });
  return (
    <section className="staff-step" aria-labelledby="passkeys">
      <h2 id="passkeys">{t("staff.account.passkeys.title")}</h2>
      {done ? <Notice kind={done === "added" ? "good" : "bad"} title={t(`staff.account.passkeys.${done}`)} /> : null}
      <p>{t("staff.account.passkeys.text")}</p>
      <ul className="own-passkeys">
        {passkeys.map(({ id, addedAt, usedAt }) => (
          <li key={id}>
            <span>
              {t("staff.account.passkeys.since", { day: days.format(addedAt) })}
              {usedAt ? `, ${t("staff.account.passkeys.used", { day: days.format(usedAt) })}` : ""}
            </span>
            <form method="post" action="/newsroom/account/passkeys/remove">
              <input type="hidden" name="passkey" value={id} />
              <Button kind="plain" aria-label={t("staff.account.passkeys.remove-one", { day: days.format(addedAt) })}>
                {t("staff.account.passkeys.remove")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
      {creationOptions ? (
        <PasskeyForm
          action="/newsroom/account/passkeys"
          label={t("staff.account.passkeys.add")}
          failureText={t("staff.account.passkeys.refused")}
          creationOptions={creationOptions}
        />
      ) : (
        <p className="newsroom-note">{t("staff.account.passkeys.none")}</p>
      )}
    </section>
  );
}
