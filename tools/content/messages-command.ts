// npm run messages: imports every file of content/messages in languages.ts and site-words.ts.
import { writeLanguages } from "./messages";

writeLanguages();
console.log("content/messages/languages.ts and site-words.ts");
