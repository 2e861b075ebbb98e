// npm run messages: writes languages.ts and site-words.ts, which import the files of content/messages.
import { writeLanguageFiles } from "./messages";

writeLanguageFiles();
console.log("content/messages/languages.ts and site-words.ts");
