import { Button } from "@/components/ui/button";
import { translator } from "@/content/messages";

type RecoveryCodesViewProps = { locale: string; codes: readonly string[]; next: string };

export function RecoveryCodesView({ locale, codes, next }: RecoveryCodesViewProps) {
  const t = translator(locale);
  return (
    <div className="staff-door">
      <h1>{t("staff.recovery.title")}</h1>
      <p>{t("staff.recovery.text")}</p>
      <ul className="recovery-codes" aria-label={t("staff.recovery.list")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <form method="post" action="/newsroom/code/recovery-codes/stored">
        <input type="hidden" name="next" value={next} />
        <Button>{t("staff.recovery.stored")}</Button>
      </form>
    </div>
  );
}
