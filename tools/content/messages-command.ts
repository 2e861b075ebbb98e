// npm run messages: writes languages.ts and site-words.ts, which import the files of content/messages.
import { writeMessageImportFiles } from "./messages";

writeMessageImportFiles();
console.log("content/messages/languages.ts and site-words.ts");
