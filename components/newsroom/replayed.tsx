import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";

export type ReplayNote = { recorded: number; failed: number };

export function ReplayedNotice({ t, replayed }: { t: Translate; replayed: ReplayNote | null }) {
  if (!replayed) return null;
  const { recorded, failed } = replayed;
  return (
    <Notice kind={failed > 0 ? "bad" : "good"} title={t("newsroom.replayed.title")}>
      <p>{t("newsroom.replayed.text", { recorded, failed })}</p>
    </Notice>
  );
}

/** A cookie carries the note to this page. */
export function parseReplayNote(note: Record<string, unknown> | null): ReplayNote | null {
  const { recorded, failed } = note ?? {};
  return typeof recorded === "number" && typeof failed === "number" ? { recorded, failed } : null;
}
