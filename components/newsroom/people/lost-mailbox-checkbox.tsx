// An old mailbox that the supporter can no longer read cannot confirm a change of address.
import type { Translate } from "@/content/messages";

export function LostMailboxCheckbox({ t, isLost }: { t: Translate; isLost: boolean }) {
  return (
    <label className="people-check">
      <input type="checkbox" name="lost" value="yes" defaultChecked={isLost} />
      <span>
        {t("people.correct.lost")} <small>{t("people.correct.lost-hint")}</small>
      </span>
    </label>
  );
}
