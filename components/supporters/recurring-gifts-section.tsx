import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import {
  canOnlyStaffChangeGift,
  mayCancel,
  mayUndoCancel,
  type OwnRecurringGift,
  runningLateOrStartingGifts,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { formatDay } from "../site/format-day";
import { pathInLanguage } from "../site/own-path";
import { keepOnOneLine } from "./keep-on-one-line";
import { recurringAmountText, recurringGiftStandingText } from "./recurring-words";

export function RecurringGiftsSection({ locale, gifts }: { locale: string; gifts: readonly OwnRecurringGift[] }) {
  const t = translator(locale);
  const running = runningLateOrStartingGifts(gifts).length;
  return (
    <section className="supporters-section recurring" aria-labelledby="recurring">
      <h2 id="recurring">{t("supporters.recurring", { count: Math.max(gifts.length, 1) })}</h2>
      {running > 1 ? (
        <Notice>
          <p>{t("supporters.recurring.several", { count: running })}</p>
          <KeepOne t={t} gifts={runningLateOrStartingGifts(gifts)} />
        </Notice>
      ) : null}
      {gifts.map((gift) => (
        <RecurringCard key={gift.id} t={t} gift={gift} mayBeginAgain={running === 0} />
      ))}
      {gifts.length === 0 ? (
        <p className="recurring-none">
          {t("supporters.recurring.none")}{" "}
          <a href={pathInLanguage(t, "/give?every=month")}>{t("supporters.recurring.start")}</a>
        </p>
      ) : null}
    </section>
  );
}

type RecurringCardProps = {
  t: Translate;
  gift: OwnRecurringGift;
  /** False if the supporter already has another active recurring gift: they should not get a second one by accident. */
  mayBeginAgain: boolean;
};

function RecurringCard({ t, gift, mayBeginAgain }: RecurringCardProps) {
  const words = recurringGiftStandingText(t, gift);
  return (
    <article className={`recurring-card recurring-${gift.standing}`}>
      <h3 className="recurring-amount">{recurringAmountText(t, gift)}</h3>
      {words ? <p>{words}</p> : null}
      {canOnlyStaffChangeGift(gift) ? <OnlyStaffCanChangeGiftLine t={t} /> : null}
      <div className="recurring-doings">
        <CardActions t={t} gift={gift} mayBeginAgain={mayBeginAgain} />
      </div>
    </article>
  );
}

/**
 * Shows the form to undo a cancellation, or else only links. The gift's own page has the forms for all other changes.
 * Cancelling has a separate page, to which this card and the gift's own page link.
 */
function CardActions({ t, gift, mayBeginAgain }: RecurringCardProps) {
  const path = `/supporters/recurring/${gift.id}`;
  if (mayUndoCancel(gift)) return <UndoCancelForm t={t} id={gift.id} />;
  if (gift.standing === "ended")
    return gift.money && mayBeginAgain ? <a href={path}>{t("supporters.recurring.again")}</a> : null;
  return (
    <>
      <LinkStyledAsButton kind={gift.standing === "late" ? "primary" : "quiet"} href={path}>
        {t("supporters.recurring.change")}
      </LinkStyledAsButton>
      {mayCancel(gift) ? (
        <LinkStyledAsButton kind="plain" href={`${path}/cancel`}>
          {t("supporters.recurring.cancel")}
        </LinkStyledAsButton>
      ) : null}
    </>
  );
}

function KeepOne({ t, gifts }: { t: Translate; gifts: readonly OwnRecurringGift[] }) {
  return (
    <details className="verb">
      <summary>
        <span className="verb-name">{t("supporters.keep.title")}</span>
      </summary>
      <form method="post" action="/supporters/recurring/keep" className="keep-one verb-body">
        <p>{t("supporters.keep.text")}</p>
        {gifts.map((gift) => (
          <label key={gift.id}>
            <input type="radio" name="gift" value={gift.id} required />
            {keepWords(t, gift)}
          </label>
        ))}
        <Button kind="quiet">{t("supporters.keep.submit")}</Button>
      </form>
    </details>
  );
}

function keepWords(t: Translate, gift: OwnRecurringGift): string {
  const amount = recurringAmountText(t, gift);
  const day = gift.chargesNextAt && formatDay(gift.chargesNextAt, { locale: t.locale });
  return day ? t("supporters.keep.label", { amount, day }) : amount;
}

/** Says whom to write to about a gift that the site cannot change. */
export function OnlyStaffCanChangeGiftLine({ t }: { t: Translate }) {
  const { contact } = publication;
  return <p>{t.rich("supporters.recurring.by-hand", { contact, whole: keepOnOneLine })}</p>;
}

export function UndoCancelForm({ t, id }: { t: Translate; id: string }) {
  return (
    <form method="post" action={`/supporters/recurring/${id}/undo`} className="verb-alone">
      <Button>{t("supporters.recurring.undo")}</Button>
    </form>
  );
}
