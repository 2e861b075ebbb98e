import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import {
  EMPTY_GIFT_MESSAGE_FIELDS,
  type GiftMessageFormValues,
  type MessageFieldRefusals,
  type MessageNotSavedReason as Problem,
  type StoredGiftMessage,
} from "@/domain/supporters/gift-message";
import { Notice } from "../ui/notice";
import { MessageForm, WithdrawForm } from "./message-form";
import { MessageProblemNotice } from "./message-problem";
import { MessageText } from "./message-text";

type OwnMessageProps = {
  t: Translate;
  action: string;
  message: StoredGiftMessage | null;
  /** False if the supporter can only delete messages, for example if OUTLET_RISK is `high`. */
  isOffered: boolean;
  done: "saved" | "withdrawn" | null;
  problem: Problem | null;
  refusals: MessageFieldRefusals;
  typed: GiftMessageFormValues | null;
  minutes: number;
};

export function OwnMessage({ t, action, message, isOffered, done, problem, ...form }: OwnMessageProps) {
  if (!message && !isOffered && !done && !problem) return null;
  const formProps = { t, action, ...form };
  return (
    <section className="message-own" id="message" aria-labelledby="message-title">
      <h2 id="message-title">{t("messages.own.title")}</h2>
      {done ? <Notice kind="good" title={t(`messages.done.${done}`)} /> : null}
      {problem ? <MessageProblemNotice t={t} problem={problem} minutes={form.minutes} /> : null}
      {bodyOf(formProps, { message, isOffered })}
    </section>
  );
}

type FormProps = Pick<OwnMessageProps, "t" | "action" | "refusals" | "typed">;

function bodyOf(
  formProps: FormProps,
  { message, isOffered }: Pick<OwnMessageProps, "message" | "isOffered">,
): ReactNode {
  if (!message) return isOffered ? <NewMessage {...formProps} /> : null;
  return message.status === "unread" && message.words && isOffered ? (
    <Unread {...formProps} words={message.words} message={message} />
  ) : (
    <Settled {...formProps} message={message} />
  );
}

function NewMessage({ t, action, refusals, typed }: FormProps) {
  return (
    <details className="message-details" open={typed !== null}>
      <summary>{t("messages.offer")}</summary>
      <p>{t("messages.offer-text")}</p>
      <MessageForm t={t} action={action} typed={typed ?? EMPTY_GIFT_MESSAGE_FIELDS} refusals={refusals} />
    </details>
  );
}

function Unread({
  t,
  action,
  refusals,
  typed,
  message,
  words,
}: FormProps & { message: StoredGiftMessage; words: TypedWords }) {
  const saved = { ...words, mayPublish: message.mayPublish };
  return (
    <>
      <p>{t("messages.own.unread")}</p>
      <MessageForm t={t} action={action} typed={typed ?? saved} refusals={refusals} replaces />
      <WithdrawForm t={t} action={action} />
    </>
  );
}

type TypedWords = NonNullable<StoredGiftMessage["words"]>;

function Settled({ t, action, typed, message }: FormProps & { message: StoredGiftMessage }) {
  const isPublished = message.status === "published" && message.mayPublish;
  return (
    <>
      {message.words ? <MessageText t={t} words={message.words} showsPenName /> : <p>{t("messages.own.unreadable")}</p>}
      {message.status === "unread" ? null : <p>{t(isPublished ? "messages.own.published" : "messages.own.read")}</p>}
      {typed ? (
        <>
          <h3 className="message-typed">{t("messages.typed")}</h3>
          <MessageText t={t} words={typed} showsPenName />
        </>
      ) : null}
      <WithdrawForm t={t} action={action} />
    </>
  );
}
