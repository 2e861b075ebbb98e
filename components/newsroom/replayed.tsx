// What became of the button that was pressed last.
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";

/** How many of the events that were tried again are in the books now, and how many are not. */
export type Replayed = { recorded: number; failed: number };

export function ReplayedNotice({ t, replayed }: { t: Translate; replayed: Replayed | null }) {
  if (!replayed) return null;
  const { recorded, failed } = replayed;
  return (
    <Notice kind={failed > 0 ? "bad" : "good"} title={t("newsroom.replayed.title")}>
      <p>{t("newsroom.replayed.text", { recorded, failed })}</p>
    </Notice>
  );
}

/** As the address says it after the button; null where it says nothing of the kind. */
export function parseReplayed({ recorded, failed }: Record<string, string | string[] | undefined>): Replayed | null {
  const isCount = (text: unknown): text is string => typeof text === "string" && /^\d{1,6}$/.test(text);
  return isCount(recorded) && isCount(failed) ? { recorded: Number(recorded), failed: Number(failed) } : null;
}
