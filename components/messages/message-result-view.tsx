import { type Translate, translator } from "@/content/messages";
import type {
  GiftMessageFormValues,
  MessageFieldRefusals,
  MessageNotSavedReason as Problem,
} from "@/domain/supporters/gift-message";
import { pathWithLanguageQuery } from "../site/own-path";
import { MessageForm, WithdrawForm } from "./message-form";
import { type GiftProofFields, SEND_GIFT_MESSAGE_PATH } from "./message-invitation";
import { MessageProblemNotice } from "./message-problem";
import { MessageText } from "./message-text";

type MessageResultViewProps = {
  locale: string;
  /** Null if the page was opened without sending a form, or if the form named no gift. */
  gift: GiftProofFields | null;
  done: "saved" | "withdrawn" | null;
  problem: Problem | null;
  refusals: MessageFieldRefusals;
  typed: GiftMessageFormValues | null;
  minutes: number;
};

export function MessageResultView({ locale, gift, done, problem, ...form }: MessageResultViewProps) {
  const t = translator(locale);
  return (
    <div className="page page-narrow message-answer" lang={locale}>
      <h1>{t(done ? `messages.done.${done}` : "messages.title")}</h1>
      {done ? <p>{t(`messages.done.${done}-text`)}</p> : null}
      {problem ? <MessageProblemNotice t={t} problem={problem} minutes={form.minutes} /> : null}
      {gift && problem ? <Refused t={t} gift={gift} problem={problem} {...form} /> : null}
      {done || problem ? null : <p>{t("messages.nothing")}</p>}
      {gift && done === "saved" ? <WithdrawForm t={t} action={SEND_GIFT_MESSAGE_PATH} hidden={gift} /> : null}
      <p className="message-ways">
        {gift ? (
          <a href={`/thank-you?${new URLSearchParams({ session: gift.session })}`}>{t("messages.back")}</a>
        ) : null}
        <a href={pathWithLanguageQuery({ locale }, "/supporters")}>{t("messages.sign-in")}</a>
      </p>
    </div>
  );
}

type RefusedProps = { t: Translate; gift: GiftProofFields } & Pick<MessageResultViewProps, "refusals" | "typed"> & {
    problem: Problem;
  };

/**
 * Shows the form again, with the typed texts. If neither a correction nor a later attempt can help, shows only the
 * texts, so that the writer does not lose them.
 */
function Refused({ t, gift, problem, refusals, typed }: RefusedProps) {
  if (!typed) return null;
  if (problem === "words" || problem === "often")
    return <MessageForm t={t} action={SEND_GIFT_MESSAGE_PATH} hidden={gift} typed={typed} refusals={refusals} />;
  return (
    <>
      <h2 className="message-typed">{t("messages.typed")}</h2>
      <MessageText t={t} words={typed} showsPenName />
      {problem === "read" ? <WithdrawForm t={t} action={SEND_GIFT_MESSAGE_PATH} hidden={gift} /> : null}
    </>
  );
}
