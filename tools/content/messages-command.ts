// npm run messages: registers the files of content/messages.
import { writeLanguages } from "./messages";

writeLanguages();
console.log("content/messages/languages.ts and site-words.ts");
