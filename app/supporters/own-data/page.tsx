import { ADDRESS_CHANGE_REFUSALS, OWN_DATA_CHANGE_KINDS, OwnDataView } from "@/components/own-data/own-data-view";
import { listRefusedMailKinds } from "@/domain/ledger/mail-choices";
import { listAddressLookupsByStaff } from "@/domain/newsroom/people/lookups";
import { findReceiptName, parseReceiptName } from "@/domain/supporters/receipt-name";
import { maskEmail } from "@/domain/supporters/signed-in-person";
import { findRequestedAddressChangeOf } from "@/domain/supporters/store";
import { requireSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { nameIfFontsCanDrawIt } from "@/systems/documents/fonts";
import { readFlashMessage } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("ownData.title");

const PAGE = "/supporters/own-data";

export default async function OwnDataPage() {
  const { supporterId, locale } = await requireSupporter(PAGE);
  const db = await database();
  const note = await readFlashMessage(PAGE);
  const typed = typeof note?.name === "string" ? note.name : null;
  const parsed = typed === null ? null : parseReceiptName(typed);
  const name = await findReceiptName(db, { supporterId, identity: identityCrypto() });
  const change = await findRequestedAddressChangeOf(db, supporterId);
  return (
    <OwnDataView
      locale={locale}
      name={typed ?? name ?? ""}
      isMissingInPdf={name !== null && nameIfFontsCanDrawIt(name) === null}
      refusal={parsed?.kind === "refused" ? parsed.reason : null}
      refusedMails={await listRefusedMailKinds(db, supporterId)}
      address={{
        typed: typeof note?.address === "string" ? note.address : "",
        refusal: ADDRESS_CHANGE_REFUSALS.find((each) => each === note?.refused) ?? null,
        pending: change && maskEmail(identityCrypto().open(change.newEmailSealed)),
      }}
      lookups={await listAddressLookupsByStaff(db, supporterId)}
      done={OWN_DATA_CHANGE_KINDS.find((each) => each === note?.done) ?? null}
    />
  );
}
