import { AccountView } from "@/components/newsroom/staff/account-view";
import { AccountLine } from "@/components/supporters/account-line";
import { getOwnStaffAccount } from "@/domain/newsroom/staff/own-account";
import { publication } from "@/publication";
import { factorPath } from "@/systems/auth/factor-paths";
import { passkeyCreationOptions } from "@/systems/auth/passkeys";
import { requireAnyStaff } from "@/systems/auth/signed-in-user";
import { findMaskedColleagueAddress } from "@/systems/auth/staff";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";

export const dynamic = "force-dynamic";

const PAGE = "/newsroom/account";

export const generateMetadata = titleMetadata("staff.account.title");

export default async function AccountPage() {
  const viewer = await requireAnyStaff(PAGE);
  const { locale, colleague } = viewer;
  const db = await database();
  const note = await readFlashMessage(PAGE);
  return (
    <>
      <AccountView
        locale={locale}
        role={colleague.role}
        timeZone={publication.timeZone}
        account={await getOwnStaffAccount(db, colleague.id)}
        done={note?.recovered ? "recovered" : note?.changed ? "changed" : null}
        setUpPath={factorPath("set-up", PAGE)}
        passkey={{
          creationOptions: await passkeyCreationOptions(db, viewer),
          done: note?.passkey === "added" || note?.passkey === "refused" ? note.passkey : null,
        }}
      />
      <AccountLine locale={locale} address={await findMaskedColleagueAddress(db, colleague.id)} />
    </>
  );
}
