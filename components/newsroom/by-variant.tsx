// Gross amounts by the wording of the appeal that the reader saw.
import type { Translate } from "@/content/messages";
import type { VariantTotals } from "@/domain/newsroom/by-variant";
import { GrossTable } from "./gross-table";

export function ByVariant({ t, variants }: { t: Translate; variants: VariantTotals[] }) {
  const rows = variants.map(({ appeal, variant, payments, gross }) => ({
    key: `${appeal}/${variant}`,
    name: appeal ? t("newsroom.variants.of", { appeal, variant: variant ?? "" }) : t("newsroom.variants.none"),
    payments,
    gross,
  }));
  const words = { title: t("newsroom.variants.title"), head: t("newsroom.variants.wording") };
  return (
    <GrossTable t={t} id="by-variant" {...words} rows={rows}>
      <p className="newsroom-note">{t("newsroom.variants.note")}</p>
    </GrossTable>
  );
}
