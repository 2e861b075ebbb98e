// Who is staff: the addresses in the settings.
import "server-only";
import { env } from "../env";
import { ownIdentity } from "../identity";

export function listStaffHashes(): string[] {
  const identity = ownIdentity();
  return env().STAFF_EMAILS.flatMap((email) => identity.hashOf(email) ?? []);
}
