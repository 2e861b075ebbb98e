import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { PasskeyForm } from "./passkey-form";

export type SecondFactorRefusal = "wrong" | "used" | "too-often";

type FactorCodeViewProps = {
  locale: string;
  /** The publication's name. The authenticator app lists the account under it. */
  publicationName: string;
  next: string;
  /** True if the colleague entered the second factor earlier in this session, and must now enter it again. */
  isReauthentication: boolean;
  codeValidMinutes: number;
  waitMinutes: number;
  /** The options with which the browser opens its passkey dialog. Null for a colleague without a passkey. */
  passkey: Parameters<typeof PasskeyForm>[0]["requestOptions"] | null;
  refused: SecondFactorRefusal | null;
  refusedPasskey: SecondFactorRefusal | null;
  refusedRecovery: SecondFactorRefusal | null;
};

export function FactorCodeView({
  locale,
  publicationName,
  next,
  isReauthentication,
  codeValidMinutes,
  ...rest
}: FactorCodeViewProps) {
  const t = translator(locale);
  return (
    <div className="staff-door">
      <h1>{t("staff.code.title")}</h1>
      <p>{t("staff.code.text", { name: publicationName })}</p>
      {isReauthentication ? (
        <p className="newsroom-note">{t("staff.code.fresh", { minutes: codeValidMinutes })}</p>
      ) : null}
      <form className="staff-form" method="post" action="/newsroom/code/enter">
        <input type="hidden" name="next" value={next} />
        <CodeField t={t} refused={rest.refused} waitMinutes={rest.waitMinutes} />
        <Button>{t("staff.code.enter")}</Button>
      </form>
      {rest.refusedPasskey ? <Notice kind="bad" title={t("staff.code.passkey.wrong")} /> : null}
      {rest.passkey ? (
        <PasskeyForm
          action="/newsroom/code/passkey"
          next={next}
          label={t("staff.code.passkey")}
          failureText={t("staff.code.passkey.failed")}
          requestOptions={rest.passkey}
        />
      ) : null}
      <LostPhone t={t} next={next} refused={rest.refusedRecovery} waitMinutes={rest.waitMinutes} />
    </div>
  );
}

type CodeFieldProps = { t: Translate; refused: SecondFactorRefusal | null; waitMinutes: number };

export function CodeField({ t, refused, waitMinutes }: CodeFieldProps) {
  return (
    <Field
      id="code"
      name="code"
      label={t("staff.code.label")}
      hint={t("staff.code.hint")}
      error={refused ? t(`staff.code.${refused}`, { minutes: waitMinutes }) : undefined}
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={9}
      required
    />
  );
}

type LostPhoneProps = { t: Translate; next: string; refused: SecondFactorRefusal | null; waitMinutes: number };

function LostPhone({ t, next, refused, waitMinutes }: LostPhoneProps) {
  const reason = refused === "too-often" ? "too-often" : "wrong";
  return (
    <details className="staff-lost" open={refused !== null}>
      <summary>{t("staff.code.lost.title")}</summary>
      <form className="staff-form" method="post" action="/newsroom/code/recover">
        <input type="hidden" name="next" value={next} />
        <Field
          id="recovery"
          name="recovery"
          label={t("staff.code.lost.label")}
          hint={t("staff.code.lost.text")}
          error={refused ? t(`staff.code.lost.${reason}`, { minutes: waitMinutes }) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
          required
        />
        <Button kind="quiet">{t("staff.code.lost.enter")}</Button>
      </form>
      <p className="newsroom-note">{t("staff.code.lost.none")}</p>
    </details>
  );
}
