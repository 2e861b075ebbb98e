import type { Translate } from "@/content/messages";
import type { TextByMessageField as Words } from "@/domain/supporters/gift-message";
import { renderBidiIsolatedName } from "./isolate-direction";

/** `showsPenName`: true to show the pen name below the text, as in a published message. */
export function MessageText({ t, words, showsPenName }: { t: Translate; words: Words; showsPenName: boolean }) {
  const { text, dedication, penName } = words;
  return (
    <blockquote className="message-words">
      {text ? (
        <p className="message-text" dir="auto">
          {text}
        </p>
      ) : null}
      {dedication ? (
        <p className="message-dedication">
          {t.rich("messages.dedicated", { who: dedication, name: renderBidiIsolatedName })}
        </p>
      ) : null}
      {showsPenName && penName ? (
        <footer className="message-signature">
          <bdi>{penName}</bdi>
        </footer>
      ) : null}
    </blockquote>
  );
}
