// Staff check this box if the supporter can no longer read the old mailbox. Then that mailbox need not confirm the
// change of address.
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
