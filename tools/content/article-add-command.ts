// npm run article:add -- FILE.txt: adds an article from a page that was saved as plain text.
import { addArticle } from "./article-add";

process.exitCode = addArticle(process.argv.slice(2));
