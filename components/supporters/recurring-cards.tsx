// A supporter's recurring gifts: the amount, the next payment, and the links to change or cancel each.
import { Button, LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { giveAgainPath } from "@/domain/giving/gift-form";
import {
  isChangedByHand,
  listRunning,
  mayCancel,
  mayChangeAmount,
  mayUndoCancel,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { amountWords, standingWords } from "./recurring-words";
import { whole } from "./whole";

export function RecurringCards({ locale, gifts }: { locale: string; gifts: readonly OwnRecurringGift[] }) {
  const t = translator(locale);
  const running = listRunning(gifts).length;
  return (
    <section className="supporters-section recurring" aria-labelledby="recurring">
      <h2 id="recurring">{t("supporters.recurring", { count: Math.max(gifts.length, 1) })}</h2>
      {running > 1 ? (
        <Notice>
          <p>{t("supporters.recurring.several", { count: running })}</p>
        </Notice>
      ) : null}
      {gifts.map((gift) => (
        <RecurringCard key={gift.id} t={t} gift={gift} mayBeginAgain={running === 0} />
      ))}
      {gifts.length === 0 ? (
        <p className="recurring-none">
          {t("supporters.recurring.none")} <a href="/give?every=month">{t("supporters.recurring.start")}</a>
        </p>
      ) : null}
    </section>
  );
}

type RecurringCardProps = {
  t: Translate;
  gift: OwnRecurringGift;
  /** A supporter whose gift is running is not offered a second one. */
  mayBeginAgain: boolean;
};

function RecurringCard({ t, gift, mayBeginAgain }: RecurringCardProps) {
  const words = standingWords(t, gift);
  return (
    <article className={`recurring-card recurring-${gift.standing}`}>
      <h3 className="recurring-amount">{amountWords(t, gift)}</h3>
      {words ? <p>{words}</p> : null}
      {isChangedByHand(gift) ? <ByHand t={t} /> : null}
      <div className="recurring-doings">
        <Doings t={t} gift={gift} mayBeginAgain={mayBeginAgain} />
      </div>
    </article>
  );
}

function Doings({ t, gift, mayBeginAgain }: RecurringCardProps) {
  const path = `/supporters/recurring/${gift.id}`;
  if (mayUndoCancel(gift)) return <UndoCancel t={t} id={gift.id} />;
  const { money, frequency } = gift;
  if (gift.standing === "ended")
    return money && mayBeginAgain ? (
      <a href={giveAgainPath({ money, frequency })}>{t("supporters.recurring.again")}</a>
    ) : null;
  return (
    <>
      {mayChangeAmount(gift) ? (
        <LinkButton kind="quiet" href={path}>
          {t("supporters.recurring.change")}
        </LinkButton>
      ) : null}
      {mayCancel(gift) ? (
        <LinkButton kind="plain" href={`${path}/cancel`}>
          {t("supporters.recurring.cancel")}
        </LinkButton>
      ) : null}
    </>
  );
}

/** Says where to write for a gift that this page cannot change. */
export function ByHand({ t }: { t: Translate }) {
  const { contact } = publication;
  return <p>{t.rich("supporters.recurring.by-hand", { contact, whole })}</p>;
}

export function UndoCancel({ t, id }: { t: Translate; id: string }) {
  return (
    <form method="post" action={`/supporters/recurring/${id}/undo`}>
      <Button>{t("supporters.recurring.undo")}</Button>
    </form>
  );
}
