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

/** As the button's note says it (systems/note.ts); null where there is none. */
export function parseReplayed(note: Record<string, unknown> | null): Replayed | null {
  const { recorded, failed } = note ?? {};
  return typeof recorded === "number" && typeof failed === "number" ? { recorded, failed } : null;
}
