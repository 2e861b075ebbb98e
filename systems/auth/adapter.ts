// What next-auth needs to know of our tables. There is no table of accounts: whoever holds the token is the e-mail hash it
// was made for, and that hash stands wherever next-auth says "e-mail".
import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { useSignIn } from "../../domain/supporters/sign-in";
import { currentTime } from "../clock";
import type { Db } from "../database";

export function adapterFor(db: Db): Adapter {
  return {
    createVerificationToken() {
      throw new Error("links are made by /sign-in/send only, within its limits");
    },
    async useVerificationToken({ token }) {
      const used = await useSignIn(db, { tokenHash: token, now: currentTime() });
      return used && { identifier: used.emailHash, token, expires: used.expiresAt };
    },
    getUser: bearer,
    getUserByEmail: bearer,
    updateUser: ({ id }) => bearer(id),
  };
}

function bearer(emailHash: string): AdapterUser {
  return { id: emailHash, email: emailHash, emailVerified: null };
}
