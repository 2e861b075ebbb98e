// Gives next-auth access to the ledger. The ledger has no row for a user. For next-auth, both the user's `id` and the
// user's `email` are the keyed hash of the e-mail address.
import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { consumeSignInLink } from "../../domain/supporters/sign-in";
import { currentTime } from "../clock";
import type { Db } from "../database";

export function adapterFor(db: Db): Adapter {
  return {
    createVerificationToken() {
      throw new Error("only /sign-in/send creates links, within its limits");
    },
    async useVerificationToken({ token }) {
      const used = await consumeSignInLink(db, { tokenHash: token, now: currentTime() });
      return used && { identifier: used.emailHash, token, expires: used.expiresAt };
    },
    getUser: userOf,
    getUserByEmail: userOf,
    updateUser: ({ id }) => userOf(id),
  };
}

function userOf(emailHash: string): AdapterUser {
  return { id: emailHash, email: emailHash, emailVerified: null };
}
