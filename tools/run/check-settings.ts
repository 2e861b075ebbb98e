// Exits with code 1 and a message that names a missing or wrong setting.
import { parseEnv } from "../../systems/env";

try {
  parseEnv(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
