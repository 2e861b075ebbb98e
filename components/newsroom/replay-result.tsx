import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";

export type DeadLetterReplayCounts = { recorded: number; failed: number };

export function ReplayResultNotice({ t, result }: { t: Translate; result: DeadLetterReplayCounts | null }) {
  if (!result) return null;
  const { recorded, failed } = result;
  return (
    <Notice kind={failed > 0 ? "bad" : "good"} title={t("newsroom.replayed.title")}>
      <p>{t("newsroom.replayed.text", { recorded, failed })}</p>
    </Notice>
  );
}

/**
 * Returns the result of replaying dead letters, from the page's flash message. Returns null if the flash message
 * contains no such result.
 */
export function parseReplayResult(flash: Record<string, unknown> | null): DeadLetterReplayCounts | null {
  const { recorded, failed } = flash ?? {};
  return typeof recorded === "number" && typeof failed === "number" ? { recorded, failed } : null;
}
