// npm run demo:code: prints the second-factor code that the demo asks staff for, as an authenticator app would show it.
import { TOTP } from "otpauth";
import { bold } from "../run/console.mjs";
import { STAFF_SECRET } from "./staff-secret.mjs";

const app = new TOTP({ secret: STAFF_SECRET });
console.log(
  `${bold(app.generate())}  (for another ${Math.ceil(app.remaining() / 1000)} seconds; each code works once)`,
);
