import { formatDay } from "@/components/site/format-day";
import { HiddenLanguageField } from "@/components/site/hidden-language-field";
import { pathWithLanguageQuery } from "@/components/site/own-path";
import { keepOnOneLine } from "@/components/supporters/keep-on-one-line";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { type Translate, translator } from "@/content/messages";
import type { AddressChangeSide } from "@/domain/supporters/address-change";

/**
 * `waiting`: the mailbox named in `side` has confirmed. The other mailbox must still confirm, or the time
 * `takesEffectAt` has not come. `at-stripe`: both mailboxes confirmed, but Stripe has not answered yet.
 */
export type EmailChangeState =
  | { kind: "open"; side: AddressChangeSide; address: string; takesEffectAt: Date | null }
  | { kind: "waiting"; side: AddressChangeSide; takesEffectAt: Date | null }
  | { kind: "at-stripe" | "changed" | "stopped" | "spent" };

type AddressChangeProps = { locale: string; token: string; state: EmailChangeState };

export function AddressChangeView({ locale, token, state }: AddressChangeProps) {
  const t = translator(locale);
  return (
    <div className="page page-narrow own-data-page">
      <h1>{t(state.kind === "open" ? "addressChange.title" : `addressChange.${state.kind}-title`)}</h1>
      <Words t={t} state={state} />
      {state.kind === "open" ? (
        <div className="own-data-ways">
          <form method="post" action="/address-change/confirm">
            <HiddenLanguageField locale={t.locale} />
            <input type="hidden" name="token" value={token} />
            <Button>{t("addressChange.confirm")}</Button>
          </form>
          <Stop t={t} token={token} />
        </div>
      ) : null}
      {state.kind === "waiting" ? <Stop t={t} token={token} /> : null}
      {state.kind === "changed" || state.kind === "spent" || state.kind === "stopped" ? (
        <LinkStyledAsButton kind="quiet" href={pathWithLanguageQuery(t, "/supporters")}>
          {t("addressChange.sign-in")}
        </LinkStyledAsButton>
      ) : null}
    </div>
  );
}

function Words({ t, state }: { t: Translate; state: EmailChangeState }) {
  if (state.kind === "open") {
    const { side, address, takesEffectAt } = state;
    return (
      <>
        <p>{t.rich("addressChange.open-text", { address, whole: keepOnOneLine })}</p>
        <p>
          {takesEffectAt ? t(`addressChange.lost-${side}`, { day: day(t, takesEffectAt) }) : t("addressChange.both")}
        </p>
      </>
    );
  }
  if (state.kind === "waiting")
    return (
      <p>
        {state.takesEffectAt && state.side === "new"
          ? t("addressChange.waiting-day", { day: day(t, state.takesEffectAt) })
          : t("addressChange.waiting-text")}
      </p>
    );
  return <p>{t(`addressChange.${state.kind}-text`)}</p>;
}

function Stop({ t, token }: { t: Translate; token: string }) {
  return (
    <form method="post" action="/address-change/stop">
      <HiddenLanguageField locale={t.locale} />
      <input type="hidden" name="token" value={token} />
      <Button kind="quiet">{t("addressChange.stop")}</Button>
    </form>
  );
}

function day(t: Translate, at: Date): string {
  return formatDay(at, { locale: t.locale });
}
