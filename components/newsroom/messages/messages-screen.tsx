import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import type { MessageDecision, MessagesByStatus } from "@/domain/newsroom/messages";
import type { StoredGiftMessage } from "@/domain/supporters/gift-message";
import { NewsroomPage } from "../newsroom-page";
import { MessageItem } from "./message-item";

type MessagesScreenProps = {
  locale: string;
  timeZone: string;
  now: Date;
  messages: MessagesByStatus;
  /** False if OUTLET_RISK is `high`: readers then cannot write messages. */
  isOffered: boolean;
  done: MessageDecision | null;
  problem: "meanwhile" | "not-allowed" | null;
};

export function MessagesFromReadersScreen({
  locale,
  timeZone,
  now,
  messages,
  isOffered,
  done,
  problem,
}: MessagesScreenProps) {
  const t = translator(locale);
  const { unread, unreadCount, read, published, hidden } = messages;
  const listProps = { t, timeZone };
  const isEmpty = [unread, read, published, hidden].every(({ length }) => length === 0);
  return (
    <NewsroomPage locale={locale} section="messages" now={now} timeZone={timeZone}>
      {done ? <Notice kind="good" title={t(`newsroom.messages.done.${done}`)} /> : null}
      {problem ? <Notice kind="bad" title={t(`newsroom.messages.${problem}`)} /> : null}
      <p className="newsroom-note">{t("newsroom.messages.intro")}</p>
      {isOffered ? null : <Notice title={t("newsroom.messages.no-risk")} />}
      {isEmpty ? <p className="newsroom-empty">{t("newsroom.messages.empty")}</p> : null}
      {isEmpty ? null : <Unread {...listProps} messages={unread} count={unreadCount} />}
      <Part {...listProps} name="published" messages={published} />
      <Part {...listProps} name="read" messages={read} />
      {hidden.length > 0 ? (
        <details className="message-details">
          <summary>{t("newsroom.messages.hidden")}</summary>
          <List {...listProps} messages={hidden} />
        </details>
      ) : null}
    </NewsroomPage>
  );
}

type ListProps = { t: Translate; timeZone: string; messages: readonly StoredGiftMessage[] };

function Unread({ count, ...list }: ListProps & { count: number }) {
  const { t, messages } = list;
  return (
    <section aria-labelledby="unread">
      <h2 id="unread">{t("newsroom.messages.unread")}</h2>
      <p className="newsroom-note">
        {count === 0
          ? t("newsroom.messages.none")
          : t("newsroom.messages.unread-count", { count, more: count - messages.length })}
      </p>
      <List {...list} />
    </section>
  );
}

function Part({ name, ...list }: ListProps & { name: "read" | "published" }) {
  if (list.messages.length === 0) return null;
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{list.t(`newsroom.messages.${name}`)}</h2>
      <List {...list} />
    </section>
  );
}

function List({ t, timeZone, messages }: ListProps) {
  return (
    <ul className="message-list">
      {messages.map((message) => (
        <MessageItem key={message.paymentId} t={t} message={message} timeZone={timeZone} />
      ))}
    </ul>
  );
}
