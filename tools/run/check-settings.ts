// Checks the settings. Exits with code 1 and one line that names a missing or wrong setting. npm start and npm run demo run it
// before they build or start anything.
import { parseEnv } from "../../systems/env";

try {
  parseEnv(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
