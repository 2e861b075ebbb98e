import type { ReactNode } from "react";
import { recurringAmountText } from "@/components/supporters/recurring-words";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { DEFAULT_MANNERS } from "@/domain/appeal/manners";
import { RETENTION_MS_BY_ROW_KIND } from "@/domain/retention";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";

const DAY_MS = 86_400_000;
const STRIPE_PRIVACY = "https://stripe.com/privacy";

/** `endingGifts`: the recurring gifts that will end. `isDisputed`: a bank disputes one of the supporter's payments. */
type EraseProps = {
  locale: string;
  endingGifts: readonly OwnRecurringGift[];
  isDisputed: boolean;
  isInProgress: boolean;
  isStaff: boolean;
};

export function EraseView({ locale, endingGifts, isDisputed, isInProgress, isStaff }: EraseProps) {
  const t = translator(locale);
  return (
    <div className="page page-narrow erase-page">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <h1>{t("erase.title")}</h1>
      {isInProgress ? (
        <Notice title={t("erase.in-progress")}>
          <p>{t("erase.in-progress-text")}</p>
        </Notice>
      ) : (
        <Choice t={t} endingGifts={endingGifts} isDisputed={isDisputed} isStaff={isStaff} />
      )}
    </div>
  );
}

type ChoiceProps = Pick<EraseProps, "endingGifts" | "isDisputed" | "isStaff"> & { t: Translate };

function Choice({ t, endingGifts, isDisputed, isStaff }: ChoiceProps) {
  return (
    <>
      <p className="erase-intro">{t("erase.intro")}</p>
      {endingGifts.length > 0 ? <Ending t={t} ending={endingGifts} /> : null}
      <List title={t("erase.goes-title")}>
        <li>{t("erase.goes.address")}</li>
        <li>{t("erase.goes.message")}</li>
        <li>{t("erase.goes.sessions")}</li>
        <li>{t("erase.goes.stripe")}</li>
      </List>
      <List title={t("erase.remains-title")}>
        <li>{t("erase.remains.accounts")}</li>
        <li>{t.rich<ReactNode>("erase.remains.stripe", { stripe: link(STRIPE_PRIVACY) })}</li>
        <li>{t("erase.remains.bank")}</li>
        {isDisputed ? <li>{t("erase.remains.evidence")}</li> : null}
        <li>{t("erase.remains.code", { days: RETENTION_MS_BY_ROW_KIND.erasedAddress / DAY_MS })}</li>
        <li>{t("erase.remains.backups")}</li>
        <li>{t("erase.remains.mail")}</li>
        {isStaff ? <li>{t("erase.remains.staff")}</li> : null}
      </List>
      <p>{t.rich<ReactNode>("erase.keep-first", { back: link("/supporters") })}</p>
      <div className="erase-choice">
        <form method="post" action="/supporters/erase/confirm">
          <Button>{t("erase.submit")}</Button>
        </form>
        <LinkStyledAsButton kind="quiet" href="/supporters">
          {t("erase.keep")}
        </LinkStyledAsButton>
      </div>
      <GoingBack t={t} />
    </>
  );
}

function Ending({ t, ending }: { t: Translate; ending: readonly OwnRecurringGift[] }) {
  return (
    <Notice>
      {ending.map((gift) => (
        <p key={gift.id}>{t("erase.gift", { gift: recurringAmountText(t, gift) })}</p>
      ))}
      <p>{t("erase.gift-first")}</p>
    </Notice>
  );
}

function GoingBack({ t }: { t: Translate }) {
  return (
    <section className="supporters-section" id="going-back" aria-labelledby="going-back-title">
      <h2 id="going-back-title">{t("erase.going-title")}</h2>
      <p>{t("erase.going-text", { days: DEFAULT_MANNERS.quietDaysAfter["not-now"] })}</p>
      <p>{t("erase.going-self")}</p>
      <form method="post" action="/supporters/erase/confirm">
        <input type="hidden" name="device" value="quiet" />
        <Button>{t("erase.going-submit")}</Button>
      </form>
    </section>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="erase-list">
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function link(href: string) {
  return (words: ReactNode) => (
    <a key={href} href={href}>
      {words}
    </a>
  );
}
