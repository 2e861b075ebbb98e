import "server-only";
import { offeredLanguage } from "../../domain/languages";
import { setColleagueLanguage } from "../../domain/newsroom/staff/store";
import { setSupporterLanguage } from "../../domain/supporters/store";
import { publication } from "../../publication";
import type { Db } from "../database";
import type { SignedInUser } from "./signed-in-user";

/**
 * Stores the language that a signed-in person has chosen. Returns false and changes nothing if the site does not offer
 * it.
 */
export async function storeChosenLanguage(db: Db, viewer: SignedInUser, language: string | null): Promise<boolean> {
  if (language === null || offeredLanguage(language, publication) !== language) return false;
  const { supporterId, emailHash } = viewer;
  await db.$transaction(async (tx) => {
    if (supporterId !== null) await setSupporterLanguage(tx, { supporterId, language });
    await setColleagueLanguage(tx, { emailHash, language });
  });
  return true;
}
