// Shows a supporter's message with a form to publish or hide it. The form sends the message's version, so that nobody
// decides about a text that they did not see.
import type { Translate } from "@/content/messages";
import type { MessageDecision } from "@/domain/newsroom/messages";
import type { MessageStatus, StoredGiftMessage } from "@/domain/supporters/gift-message";
import { renderBidiIsolatedName } from "../../messages/isolate-direction";
import { MessageText } from "../../messages/message-text";
import { Button } from "../../ui/button";
import { formatDateAndTime } from "../format-time";

export function MessageItem({ t, message, timeZone }: { t: Translate; message: StoredGiftMessage; timeZone: string }) {
  const { paymentId, words, writtenAt, version, status } = message;
  return (
    <li className="message-item">
      {words ? <MessageText t={t} words={words} showsPenName={false} /> : <p>{t("messages.own.unreadable")}</p>}
      <p className="message-about">
        <time dateTime={writtenAt.toISOString()}>{formatDateAndTime(t, { at: writtenAt, timeZone })}</time>
        {" · "}
        <a href={`/newsroom/payments/${paymentId}`}>{t("newsroom.messages.gift")}</a>
        {" · "}
        <span>{allowanceOf(t, message)}</span>
      </p>
      <form className="message-decisions" method="post" action="/newsroom/messages/decide">
        <input type="hidden" name="payment" value={paymentId} />
        <input type="hidden" name="version" value={version} />
        {decisionsFor(message).map((decision) => (
          <Button key={decision} kind="quiet" name="do" value={decision}>
            {t(`newsroom.messages.${labelOf(decision, status)}`)}
          </Button>
        ))}
      </form>
    </li>
  );
}

function allowanceOf(t: Translate, { mayPublish, words }: StoredGiftMessage) {
  if (!mayPublish) return t("newsroom.messages.private");
  if (!words?.penName) return t("newsroom.messages.allowed-unnamed");
  return t.rich("newsroom.messages.allowed", { who: words.penName, name: renderBidiIsolatedName });
}

/** Lists the decisions that a colleague can take now. A message that cannot be decrypted cannot be published. */
function decisionsFor({ status, mayPublish, words }: StoredGiftMessage): MessageDecision[] {
  const canPublish = mayPublish && words !== null && status !== "published";
  return [
    ...(canPublish ? (["publish"] as const) : []),
    ...(status === "read" ? [] : (["read"] as const)),
    ...(status === "hidden" ? [] : (["hide"] as const)),
  ];
}

function labelOf(decision: MessageDecision, status: MessageStatus) {
  if (decision === "read") return status === "published" ? "unpublish" : "mark-read";
  return decision;
}
