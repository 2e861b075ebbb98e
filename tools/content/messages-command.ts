// npm run messages: writes languages.ts and site-words.ts, which import the files of content/messages.
import { writeLanguages } from "./messages";

writeLanguages();
console.log("content/messages/languages.ts and site-words.ts");
