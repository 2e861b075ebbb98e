// How a deed of the control room is declared: what it takes, and one function. The same deed is a JSON door for tests and
// a form of the page.
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Account, accountIdOf, isKey } from "../account";
import { readBody } from "../http/body";
import type { Sandbox } from "../sandbox";

/** What cannot be done, for the person who asked. */
export class Refusal extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

export type Action = {
  /** What the page says once it is done. */
  said: string;
  run(sandbox: Sandbox, given: unknown): Promise<object>;
};

export function action<S extends z.ZodType>(
  said: string,
  shape: S,
  run: (sandbox: Sandbox, given: z.infer<S>) => object | Promise<object>,
): Action {
  return { said, run: async (sandbox, given) => run(sandbox, shape.parse(given)) };
}

/** Whose: by secret key, or by the account id that the page shows. */
export const WHOSE = { key: z.string().max(300).optional(), account: z.string().max(100).optional() };
export type Whose = { key?: string | undefined; account?: string | undefined };

export function accountOf(sandbox: Sandbox, whose: Whose): Account {
  return sandbox.account(accountIdIn(sandbox, whose));
}

export function accountIdIn(sandbox: Sandbox, { key, account }: Whose): string {
  if (key !== undefined) return rememberedId(sandbox, key);
  if (account === undefined) throw new Refusal("say whose: a key, or an account");
  if (!sandbox.store.listAccounts().some(({ id }) => id === account)) throw new Refusal(`no account ${account}`, 404);
  return account;
}

function rememberedId(sandbox: Sandbox, key: string): string {
  if (!isKey(key)) throw new Refusal("key: expected sk_test_… or sk_live_…");
  sandbox.store.rememberAccount(accountIdOf(key), key);
  return accountIdOf(key);
}

export type Posted = {
  given: unknown;
  /** Where the form's page wants to be seen again; null where it was no form. */
  back: string | null;
};

export async function readPosted(request: IncomingMessage): Promise<Posted> {
  const body = await readBody(request);
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isForm ? readForm(new URLSearchParams(body)) : { given: JSON.parse(body || "{}"), back: null };
}

/** A field named "amount:number" is a number, "events:list" a list of words; an empty one was left out. */
function readForm(fields: URLSearchParams): Posted {
  const given: Record<string, unknown> = {};
  for (const [field, value] of fields) {
    const [name = "", kind] = field.split(":");
    if (name === "back" || value.trim() === "") continue;
    given[name] = kind === "number" ? Number(value) : kind === "list" ? value.split(/[\s,]+/).filter(Boolean) : value;
  }
  const back = fields.get("back") ?? "/";
  return { given, back: /^\/(?![/\\])/.test(back) ? back : "/" };
}
