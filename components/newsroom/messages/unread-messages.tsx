// The text of the messages is only on the messages page.
import type { Translate } from "@/content/messages";

export function UnreadMessages({ t, count }: { t: Translate; count: number }) {
  if (count === 0) return null;
  return (
    <div className="newsroom-waiting">
      <p>
        {t("newsroom.messages.queue", { count })} <a href="/newsroom/messages">{t("newsroom.messages.open")}</a>
      </p>
    </div>
  );
}
