import type { Metadata } from "next";
import { OwnDataView } from "@/components/own-data/own-data-view";
import { translator } from "@/content/messages";
import { findReceiptName, parseReceiptName } from "@/domain/supporters/receipt-name";
import { publication } from "@/publication";
import { requireSupporter } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { ownIdentity } from "@/systems/identity";
import { readNote } from "@/systems/note";

export const metadata: Metadata = { title: translator(publication.defaultLanguage)("ownData.title") };

const PAGE = "/supporters/own-data";

export default async function OwnDataPage() {
  const { supporterId, locale } = await requireSupporter(PAGE);
  const note = await readNote(PAGE);
  const typed = typeof note?.name === "string" ? note.name : null;
  const parsed = typed === null ? null : parseReceiptName(typed);
  const name = await findReceiptName(await database(), { supporterId, identity: ownIdentity() });
  return (
    <OwnDataView
      locale={locale}
      name={typed ?? name ?? ""}
      refusal={parsed?.kind === "refused" ? parsed.reason : null}
      done={note?.done === "name" || note?.done === "name-gone" ? note.done : null}
    />
  );
}
