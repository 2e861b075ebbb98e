import { EraseView } from "@/components/own-data/erase-view";
import { hasDisputes, isBeingErased } from "@/domain/ledger/store/erasures";
import { listOwnRecurringGifts } from "@/domain/supporters/own-recurring-gifts";
import { requireSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("erase.title");

export default async function ErasePage() {
  const { supporterId, locale, isStaff } = await requireSupporter("/supporters/erase");
  const db = await database();
  const gifts = await listOwnRecurringGifts(db, supporterId);
  return (
    <EraseView
      locale={locale}
      endingGifts={gifts.filter(({ standing }) => standing !== "ended")}
      isDisputed={await hasDisputes(db, supporterId)}
      isStaff={isStaff}
      isInProgress={await isBeingErased(db, supporterId)}
    />
  );
}
