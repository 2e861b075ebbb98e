import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Account, accountIdOf, isApiKey } from "../account";
import { readBody } from "../http/body";
import type { Sandbox } from "../sandbox";

export class ControlActionRefusedError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

export type Action = {
  message: string;
  run(sandbox: Sandbox, input: unknown): Promise<object>;
};

export function defineAction<S extends z.ZodType>(
  doneMessage: string,
  shape: S,
  run: (sandbox: Sandbox, input: z.infer<S>) => object | Promise<object>,
): Action {
  return { message: doneMessage, run: async (sandbox, input) => run(sandbox, shape.parse(input)) };
}

/** Parameters that name the account: by an API key, or by the account id that the control pages show. */
export const ACCOUNT_LOOKUP_PARAMS = { key: z.string().max(300).optional(), account: z.string().max(100).optional() };
export type AccountSelector = { key?: string | undefined; account?: string | undefined };

export function findOrCreateAccount(sandbox: Sandbox, owner: AccountSelector): Account {
  return sandbox.account(findOrCreateAccountId(sandbox, owner));
}

export function findOrCreateAccountId(sandbox: Sandbox, { key, account }: AccountSelector): string {
  if (key !== undefined) return rememberedId(sandbox, key);
  if (account === undefined) throw new ControlActionRefusedError("name the account: `key` or `account`");
  if (!sandbox.store.listAccounts().some(({ id }) => id === account))
    throw new ControlActionRefusedError(`there is no account ${account}`, 404);
  return account;
}

function rememberedId(sandbox: Sandbox, key: string): string {
  if (!isApiKey(key)) throw new ControlActionRefusedError("key: expected sk_test_… or sk_live_…");
  sandbox.store.rememberAccount(accountIdOf(key), key);
  return accountIdOf(key);
}

export type PostedControlAction = {
  input: unknown;
  /** If a form was posted, the path to which the response redirects. Null if JSON was posted. */
  back: string | null;
};

export async function readPostedAction(request: IncomingMessage): Promise<PostedControlAction> {
  const body = await readBody(request);
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isForm ? readForm(new URLSearchParams(body)) : { input: JSON.parse(body || "{}"), back: null };
}

/** Reads a form. A field named "amount:number" is a number, "events:list" a list of words. Leaves empty fields out. */
function readForm(fields: URLSearchParams): PostedControlAction {
  const values: Record<string, unknown> = {};
  for (const [field, value] of fields) {
    const [name = "", kind] = field.split(":");
    if (name === "back" || value.trim() === "") continue;
    values[name] = kind === "number" ? Number(value) : kind === "list" ? value.split(/[\s,]+/).filter(Boolean) : value;
  }
  const back = fields.get("back") ?? "/";
  return { input: values, back: /^\/(?![/\\])/.test(back) ? back : "/" };
}
