import type { MessageKey, Translate } from "@/content/messages";
import { Notice } from "../../ui/notice";

const SAID = ["saved", "unchanged", "published", "scheduled", "changed"];
const REFUSED = [
  ...["not-found", "held", "not-editing", "ended", "changed", "note"],
  ...["end-before-start", "not-a-time", "missing-words", "experiment"],
];

/** Shows no notice for an unknown result, which another version of the site can have written into the cookie. */
export function AppealNotice({ t, flash }: { t: Translate; flash: Record<string, unknown> | null }) {
  const { said, refused, number, places } = flash ?? {};
  if (SAID.includes(String(said))) {
    const text = t(`appeals.said.${said}` as MessageKey, { number: Number(number ?? 0) });
    return <Notice kind="good" title={text} />;
  }
  if (!REFUSED.includes(String(refused))) return null;
  return <Notice kind="bad" title={t(`appeals.refused.${refused}` as MessageKey, { places: String(places ?? "") })} />;
}
