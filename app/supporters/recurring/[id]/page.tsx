import type { Metadata } from "next";
import { frequencyWords } from "@/components/giving/frequency-words";
import { AmountForm } from "@/components/supporters/amount-form";
import { OUTCOMES, type Outcome, OutcomeNotice } from "@/components/supporters/outcome-notice";
import { ByHand, UndoCancel } from "@/components/supporters/recurring-cards";
import { RecurringFacts } from "@/components/supporters/recurring-facts";
import { standingWords } from "@/components/supporters/recurring-words";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { parseGiftAmount } from "@/domain/giving/gift-form";
import { type Money, parseAmount, toDecimal } from "@/domain/money";
import {
  isChangedByHand,
  mayCancel,
  mayChangeAmount,
  mayUndoCancel,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { readNote } from "@/systems/note";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("supporters.amount.title") };

/** `amount`: a typed amount that was refused or not saved. Results come in a signed note, so a made-up link reports none. */
type Query = { amount?: string | string[] };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function RecurringGiftPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift, locale } = await requireOwnRecurringGift(id, path);
  const t = translator(locale);
  const query = await searchParams;
  const { word, every } = frequencyWords(t, gift.frequency);
  const note = await readNote(path);
  const outcome = OUTCOMES.find((each) => each === note?.done && isTrueOf(gift, each));
  return (
    <div className="page page-narrow recurring-page">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <h1>{t(`supporters.recurring.title.${word}`, { every })}</h1>
      {outcome ? <OutcomeNotice t={t} outcome={outcome} gift={gift} before={readBefore(note?.before, gift)} /> : null}
      <RecurringFacts t={t} gift={gift} />
      {outcome === "cancelled" && mayUndoCancel(gift) ? <UndoCancel t={t} id={id} /> : <Standing t={t} gift={gift} />}
      {mayChangeAmount(gift) ? <ChangeAmount t={t} gift={gift} typed={single(query.amount)} /> : null}
      {isChangedByHand(gift) ? <ChangeByHand t={t} /> : null}
      {mayCancel(gift) ? <OfferCancel t={t} gift={gift} /> : null}
    </div>
  );
}

/** A query parameter that is given twice counts as missing. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function Standing({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  const words = standingWords(t, gift);
  if (gift.standing === "running" || !words) return null;
  return (
    <Notice kind={gift.standing === "late" || gift.standing === "unpaid" ? "bad" : "info"}>
      <p>{words}</p>
      {mayUndoCancel(gift) ? <UndoCancel t={t} id={gift.id} /> : null}
    </Notice>
  );
}

function ChangeAmount({ t, gift, typed }: { t: Translate; gift: OwnRecurringGift; typed: string | undefined }) {
  const { currency, money } = gift;
  const parsed = typed === undefined ? null : parseGiftAmount({ text: typed, currency, publication });
  return (
    <section className="supporters-section" aria-labelledby="change">
      <h2 id="change">{t("supporters.amount.title")}</h2>
      <AmountForm
        locale={t.locale}
        gift={gift}
        typed={typed ?? (money ? toDecimal(money) : "")}
        refusal={parsed?.kind === "refused" ? parsed : null}
        publication={publication}
      />
    </section>
  );
}

function ChangeByHand({ t }: { t: Translate }) {
  return (
    <section className="supporters-section" aria-labelledby="change">
      <h2 id="change">{t("supporters.recurring.by-hand-title")}</h2>
      <ByHand t={t} />
    </section>
  );
}

function OfferCancel({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  return (
    <section className="supporters-section" aria-labelledby="cancel">
      <h2 id="cancel">{t("supporters.cancel.title")}</h2>
      <p>{t("supporters.cancel.intro")}</p>
      <LinkButton kind="quiet" href={`/supporters/recurring/${gift.id}/cancel`}>
        {t("supporters.cancel.open")}
      </LinkButton>
    </section>
  );
}

/** False if the gift no longer shows the reported change, for example because it was undone elsewhere. */
function isTrueOf({ standing, isOurs }: OwnRecurringGift, outcome: Outcome): boolean {
  const isOver = standing === "ending" || standing === "ended";
  if (outcome === "cancelled") return isOver;
  if (outcome === "undone") return !isOver;
  if (outcome === "still-ends") return standing === "ending";
  return outcome === "not-ours" ? !isOurs : true;
}

function readBefore(text: unknown, gift: OwnRecurringGift): Money | null {
  const parsed = parseAmount(typeof text === "string" ? text : "", gift.currency);
  return parsed.kind === "amount" ? parsed.money : null;
}
