// The recurring gifts of one supporter: what is given, what comes next, and what may be done about it.
import { Button, LinkButton } from "@/components/ui/button";
import { type Translate, translator } from "@/content/messages";
import { giveAgainPath } from "@/domain/giving/gift-form";
import {
  mayCancel,
  mayChangeAmount,
  mayUndoCancel,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { standingWords, sumWords } from "./recurring-words";

export function RecurringCards({ locale, gifts }: { locale: string; gifts: readonly OwnRecurringGift[] }) {
  const t = translator(locale);
  return (
    <section className="supporters-section recurring" aria-labelledby="recurring">
      <h2 id="recurring">{t("supporters.recurring", { count: Math.max(gifts.length, 1) })}</h2>
      {gifts.map((gift) => (
        <RecurringCard key={gift.id} t={t} gift={gift} />
      ))}
      {gifts.length === 0 ? (
        <p className="recurring-none">
          {t("supporters.recurring.none")} <a href="/give?every=month">{t("supporters.recurring.start")}</a>
        </p>
      ) : null}
    </section>
  );
}

function RecurringCard({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const words = standingWords(t, gift);
  return (
    <article className={`recurring-card recurring-${gift.standing}`}>
      <h3 className="recurring-sum">{sumWords(t, gift)}</h3>
      {words ? <p>{words}</p> : null}
      <div className="recurring-doings">
        <Doings t={t} gift={gift} />
      </div>
    </article>
  );
}

function Doings({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const path = `/supporters/recurring/${gift.id}`;
  if (mayUndoCancel(gift)) return <UndoCancel t={t} id={gift.id} />;
  if (gift.standing === "ended") return <a href={giveAgainPath(gift)}>{t("supporters.recurring.again")}</a>;
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

export function UndoCancel({ t, id }: { t: Translate; id: string }) {
  return (
    <form method="post" action={`/supporters/recurring/${id}/undo`}>
      <Button>{t("supporters.recurring.undo")}</Button>
    </form>
  );
}
