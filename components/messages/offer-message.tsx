// The thank-you page's offer to write to the newsroom. It is closed until somebody wants it, so that the thanks stay the page.
import { type Translate, translator } from "@/content/messages";
import { NOTHING_TYPED } from "@/domain/supporters/gift-message";
import { MessageForm, WithdrawForm } from "./message-form";

/** offered: nobody has written about this gift yet */
export type MessageOffer = "offered" | "written";

type OfferMessageProps = { locale: string; offer: MessageOffer; gift: GiftOfForm };

/** Names the gift, and shows that it was given on this device. */
export type GiftOfForm = { session: string; mark: string };

export const MESSAGE_ACTION = "/thank-you/message/send";

export function OfferMessage({ locale, offer, gift }: OfferMessageProps) {
  const t = translator(locale);
  return (
    <section className="message-offer" id="message" aria-label={t("messages.title")}>
      {offer === "written" ? <Written t={t} gift={gift} /> : <Offered t={t} gift={gift} />}
    </section>
  );
}

function Offered({ t, gift }: { t: Translate; gift: GiftOfForm }) {
  return (
    <details className="message-details">
      <summary>{t("messages.offer")}</summary>
      <p>{t("messages.offer-text")}</p>
      <MessageForm t={t} action={MESSAGE_ACTION} hidden={gift} typed={NOTHING_TYPED} refusals={{}} />
    </details>
  );
}

function Written({ t, gift }: { t: Translate; gift: GiftOfForm }) {
  return (
    <>
      <p>{t("messages.written")}</p>
      <WithdrawForm t={t} action={MESSAGE_ACTION} hidden={gift} />
    </>
  );
}
