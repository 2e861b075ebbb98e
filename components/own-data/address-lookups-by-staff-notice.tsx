import { translator } from "@/content/messages";
import type { StaffLookupOfSupporterAddress } from "@/domain/newsroom/people/lookups";
import { Notice } from "../ui/notice";
import { LookupList } from "./lookup-list";

const SHOWN_FOR_MS = 30 * 86_400_000;

type LookupNoticeProps = { locale: string; lookups: readonly StaffLookupOfSupporterAddress[]; now: Date };

export function AddressLookupsByStaffNotice({ locale, lookups, now }: LookupNoticeProps) {
  const t = translator(locale);
  const recent = lookups.filter(({ at }) => now.getTime() - at.getTime() < SHOWN_FOR_MS);
  if (recent.length === 0) return null;
  return (
    <Notice title={t("ownData.lookups-title")}>
      <LookupList t={t} lookups={recent} />
    </Notice>
  );
}
