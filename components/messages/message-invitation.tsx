// The form is collapsed at first, so that the page still shows mainly thanks.
import { type Translate, translator } from "@/content/messages";
import { EMPTY_GIFT_MESSAGE_FIELDS } from "@/domain/supporters/gift-message";
import { MessageForm, WithdrawForm } from "./message-form";

/** `offered`: this gift has no message yet. */
export type MessageInvitationState = "offered" | "written";

type MessageInvitationProps = { locale: string; offer: MessageInvitationState; gift: GiftProofFields };

/**
 * The hidden form fields that prove that the gift was given on this device. `session`: the id of Stripe's Checkout
 * session. `mark`: the nonce of the gift form.
 */
export type GiftProofFields = { session: string; mark: string };

export const SEND_GIFT_MESSAGE_PATH = "/thank-you/message/send";

export function GiftMessageSection({ locale, offer, gift }: MessageInvitationProps) {
  const t = translator(locale);
  return (
    <section className="message-offer" id="message" aria-label={t("messages.title")}>
      {offer === "written" ? <Written t={t} gift={gift} /> : <Offered t={t} gift={gift} />}
    </section>
  );
}

function Offered({ t, gift }: { t: Translate; gift: GiftProofFields }) {
  return (
    <details className="message-details">
      <summary>{t("messages.offer")}</summary>
      <p>{t("messages.offer-text")}</p>
      <MessageForm
        t={t}
        action={SEND_GIFT_MESSAGE_PATH}
        hidden={gift}
        typed={EMPTY_GIFT_MESSAGE_FIELDS}
        refusals={{}}
      />
    </details>
  );
}

function Written({ t, gift }: { t: Translate; gift: GiftProofFields }) {
  return (
    <>
      <p>{t("messages.written")}</p>
      <WithdrawForm t={t} action={SEND_GIFT_MESSAGE_PATH} hidden={gift} />
    </>
  );
}
