// npm run demo:code: prints the current second-factor code of the demo's staff, as an authenticator app would show it.
import { TOTP } from "otpauth";
import { bold } from "../run/console.mjs";
import { STAFF_AUTHENTICATOR_SECRET } from "./staff-secret.mjs";

const app = new TOTP({ secret: STAFF_AUTHENTICATOR_SECRET });
console.log(
  `${bold(app.generate())}  (for another ${Math.ceil(app.remaining() / 1000)} seconds; each code works once)`,
);
