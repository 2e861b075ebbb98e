import { translator } from "@/content/messages";
import type { PublishedMessage } from "@/domain/supporters/published-messages";
import { MessageText } from "./message-text";

export function ReaderQuotes({ locale, messages }: { locale: string; messages: readonly PublishedMessage[] }) {
  const t = translator(locale);
  if (messages.length === 0) return null;
  return (
    <section className="reader-quotes" aria-labelledby="quotes">
      <h3 id="quotes">{t("messages.quotes")}</h3>
      {messages.map((words) => (
        <MessageText key={JSON.stringify(words)} t={t} words={words} showsPenName />
      ))}
    </section>
  );
}
